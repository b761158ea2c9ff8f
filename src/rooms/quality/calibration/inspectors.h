// Whether an inspector is stricter or milder than the others, and whether that changes with time.
#pragma once

#include <span>
#include <vector>

#include "base/calendar.h"
#include "rooms/quality/calibration/agreement.h"

namespace zh::quality::calibration {

// How many points the rater gives above (+, milder) or below (−, stricter) the mean of the others who rated the same
// record: mean over these records ± t(n − 1) · s/√n. An interval without 0 in it is more than chance.
// Requires rater < ratings.raters().
Estimate severity(const Ratings& ratings, std::size_t rater, Confidence confidence);

// The same against the reading the session agreed on, one per record; a record without one is left out.
Estimate severity_against(const Ratings& ratings, std::size_t rater, std::span<const std::optional<Decimal>> agreed,
                          Confidence confidence);

// The rater's differences from the others, record by record: what severity() is the mean of.
std::vector<Decimal> differences_from_others(const Ratings& ratings, std::size_t rater);

// One difference, dated by the session it was found in.
struct Dated {
  Date day;
  Decimal difference;
};
// Points by which the rater's severity moves in thirty days: slope of the differences over the days ± t(n − 2) · its
// standard error. An interval without 0 in it is a drift; above 0 the rater grows milder.
Estimate drift(std::span<const Dated> differences, Confidence confidence);

}  // namespace zh::quality::calibration
