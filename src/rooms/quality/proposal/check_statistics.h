// What checks are worth: how often each speaks up, and how often inspectors who looked agree.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "rooms/quality/proposal/proposal.h"
#include "rooms/quality/statistics/estimate.h"

namespace zh::quality {

struct Rejection {
  InspectionKey inspection;
  std::string proposal;
  std::string reason;
};

struct CheckStatistics {
  std::string check;
  bool by_model = false;      // a question that the judge is asked
  std::int64_t in_force = 0;  // contacts on whose day and channel it was; of a question: about which it was asked
  std::int64_t spoke_up = 0;  // of these, contacts with a finding
  std::int64_t findings = 0;
  std::int64_t dropped = 0;  // of a question: contacts in which the judge said yes and no quote stood

  // Its proposals in submitted inspections.
  std::int64_t accepted = 0;
  std::int64_t changed = 0;
  std::int64_t rejected = 0;
  std::int64_t open = 0;  // submitted without a word: in no share
  // Accepted and changed of all that were judged, 0–1, with its interval at 95 %: inspectors judge a sample.
  statistics::Estimate precision;
  std::vector<Rejection> rejections;  // with a reason, latest first, at most kRejectionsShown
};

inline constexpr std::size_t kRejectionsShown = 10;

// Of the contacts and inspected records of that time, by check.
Result<std::vector<CheckStatistics>> check_statistics(db::Transaction& tx, const Regulation& regulation,
                                                      Interval during);

// How many records of that time have been inspected: submitted or further.
Result<std::int64_t> records_inspected(db::Transaction& tx, Interval during);

// What a check would mean for inspectors that proposes so much in so many contacts (one at least), when so many records
// are drawn from contacts like these.
struct ExpectedWork {
  std::int64_t proposals = 0;  // to be judged, rounded up
  std::int64_t minutes = 0;    // at kSecondsPerProposal each, rounded up
};
inline constexpr std::int64_t kSecondsPerProposal = 20;
ExpectedWork expected_work(std::int64_t proposals, std::int64_t contacts, std::int64_t records);

}  // namespace zh::quality
