// What does not fit a rubric or a record, found all at once.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/utf8.h"
#include "rooms/quality/rubric/scoring.h"

namespace zh::quality {

namespace {

using policy::Rubric;
using policy::RubricForm;
using policy::RubricItem;

class MarksCheck {
 public:
  MarksCheck(const Rubric& rubric, std::string_view channel, const Extent& extent)
      : rubric_(rubric), channel_(channel), extent_(extent) {}

  std::vector<MarkFault> run(const Marks& marks) {
    if (marks.findings.size() > kFindingsMax || marks.bonuses.size() > kFindingsMax ||
        marks.not_applicable.size() > kFindingsMax) {
      fault("", {.zh = fmt::format("一条记录最多 {} 个问题", kFindingsMax),
                 .en = fmt::format("a record has at most {} findings", kFindingsMax)});
      return std::move(faults_);
    }
    check_not_applicable(marks);
    int last = 0;
    for (std::size_t i = 0; i < marks.findings.size(); ++i) {
      const std::string at = fmt::format("/findings/{}", i);
      check_finding(marks.findings[i], at);
      if (marks.findings[i].number <= last) {
        fault(at + "/number", {.zh = "编号应从 1 起递增", .en = "numbers rise from 1 on"});
      }
      last = marks.findings[i].number;
    }
    for (std::size_t i = 0; i < marks.bonuses.size(); ++i) check_bonus(marks.bonuses[i], fmt::format("/bonuses/{}", i));
    return std::move(faults_);
  }

 private:
  void fault(std::string pointer, Text detail, std::string clause = {}) {
    faults_.push_back({std::move(pointer), std::move(detail), std::move(clause)});
  }

  // The item where it is looked at on this channel.
  const RubricItem* item_at(const std::string& id, const std::string& pointer) {
    const RubricItem* const item = rubric_.item(id);
    if (item == nullptr) {
      fault(pointer,
            {.zh = fmt::format("检查表没有 `{}` 这一项", id), .en = fmt::format("the rubric has no item `{}`", id)},
            rubric_.clause);
      return nullptr;
    }
    if (item->applies_to(channel_)) return item;
    fault(pointer,
          {.zh = fmt::format("“{}”不用于这个渠道", item->label.zh),
           .en = fmt::format("\"{}\" is not looked at on this channel", item->label.en)},
          item->clause);
    return nullptr;
  }

  void check_not_applicable(const Marks& marks) {
    for (std::size_t i = 0; i < marks.not_applicable.size(); ++i) {
      const std::string at = fmt::format("/not_applicable/{}", i);
      const RubricItem* const item = item_at(marks.not_applicable[i], at);
      if (item == nullptr) continue;
      if (!left_out_.insert(item->id).second) fault(at, {.zh = "写了两次", .en = "it stands twice"});
      if (item->may_not_apply) continue;
      fault(at,
            {.zh = fmt::format("“{}”总是适用，不能标为不适用", item->label.zh),
             .en = fmt::format("\"{}\" always applies", item->label.en)},
            item->clause);
    }
  }

  void check_finding(const Finding& finding, const std::string& at) {
    check_reason(finding.reason, at);
    check_span(finding.span, at + "/span");
    const RubricItem* const item = item_at(finding.item, at + "/item");
    if (item != nullptr && left_out_.contains(item->id)) {
      fault(at + "/item", {.zh = "这一项已标为不适用", .en = "this item is marked as not applicable"}, item->clause);
    }
    if (rubric_.form == RubricForm::deduct) {
      check_severity(finding, at);
    } else if (item != nullptr) {
      check_answer(finding, *item, at);
    }
  }

  void check_severity(const Finding& finding, const std::string& at) {
    const policy::FindingSeverity* const severity = rubric_.severity(finding.choice);
    if (severity == nullptr) {
      fault(at + "/choice",
            {.zh = fmt::format("没有 `{}` 这个严重程度", finding.choice),
             .en = fmt::format("there is no severity `{}`", finding.choice)},
            rubric_.clause);
    } else if (!severity->points.contains(Decimal(finding.points))) {
      fault(at + "/points",
            {.zh = fmt::format("“{}”扣 {} 到 {} 分，不能扣 {} 分", severity->label.zh,
                               severity->points.low->to_string(), severity->points.high->to_string(), finding.points),
             .en = fmt::format("a {} finding costs {} to {} points, not {}", severity->label.en,
                               severity->points.low->to_string(), severity->points.high->to_string(), finding.points)},
            severity->clause);
    }
  }

  void check_answer(const Finding& finding, const RubricItem& item, const std::string& at) {
    if (item.answer(finding.choice) == nullptr) {
      fault(at + "/choice",
            {.zh = fmt::format("“{}”没有 `{}` 这个选项", item.label.zh, finding.choice),
             .en = fmt::format("\"{}\" has no answer `{}`", item.label.en, finding.choice)},
            item.clause);
    }
    if (!answered_.insert(item.id).second) {
      fault(at + "/item", {.zh = "这一项已有选项", .en = "this item is answered already"}, item.clause);
    }
    if (finding.points != 0) {
      fault(at + "/points", {.zh = "按权重记分的检查表不写扣分", .en = "a weighted rubric takes no points"},
            rubric_.clause);
    }
  }

  void check_bonus(const Bonus& bonus, const std::string& at) {
    check_reason(bonus.reason, at);
    if (!given_.insert(bonus.bonus).second) fault(at + "/bonus", {.zh = "写了两次", .en = "it stands twice"});
    const policy::RubricBonus* const rule = rubric_.bonus(bonus.bonus);
    if (rule == nullptr) {
      fault(at + "/bonus",
            {.zh = fmt::format("检查表没有加分项 `{}`", bonus.bonus),
             .en = fmt::format("the rubric has no bonus `{}`", bonus.bonus)},
            rubric_.clause);
    } else if (!rule->points.contains(Decimal(bonus.points))) {
      fault(at + "/points",
            {.zh = fmt::format("“{}”加 {} 到 {} 分", rule->label.zh, rule->points.low->to_string(),
                               rule->points.high->to_string()),
             .en = fmt::format("\"{}\" gives {} to {} points", rule->label.en, rule->points.low->to_string(),
                               rule->points.high->to_string())},
            rule->clause);
    }
  }

  void check_reason(const std::string& reason, const std::string& at) {
    if (!utf8::is_valid(reason) || reason.find('\0') != std::string::npos) {
      fault(at + "/reason", {.zh = "不是文字", .en = "this is no text"});
    } else if (utf8::length(reason) > kReasonLengthMax) {
      fault(at + "/reason", {.zh = fmt::format("最多 {} 个字符", kReasonLengthMax),
                             .en = fmt::format("at most {} characters", kReasonLengthMax)});
    }
  }

  void check_span(const Span& span, const std::string& at) {
    if (span.of == Span::Of::whole) return;
    const Text outside{.zh = "这一段不在记录之内", .en = "this span does not lie within the record"};
    if (span.from < 0 || span.until <= span.from) {
      fault(at, {.zh = "终点应在起点之后", .en = "a span ends after it begins"});
    } else if (span.of == Span::Of::time) {
      if (extent_.duration_ms && span.until > *extent_.duration_ms) fault(at, outside);
    } else if (span.turn < 0 || std::cmp_greater_equal(span.turn, extent_.turns.size()) ||
               span.until > extent_.turns[static_cast<std::size_t>(span.turn)]) {
      fault(at, outside);
    }
  }

  const Rubric& rubric_;
  std::string_view channel_;
  const Extent& extent_;
  std::set<std::string, std::less<>> left_out_;
  std::set<std::string, std::less<>> answered_;
  std::set<std::string, std::less<>> given_;  // bonuses
  std::vector<MarkFault> faults_;
};

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

}  // namespace

std::vector<MarkFault> faults_of(const Rubric& rubric, std::string_view channel, const Marks& marks,
                                 const Extent& extent) {
  return MarksCheck(rubric, channel, extent).run(marks);
}

std::vector<MarkFault> missing_in(const Rubric& rubric, std::string_view channel, const Marks& marks) {
  std::vector<MarkFault> faults;
  for (std::size_t i = 0; i < marks.findings.size(); ++i) {
    const policy::FindingSeverity* const severity = rubric.severity(marks.findings[i].choice);
    if (severity == nullptr || !is_blank(marks.findings[i].reason)) continue;
    faults.push_back(
        {fmt::format("/findings/{}/reason", i), {.zh = "写明问题", .en = "describe the problem"}, severity->clause});
  }
  if (rubric.form == RubricForm::deduct) return faults;
  for (const policy::RubricDimension& dimension : rubric.dimensions) {
    for (const RubricItem& item : dimension.items) {
      const bool settled = !item.applies_to(channel) ||
                           std::ranges::find(marks.not_applicable, item.id) != marks.not_applicable.end() ||
                           std::ranges::find(marks.findings, item.id, &Finding::item) != marks.findings.end();
      if (settled) continue;
      faults.push_back({"/findings",
                        {.zh = fmt::format("“{}”还没有选项", item.label.zh),
                         .en = fmt::format("\"{}\" is not answered yet", item.label.en)},
                        item.clause});
    }
  }
  if (marks.findings.empty() && faults.empty()) {
    faults.push_back(
        {"/not_applicable", {.zh = "至少有一项应适用", .en = "at least one item must apply"}, rubric.clause});
  }
  return faults;
}

}  // namespace zh::quality
