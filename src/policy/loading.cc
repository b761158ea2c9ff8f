#include "policy/loading.h"

#include <fmt/format.h>

#include <algorithm>

namespace zh::policy {

void captioned(RuleHead& head) {
  const Place line{head.place.file, head.place.line};
  head.caption = caption(head.label, head.unit, head.clause, line.to_string(), head.id);
}

RuleHead Loading::head(Reader& reader, std::string id, const Place& place, const std::string& path, Coverage coverage) {
  RuleHead result;
  result.id = std::move(id);
  result.place = place;
  result.clause = clause(reader, place, path, coverage);
  result.also = reader.words("also");
  for (const std::string& id_also : result.also) {
    use_clause(id_also, reader.place_of("also"), {id_also, path, place, coverage});
  }
  result.label =
      reader.text("label", {.zh = "写上名称：`label: {zh: …, en: …}`", .en = "name it: `label: {zh: …, en: …}`"});
  return result;
}

std::string Loading::clause(Reader& reader, const Place& place, const std::string& path, Coverage coverage) {
  std::string id = reader.word("clause", {.zh = "写上依据的条款，如 `clause: C3.1`",
                                          .en = "name the clause it carries out, such as `clause: C3.1`"});
  use_clause(id, reader.place_of("clause"), {id, path, place, coverage});
  return id;
}

void Loading::use_clause(const std::string& id, const Place& named_at, ClauseUse use) {
  if (id.empty()) return;
  if (pack.clause(id) != nullptr) {
    pack.uses.push_back(std::move(use));
    return;
  }
  std::vector<std::string> known;
  for (const Clause& clause : pack.clauses) known.push_back(clause.id);
  const std::string meant = nearest(id, known);
  problems.error("unknown_clause", named_at,
                 {.zh = fmt::format("clauses.yaml 里没有条款 `{}`", id),
                  .en = fmt::format("there is no clause `{}` in clauses.yaml", id)},
                 meant.empty()
                     ? Text{.zh = "先在 clauses.yaml 写下这一条", .en = "write it into clauses.yaml first"}
                     : Text{.zh = fmt::format("是不是 `{}`？", meant), .en = fmt::format("did you mean `{}`?", meant)});
}

std::string Loading::unit(Reader& reader, const std::string& clause) {
  const Text mend{.zh = "写上单位，如 `unit: seconds`", .en = "write the unit, such as `unit: seconds`"};
  std::string name = reader.word("unit", mend);
  if (name.empty() || is_unit(name)) return name;
  const std::vector<std::string> known(units().begin(), units().end());
  problems.error("unknown_unit", reader.place_of("unit"),
                 {.zh = fmt::format("没有 `{}` 这个单位", name), .en = fmt::format("there is no unit `{}`", name)},
                 {.zh = "单位有：" + quoted_list(known), .en = "the units are " + quoted_list(known)}, clause);
  return name;
}

void Loading::unit_is(Reader& reader, RuleHead& head, std::string_view wanted, const Text& why) {
  head.unit = unit(reader, head.clause);
  if (head.unit.empty() || !is_unit(head.unit) || head.unit == wanted) return;
  problems.error("unit_mismatch", reader.place_of("unit"),
                 {.zh = fmt::format("单位写的是 `{}`，{}的单位是 `{}`", head.unit, why.zh, wanted),
                  .en = fmt::format("the unit says `{}`, but {} is in `{}`", head.unit, why.en, wanted)},
                 {.zh = fmt::format("写成 `unit: {}`，并核对各分段的数字", wanted),
                  .en = fmt::format("write `unit: {}` and check the figures of the rows", wanted)},
                 head.clause);
}

std::string Loading::position(Reader& reader) {
  std::string name = reader.word(
      "position", {.zh = "写上岗位，如 `position: agent`", .en = "write the position, such as `position: agent`"});
  if (name.empty() || is_position(name)) return name;
  const std::vector<std::string> known(positions().begin(), positions().end());
  problems.error("unknown_position", reader.place_of("position"),
                 {.zh = fmt::format("没有 `{}` 这个岗位", name), .en = fmt::format("there is no position `{}`", name)},
                 {.zh = "岗位有：" + quoted_list(known), .en = "the positions are " + quoted_list(known)});
  return name;
}

void Loading::check_kind(const std::string& name, const Place& place, const std::string& clause) {
  if (name.empty() || pack.fact_kind(name) != nullptr) return;
  std::vector<std::string> known;
  for (const FactKind& kind : pack.facts) known.push_back(kind.id);
  const std::string meant = nearest(name, known);
  problems.error("unknown_fact_kind", place,
                 {.zh = fmt::format("规章包没有登记事实种类 `{}`", name),
                  .en = fmt::format("the pack declares no fact kind `{}`", name)},
                 meant.empty()
                     ? Text{.zh = "在 `facts:` 下登记它", .en = "declare it under `facts:`"}
                     : Text{.zh = fmt::format("是不是 `{}`？", meant), .en = fmt::format("did you mean `{}`?", meant)},
                 clause);
}

std::string Loading::kind(Reader& reader, std::string_view key, const std::string& clause) {
  std::string name = reader.word(key, {.zh = fmt::format("写上事实种类，如 `{}: exam`", key),
                                       .en = fmt::format("name the kind of facts, such as `{}: exam`", key)});
  check_kind(name, reader.place_of(key), clause);
  return name;
}

std::vector<std::string> Loading::kinds(Reader& reader, std::string_view key, const std::string& clause) {
  std::vector<std::string> names = reader.words(key);
  if (names.empty()) {
    reader.require(key, {.zh = fmt::format("写上事实种类，如 `{}: [on_site]`", key),
                         .en = fmt::format("name the kinds of facts, such as `{}: [on_site]`", key)});
  }
  for (const std::string& name : names) check_kind(name, reader.place_of(key), clause);
  return names;
}

void Loading::unique(std::set<std::string>& seen, const std::string& id, const Place& place,
                     const std::string& clause) {
  if (id.empty() || seen.insert(id).second) return;
  problems.error(
      "defined_twice", place,
      {.zh = fmt::format("`{}` 在同一个列表里出现两次", id), .en = fmt::format("`{}` stands twice in the list", id)},
      {.zh = "只留一处，或换一个标识", .en = "keep one, or give it another id"}, clause);
}

}  // namespace zh::policy
