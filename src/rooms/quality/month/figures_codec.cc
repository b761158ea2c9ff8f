#include "rooms/quality/month/figures_codec.h"

#include "base/json.h"

namespace zh::quality {

namespace {

Error damaged() {
  return error(ErrorCode::corrupt, {.zh = "保存的月度数据已损坏", .en = "the figures kept of a month are damaged"});
}

json::Array sums_json(const std::vector<MonthSum>& sums) {
  json::Array array;
  for (const MonthSum& it : sums) {
    array.push_back(
        json::Array{it.month.to_string(), it.inspections, it.score_sum.to_string(), it.findings, it.points});
  }
  return array;
}

json::Array problems_json(const std::vector<Problem>& problems) {
  json::Array array;
  for (const Problem& it : problems) {
    array.push_back(json::Array{it.name, it.findings, it.points, it.cumulative.to_string()});
  }
  return array;
}

// One row of values, read one after the other; whatever does not fit is remembered.
class Row {
 public:
  explicit Row(const json::Value& row) : values_(row.array()) {}

  std::string text() {
    const json::Value* const value = next();
    if (value != nullptr && value->text() != nullptr) return *value->text();
    sound_ = false;
    return {};
  }
  std::int64_t number() {
    const json::Value* const value = next();
    const auto number = value == nullptr ? std::nullopt : value->integer();
    if (!number) sound_ = false;
    return number.value_or(0);
  }
  Decimal decimal() {
    auto parsed = Decimal::parse(text());
    if (parsed.ok()) return *parsed;
    sound_ = false;
    return {};
  }
  Month month() {
    auto parsed = Month::parse(text());
    if (parsed.ok()) return *parsed;
    sound_ = false;
    return {};
  }
  bool is_sound() const { return sound_; }

 private:
  const json::Value* next() {
    if (values_ == nullptr || at_ >= values_->size()) return nullptr;
    return &(*values_)[at_++];
  }

  const json::Array* values_;
  std::size_t at_ = 0;
  bool sound_ = true;
};

template <class T, class Read>
Result<std::vector<T>> rows_of(const json::Value& document, std::string_view name, Read read) {
  const json::Value* const list = document.find(name);
  if (list == nullptr || list->array() == nullptr) return damaged();
  std::vector<T> rows;
  for (const json::Value& value : *list->array()) {
    Row row(value);
    rows.push_back(read(row));
    if (!row.is_sound()) return damaged();
  }
  return rows;
}

// Braces evaluate in their order, so the values are read as they stand.
MonthSum read_sum(Row& row) { return MonthSum{row.month(), row.number(), row.decimal(), row.number(), row.number()}; }
Problem read_problem(Row& row) { return Problem{row.text(), row.number(), row.number(), row.decimal()}; }

}  // namespace

std::string encode(const MonthFigures& figures) {
  return json::compact(json::Object{{"trend", sums_json(figures.trend)},
                                    {"by_item", problems_json(figures.by_item)},
                                    {"by_agent", problems_json(figures.by_agent)},
                                    {"by_group", problems_json(figures.by_group)},
                                    {"by_product", problems_json(figures.by_product)},
                                    {"by_severity", problems_json(figures.by_severity)}});
}

Result<MonthFigures> decode_figures(std::string_view bytes) {
  const auto document = json::parse(bytes);
  if (!document.ok()) return damaged();
  MonthFigures figures;
  ZH_TRY(figures.trend, rows_of<MonthSum>(*document, "trend", read_sum));
  ZH_TRY(figures.by_item, rows_of<Problem>(*document, "by_item", read_problem));
  ZH_TRY(figures.by_agent, rows_of<Problem>(*document, "by_agent", read_problem));
  ZH_TRY(figures.by_group, rows_of<Problem>(*document, "by_group", read_problem));
  ZH_TRY(figures.by_product, rows_of<Problem>(*document, "by_product", read_problem));
  // Reports submitted before severities were counted hold none.
  if (document->find("by_severity") != nullptr) {
    ZH_TRY(figures.by_severity, rows_of<Problem>(*document, "by_severity", read_problem));
  }
  if (figures.trend.empty()) return damaged();
  return figures;
}

}  // namespace zh::quality
