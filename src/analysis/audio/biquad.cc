#include "analysis/audio/biquad.h"

#include <cmath>
#include <numbers>

namespace zh::audio {

namespace {

// tan(π f/fs): the bilinear transform's frequency, exact at f.
double warped(double hz, int rate) { return std::tan(std::numbers::pi * hz / rate); }

}  // namespace

Biquad low_pass(double corner_hz, int rate) {
  const double k = warped(corner_hz, rate);
  const double a0 = 1 + std::numbers::sqrt2 * k + k * k;
  return {.b0 = k * k / a0,
          .b1 = 2 * k * k / a0,
          .b2 = k * k / a0,
          .a1 = 2 * (k * k - 1) / a0,
          .a2 = (1 - std::numbers::sqrt2 * k + k * k) / a0};
}

Biquad high_pass(double corner_hz, int rate) {
  const double k = warped(corner_hz, rate);
  const double a0 = 1 + std::numbers::sqrt2 * k + k * k;
  return {.b0 = 1 / a0,
          .b1 = -2 / a0,
          .b2 = 1 / a0,
          .a1 = 2 * (k * k - 1) / a0,
          .a2 = (1 - std::numbers::sqrt2 * k + k * k) / a0};
}

// The standard tabulates both stages at 48 kHz; these are the analogue filters behind the tables, transformed anew.
Biquad k_weighting_shelf(int rate) {
  const double k = warped(1681.974450955533, rate);
  const double q = 0.7071752369554196;
  const double high = std::pow(10.0, 3.999843853973347 / 20);
  const double band = std::pow(high, 0.4996667741545416);
  const double a0 = 1 + k / q + k * k;
  return {.b0 = (high + band * k / q + k * k) / a0,
          .b1 = 2 * (k * k - high) / a0,
          .b2 = (high - band * k / q + k * k) / a0,
          .a1 = 2 * (k * k - 1) / a0,
          .a2 = (1 - k / q + k * k) / a0};
}

Biquad k_weighting_high_pass(int rate) {
  const double k = warped(38.13547087602444, rate);
  const double q = 0.5003270373238773;
  const double a0 = 1 + k / q + k * k;
  return {.b0 = 1, .b1 = -2, .b2 = 1, .a1 = 2 * (k * k - 1) / a0, .a2 = (1 - k / q + k * k) / a0};
}

FilterBank::FilterBank(const std::array<Biquad, 4>& filters) {
  for (int lane = 0; lane < 4; ++lane) {
    const Biquad& filter = filters[static_cast<std::size_t>(lane)];
    b0_[lane] = static_cast<float>(filter.b0);
    b1_[lane] = static_cast<float>(filter.b1);
    b2_[lane] = static_cast<float>(filter.b2);
    a1_[lane] = static_cast<float>(filter.a1);
    a2_[lane] = static_cast<float>(filter.a2);
  }
}

}  // namespace zh::audio
