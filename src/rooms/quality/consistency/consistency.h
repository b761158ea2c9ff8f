// Consistency: whether agents serve everybody alike (F3.6, "four sames"). The automatic scores of an agent's contacts
// are compared between two groups of them:
//
//   inspected   contacts that an inspector looked at       and others
//   busy        contacts of hours with more contacts than  and of the others
//               the middle one of the period's hours
//   known       customers who were in contact before       and new ones
//
// A statistic about service, for talks and training; it enters no score. Checks of different channels find different
// things: an agent whose share of chats differs between the groups may differ for that reason.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "db/db.h"
#include "rooms/people/people.h"
#include "rooms/quality/statistics/rank_sum.h"

namespace zh::quality {

enum class Circumstance { inspected, busy, known };

// One contact of an agent, as it is compared.
struct ScoredContact {
  std::string staff_no;
  std::int64_t score = 0;
  bool inspected = false;
  bool busy = false;
  std::optional<bool> known;  // none: it is in neither group
};

// A group of fewer contacts speaks for them rather than for the agent: one bad contact of 327 would be "significant"
// with p = 0.006, and no two groups of three can differ at all (2 of 20 deals). The test is then left out (too_few).
inline constexpr std::size_t kFewestCompared = 5;

struct Contrast {
  Circumstance circumstance = Circumstance::inspected;
  std::string staff_no;         // empty: everybody together
  std::int64_t contacts = 0;    // in which it holds: inspected, busy, known
  std::int64_t others = 0;      // the rest
  std::optional<Decimal> mean;  // of the scores, to two places
  std::optional<Decimal> mean_of_others;
  statistics::RankSum test;
  // The p-value where every agent of this circumstance is looked at together (Holm); everybody's is not adjusted.
  std::optional<Decimal> adjusted;
  bool differs = false;  // adjusted below 0.05, and the effect is more than negligible
};

// By circumstance, everybody first, then by staff number. Pure.
std::vector<Contrast> contrasts_of(std::span<const ScoredContact> contacts);

// The checked contacts of that time whose agents are known. Contacts of hours that are the middle one are not busy.
Result<std::vector<ScoredContact>> scored_contacts(db::Transaction& tx, const people::People& people, const Zone& zone,
                                                   Interval during);

}  // namespace zh::quality
