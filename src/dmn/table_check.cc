#include "dmn/table_check.h"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <map>
#include <set>

#include "dmn/axis.h"
#include "dmn/core.h"
#include "dmn/sample.h"

namespace zh::dmn {

namespace {

using feel::Value;
using internal::Axis;
using internal::CellKind;

constexpr std::size_t kWordBits = 64;

// A set of rules.
class Rules {
 public:
  explicit Rules(std::size_t count) : words_((count + kWordBits - 1) / kWordBits) {}
  void add(std::size_t rule) { words_[rule / kWordBits] |= std::uint64_t{1} << (rule % kWordBits); }
  bool has(std::size_t rule) const { return (words_[rule / kWordBits] >> (rule % kWordBits) & 1) != 0; }
  bool empty() const {
    return std::all_of(words_.begin(), words_.end(), [](std::uint64_t word) { return word == 0; });
  }
  bool meets(const Rules& other) const {
    for (std::size_t i = 0; i < words_.size(); ++i) {
      if ((words_[i] & other.words_[i]) != 0) return true;
    }
    return false;
  }
  Rules& operator&=(const Rules& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
    return *this;
  }
  Rules& operator|=(const Rules& other) {
    for (std::size_t i = 0; i < words_.size(); ++i) words_[i] |= other.words_[i];
    return *this;
  }
  friend auto operator<=>(const Rules&, const Rules&) = default;

 private:
  std::vector<std::uint64_t> words_;
};

// A bucket that has values, an example of them, and the rules whose cell takes it: surely, or perhaps (not constant).
struct Bucket {
  std::size_t number;
  Value example;
  Rules surely;
  Rules perhaps;
};

struct Column {
  const CheckedColumn* stated;
  std::vector<Bucket> buckets;  // only those that inputs may lie in
  bool is_open = true;          // every bucket takes part: nothing is stated about allowed values
};

std::string list_of(const std::vector<int>& rows, std::string_view separator) {
  std::string text;
  for (const int row : rows) text += fmt::format("{}{}", text.empty() ? "" : separator, row);
  return text;
}

class Check {
 public:
  Check(const CheckedTable& table, const TableCheckLimits& limits)
      : table_(table), limits_(limits), general_(table.rules.size()), whole_(table.rules.size()) {
    for (std::size_t rule = 0; rule < table.rules.size(); ++rule) whole_.add(rule);
    for (std::size_t column = 0; column < table.columns.size(); ++column) add_column(column);
    note_general();
  }

  TableReport run() {
    if (!table_.may_miss && !unknown_allowed_) find_gaps();
    if (table_.overlaps != CheckedTable::Overlaps::allowed) find_overlaps();
    if (table_.first_wins) find_unreachable();
    if (cells_ > limits_.cells_max) {
      report_.notes.push_back(
          {.zh = "表太大，只检查了一部分", .en = "the table is too large: only a part was checked"});
    }
    return std::move(report_);
  }

 private:
  using Path = std::vector<const Bucket*>;

  void add_column(std::size_t column);
  void note_general();
  bool spend(std::size_t cells = 1) {
    cells_ += cells;
    return cells_ <= limits_.cells_max && report_.findings.size() < limits_.findings_max;
  }

  void find_gaps();
  void sweep(std::size_t column, const Rules& alive, Path& path);
  void report_missing(const std::vector<const Bucket*>& missing, Path path);
  void find_overlaps();
  Rules overlapping(std::size_t rule);
  void report_overlap(std::size_t first, std::size_t second);
  void find_unreachable();
  bool is_reached(std::size_t rule, std::size_t column, const Rules& alive);

  void add_example(TableFinding& finding, const Path& path) const;
  std::string shown(const Path& path, std::string_view conjunction) const;

  const CheckedTable& table_;
  const TableCheckLimits& limits_;
  std::vector<Column> columns_;
  Rules general_;  // rules with a cell that is not constant
  Rules whole_;
  bool unknown_allowed_ = false;
  std::vector<Rules> open_from_;  // per column: rules that take everything in it and in all columns after it
  std::set<std::pair<std::size_t, Rules>> seen_;
  std::size_t cells_ = 0;
  TableReport report_;
};

void Check::add_column(std::size_t column) {
  const auto& stated = table_.columns[column];
  const std::size_t count = table_.rules.size();
  std::vector<feel::UnaryTests> cells;
  for (const auto& rule : table_.rules) cells.push_back(rule.cells[column]);
  cells.push_back(stated.allowed);
  const Axis axis(cells);
  std::vector<std::vector<bool>> taken(count + 1);
  for (std::size_t cell = 0; cell <= count; ++cell) {
    taken[cell] =
        axis.kind(cell) == CellKind::constant ? axis.taken(cell) : std::vector<bool>(axis.bucket_count(), true);
    if (cell < count && axis.kind(cell) == CellKind::general) general_.add(cell);
  }
  if (axis.kind(count) == CellKind::general) unknown_allowed_ = true;
  Column built{.stated = &stated, .buckets = {}, .is_open = axis.kind(count) == CellKind::any};
  for (std::size_t number = 0; number < axis.bucket_count(); ++number) {
    if (!taken[count][number]) continue;
    auto example = internal::sample(axis, number, stated.step);
    if (!example) continue;
    Bucket bucket{.number = number, .example = *std::move(example), .surely = Rules(count), .perhaps = Rules(count)};
    for (std::size_t rule = 0; rule < count; ++rule) {
      if (!taken[rule][number]) continue;
      bucket.perhaps.add(rule);
      if (axis.kind(rule) != CellKind::general) bucket.surely.add(rule);
    }
    built.buckets.push_back(std::move(bucket));
  }
  columns_.push_back(std::move(built));
}

void Check::note_general() {
  std::vector<int> rows;
  for (std::size_t rule = 0; rule < table_.rules.size(); ++rule) {
    if (general_.has(rule)) rows.push_back(static_cast<int>(rule) + 1);
  }
  if (!rows.empty()) {
    report_.notes.push_back(
        {.zh = fmt::format("第 {} 行含有非常量条件，没有检查它们的重叠", list_of(rows, "、")),
         .en = fmt::format("rows {} hold conditions that are not constant; their overlaps were not checked",
                           list_of(rows, ", "))});
  }
  if (unknown_allowed_) {
    report_.notes.push_back({.zh = "输入的允许值不是常量，没有检查遗漏",
                             .en = "the allowed values of an input are not constant; gaps were not checked"});
  }
}

void Check::find_gaps() {
  open_from_.assign(columns_.size() + 1, whole_);
  for (std::size_t column = columns_.size(); column-- > 0;) {
    open_from_[column] = open_from_[column + 1];
    for (const auto& bucket : columns_[column].buckets) open_from_[column] &= bucket.perhaps;
  }
  Path path;
  if (table_.rules.empty()) return;
  sweep(0, whole_, path);
}

// Every distinct set of rules is looked at once per column: what lies below depends on nothing else.
void Check::sweep(std::size_t column, const Rules& alive, Path& path) {
  if (alive.meets(open_from_[column]) || !seen_.insert({column, alive}).second) return;
  std::vector<const Bucket*> missing;
  std::vector<std::pair<Rules, const Bucket*>> below;
  for (const auto& bucket : columns_[column].buckets) {
    if (!spend()) return;
    Rules left = alive;
    left &= bucket.perhaps;
    if (left.empty()) {
      missing.push_back(&bucket);
    } else {
      below.emplace_back(std::move(left), &bucket);
    }
  }
  report_missing(missing, path);
  for (const auto& [left, bucket] : below) {
    path.push_back(bucket);
    sweep(column + 1, left, path);
    path.pop_back();
  }
}

// One finding for each run of neighbouring buckets.
void Check::report_missing(const std::vector<const Bucket*>& missing, Path path) {
  const std::size_t column = path.size();
  path.push_back(nullptr);
  const auto& buckets = columns_[column].buckets;
  const Bucket* before = nullptr;
  for (const auto* const bucket : missing) {
    const bool runs_on = before != nullptr && before + 1 == bucket;
    before = bucket;
    if (runs_on) continue;
    path.back() = bucket;
    // An interval makes a better example than its end.
    const bool next_too = bucket + 1 < buckets.data() + buckets.size() && bucket->number % 2 == 1 &&
                          std::find(missing.begin(), missing.end(), bucket + 1) != missing.end();
    if (next_too && columns_[column].is_open && !bucket->example.is_string()) path.back() = bucket + 1;
    TableFinding finding;
    finding.kind = FindingKind::gap;
    finding.place = table_.place;
    finding.message = {.zh = fmt::format("没有规则覆盖 {}；请补一条规则或默认结果", shown(path, "、")),
                       .en = fmt::format("no rule takes {}; add a rule or a default outcome", shown(path, " and "))};
    add_example(finding, path);
    if (!spend()) return;
    report_.findings.push_back(std::move(finding));
  }
}

// The rules that overlap one in every column.
Rules Check::overlapping(std::size_t rule) {
  Rules all = whole_;
  for (const auto& column : columns_) {
    Rules here(table_.rules.size());
    for (const auto& bucket : column.buckets) {
      ++cells_;
      if (bucket.surely.has(rule)) here |= bucket.surely;
    }
    all &= here;
  }
  return all;
}

void Check::find_overlaps() {
  for (std::size_t first = 0; first < table_.rules.size(); ++first) {
    if (general_.has(first)) continue;
    const Rules others = overlapping(first);
    if (!spend(table_.rules.size() / kWordBits + 1)) return;
    for (std::size_t second = first + 1; second < table_.rules.size(); ++second) {
      if (!others.has(second) || general_.has(second)) continue;
      const bool same = table_.rules[first].outcome == table_.rules[second].outcome;
      if (same && table_.overlaps == CheckedTable::Overlaps::same_outcome) continue;
      report_overlap(first, second);
      if (!spend()) return;
    }
  }
}

void Check::report_overlap(std::size_t first, std::size_t second) {
  Path path;
  for (const auto& column : columns_) {
    const auto both = std::find_if(column.buckets.begin(), column.buckets.end(), [&](const Bucket& bucket) {
      return bucket.surely.has(first) && bucket.surely.has(second);
    });
    path.push_back(&*both);
  }
  TableFinding finding;
  finding.kind = FindingKind::overlap;
  finding.place = table_.rules[second].place;
  finding.rows = {static_cast<int>(first) + 1, static_cast<int>(second) + 1};
  const bool needs_same = table_.overlaps == CheckedTable::Overlaps::same_outcome;
  finding.message = {
      .zh = fmt::format("第 {} 行与第 {} 行都命中 {}{}；请改其中一行的条件", finding.rows[0], finding.rows[1],
                        shown(path, "、"), needs_same ? "，结果却不同" : ""),
      .en = fmt::format("rows {} and {} both take {}{}; change the condition of one", finding.rows[0], finding.rows[1],
                        shown(path, " and "), needs_same ? " with different outcomes" : "")};
  add_example(finding, path);
  report_.findings.push_back(std::move(finding));
}

void Check::find_unreachable() {
  Rules earlier(table_.rules.size());
  for (std::size_t rule = 0; rule < table_.rules.size(); ++rule) {
    seen_.clear();
    if (!is_reached(rule, 0, earlier) && spend()) {
      TableFinding finding;
      finding.kind = FindingKind::unreachable;
      finding.place = table_.rules[rule].place;
      finding.rows = {static_cast<int>(rule) + 1};
      finding.message = {
          .zh = fmt::format("第 {} 行永远轮不到：前面的行已覆盖它的全部输入；请调整顺序或删去", rule + 1),
          .en =
              fmt::format("row {} is never reached: the rows above take all its inputs; move or remove it", rule + 1)};
      report_.findings.push_back(std::move(finding));
    }
    earlier.add(rule);
  }
}

// Whether some input of the rule is taken by none of the rules `alive`.
bool Check::is_reached(std::size_t rule, std::size_t column, const Rules& alive) {
  if (alive.empty()) return true;
  if (column == columns_.size()) return false;
  if (!seen_.insert({column, alive}).second) return false;
  for (const auto& bucket : columns_[column].buckets) {
    if (!bucket.perhaps.has(rule)) continue;
    if (!spend()) return true;
    Rules left = alive;
    left &= bucket.surely;
    if (is_reached(rule, column + 1, left)) return true;
  }
  return false;
}

void Check::add_example(TableFinding& finding, const Path& path) const {
  for (std::size_t column = 0; column < columns_.size(); ++column) {
    const auto& buckets = columns_[column].buckets;
    Value value;
    if (column < path.size()) {
      value = path[column]->example;
    } else if (!buckets.empty()) {
      value = buckets.front().example;
    }
    finding.example.emplace_back(columns_[column].stated->name, std::move(value));
  }
}

std::string Check::shown(const Path& path, std::string_view conjunction) const {
  std::string text;
  for (std::size_t column = 0; column < path.size(); ++column) {
    if (path[column]->example.is_null()) continue;  // nothing in the column depends on the value
    text += fmt::format("{}`{}` = {}", text.empty() ? "" : conjunction, columns_[column].stated->name,
                        feel::to_feel(path[column]->example));
  }
  return text.empty() ? "…" : text;
}

feel::UnaryTests allowed_of(const internal::TableInput& input) {
  if (input.allowed) return *input.allowed;
  if (input.type.constraint() == nullptr) return {};
  return feel::compile_unary_tests(input.type.constraint()->text(), feel::Scope(), input.type).tests();
}

CheckedTable checked(const internal::TableParts& parts) {
  CheckedTable table;
  table.place = parts.place;
  for (const auto& input : parts.inputs) {
    table.columns.push_back({.name = input.name, .type = input.type, .allowed = allowed_of(input), .step = {}});
  }
  for (const auto& row : parts.rows) {
    table.rules.push_back({.cells = row.tests, .outcome = row.outcome, .place = row.place});
  }
  const auto policy = parts.hit_policy;
  const bool single = policy == HitPolicy::unique || policy == HitPolicy::any || policy == HitPolicy::first ||
                      policy == HitPolicy::priority;
  if (policy == HitPolicy::any) table.overlaps = CheckedTable::Overlaps::same_outcome;
  if (policy != HitPolicy::any && policy != HitPolicy::unique) table.overlaps = CheckedTable::Overlaps::allowed;
  table.first_wins = policy == HitPolicy::first;
  table.may_miss = !single || std::any_of(parts.outputs.begin(), parts.outputs.end(),
                                          [](const auto& output) { return output.standard != nullptr; });
  return table;
}

}  // namespace

TableReport check_table(const CheckedTable& table, const TableCheckLimits& limits) {
  return Check(table, limits).run();
}

std::vector<NamedReport> check_tables(const Model& model, const TableCheckLimits& limits) {
  std::vector<NamedReport> reports;
  for (const auto& named : model.core().tables) {
    reports.push_back({.name = named.name, .report = check_table(checked(named.table->parts()), limits)});
  }
  return reports;
}

}  // namespace zh::dmn
