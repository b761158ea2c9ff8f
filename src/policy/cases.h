// A pack's test cases (cases/*.yaml): given people and facts, what the month must give. Reading and comparing are here;
// the month itself is computed by whoever runs them (the rooms stand above this library).
//
//   period: 2026-10
//   people: {1001: {position: agent, group: A, hired_on: 2024-03-01}}
//   cases:
//     exactly_140_seconds:
//       title: {zh: 140 秒仍是 100 分, en: 140 s still is 100 points}
//       clauses: [C3.1a]
//       facts:
//         - {staff: 1001, at: 2026-10-05, kind: handle_time, value: 140}
//       expect:
//         1001: {items: {average_handling_time: 100}, arithmetic: "140 <= 140 → 100"}
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/calendar.h"
#include "base/decimal.h"
#include "base/json.h"
#include "policy/pack.h"
#include "policy/problem.h"
#include "policy/sources.h"

namespace zh::policy {

struct CasePerson {
  std::string staff_no;
  std::string position;
  std::string group;  // empty = in no group
  Date hired_on;
  std::optional<Date> probation_until;
  std::optional<Date> left_on;
  std::vector<std::string> products;
};

struct CaseFact {
  std::string staff_no;
  Instant occurred_at;
  std::string kind;
  std::optional<Decimal> value;
  std::string note;
};

// One figure that the result must have: "total", "items.exam", "bonus", "pay.base", "star", "excellent.reasons".
struct Expectation {
  std::string figure;
  std::optional<std::string> value;  // none = null
  Place place;
};

struct ExpectedPerson {
  std::string staff_no;
  bool absent = false;  // not in the result at all
  std::vector<Expectation> figures;
  std::string arithmetic;  // how the figures come about, for whoever reads the case
  Place place;
};

struct Case {
  std::string id;
  Text title;
  std::vector<std::string> clauses;
  Month period;
  std::vector<CasePerson> people;
  std::vector<CaseFact> facts;
  std::vector<ExpectedPerson> expected;
  Place place;
};

// All cases of the sources, by file and place. What is wrong with them becomes problems: unknown keys, clauses, kinds,
// staff numbers. Dates and instants are of `zone`.
std::vector<Case> read_cases(const Sources& sources, const Pack& pack, const Zone& zone, Problems& problems);

// Compares with the rows of `close --json` (FORMATS.md, "people"). Each difference is a problem `case_failed` at the
// expectation's place. Numbers are equal by value; a pay line that is missing is 0.
void compare(const Case& it, const json::Array& people, Problems& problems);

}  // namespace zh::policy
