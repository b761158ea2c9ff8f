// The column index of tables against the slow, obviously right way: asking every cell.
#include "dmn/table.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>
#include <vector>

namespace zh::dmn::internal {
namespace {

using feel::Value;

feel::UnaryTests compiled(const std::string& text) {
  feel::Scope scope;
  scope.declare("limit", feel::Type::number());
  return feel::compile_unary_tests(text, scope, feel::Type::any()).tests();
}

std::string literal(int number, bool dates) {
  return dates ? "@\"2026-10-" + std::string(number < 10 ? "0" : "") + std::to_string(number) + "\""
               : std::to_string(number);
}

// One condition over the numbers or October days 1…9; some are not constant.
rc::Gen<std::string> condition(bool dates) {
  return rc::gen::exec([dates] {
    const int a = *rc::gen::inRange(1, 10);
    const int b = *rc::gen::inRange(1, 10);
    const auto low = literal(std::min(a, b), dates);
    const auto high = literal(std::max(a, b), dates);
    switch (*rc::gen::inRange(0, 10)) {
      case 0:
        return std::string("-");
      case 1:
        return "< " + low;
      case 2:
        return ">= " + low;
      case 3:
        return low;
      case 4:
        return low + ", " + high;
      case 5:
        return "[" + low + ".." + high + "]";
      case 6:
        return "(" + low + ".." + high + "), > " + high;
      case 7:
        return "not(" + low + ", > " + high + ")";
      case 8:
        return std::string(dates ? "null" : "limit");
      default:
        return "? > " + low;
    }
  });
}

bool has(const std::uint64_t* set, std::size_t rule) { return (set[rule / 64] >> (rule % 64) & 1) != 0; }

RC_GTEST_PROP(ColumnIndex, TakesWhatTheCellsTake, (bool dates)) {
  const auto count = *rc::gen::inRange<std::size_t>(1, 80);
  std::vector<std::string> texts;
  std::vector<feel::UnaryTests> cells;
  for (std::size_t i = 0; i < count; ++i) {
    texts.push_back(*condition(dates));
    cells.push_back(compiled(texts.back()));
  }
  const ColumnIndex index(cells);
  const std::vector<Value> slots = {Value::number(4)};
  for (int number = 0; number <= 20; ++number) {
    // Halves lie between the ends, and before and after all of them.
    const Value value = dates ? Value::date({20'727 + number / 2}) : Value::number(Decimal::scaled(5 * number, -1));
    const auto* const taken = index.find(value);
    if (taken == nullptr) continue;
    feel::Evaluation run;
    for (std::size_t rule = 0; rule < count; ++rule) {
      const bool must_ask = index.has_general() && has(index.general().data(), rule);
      if (must_ask) {
        RC_ASSERT(has(taken, rule));
        continue;
      }
      RC_ASSERT(has(taken, rule) == cells[rule].test(value, slots, run).is_true());
    }
  }
}

TEST(ColumnIndex, ValuesOfAnotherKindAreAsked) {
  const ColumnIndex index({compiled("< 5"), compiled("-")});
  EXPECT_EQ(index.find(Value::string("a")), nullptr);
  EXPECT_EQ(index.find(Value()), nullptr);
  EXPECT_NE(index.find(Value::number(1)), nullptr);
}

TEST(ColumnIndex, AColumnOfDashesTakesEverything) {
  const ColumnIndex index({compiled("-"), compiled("-")});
  ASSERT_NE(index.find(Value()), nullptr);
  EXPECT_EQ(*index.find(Value()) & 3U, 3U);
}

TEST(Axis, CutsAtTheEnds) {
  const Axis axis({compiled("<= 140"), compiled("[141..145]"), compiled("> 145")});
  ASSERT_EQ(axis.ends().size(), 3U);
  EXPECT_EQ(axis.bucket_of(Value::number(140)), 1U);
  EXPECT_EQ(axis.bucket_of(Value::number(Decimal::scaled(1405, -1))), 2U);
  EXPECT_EQ(axis.bucket_of(Value::number(141)), 3U);
  EXPECT_EQ(axis.bucket_of(Value::number(146)), 6U);
  EXPECT_EQ(axis.taken(1), (std::vector<bool>{false, false, false, true, true, true, false}));
}

TEST(Axis, KindsThatDoNotMixAreLeftToTheCells) {
  const Axis mixed({compiled("1"), compiled("\"a\""), compiled("null"), compiled("limit")});
  EXPECT_EQ(mixed.kind(0), CellKind::constant);
  for (std::size_t cell = 1; cell < 4; ++cell) EXPECT_EQ(mixed.kind(cell), CellKind::general) << cell;
  // A time with a zone and one without have no order.
  const Axis times({compiled("@\"10:00:00\""), compiled("@\"11:00:00Z\"")});
  EXPECT_EQ(times.kind(0), CellKind::general);
}

}  // namespace
}  // namespace zh::dmn::internal
