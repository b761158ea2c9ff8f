// Trying a check on stored contacts before it is switched on: how often it would have spoken up, with examples. Keeps
// nothing.
//
//   ZH_TRY(const Trial trial, try_check(database, keys, zone, {.offered = october, .check = "no_jargon"}, pack,
//   progress));
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <stop_token>
#include <string>
#include <vector>

#include "rooms/inspection/inspection.h"

namespace zh::inspection {

struct TrialOrder {
  Interval offered;
  std::string check;  // of the pack
  int page = 500;     // contacts read at a time
  std::stop_token stop = {};
};

struct TrialExample {
  contacts::ContactPlace contact;
  Finding finding;
};

struct TrialDay {
  std::int64_t in_force = 0;  // contacts on whose channel and day it would be
  std::int64_t spoke_up = 0;  // of these, contacts with a finding
};

struct Trial {
  std::int64_t contacts = 0;  // read
  std::int64_t in_force = 0;
  std::int64_t spoke_up = 0;
  std::int64_t findings = 0;
  std::int64_t proposals = 0;  // that inspectors would be shown, were every contact inspected
  std::map<Date, TrialDay> days;
  // Spread over the period: of every so many contacts that it spoke up in one, at most kExamplesMax.
  std::vector<TrialExample> examples;
};

inline constexpr std::size_t kExamplesMax = 20;

// The check as the pack has it, whatever pack was in force then. Of a check that asks it is counted in how many
// contacts its question would be put, at most one proposal each: nothing is sent. Contacts that cannot be read are
// passed over. `progress` is told how many contacts are behind and how many there are in all. Fails: not_found (no such
// check), as the database does, cancelled.
Result<Trial> try_check(db::Database& database, const vault::Keys& keys, const Zone& zone, const TrialOrder& order,
                        const std::shared_ptr<const policy::Pack>& pack,
                        const std::function<void(std::int64_t done, std::int64_t total)>& progress);

}  // namespace zh::inspection
