// Ways to round, named as in IEEE 754 and FEEL. Every rounding in the product names one.
#pragma once

namespace zh {

enum class Rounding {
  half_even,  // to nearest, ties to even
  half_up,    // to nearest, ties away from zero
  half_down,  // to nearest, ties toward zero
  up,         // away from zero
  down,       // toward zero (truncate)
  floor,      // toward −∞
  ceiling,    // toward +∞
};

}  // namespace zh
