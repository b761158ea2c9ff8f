// Gaps and overlaps of rows against an oracle that tries every value.
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include "policy/loading.h"

namespace zh::policy {
namespace {

constexpr int kTop = 12;  // ends of rows are whole numbers from 0 to this

struct RandomRow {
  int low = 0;
  int high = 0;
  int form = 0;

  // [a..b] (a..b] [a..b) (a..b) <= b, >= a, < b, > a, a
  std::string text() const {
    const std::string a = std::to_string(low);
    const std::string b = std::to_string(high);
    switch (form) {
      case 0:
        return "[" + a + ".." + b + "]";
      case 1:
        return "(" + a + ".." + b + "]";
      case 2:
        return "[" + a + ".." + b + ")";
      case 3:
        return "(" + a + ".." + b + ")";
      case 4:
        return "<= " + b;
      case 5:
        return ">= " + a;
      case 6:
        return "< " + b;
      case 7:
        return "> " + a;
      default:
        return a;
    }
  }

  // `halves` counts in halves, so that the open space between two whole numbers is tried, too.
  bool takes(int halves) const {
    const int a = 2 * low;
    const int b = 2 * high;
    switch (form) {
      case 0:
        return a <= halves && halves <= b;
      case 1:
        return a < halves && halves <= b;
      case 2:
        return a <= halves && halves < b;
      case 3:
        return a < halves && halves < b;
      case 4:
        return halves <= b;
      case 5:
        return halves >= a;
      case 6:
        return halves < b;
      case 7:
        return halves > a;
      default:
        return halves == a;
    }
  }
};

std::vector<RandomRow> random_rows() {
  const int count = *rc::gen::inRange(1, 6);
  std::vector<RandomRow> rows;
  for (int i = 0; i < count; ++i) {
    const int low = *rc::gen::inRange(0, kTop);
    rows.push_back({low, *rc::gen::inRange(low, kTop + 1), *rc::gen::inRange(0, 9)});
  }
  return rows;
}

struct Found {
  bool gap = false;
  bool overlap = false;
  friend bool operator==(const Found&, const Found&) = default;
};

Found by_trying(const std::vector<RandomRow>& rows, int halves_step) {
  Found found;
  // One past the last end stands for everything beyond.
  for (int at = 0; at <= 2 * kTop + 2; at += halves_step) {
    int taken = 0;
    for (const RandomRow& row : rows) taken += row.takes(at) ? 1 : 0;
    found.gap = found.gap || taken == 0;
    found.overlap = found.overlap || taken > 1;
  }
  return found;
}

Found by_checking(const std::vector<RandomRow>& rows, std::optional<Decimal> step) {
  Problems problems;
  Table table;
  table.step = std::move(step);
  const TableShape shape{.rows_key = "bands",
                         .result_key = "score",
                         .low = {},
                         .high = {},
                         .domain = {.unit = "seconds", .low = 0, .high = std::nullopt},
                         .clause = {}};
  int line = 1;
  for (const RandomRow& row : rows) {
    yaml::Node node = yaml::Node::of(yaml::Node::Kind::scalar, {"t.yaml", line, 1});
    node.scalar = row.text();
    Row compiled;
    compiled.when = compile_test(node, {.unit = "seconds", .clause = {}}, problems);
    compiled.place = {"t.yaml", line++, 1};
    table.rows.push_back(std::move(compiled));
  }
  RC_ASSERT(!problems.has_errors());
  check_rows(table, shape, problems);
  Found found;
  for (const Problem& problem : problems.sorted()) {
    found.gap = found.gap || problem.code == "band_gap";
    found.overlap = found.overlap || problem.code == "band_overlap" ||
                    (problem.code == "unreachable_row" && problem.what.en.find("never reached") != std::string::npos);
  }
  return found;
}

std::string shown(const std::vector<RandomRow>& rows) {
  std::string text;
  for (const RandomRow& row : rows) text += row.text() + "; ";
  return text;
}

RC_GTEST_PROP(Tables, gaps_and_overlaps_of_whole_numbers_are_those_that_trying_finds, ()) {
  const auto rows = random_rows();
  RC_LOG() << shown(rows);
  RC_ASSERT(by_checking(rows, Decimal(1)) == by_trying(rows, 2));
}

RC_GTEST_PROP(Tables, gaps_and_overlaps_of_any_numbers_are_those_that_trying_finds, ()) {
  const auto rows = random_rows();
  RC_LOG() << shown(rows);
  RC_ASSERT(by_checking(rows, std::nullopt) == by_trying(rows, 1));
}

RC_GTEST_PROP(Tables, rows_without_a_fault_give_exactly_one_row_for_every_value, ()) {
  const int first = *rc::gen::inRange(0, kTop);
  const int second = *rc::gen::inRange(first + 1, kTop + 2);
  const std::vector<RandomRow> rows{{0, first, 4}, {first, second, 1}, {second, second, 7}};
  RC_ASSERT(by_checking(rows, std::nullopt) == Found{});
}

}  // namespace
}  // namespace zh::policy
