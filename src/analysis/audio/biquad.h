// Filters of second order and banks of four that run abreast.
//
//   y = b0·x + b1·x₁ + b2·x₂ − a1·y₁ − a2·y₂      x₁, y₁: one sample ago
#pragma once

#include <array>

namespace zh::audio {

struct Biquad {
  double b0 = 1, b1 = 0, b2 = 0, a1 = 0, a2 = 0;
};

// Butterworth filters; the corner must lie below half the rate.
Biquad low_pass(double corner_hz, int rate);
Biquad high_pass(double corner_hz, int rate);
// The two stages of the K weighting of ITU-R BS.1770-4, for any rate: the head's shelf, then the high pass (RLB).
Biquad k_weighting_shelf(int rate);
Biquad k_weighting_high_pass(int rate);
// Leaves everything as it is.
inline Biquad all_pass() { return {}; }

// Four filters in the lanes of a vector register: the compiler makes one instruction of each operation.
using Lanes = float __attribute__((vector_size(16)));

class FilterBank {
 public:
  explicit FilterBank(const std::array<Biquad, 4>& filters);

  // The next output of each filter. Written so that an output waits only for one multiplication and one subtraction
  // after the output before it; everything else is ready earlier.
  Lanes step(Lanes x) {
    const Lanes known = b0_ * x + b1_ * x1_ + b2_ * x2_ - a2_ * y2_;
    const Lanes y = known - a1_ * y1_;
    x2_ = x1_;
    x1_ = x;
    y2_ = y1_;
    y1_ = y;
    return y;
  }

 private:
  Lanes b0_, b1_, b2_, a1_, a2_;
  Lanes x1_{}, x2_{}, y1_{}, y2_{};
};

}  // namespace zh::audio
