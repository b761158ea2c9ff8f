#include "app/packs.h"

#include <algorithm>

#include "app/shipped.h"
#include "ledger/statements.h"
#include "policy/sources.h"
#include "rooms/policies/policies.h"

namespace zh::app {

namespace {

ledger::FactRange range_of(const policy::FactRange& given) {
  ledger::FactRange range{.position = given.position, .low = {}, .high = {}, .note = given.note};
  if (!given.range) return range;
  range.low = given.range->low;
  range.high = given.range->high;
  range.low_included = given.range->low_included;
  range.high_included = given.range->high_included;
  return range;
}

}  // namespace

policy::LoadOptions pack_load_options() {
  policy::LoadOptions options;
  for (const auto& spec : ledger::fact_kinds()) {
    const bool has_value = spec.type != ledger::ValueType::none && spec.type != ledger::ValueType::ignored;
    options.kinds.push_back({.name = std::string(spec.name), .unit = std::string(spec.unit), .has_value = has_value});
  }
  return options;
}

Result<std::filesystem::path> default_pack() {
  const auto file = find_shipped(std::filesystem::path("policies") / "standard" / policy::kPackFile);
  if (file) return file->parent_path();
  return error(ErrorCode::not_found, {.zh = "找不到 policies/standard；请用 --pack 指明规章包目录",
                                      .en = "policies/standard is not found; name the pack's folder with --pack"});
}

Result<std::optional<Month>> last_closed(db::Transaction& tx) {
  ZH_TRY(const auto closed, ledger::closed_periods(tx));
  return closed.empty() ? std::optional<Month>() : closed.back().period;
}

ledger::FactLimits fact_limits(const policy::Pack& pack) {
  ledger::FactLimits limits;
  for (const auto& kind : pack.facts) {
    ledger::KindLimits each{.kind = kind.id, .ranges = {}, .if_empty = kind.if_empty, .clause = kind.clause};
    std::ranges::transform(kind.ranges, std::back_inserter(each.ranges), range_of);
    limits.push_back(std::move(each));
  }
  return ledger::with_pack_limits(limits);
}

Result<FactLimitsByDay> FactLimitsByDay::load(db::Transaction& tx) {
  FactLimitsByDay limits;
  ZH_TRY(const auto publications, policies::publications(tx));
  for (const auto& each : publications) {
    ZH_TRY(const auto pack, policies::pack_of(tx, each.version));
    limits.from_.insert_or_assign(each.effective_from, fact_limits(*pack));
  }
  return limits;
}

const ledger::FactLimits& FactLimitsByDay::on(Date day) const {
  const auto after = from_.upper_bound(day);
  return after == from_.begin() ? ledger::default_fact_limits() : std::prev(after)->second;
}

}  // namespace zh::app
