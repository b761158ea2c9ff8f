#include "policy/diff.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>

namespace zh::policy {

namespace {

using yaml::Entry;
using yaml::Node;

struct KeyWords {
  std::string_view key;
  std::string_view zh;
  std::string_view en;
};
// What the keys of a pack are called. A key that is not here is shown as it is written.
constexpr std::array kKeyWords{
    KeyWords{"after", "之后", "behind"},
    KeyWords{"amount", "金额", "the amount"},
    KeyWords{"answers", "选项", "the answers"},
    KeyWords{"around", "前后", "around"},
    KeyWords{"bands", "分段", "the bands"},
    KeyWords{"before", "之前", "before"},
    KeyWords{"bonuses", "加分项", "the bonuses"},
    KeyWords{"cap", "上限", "the cap"},
    KeyWords{"channels", "渠道", "the channels"},
    KeyWords{"checks", "检查", "checks"},
    KeyWords{"clause", "条款", "the clause"},
    KeyWords{"clauses", "条款", "clauses"},
    KeyWords{"components", "工资项", "the components"},
    KeyWords{"constants", "常数", "the constants"},
    KeyWords{"contact", "联络字段", "the contact's fields"},
    KeyWords{"count", "计次", "how hits count"},
    KeyWords{"counted", "计数方式", "what is counted"},
    KeyWords{"counts", "计入方式", "how it counts"},
    KeyWords{"covered", "落实方式", "how it is carried out"},
    KeyWords{"deduct", "扣分规则", "the deduction"},
    KeyWords{"deductions", "扣分项", "the deductions"},
    KeyWords{"delay", "响应延迟", "the delay"},
    KeyWords{"descending", "降序", "descending"},
    KeyWords{"dimensions", "维度", "the dimensions"},
    KeyWords{"due", "整改期限", "the time to rectify"},
    KeyWords{"each", "每次", "each"},
    KeyWords{"effective", "生效日期", "the days it is in force"},
    KeyWords{"eligible", "参评条件", "the conditions for being rated"},
    KeyWords{"employed_every_day", "整月在职", "employment on every day"},
    KeyWords{"excellence", "评优", "excellence"},
    KeyWords{"except", "例外", "the exception"},
    KeyWords{"expression", "短语表达式", "the expression"},
    KeyWords{"facts", "事实种类", "kinds of facts"},
    KeyWords{"first", "开头", "the beginning"},
    KeyWords{"first_round_until_day", "第一轮截止日", "the last day of the first round"},
    KeyWords{"floor", "下限", "the floor"},
    KeyWords{"forbid", "不许", "what is forbidden"},
    KeyWords{"form", "记分方式", "how it is scored"},
    KeyWords{"formula", "公式", "the formula"},
    KeyWords{"from", "满分", "the full mark"},
    KeyWords{"full_mark", "满分", "the full mark"},
    KeyWords{"holidays", "节假日", "the holidays"},
    KeyWords{"how_many", "几轮", "of how many turns"},
    KeyWords{"if_empty", "空值代表", "what an empty value stands for"},
    KeyWords{"inspections", "质检规则", "rules of inspections"},
    KeyWords{"item", "项目", "the item"},
    KeyWords{"items", "考核项", "the items"},
    KeyWords{"kind", "事实种类", "the kind of facts"},
    KeyWords{"kinds", "事实种类", "the kinds of facts"},
    KeyWords{"label", "名称", "the label"},
    KeyWords{"last", "末尾", "the end"},
    KeyWords{"let", "命名条件", "the named conditions"},
    KeyWords{"lost_when", "取消条件", "what it is lost for"},
    KeyWords{"may_not_apply", "可不适用", "whether it may not apply"},
    KeyWords{"measure", "度量条件", "the measure"},
    KeyWords{"metric", "指标", "the metric"},
    KeyWords{"near", "邻近", "the words near each other"},
    KeyWords{"no_data", "无数据时", "what happens without data"},
    KeyWords{"none_of", "不得有的事实", "the facts it is lost by"},
    KeyWords{"order", "排名依据", "the order"},
    KeyWords{"overlap", "重叠", "the overlap"},
    KeyWords{"own_group", "检查本班组", "inspecting the own group"},
    KeyWords{"patterns", "正则表达式", "the patterns"},
    KeyWords{"pay", "工资", "pay"},
    KeyWords{"per_agent", "每人份数", "records per agent"},
    KeyWords{"personal_data", "个人信息", "the personal data"},
    KeyWords{"phrases", "短语", "the phrases"},
    KeyWords{"points", "分数范围", "the points"},
    KeyWords{"position", "岗位", "the position"},
    KeyWords{"positions", "岗位与范围", "positions and ranges"},
    KeyWords{"prorate", "折算", "the proration"},
    KeyWords{"publish_before_day", "公布期限", "the day to publish before"},
    KeyWords{"quotas", "星级比例", "the quotas"},
    KeyWords{"range", "轮次范围", "the turns"},
    KeyWords{"ratings", "评级", "ratings"},
    KeyWords{"reason", "理由", "the reason"},
    KeyWords{"repeated", "重复", "the repetition"},
    KeyWords{"require", "必须", "what is required"},
    KeyWords{"required", "要求数量", "the number required"},
    KeyWords{"rest_days", "休息日", "the rest days"},
    KeyWords{"role", "角色", "the role"},
    KeyWords{"round", "取整", "the rounding"},
    KeyWords{"rounds", "轮次", "the rounds"},
    KeyWords{"rows", "各档", "the rows"},
    KeyWords{"rubrics", "检查表", "rubrics"},
    KeyWords{"score", "得分", "the score"},
    KeyWords{"scorecards", "考核表", "scorecards"},
    KeyWords{"severities", "严重程度", "the severities"},
    KeyWords{"severity", "严重程度", "the severity"},
    KeyWords{"share", "比例", "the share"},
    KeyWords{"silence", "静音", "the silence"},
    KeyWords{"source", "出处", "the source"},
    KeyWords{"step", "步长", "the step"},
    KeyWords{"talk", "须谈话", "whether a talk is due"},
    KeyWords{"template", "模板", "the template"},
    KeyWords{"text", "条文", "the text"},
    KeyWords{"ties", "同分处理", "how ties are settled"},
    KeyWords{"times", "基数", "the amount per coefficient"},
    KeyWords{"title", "标题", "the title"},
    KeyWords{"total", "总分", "the total"},
    KeyWords{"unanswered", "未答复", "the unanswered question"},
    KeyWords{"unit", "单位", "the unit"},
    KeyWords{"weight", "权重", "the weight"},
    KeyWords{"when", "条件", "the condition"},
    KeyWords{"window", "期限", "the window"},
    KeyWords{"with", "参数", "the parameters"},
    KeyWords{"workdays", "调休上班日", "the days worked"},
    KeyWords{"zero_tolerance", "一票否决", "zero tolerance"},
    KeyWords{"zh", "中文", "Chinese"},
    KeyWords{"en", "英文", "English"},
};

Text words_of(const std::string& key) {
  const auto found = std::ranges::find(kKeyWords, key, &KeyWords::key);
  if (found == kKeyWords.end()) return verbatim("`" + key + "`");
  return {.zh = std::string(found->zh), .en = std::string(found->en)};
}

std::string shown(const Node& node) {
  constexpr std::size_t kShownMax = 160;
  std::string text = node.is_scalar() ? node.scalar : yaml::canonical(node);
  if (text.size() <= kShownMax) return text;
  std::size_t cut = kShownMax;
  while (cut > 0 && (static_cast<unsigned char>(text[cut]) & 0xC0) == 0x80) --cut;
  return text.substr(0, cut) + "…";
}

// What names a node: its label or title, for whoever reads the change.
std::optional<Text> label_of(const Node& node) {
  for (const std::string_view key : {"label", "title"}) {
    const Entry* const entry = node.find(key);
    if (entry == nullptr || !entry->value.is_map()) continue;
    const Entry* const zh = entry->value.find("zh");
    const Entry* const en = entry->value.find("en");
    if (zh != nullptr && en != nullptr) return Text{.zh = zh->value.scalar, .en = en->value.scalar};
  }
  return std::nullopt;
}

// What tells the entries of a list apart: id, star, or the condition of a row; empty where nothing does.
std::string key_of(const Node& item) {
  for (const std::string_view key : {"id", "star", "when", "by"}) {
    const Entry* const entry = item.find(key);
    if (entry != nullptr && entry->value.is_scalar()) return entry->value.scalar;
  }
  return {};
}

// Where in the pack we are: the path, and the innermost rule with a name and a clause.
struct Where {
  std::string path;
  Text rule;
  std::string clause;
  Text part;  // below the rule: "the bands"

  Where below(const std::string& key, const Node& node) const {
    Where inner = *this;
    inner.path += (path.empty() ? "" : ".") + key;
    const Entry* const clause_entry = node.find("clause");
    if (clause_entry != nullptr && clause_entry->value.is_scalar()) inner.clause = clause_entry->value.scalar;
    if (const auto label = label_of(node)) {
      inner.rule = *label;
      inner.part = {};
    } else {
      const Text words = words_of(key);
      inner.part.zh += (inner.part.zh.empty() ? "" : " · ") + words.zh;
      inner.part.en += (inner.part.en.empty() ? "" : " · ") + words.en;
    }
    return inner;
  }

  // “业务考试”的权重 / "business exam": the weight
  Text subject() const {
    if (rule.zh.empty()) return part.zh.empty() ? verbatim(path) : part;
    if (part.zh.empty()) return {.zh = fmt::format("“{}”", rule.zh), .en = fmt::format("\"{}\"", rule.en)};
    return {.zh = fmt::format("“{}”的{}", rule.zh, part.zh), .en = fmt::format("\"{}\": {}", rule.en, part.en)};
  }
};

class Differ {
 public:
  void compare(const Node& before, const Node& after, const Where& where) {
    if (before.kind != after.kind || before.is_scalar()) {
      if (yaml::canonical(before) != yaml::canonical(after)) report_changed(before, after, where);
    } else if (before.is_map()) {
      compare_maps(before, after, where);
    } else if (before.is_list()) {
      compare_lists(before, after, where);
    }
  }

  void report_changed(const Node& before, const Node& after, const Where& where) {
    const Text subject = where.subject();
    changes_.push_back({.kind = Change::Kind::changed,
                        .path = where.path,
                        .what = {.zh = fmt::format("{}由 {} 改为 {}", subject.zh, shown(before), shown(after)),
                                 .en = fmt::format("{}: from {} to {}", subject.en, shown(before), shown(after))},
                        .clause = where.clause,
                        .before = before.place,
                        .after = after.place});
  }

  std::vector<Change> take() { return std::move(changes_); }

 private:
  void compare_maps(const Node& before, const Node& after, const Where& where) {
    std::map<std::string, std::pair<const Node*, const Node*>> keys;
    for (const Entry& entry : before.entries) keys[entry.key].first = &entry.value;
    for (const Entry& entry : after.entries) keys[entry.key].second = &entry.value;
    for (const auto& [key, sides] : keys) compare_sides(sides.first, sides.second, where, key);
  }

  void compare_lists(const Node& before, const Node& after, const Where& where) {
    std::map<std::string, std::pair<const Node*, const Node*>> keys;
    const bool told_apart = index(before, keys, true) && index(after, keys, false);
    if (!told_apart) {
      if (yaml::canonical(before) != yaml::canonical(after)) report_changed(before, after, where);
      return;
    }
    for (const auto& [key, sides] : keys) compare_sides(sides.first, sides.second, where, key);
    if (order_of(before, keys) != order_of(after, keys)) report_order(before, after, where);
  }

  // False when two entries cannot be told apart.
  static bool index(const Node& list, std::map<std::string, std::pair<const Node*, const Node*>>& keys, bool first) {
    for (const Node& item : list.items) {
      const std::string key = key_of(item);
      const Node*& side = first ? keys[key].first : keys[key].second;
      if (key.empty() || side != nullptr) return false;
      side = &item;
    }
    return true;
  }

  // The entries that both lists have, in this list's order.
  static std::vector<std::string> order_of(const Node& list,
                                           const std::map<std::string, std::pair<const Node*, const Node*>>& keys) {
    std::vector<std::string> order;
    for (const Node& item : list.items) {
      const auto& sides = keys.at(key_of(item));
      if (sides.first != nullptr && sides.second != nullptr) order.push_back(key_of(item));
    }
    return order;
  }

  void report_order(const Node& before, const Node& after, const Where& where) {
    const Text subject = where.subject();
    changes_.push_back({.kind = Change::Kind::changed,
                        .path = where.path,
                        .what = {.zh = subject.zh + "的次序改变", .en = subject.en + " in another order"},
                        .clause = where.clause,
                        .before = before.place,
                        .after = after.place});
  }

  void compare_sides(const Node* before, const Node* after, const Where& where, const std::string& key) {
    if (before != nullptr && after != nullptr) {
      compare(*before, *after, where.below(key, *after));
    } else if (after != nullptr) {
      report_one_side(Change::Kind::added, *after, where.below(key, *after));
    } else {
      report_one_side(Change::Kind::removed, *before, where.below(key, *before));
    }
  }

  void report_one_side(Change::Kind kind, const Node& node, const Where& where) {
    const bool added = kind == Change::Kind::added;
    const Text subject = where.subject();
    const std::string content = node.is_scalar() ? "：" + shown(node) : "";
    const std::string content_en = node.is_scalar() ? ": " + shown(node) : "";
    changes_.push_back({.kind = kind,
                        .path = where.path,
                        .what = {.zh = fmt::format("{}{}{}", added ? "新增" : "删去", subject.zh, content),
                                 .en = fmt::format("{} {}{}", subject.en, added ? "added" : "removed", content_en)},
                        .clause = where.clause,
                        .before = added ? Place() : node.place,
                        .after = added ? node.place : Place()});
  }

  std::vector<Change> changes_;
};

Node scalar(const std::string& text) {
  Node node = Node::of(Node::Kind::scalar, {});
  node.scalar = text;
  return node;
}

}  // namespace

std::vector<Change> diff(const Composition& before, const Composition& after) {
  Differ differ;
  const auto compare_texts = [&](const std::string& path, Text part, const std::string& a, const std::string& b) {
    differ.compare(scalar(a), scalar(b), {.path = path, .rule = {}, .clause = {}, .part = std::move(part)});
  };
  compare_texts("id", {.zh = "规章包标识", .en = "the pack's id"}, before.id, after.id);
  compare_texts("title.zh", {.zh = "规章包标题（中文）", .en = "the pack's Chinese title"}, before.title.zh,
                after.title.zh);
  compare_texts("title.en", {.zh = "规章包标题（英文）", .en = "the pack's English title"}, before.title.en,
                after.title.en);
  for (const std::string_view kind : kKinds) {
    const Where where{.path = std::string(kind), .rule = {}, .clause = {}, .part = words_of(std::string(kind))};
    differ.compare(before.rules.find(kind)->value, after.rules.find(kind)->value, where);
  }
  const std::map<std::string, std::string> models(before.models.begin(), before.models.end());
  const std::map<std::string, std::string> models_after(after.models.begin(), after.models.end());
  for (const auto& [path, text] : models) {
    const auto other = models_after.find(path);
    compare_texts(path, {.zh = "决策模型 " + path, .en = "the decision model " + path}, sha256(text).hex(),
                  other == models_after.end() ? "-" : sha256(other->second).hex());
  }
  for (const auto& [path, text] : models_after) {
    if (!models.contains(path)) {
      compare_texts(path, {.zh = "决策模型 " + path, .en = "the decision model " + path}, "-", sha256(text).hex());
    }
  }
  return differ.take();
}

}  // namespace zh::policy
