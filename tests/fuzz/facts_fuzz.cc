// Any bytes as a facts file: each row states a fact, retracts one or is refused with its place. What must hold of every
// row that is taken: a retraction names its ref; a fact is of a registered kind and of a known person, and its value
// keeps the kind's type.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/encoding.h"
#include "ledger/fact_file.h"

namespace {

using namespace zh::ledger;  // NOLINT(google-build-using-namespace): a program of one library

void require(bool holds) {
  if (!holds) __builtin_trap();
}

// 1 is an agent, 2 a shift leader, nobody else works here.
zh::Result<std::string_view> position_on(std::string_view staff_no, zh::Date) {
  if (staff_no == "1") return std::string_view("agent");
  if (staff_no == "2") return std::string_view("shift_leader");
  return zh::error(zh::ErrorCode::not_found, zh::verbatim("nobody"));
}

void check(const FactRow& row) {
  if (row.retraction) {
    require(!row.fact.source_ref.empty());
    return;
  }
  const KindSpec* const kind = find_kind(row.fact.kind);
  require(kind != nullptr);
  require(row.fact.subject == "1" || row.fact.subject == "2");
  const auto& value = row.fact.value;
  if (kind->type == ValueType::none || kind->type == ValueType::ignored) require(!value.has_value());
  if (!value) return;
  require(value->is_finite() && !value->is_negative());
  if (kind->type == ValueType::whole || kind->type == ValueType::flag) require(value->is_integer());
  if (kind->type == ValueType::money) require(value->normalized().scale() <= 2);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const FactRules rules{.zone = zh::Zone::utc(),
                        .position_on = position_on,
                        .limits_on = [](zh::Date) -> const FactLimits& { return default_fact_limits(); }};
  zh::TextSource source({reinterpret_cast<const char*>(data), size});
  zh::Utf8Source text(source);
  zh::CsvTable table(text, "facts.csv", fact_columns());
  if (!table.read_header().ok()) return 0;
  for (;;) {
    const auto step = table.next();
    if (!step.ok() || *step == zh::CsvStep::end) return 0;
    if (*step == zh::CsvStep::bad_row) continue;
    const auto row = parse_fact_row(table, rules);
    if (row.ok()) {
      check(*row);
    } else {
      require(row.error().place.line == table.line());
    }
  }
}
