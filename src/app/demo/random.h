// Numbers that look random and are the same on every machine: SplitMix64 (Steele, Lea, Flood 2014) over a seed that is
// the FNV-1a hash of a name. Each thing that is made up has a generator of its own name, so that changing one thing
// leaves the others as they are. Whole numbers only.
#pragma once

#include <cstdint>
#include <string_view>

namespace zh::app::demo {

class Random {
 public:
  explicit Random(std::string_view name) {
    for (const char c : name) state_ = (state_ ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  }

  std::uint64_t next() {
    std::uint64_t z = (state_ += 0x9e3779b97f4a7c15ULL);
    z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9ULL;
    z = (z ^ (z >> 27)) * 0x94d049bb133111ebULL;
    return z ^ (z >> 31);
  }
  // 0 … count − 1. Requires count > 0. The bias of the remainder is of no concern here.
  int below(int count) { return static_cast<int>(next() % static_cast<std::uint64_t>(count)); }
  // Both ends included.
  int between(int low, int high) { return low + below(high - low + 1); }
  bool chance(int permille) { return below(1000) < permille; }
  // Spread around `mean` with two dice: mean × 0.3 … 1.7, most often near the mean.
  int around(int mean) { return mean * (30 + below(71) + below(71)) / 100; }

 private:
  std::uint64_t state_ = 0xcbf29ce484222325ULL;
};

}  // namespace zh::app::demo
