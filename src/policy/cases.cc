#include "policy/cases.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "policy/reader.h"
#include "policy/vocabulary.h"
#include "policy/yaml.h"

namespace zh::policy {

namespace {

constexpr std::int64_t kTimesMax = 10'000;
constexpr std::size_t kFactsMax = 100'000;

class CaseReader {
 public:
  CaseReader(const Pack& pack, const Zone& zone, Problems& problems) : pack_(pack), zone_(zone), problems_(problems) {}

  void read_file(const yaml::Node& root, std::vector<Case>& into) {
    Reader file(root, problems_, {.zh = "用例文件", .en = "a file of cases"});
    if (!file.readable()) return;
    period_ = read_month(file, Month{});
    people_ = read_people(file);
    const yaml::Node* const cases = file.require("cases", {});
    file.done();
    if (cases == nullptr) return;
    Reader list(*cases, problems_, {.zh = "`cases`", .en = "`cases`"});
    for (const yaml::Entry& entry : cases->entries) into.push_back(read_case(entry));
  }

 private:
  Month read_month(Reader& reader, Month otherwise) {
    const auto text = reader.optional_word("period");
    if (!text) return otherwise;
    const auto month = Month::parse(*text);
    if (month.ok()) return month.value();
    wrong(reader.place_of("period"), *text, {.zh = "月份，如 2026-10", .en = "a month such as 2026-10"});
    return otherwise;
  }

  void wrong(const Place& place, const std::string& text, const Text& expected) {
    problems_.error(
        "wrong_type", place,
        {.zh = fmt::format("`{}` 应是{}", text, expected.zh), .en = fmt::format("`{}` must be {}", text, expected.en)},
        {.zh = "改正", .en = "correct it"});
  }

  std::optional<Date> read_date(Reader& reader, std::string_view key) {
    const auto text = reader.optional_word(key);
    if (!text) return std::nullopt;
    const auto date = Date::parse(*text);
    if (date.ok()) return date.value();
    wrong(reader.place_of(key), *text, {.zh = "日期，如 2026-10-01", .en = "a date such as 2026-10-01"});
    return std::nullopt;
  }

  std::vector<CasePerson> read_people(Reader& reader) {
    std::vector<CasePerson> people;
    const yaml::Node* const node = reader.find("people");
    if (node == nullptr) return people;
    Reader map(*node, problems_, {.zh = "`people`", .en = "`people`"});
    for (const yaml::Entry& entry : node->entries) {
      Reader row(entry.value, problems_, {.zh = "人员", .en = "a person"});
      CasePerson person;
      person.staff_no = entry.key;
      person.position = "agent";
      if (const auto position = row.optional_word("position")) person.position = *position;
      if (!is_position(person.position))
        wrong(row.place_of("position"), person.position, {.zh = "岗位", .en = "a position"});
      person.group = row.optional_word("group").value_or("");
      row.require("hired_on", {});
      person.hired_on = read_date(row, "hired_on").value_or(Date());
      person.probation_until = read_date(row, "probation_until");
      person.left_on = read_date(row, "left_on");
      person.products = row.words("products");
      row.done();
      people.push_back(std::move(person));
    }
    return people;
  }

  Case read_case(const yaml::Entry& entry) {
    Reader reader(entry.value, problems_, {.zh = "用例", .en = "a case"});
    Case it;
    it.id = entry.key;
    it.place = entry.place;
    it.title = reader.text("title");
    it.clauses = reader.words("clauses");
    for (const std::string& clause : it.clauses) {
      if (pack_.clause(clause) == nullptr)
        wrong(reader.place_of("clauses"), clause, {.zh = "规章包里的条款", .en = "a clause of the pack"});
    }
    it.period = read_month(reader, period_);
    it.people = people_;
    for (CasePerson& person : read_people(reader)) replace(it.people, std::move(person));
    for (const yaml::Node& fact : reader.list("facts")) read_fact(fact, it);
    const yaml::Node* const expect = reader.require("expect", {.zh = "写上期望的结果", .en = "write what is expected"});
    if (expect != nullptr) read_expected(*expect, it);
    reader.done();
    return it;
  }

  // People of the case stand for those of the file with the same staff number.
  static void replace(std::vector<CasePerson>& people, CasePerson person) {
    const auto same = std::ranges::find(people, person.staff_no, &CasePerson::staff_no);
    if (same == people.end()) {
      people.push_back(std::move(person));
    } else {
      *same = std::move(person);
    }
  }

  void check_staff(const Case& it, const std::string& staff_no, const Place& place) {
    if (std::ranges::find(it.people, staff_no, &CasePerson::staff_no) != it.people.end()) return;
    wrong(place, staff_no, {.zh = "用例里的工号", .en = "a staff number of the case"});
  }

  void read_fact(const yaml::Node& node, Case& it) {
    Reader reader(node, problems_, {.zh = "事实", .en = "a fact"});
    CaseFact fact;
    fact.staff_no = reader.word("staff");
    check_staff(it, fact.staff_no, reader.place_of("staff"));
    fact.kind = reader.word("kind");
    const FactKind* const kind = pack_.fact_kind(fact.kind);
    if (kind == nullptr && !fact.kind.empty())
      wrong(reader.place_of("kind"), fact.kind, {.zh = "规章包里的事实种类", .en = "a kind of facts of the pack"});
    const std::string at = reader.word("at");
    const auto instant = zone_.parse_instant(at);
    if (instant.ok()) fact.occurred_at = instant.value();
    if (!instant.ok() && !at.empty())
      wrong(reader.place_of("at"), at, {.zh = "日期或时刻", .en = "a date or an instant"});
    fact.value = reader.optional_number("value");
    if (!fact.value && kind != nullptr) fact.value = kind->if_empty;
    fact.note = reader.optional_word("note").value_or("");
    const std::int64_t times = std::clamp<std::int64_t>(reader.optional_count("times").value_or(1), 0, kTimesMax);
    reader.done();
    if (it.facts.size() + static_cast<std::size_t>(times) > kFactsMax) {
      problems_.error("too_many_facts", node.place, {.zh = "用例的事实太多", .en = "the case has too many facts"},
                      {.zh = "减少 `times`", .en = "lower `times`"});
      return;
    }
    it.facts.insert(it.facts.end(), static_cast<std::size_t>(times), fact);
  }

  void read_expected(const yaml::Node& node, Case& it) {
    Reader map(node, problems_, {.zh = "`expect`", .en = "`expect`"});
    for (const yaml::Entry& entry : node.entries) {
      check_staff(it, entry.key, entry.place);
      ExpectedPerson person;
      person.staff_no = entry.key;
      person.place = entry.place;
      Reader reader(entry.value, problems_, {.zh = "期望", .en = "an expectation"});
      person.absent = reader.flag("absent", false);
      person.arithmetic = reader.optional_word("arithmetic").value_or("");
      for (const std::string_view figure : {"total", "bonus", "deduction", "rated", "rank", "star"}) {
        if (const yaml::Node* const value = reader.find(figure)) add_figure(std::string(figure), *value, person);
      }
      for (const std::string_view group : {"items", "pay", "excellent"}) {
        if (const yaml::Node* const values = reader.find(group)) add_group(group, *values, person);
      }
      reader.done();
      if (!person.absent && person.figures.empty()) {
        problems_.error(
            "missing_key", entry.place,
            {.zh = "没有写期望的数字，这个用例不会失败", .en = "no figure is expected: the case could never fail"},
            {.zh = "写上 `total`、`items`、`pay` 等", .en = "write `total`, `items`, `pay` …"});
      }
      it.expected.push_back(std::move(person));
    }
  }

  static void add_figure(std::string figure, const yaml::Node& value, ExpectedPerson& person) {
    Expectation expectation{.figure = std::move(figure), .value = std::nullopt, .place = value.place};
    if (value.is_scalar()) expectation.value = value.scalar;
    if (value.is_list()) expectation.value = joined(value);
    person.figures.push_back(std::move(expectation));
  }

  static std::string joined(const yaml::Node& list) {
    std::string text;
    for (const yaml::Node& item : list.items) text += (text.empty() ? "" : ", ") + item.scalar;
    return text;
  }

  void add_group(std::string_view group, const yaml::Node& values, ExpectedPerson& person) {
    if (!values.is_map()) {
      add_figure(std::string(group), values, person);
      return;
    }
    for (const yaml::Entry& entry : values.entries) {
      check_figure(group, entry);
      add_figure(fmt::format("{}.{}", group, entry.key), entry.value, person);
    }
  }

  // A figure that no rule yields would compare with nothing for ever.
  void check_figure(std::string_view group, const yaml::Entry& entry) {
    bool known = group == "excellent" && (entry.key == "eligible" || entry.key == "reasons");
    if (group == "items") {
      known =
          std::ranges::any_of(pack_.scorecards, [&](const Scorecard& card) { return card.item(entry.key) != nullptr; });
    }
    if (group == "pay") {
      known = entry.key == "total" || std::ranges::any_of(pack_.pay, [&](const PayPlan& plan) {
                return std::ranges::find(plan.components, entry.key, &PayComponent::id) != plan.components.end();
              });
    }
    if (!known) wrong(entry.place, entry.key, {.zh = "规章包里的标识", .en = "an id of the pack"});
  }

  const Pack& pack_;
  const Zone& zone_;
  Problems& problems_;
  Month period_;
  std::vector<CasePerson> people_;
};

// ---- comparing

const json::Value kNull;

const json::Value& member(const json::Value& value, std::string_view name) {
  const json::Value* const found = value.find(name);
  return found == nullptr ? kNull : *found;
}

// The entry of an array whose "id" is that.
const json::Value& entry_of(const json::Value& array, std::string_view id) {
  if (const json::Array* const items = array.array()) {
    for (const json::Value& item : *items) {
      const std::string* const name = member(item, "id").text();
      if (name != nullptr && *name == id) return item;
    }
  }
  return kNull;
}

std::optional<std::string> as_text(const json::Value& value) {
  if (value.is_null()) return std::nullopt;
  if (const std::string* const text = value.text()) return *text;
  if (const json::Array* const items = value.array()) {
    std::string joined;
    for (const json::Value& item : *items) joined += (joined.empty() ? "" : ", ") + as_text(item).value_or("null");
    return joined;
  }
  return json::compact(value);
}

std::optional<std::string> figure_of(const json::Value& person, const std::string& figure) {
  const auto dot = figure.find('.');
  const std::string head = figure.substr(0, dot);
  const std::string rest = dot == std::string::npos ? "" : figure.substr(dot + 1);
  if (head == "items") return as_text(member(entry_of(member(member(person, "scorecard"), "items"), rest), "score"));
  if (head == "pay" && rest == "total") return as_text(member(member(person, "pay"), "total"));
  if (head == "pay" && !rest.empty()) {
    const json::Value& pay = member(person, "pay");
    if (pay.is_null()) return std::nullopt;
    return as_text(member(entry_of(member(pay, "lines"), rest), "amount")).value_or("0");
  }
  if (head == "excellent" && !rest.empty()) return as_text(member(member(person, "excellent"), rest));
  if (head == "total" || head == "bonus" || head == "deduction")
    return as_text(member(member(person, "scorecard"), head));
  return as_text(member(person, head));
}

bool equal(const std::optional<std::string>& expected, const std::optional<std::string>& actual) {
  if (expected == actual) return true;
  if (!expected || !actual) return false;
  const auto a = read_number(*expected);
  const auto b = read_number(*actual);
  return a && b && *a == *b;
}

void report(const Case& it, const ExpectedPerson& person, const Place& place, const std::string& figure,
            const std::string& expected, const std::string& actual, Problems& problems) {
  Text mend{.zh = "核对规则或用例", .en = "check the rule or the case"};
  if (!person.arithmetic.empty()) {
    mend.zh += fmt::format("（算式：{}）", person.arithmetic);
    mend.en += fmt::format(" (arithmetic: {})", person.arithmetic);
  }
  problems.error(
      "case_failed", place,
      {.zh = fmt::format("用例 `{}`，工号 {}：`{}` 期望 {}，得出 {}", it.id, person.staff_no, figure, expected, actual),
       .en = fmt::format("case `{}`, staff {}: `{}` should be {}, but is {}", it.id, person.staff_no, figure, expected,
                         actual)},
      std::move(mend), it.clauses.empty() ? std::string() : it.clauses.front());
}

}  // namespace

std::vector<Case> read_cases(const Sources& sources, const Pack& pack, const Zone& zone, Problems& problems) {
  std::vector<Case> cases;
  CaseReader reader(pack, zone, problems);
  for (const auto& [file, text] : sources.cases) {
    const auto root = yaml::read(text, file, problems);
    // Examples of checks are read by read_examples().
    if (root && root->find("examples") == nullptr) reader.read_file(*root, cases);
  }
  return cases;
}

void compare(const Case& it, const json::Array& people, Problems& problems) {
  for (const ExpectedPerson& expected : it.expected) {
    const auto person = std::ranges::find_if(people, [&](const json::Value& row) {
      const std::string* const staff_no = member(row, "staff_no").text();
      return staff_no != nullptr && *staff_no == expected.staff_no;
    });
    if ((person == people.end()) != expected.absent) {
      report(it, expected, expected.place, "staff_no", expected.absent ? "absent" : "present",
             expected.absent ? "present" : "absent", problems);
      continue;
    }
    if (expected.absent) continue;
    for (const Expectation& figure : expected.figures) {
      const auto actual = figure_of(*person, figure.figure);
      if (equal(figure.value, actual)) continue;
      report(it, expected, figure.place, figure.figure, figure.value.value_or("null"), actual.value_or("null"),
             problems);
    }
  }
}

}  // namespace zh::policy
