// A month's result as FORMATS.md "What `zhiheng close --json` prints" writes it, and the frozen cut-offs as they are
// kept.
#pragma once

#include <string>
#include <vector>

#include "base/json.h"
#include "rooms/pay/month.h"

namespace zh::pay {

// What stands above the people.
struct MonthHead {
  Month period;
  std::string pack;  // its id
  Hash pack_version;
  bool closed = false;
};

// One row of "people". A row that was issued is kept as compact JSON and printed again as it was.
json::Value person_json(const PersonResult& person);
json::Value month_json(const MonthHead& head, json::Array people);

// The lines and total of an issued row's pay, nothing where it is null. Fails (corrupt) on another shape.
Result<std::optional<Payslip>> payslip_from(const json::Value& person);

json::Value cut_offs_json(const std::vector<appraisal::CutOff>& cut_offs);
Result<std::vector<appraisal::CutOff>> cut_offs_from(const json::Value& document);

}  // namespace zh::pay
