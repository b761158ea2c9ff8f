// A filter of second order, transposed direct form II: y = b·x − a·y over the last two samples.
#pragma once

namespace zh::audio {

struct Biquad {
  double b0 = 1, b1 = 0, b2 = 0, a1 = 0, a2 = 0;
  double s1 = 0, s2 = 0;  // what it remembers

  double step(double x) {
    const double y = b0 * x + s1;
    s1 = b1 * x - a1 * y + s2;
    s2 = b2 * x - a2 * y;
    return y;
  }
};

// Butterworth filters; the corner must lie below half the rate.
Biquad low_pass(double corner_hz, int rate);
Biquad high_pass(double corner_hz, int rate);
// The two stages of the K weighting of ITU-R BS.1770-4, for any rate: the head's shelf, then the high pass (RLB).
Biquad k_weighting_shelf(int rate);
Biquad k_weighting_high_pass(int rate);

}  // namespace zh::audio
