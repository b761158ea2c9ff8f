#include "rooms/quality/statistics/quantiles.h"

#include <fmt/format.h>

#include <boost/math/distributions/normal.hpp>
#include <boost/math/distributions/students_t.hpp>
#include <cassert>

namespace zh::quality::statistics {

namespace {

double upper_tail(Confidence confidence) { return (100 - static_cast<int>(confidence)) / 200.0; }

Decimal twelve_digits(double number) { return Decimal::parse(fmt::format("{:.11e}", number)).value(); }

}  // namespace

Decimal normal_quantile(Confidence confidence) {
  return twelve_digits(
      boost::math::quantile(boost::math::complement(boost::math::normal_distribution<>(), upper_tail(confidence))));
}

Decimal student_quantile(Confidence confidence, std::int64_t degrees) {
  assert(degrees >= 1);
  const boost::math::students_t_distribution<> student(static_cast<double>(degrees));
  return twelve_digits(boost::math::quantile(boost::math::complement(student, upper_tail(confidence))));
}

}  // namespace zh::quality::statistics
