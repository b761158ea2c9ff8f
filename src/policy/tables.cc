// Decision rows: reading them, and finding gaps, overlaps and rows that nothing reaches.
#include <fmt/format.h>

#include <algorithm>

#include "policy/loading.h"

namespace zh::policy {

namespace {

// An end of a row on the number line. Positions are ordered by value, then "just before", "at", "just after".
struct Edge {
  Fraction value;
  int side = 0;
  bool infinite = false;  // low ends: −∞, high ends: +∞
};

bool before(const Edge& a, const Edge& b) { return a.value != b.value ? a.value < b.value : a.side < b.side; }

// [low, high] in edges: a point belongs to it when low ≤ (point, 0) ≤ high.
struct Span {
  Edge low;
  Edge high;
  std::size_t row = 0;
};

bool low_before(const Span& a, const Span& b) {
  if (a.low.infinite != b.low.infinite) return a.low.infinite;
  return !a.low.infinite && before(a.low, b.low);
}

// One step of the lattice up or down to the next multiple, where the table has a step.
Fraction to_multiple(const Fraction& value, const Fraction& step, Rounding rounding) {
  return Fraction((value / step).round(0, rounding)) * step;
}

class RowCheck {
 public:
  RowCheck(const Table& table, const TableShape& shape, Problems& problems)
      : table_(table), shape_(shape), problems_(problems) {
    if (table.step) step_ = Fraction(*table.step);
  }

  void run() {
    std::vector<Span> spans;
    for (std::size_t row = 0; row < table_.rows.size(); ++row) {
      const auto set = tested_set(table_.rows[row].when);
      if (!set) {
        report_opaque(row);
        return;
      }
      bool reachable = false;
      for (const Range& range : set->ranges) {
        auto span = span_of(range, row);
        if (!span) continue;
        reachable = true;
        spans.push_back(std::move(*span));
      }
      if (!reachable) report_unreachable(row);
    }
    std::ranges::stable_sort(spans, low_before);
    walk(spans);
  }

 private:
  // The part of the range that lies in the domain, on the lattice; nothing when that is empty.
  std::optional<Span> span_of(const Range& range, std::size_t row) const {
    Span span;
    span.row = row;
    span.low.infinite = !range.low;
    span.high.infinite = !range.high;
    if (range.low) span.low = {Fraction(*range.low), range.low_included ? 0 : 1, false};
    if (range.high) span.high = {Fraction(*range.high), range.high_included ? 0 : -1, false};
    if (shape_.domain.low) raise_low(span, Fraction(*shape_.domain.low));
    if (shape_.domain.high) lower_high(span, Fraction(*shape_.domain.high));
    if (step_) to_lattice(span);
    const bool empty = !span.low.infinite && !span.high.infinite && before(span.high, span.low);
    return empty ? std::nullopt : std::optional(span);
  }

  static void raise_low(Span& span, const Fraction& low) {
    if (span.low.infinite || before(span.low, {low, 0, false})) span.low = {low, 0, false};
  }
  static void lower_high(Span& span, const Fraction& high) {
    if (span.high.infinite || before({high, 0, false}, span.high)) span.high = {high, 0, false};
  }

  // To the first and last multiples of the step that belong to it, both included.
  void to_lattice(Span& span) const {
    if (!span.low.infinite) {
      Fraction first = to_multiple(span.low.value, *step_, Rounding::ceiling);
      if (first == span.low.value && span.low.side > 0) first = first + *step_;
      span.low = {first, 0, false};
    }
    if (!span.high.infinite) {
      Fraction last = to_multiple(span.high.value, *step_, Rounding::floor);
      if (last == span.high.value && span.high.side < 0) last = last - *step_;
      span.high = {last, 0, false};
    }
  }

  // Along the number line from the low end of the domain: what one row leaves, the next must take up at once.
  void walk(const std::vector<Span>& spans) {
    if (spans.empty()) {
      report_gap({Fraction(shape_.domain.low.value_or(0)), 0, !shape_.domain.low}, nullptr);
      return;
    }
    if (shape_.domain.low) {
      const Edge from{Fraction(*shape_.domain.low), 0, false};
      if (!spans.front().low.infinite && before(from, spans.front().low)) report_gap(from, &spans.front().low);
    } else if (!spans.front().low.infinite) {
      report_gap({Fraction(0), 0, true}, &spans.front().low);
    }
    const Span* furthest = &spans.front();
    for (std::size_t i = 1; i < spans.size(); ++i) {
      const Span& span = spans[i];
      if (furthest->high.infinite || !before(furthest->high, span.low)) {
        report_overlap(*furthest, span);
      } else if (const Edge next = after(furthest->high); before(next, span.low)) {
        report_gap(next, &span.low);
      }
      if (!furthest->high.infinite && (span.high.infinite || before(furthest->high, span.high))) furthest = &span;
    }
    report_end(furthest->high);
  }

  void report_end(const Edge& high) {
    if (high.infinite) return;
    const Edge next = after(high);
    if (!shape_.domain.high) {
      report_gap(next, nullptr);
    } else if (const Edge last{Fraction(*shape_.domain.high), 0, false}; !before(last, next)) {
      report_gap(next, nullptr);
    }
  }

  // The first position past a high end.
  Edge after(const Edge& high) const {
    if (step_) return {high.value + *step_, 0, false};
    return {high.value, high.side + 1, false};
  }

  std::string number(const Fraction& value) const { return value.significant(20).to_string(); }

  // A value in the gap that a person can check: its first, or one just past an open end.
  void report_gap(const Edge& from, const Edge* until) {
    const std::string unit = shape_.domain.unit.empty() ? "" : " " + shape_.domain.unit;
    const std::string start = from.infinite ? "…" : (from.side > 0 ? "> " : ">= ") + number(from.value);
    const std::string end = until == nullptr ? "" : (until->side > 0 ? " … <= " : " … < ") + number(until->value);
    // The row that ends before the gap is where a person would mend it; the table's first row when it is at the front.
    problems_.error("band_gap", table_.place,
                    {.zh = fmt::format("分段有空档：{}{}{} 没有一行适用", start, end, unit),
                     .en = fmt::format("the rows leave a gap: no row applies to {}{}{}", start, end, unit)},
                    step_
                        ? Text{.zh = "补一行，或扩大相邻的一行", .en = "add a row or widen its neighbour"}
                        : Text{.zh = "补一行，或扩大相邻的一行；数值只取整数时写 `step: 1`",
                               .en = "add a row or widen its neighbour; if values are whole numbers, write `step: 1`"},
                    shape_.clause);
  }

  void report_overlap(const Span& first, const Span& second) {
    const Row& a = table_.rows[std::min(first.row, second.row)];
    const Row& b = table_.rows[std::max(first.row, second.row)];
    const std::string example = second.low.infinite ? std::string("…") : sample(second.low);
    if (covers(first, second) && first.row < second.row) {
      problems_.error("unreachable_row", b.place,
                      {.zh = fmt::format("`{}` 已全部落在第 {} 行的 `{}` 里，永远轮不到这一行", b.when.text(),
                                         a.place.line, a.when.text()),
                       .en = fmt::format("`{}` lies wholly within `{}` of line {}: this row is never reached",
                                         b.when.text(), a.when.text(), a.place.line)},
                      {.zh = "删去一行，或改两行的范围", .en = "remove a row or change the ranges"}, shape_.clause);
      return;
    }
    problems_.error(
        "band_overlap", b.place,
        {.zh = fmt::format("`{}` 与第 {} 行的 `{}` 重叠，例如 {}", b.when.text(), a.place.line, a.when.text(), example),
         .en = fmt::format("`{}` overlaps `{}` of line {}, for example at {}", b.when.text(), a.when.text(),
                           a.place.line, example)},
        {.zh = "改其中一行的边界", .en = "change the border of one of them"}, shape_.clause);
  }

  std::string sample(const Edge& low) const { return (low.side > 0 ? "> " : "") + number(low.value); }

  static bool covers(const Span& outer, const Span& inner) {
    const bool low = outer.low.infinite || (!inner.low.infinite && !before(inner.low, outer.low));
    const bool high = outer.high.infinite || (!inner.high.infinite && !before(outer.high, inner.high));
    return low && high;
  }

  void report_unreachable(std::size_t row) {
    const Row& it = table_.rows[row];
    problems_.error("unreachable_row", it.place,
                    {.zh = fmt::format("没有数值能落在 `{}`", it.when.text()),
                     .en = fmt::format("no value can fall into `{}`", it.when.text())},
                    {.zh = "删去这一行，或改它的范围", .en = "remove the row or change its range"}, shape_.clause);
  }

  void report_opaque(std::size_t row) {
    const Row& it = table_.rows[row];
    problems_.error(
        "opaque_row", it.place,
        {.zh = fmt::format("`{}` 不是由常数构成的范围，无法检查空档和重叠", it.when.text()),
         .en = fmt::format("`{}` is no range of constants, so gaps and overlaps cannot be found", it.when.text())},
        {.zh = "写成 `<= 140`、`[141..145]` 这样的范围，或改用 `formula`",
         .en = "write ranges such as `<= 140` or `[141..145]`, or use a `formula`"},
        shape_.clause);
  }

  const Table& table_;
  const TableShape& shape_;
  Problems& problems_;
  std::optional<Fraction> step_;
};

void check_truth_rows(const Table& table, const TableShape& shape, Problems& problems) {
  const Row* of_true = nullptr;
  const Row* of_false = nullptr;
  for (const Row& row : table.rows) {
    const auto set = tested_set(row.when);
    if (!set) continue;
    for (const auto& [takes, into] : {std::pair{set->takes_true, &of_true}, std::pair{set->takes_false, &of_false}}) {
      if (!takes) continue;
      if (*into != nullptr) {
        problems.error("band_overlap", row.place,
                       {.zh = fmt::format("`{}` 与第 {} 行重叠", row.when.text(), (*into)->place.line),
                        .en = fmt::format("`{}` overlaps line {}", row.when.text(), (*into)->place.line)},
                       {.zh = "真、假各写一行", .en = "write one row for true and one for false"}, shape.clause);
      }
      *into = &row;
    }
  }
  if (of_true != nullptr && of_false != nullptr) return;
  const std::string_view missing = of_true == nullptr ? "true" : "false";
  problems.error(
      "band_gap", table.place,
      {.zh = fmt::format("没有一行适用于 `{}`", missing), .en = fmt::format("no row applies to `{}`", missing)},
      {.zh = fmt::format("补一行 `when: {}`", missing), .en = fmt::format("add a row `when: {}`", missing)},
      shape.clause);
}

Row read_row(const yaml::Node& node, const TableShape& shape, Loading& loading) {
  Reader reader(node, loading.problems, {.zh = "一行", .en = "a row"});
  Row row;
  row.place = node.place;
  if (const yaml::Node* const when = reader.require("when", {})) {
    row.when = compile_test(*when, {shape.domain.type, shape.domain.unit, shape.clause}, loading.problems);
  }
  row.result = reader.number(shape.result_key);
  if ((shape.low && row.result < *shape.low) || (shape.high && row.result > *shape.high)) {
    const std::string low = shape.low ? shape.low->to_string() : "−∞";
    const std::string high = shape.high ? shape.high->to_string() : "∞";
    loading.problems.error("out_of_range", reader.place_of(shape.result_key),
                           {.zh = fmt::format("`{}` 应在 {} 到 {} 之间", shape.result_key, low, high),
                            .en = fmt::format("`{}` must lie between {} and {}", shape.result_key, low, high)},
                           {.zh = "改正数字", .en = "correct the figure"}, shape.clause);
  }
  reader.done();
  return row;
}

}  // namespace

void check_rows(const Table& table, const TableShape& shape, Problems& problems) {
  if (table.rows.empty()) return;
  if (shape.domain.type == NameInfo::Type::boolean) {
    check_truth_rows(table, shape, problems);
  } else {
    RowCheck(table, shape, problems).run();
  }
}

Table read_table(Reader& reader, const TableShape& shape, Loading& loading) {
  Table table;
  table.unit = shape.domain.unit;
  table.place = reader.place_of(shape.rows_key);
  table.step = reader.optional_number("step");
  const std::size_t before_rows = loading.problems.errors();
  if (table.step && table.step->sign() <= 0) {
    loading.problems.error("out_of_range", reader.place_of("step"),
                           {.zh = "`step` 应大于 0", .en = "`step` must be above 0"},
                           {.zh = "写成 `step: 1`", .en = "write `step: 1`"}, shape.clause);
    table.step.reset();
  }
  const Text mend{.zh = fmt::format("每行写成 `{{when: …, {}: …}}`", shape.result_key),
                  .en = fmt::format("write rows as `{{when: …, {}: …}}`", shape.result_key)};
  for (const yaml::Node& node : reader.required_list(shape.rows_key, mend)) {
    table.rows.push_back(read_row(node, shape, loading));
  }
  // Rows that could not be read would only show as gaps.
  if (loading.problems.errors() == before_rows) check_rows(table, shape, loading.problems);
  return table;
}

}  // namespace zh::policy
