// stars.yaml and excellence.yaml: ratings by quota, and what an excellence is lost for.
#include <fmt/format.h>

#include <algorithm>

#include "policy/loading.h"

namespace zh::policy {

std::vector<Condition> read_conditions(Reader& reader, std::string_view key, const std::vector<NameInfo>& names,
                                       const std::string& path, Loading& loading) {
  std::vector<Condition> result;
  std::set<std::string> seen;
  const Text mend{.zh = "每条写成 `{id: …, label: …, clause: …, when: …}`",
                  .en = "write conditions as `{id: …, label: …, clause: …, when: …}`"};
  for (const yaml::Node& node : reader.required_list(key, mend)) {
    Reader item(node, loading.problems, {.zh = "条件", .en = "a condition"});
    Condition condition;
    std::string id = item.word("id");
    const std::string full = path + "." + std::string(key) + "." + id;
    static_cast<RuleHead&>(condition) = loading.head(item, std::move(id), node.place, full);
    if (const yaml::Node* const when = item.require("when", {})) {
      condition.when = compile_formula(
          *when,
          {.names = names, .constants = {}, .result = NameInfo::Type::boolean, .unit = {}, .clause = condition.clause},
          loading.problems);
      if (const auto value = constant_value(condition.when)) {
        loading.problems.error("constant_condition", when->place,
                               {.zh = fmt::format("条件永远是 `{}`，不取决于任何事实", *value),
                                .en = fmt::format("the condition is always `{}` and depends on no fact", *value)},
                               {.zh = "改写条件，或删去它", .en = "rewrite the condition or remove it"},
                               condition.clause);
      }
    }
    item.done();
    loading.unique(seen, condition.id, node.place, condition.clause);
    captioned(condition);
    result.push_back(std::move(condition));
  }
  return result;
}

namespace {

// ---- ratings

std::vector<Quota> read_quotas(Reader& reader, const Rating& rating, Loading& loading) {
  std::vector<Quota> result;
  for (const yaml::Node& node : reader.required_list(
           "quotas",
           {.zh = "每行写成 `{star: 5, share: 5, label: …}`", .en = "write rows as `{star: 5, share: 5, label: …}`"})) {
    Reader row(node, loading.problems, {.zh = "星级比例", .en = "a quota"});
    Quota quota;
    row.require("star", {});
    quota.star = static_cast<int>(row.optional_count("star").value_or(0));
    quota.share = row.number("share");
    quota.label = row.text("label");
    quota.place = node.place;
    row.done();
    if (quota.star < 1 || (!result.empty() && quota.star >= result.back().star)) {
      loading.problems.error("quota_order", row.place_of("star"),
                             {.zh = "星级应从高到低排列，各不相同，且不小于 1",
                              .en = "stars stand from high to low, each once and at least 1"},
                             {.zh = "调整顺序", .en = "put them in order"}, rating.clause);
    }
    if (quota.share.sign() <= 0) {
      loading.problems.error(
          "out_of_range", row.place_of("share"), {.zh = "比例应大于 0", .en = "a share must be above 0"},
          {.zh = "写正数，或删去该星级", .en = "write a positive number or remove the star"}, rating.clause);
    }
    result.push_back(std::move(quota));
  }
  Decimal sum;
  for (const Quota& quota : result) sum += quota.share;
  if (!result.empty() && !(sum == Decimal(100))) {
    loading.problems.error("shares_not_100", reader.place_of("quotas"),
                           {.zh = fmt::format("各星级比例合计 {} %，应为 100 %", sum.to_string()),
                            .en = fmt::format("the shares add up to {} %, not 100 %", sum.to_string())},
                           {.zh = "调整各星级的 `share`", .en = "adjust the stars' `share`"}, rating.clause);
  }
  return result;
}

OrderBy order_by(const std::string& word) {
  if (word == "items_mean") return OrderBy::items_mean;
  if (word == "item_value") return OrderBy::item_value;
  if (word == "hired_on") return OrderBy::hired_on;
  if (word == "staff_no") return OrderBy::staff_no;
  return OrderBy::total;
}

// Item names are compared with the scorecard's once all are read: see check_contradictions().
std::vector<OrderKey> read_order(Reader& reader, const Rating& rating, Loading& loading) {
  std::vector<OrderKey> result;
  const std::size_t errors_before = loading.problems.errors();
  for (const yaml::Node& node :
       reader.required_list("order", {.zh = "写明排名依据，从 `{by: total, descending: true}` 开始",
                                      .en = "say what ranks, from `{by: total, descending: true}` on"})) {
    Reader row(node, loading.problems, {.zh = "排名依据", .en = "an order"});
    OrderKey key;
    key.by = order_by(row.choice("by", {"total", "items_mean", "item_value", "hired_on", "staff_no"}));
    key.items = row.words("items");
    key.descending = row.flag("descending", false);
    key.label = row.text("label");
    key.place = node.place;
    row.done();
    const bool wants_items = key.by == OrderBy::items_mean || key.by == OrderBy::item_value;
    if (wants_items == key.items.empty() || (key.by == OrderBy::item_value && key.items.size() > 1)) {
      loading.problems.error("order", node.place,
                             {.zh = "`items_mean` 要写考核项，`item_value` 只写一个，其余不写",
                              .en = "`items_mean` names items, `item_value` exactly one, the others none"},
                             {.zh = "改正 `items`", .en = "correct `items`"}, rating.clause);
    }
    result.push_back(std::move(key));
  }
  const bool framed = !result.empty() && result.front().by == OrderBy::total && result.front().descending &&
                      result.back().by == OrderBy::staff_no;
  if (!result.empty() && !framed && loading.problems.errors() == errors_before) {
    loading.problems.error(
        "order", reader.place_of("order"),
        {.zh = "排名先看总分（高者在前），最后看工号，使名次唯一",
         .en = "the order begins with the total, descending, and ends in staff_no, so that no two are equal"},
        {.zh = "补上 `total` 或 `staff_no`", .en = "add `total` or `staff_no`"}, rating.clause);
  }
  return result;
}

Rating read_rating(const yaml::Entry& rule, Loading& loading) {
  const std::string path = "ratings." + rule.key;
  Reader reader(rule.value, loading.problems, {.zh = fmt::format("评级 {}", rule.key), .en = "rating " + rule.key});
  Rating rating;
  static_cast<RuleHead&>(rating) = loading.head(reader, rule.key, rule.place, path);
  rating.unit = "stars";
  rating.position = loading.position(reader);
  rating.eligible = read_conditions(reader, "eligible", {rating_names().begin(), rating_names().end()}, path, loading);
  rating.quotas = read_quotas(reader, rating, loading);
  reader.choice("heads", {"largest_remainder"});
  rating.order = read_order(reader, rating, loading);
  rating.ties_share = reader.choice("ties", {"by_order", "share_better_star"}) == "share_better_star";
  reader.done();
  captioned(rating);
  return rating;
}

// ---- excellence

std::vector<FactCount> read_counts(Reader& reader, const std::string& clause, Loading& loading) {
  std::vector<FactCount> result;
  const yaml::Node* const node = reader.find("counts");
  if (node == nullptr) return result;
  Reader map(*node, loading.problems, {.zh = "`counts`", .en = "`counts`"});
  for (const yaml::Entry& entry : node->entries) {
    map.find(entry.key);
    Reader row(entry.value, loading.problems, {.zh = "计数", .en = "a count"});
    FactCount count;
    count.name = entry.key;
    count.kind = loading.kind(row, "kind", clause);
    count.note = row.optional_word("note").value_or("");
    count.scope = row.choice("of", {"person", "group"}, "person") == "group" ? Scope::group : Scope::person;
    count.place = entry.place;
    row.done();
    result.push_back(std::move(count));
  }
  return result;
}

Excellence read_excellence(const yaml::Entry& rule, Loading& loading) {
  const std::string path = "excellence." + rule.key;
  Reader reader(rule.value, loading.problems, {.zh = fmt::format("评优 {}", rule.key), .en = "excellence " + rule.key});
  Excellence excellence;
  static_cast<RuleHead&>(excellence) = loading.head(reader, rule.key, rule.place, path);
  excellence.position = loading.position(reader);
  excellence.counts = read_counts(reader, excellence.clause, loading);
  std::vector<NameInfo> names(excellence_names().begin(), excellence_names().end());
  for (const FactCount& count : excellence.counts)
    names.push_back({count.name, NameInfo::Type::number, "facts", false});
  excellence.lost_when = read_conditions(reader, "lost_when", names, path, loading);
  reader.done();
  captioned(excellence);
  return excellence;
}

}  // namespace

void read_ratings(const yaml::Node& rules, Loading& loading) {
  for (const yaml::Entry& rule : rules.entries) loading.pack.ratings.push_back(read_rating(rule, loading));
}

void read_excellences(const yaml::Node& rules, Loading& loading) {
  for (const yaml::Entry& rule : rules.entries) loading.pack.excellences.push_back(read_excellence(rule, loading));
}

}  // namespace zh::policy
