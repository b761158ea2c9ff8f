// phrases.yaml and checks.yaml: named lists of phrases, and the checks themselves, compiled together.
#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"
#include "policy/checks/check_set.h"
#include "policy/checks/condition_reader.h"
#include "policy/checks/words.h"

namespace zh::policy {

namespace {

constexpr std::int64_t kPointsMax = 1'000;
constexpr std::size_t kQuestionMax = 500;  // characters

PhraseLists read_lists(const yaml::Node& rules, Loading& loading) {
  PhraseLists lists;
  for (const yaml::Entry& rule : rules.entries) {
    Reader reader(rule.value, loading.problems, {.zh = "短语表 " + rule.key, .en = "list of phrases " + rule.key});
    PhraseList& list = lists[rule.key];
    list.place = rule.place;
    list.label = reader.text("label");
    list.phrases = reader.words("phrases");
    if (list.phrases.empty()) {
      reader.required_list("phrases", {.zh = "写上短语，如 `phrases: [您好, hello]`",
                                       .en = "write the phrases, such as `phrases: [您好, hello]`"});
    }
    reader.done();
  }
  return lists;
}

void warn_of_unused(const PhraseLists& lists, Loading& loading) {
  for (const auto& [name, list] : lists) {
    if (list.used) continue;
    loading.problems.warning(
        "unused_list", list.place,
        {.zh = fmt::format("没有检查用到短语表 `{}`", name), .en = fmt::format("no check uses the list `{}`", name)},
        {.zh = fmt::format("在检查里写 `\"@{}\"`，或删去它", name),
         .en = fmt::format("write `\"@{}\"` in a check, or remove it", name)});
  }
}

class CheckReader {
 public:
  CheckReader(const yaml::Entry& rule, WordBook& book, PhraseLists& lists, Loading& loading)
      : rule_(rule),
        book_(book),
        lists_(lists),
        loading_(loading),
        reader_(rule.value, loading.problems, {.zh = "检查 " + rule.key, .en = "check " + rule.key}) {}

  Check read() {
    static_cast<RuleHead&>(check_) = loading_.head(reader_, rule_.key, rule_.place, "checks." + rule_.key);
    check_.unit = "points";
    read_proposal();
    read_channels();
    read_effective();
    read_named();
    check_.when = optional_condition("when");
    check_.except = optional_condition("except");
    read_condition();
    reader_.done();
    captioned(check_);
    return std::move(check_);
  }

 private:
  void error(std::string_view code, const Place& place, Text what, Text mend) {
    loading_.problems.error(code, place, std::move(what), std::move(mend), check_.clause);
  }

  // What an inspector is proposed to write down: item, severity, points.
  void read_proposal() {
    check_.item = reader_.word("item", {.zh = "写上检查表的项目", .en = "name the item of the rubric"});
    check_.severity = reader_.word("severity", {.zh = "写上严重程度", .en = "name the severity"});
    check_.points = reader_.number(
        "points", {.zh = "写上建议扣分，如 `points: 2`", .en = "write the points to take off, such as `points: 2`"});
    whole("points", check_.points);
    check_.per_hit = reader_.choice("count", {"once", "per_hit"}, "once") == "per_hit";
    check_.cap = reader_.optional_number("cap");
    if (check_.cap && (!check_.per_hit || *check_.cap < check_.points)) {
      error("out_of_range", reader_.place_of("cap"),
            {.zh = "`cap` 只用于 `count: per_hit`，且不小于 `points`",
             .en = "`cap` goes with `count: per_hit` and is at least `points`"},
            {.zh = "改正或删去 `cap`", .en = "correct `cap` or remove it"});
    }
    if (check_.cap) whole("cap", *check_.cap);
    for (const Rubric& rubric : loading_.pack.rubrics) check_against(rubric);
  }

  // Findings of an inspection cost whole points, and so do the proposals for them.
  void whole(std::string_view key, const Decimal& points) {
    const auto number = points.to_int64();
    if (number && *number >= 0 && *number <= kPointsMax) return;
    error("out_of_range", reader_.place_of(key),
          {.zh = fmt::format("`{}` 应是 0 到 {} 的整数", key, kPointsMax),
           .en = fmt::format("`{}` must be whole points from 0 to {}", key, kPointsMax)},
          {.zh = "改正", .en = "correct it"});
  }

  void check_against(const Rubric& rubric) {
    if (!check_.item.empty() && rubric.item(check_.item) == nullptr) {
      std::vector<std::string> known;
      for (const RubricDimension& dimension : rubric.dimensions) {
        for (const RubricItem& item : dimension.items) known.push_back(item.id);
      }
      const std::string meant = nearest(check_.item, known);
      error("unknown_item", reader_.place_of("item"),
            {.zh = fmt::format("检查表 `{}` 没有项目 `{}`", rubric.id, check_.item),
             .en = fmt::format("rubric `{}` has no item `{}`", rubric.id, check_.item)},
            meant.empty()
                ? Text{.zh = "项目有：" + quoted_list(known), .en = "the items are " + quoted_list(known)}
                : Text{.zh = fmt::format("是不是 `{}`？", meant), .en = fmt::format("did you mean `{}`?", meant)});
    }
    if (rubric.form != RubricForm::deduct || check_.severity.empty()) return;
    const FindingSeverity* const severity = rubric.severity(check_.severity);
    if (severity == nullptr) {
      std::vector<std::string> known;
      for (const FindingSeverity& it : rubric.severities) known.push_back(it.id);
      error("unknown_severity", reader_.place_of("severity"),
            {.zh = fmt::format("检查表 `{}` 没有严重程度 `{}`", rubric.id, check_.severity),
             .en = fmt::format("rubric `{}` has no severity `{}`", rubric.id, check_.severity)},
            {.zh = "有：" + quoted_list(known), .en = "there are " + quoted_list(known)});
    } else if (!severity->points.contains(check_.points)) {
      error("out_of_range", reader_.place_of("points"),
            {.zh = fmt::format("`{}` 的分数应在 {} 之内（{}）", check_.severity, severity->points.text,
                               severity->place.to_string()),
             .en = fmt::format("points of `{}` lie in {} ({})", check_.severity, severity->points.text,
                               severity->place.to_string())},
            {.zh = "改分数或严重程度", .en = "change the points or the severity"});
    }
  }

  void read_channels() {
    check_.channels = reader_.words("channels");
    const std::vector<std::string> known(channels().begin(), channels().end());
    for (const std::string& channel : check_.channels) {
      if (std::ranges::find(known, channel) != known.end()) continue;
      error("unknown_channel", reader_.place_of("channels"),
            {.zh = fmt::format("没有 `{}` 这个渠道", channel), .en = fmt::format("there is no channel `{}`", channel)},
            {.zh = "渠道有：" + quoted_list(known), .en = "the channels are " + quoted_list(known)});
    }
  }

  void read_effective() {
    const yaml::Node* const node = reader_.find("effective");
    if (node == nullptr) return;
    Reader inner(*node, loading_.problems, {.zh = "`effective`", .en = "`effective`"});
    check_.from = read_date(inner, "from");
    check_.until = read_date(inner, "until");
    inner.done();
    if (check_.from && check_.until && *check_.until < *check_.from) {
      error("unreachable_rule", node->place,
            {.zh = "结束日早于开始日，这个检查永远用不上", .en = "it ends before it begins: the check never applies"},
            {.zh = "改正日期", .en = "correct the days"});
    }
  }

  std::optional<Date> read_date(Reader& reader, std::string_view key) {
    const auto text = reader.optional_word(key);
    if (!text) return std::nullopt;
    const auto day = Date::parse(*text);
    if (day.ok()) return day.value();
    error("wrong_type", reader.place_of(key),
          {.zh = fmt::format("`{}` 应是日期", key), .en = fmt::format("`{}` must be a date", key)},
          {.zh = "写成 `2026-10-01`", .en = "write it as `2026-10-01`"});
    return std::nullopt;
  }

  void read_named() {
    const yaml::Node* const node = reader_.find("let");
    if (node == nullptr) return;
    Reader inner(*node, loading_.problems, {.zh = "`let`", .en = "`let`"});
    for (const yaml::Entry& entry : node->entries) {
      inner.find(entry.key);
      NamedCondition named{.name = entry.key, .condition = read_node(entry.value)};
      check_.named.push_back(std::move(named));
    }
  }

  CheckNode read_node(const yaml::Node& node) { return ConditionReader(check_, book_, lists_, loading_).read(node); }

  std::optional<CheckNode> optional_condition(std::string_view key) {
    const yaml::Node* const node = reader_.find(key);
    return node == nullptr ? std::nullopt : std::optional(read_node(*node));
  }

  void read_condition() {
    const yaml::Node* const forbid = reader_.find("forbid");
    const yaml::Node* const require = reader_.find("require");
    const yaml::Node* const ask = reader_.find("ask");
    if ((forbid != nullptr) + (require != nullptr) + (ask != nullptr) != 1) {
      error("operator", rule_.place,
            {.zh = "检查写 `forbid`（不许）、`require`（必须）或 `ask`（问模型）",
             .en = "a check forbids or requires a condition, or asks a question"},
            {.zh = "只写其中之一", .en = "write `forbid:`, `require:` or `ask:`, one of them"});
    }
    if (ask != nullptr) return read_question();
    check_.kind = forbid != nullptr ? CheckKind::forbid : CheckKind::require;
    const yaml::Node* const node = forbid != nullptr ? forbid : require;
    if (node != nullptr) check_.condition = read_node(*node);
  }

  void read_question() {
    check_.kind = CheckKind::ask;
    check_.question = reader_.text("ask", {.zh = "写成 `ask: {zh: …, en: …}`，答“是”就是问题",
                                           .en = "write `ask: {zh: …, en: …}`, so that yes is a fault"});
    if (std::max(utf8::length(check_.question.zh), utf8::length(check_.question.en)) > kQuestionMax) {
      error("out_of_range", reader_.place_of("ask"),
            {.zh = fmt::format("问题最多 {} 个字符", kQuestionMax),
             .en = fmt::format("a question has at most {} characters", kQuestionMax)},
            {.zh = "写短些，或分成两项检查", .en = "shorten it, or make two checks of it"});
    }
    if (!check_.per_hit) return;
    error("operator", reader_.place_of("count"),
          {.zh = "`ask` 的检查一个联络只计一次", .en = "a check that asks counts once in a contact"},
          {.zh = "删去 `count` 和 `cap`", .en = "remove `count` and `cap`"});
  }

  const yaml::Entry& rule_;
  WordBook& book_;
  PhraseLists& lists_;
  Loading& loading_;
  Reader reader_;
  Check check_;
};

}  // namespace

void read_checks(const yaml::Node& lists, const yaml::Node& checks, Loading& loading) {
  if (checks.entries.empty() && lists.entries.empty()) return;
  const auto normaliser = text::Normaliser::shared();
  if (!normaliser.ok()) {
    loading.problems.error("unavailable", checks.place, normaliser.error().message,
                           {.zh = "安装后再试", .en = "install them and try again"});
    return;
  }
  auto set = std::make_shared<CheckSet>();
  WordBook book(**normaliser, loading.problems);
  PhraseLists by_name = read_lists(lists, loading);
  for (const yaml::Entry& rule : checks.entries) {
    set->checks_.push_back(CheckReader(rule, book, by_name, loading).read());
  }
  warn_of_unused(by_name, loading);
  set->words_ = std::make_unique<CompiledWords>(book.compile());
  if (!loading.problems.has_errors()) set->sort_by_needs();  // a set with faults is not used
  loading.pack.checks = std::move(set);
}

}  // namespace zh::policy
