// Random numbers from a key: the same on every machine, and easily made again outside the product with any SHA-256.
//
//   block i = SHA-256(key ‖ i as 8 bytes, most significant first)      i = 0, 1, 2 …
//   each block is four numbers of 64 bits, most significant byte first.
//
// Draws and bootstrap intervals use nothing else, so that anyone who knows the key can redraw them.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <utility>

#include "base/hash.h"

namespace zh::quality::statistics {

class RandomStream {
 public:
  explicit RandomStream(const Hash& key) : key_(key) {}

  std::uint64_t next();
  // Uniform on 0 … bound − 1: numbers from the largest multiple of `bound` up to 2^64 are thrown away, the others are
  // taken modulo bound. Requires bound > 0.
  std::uint64_t below(std::uint64_t bound);
  // Fisher and Yates, from the last place down: place i changes with place below(i + 1).
  template <class T>
  void shuffle(std::span<T> items) {
    for (std::size_t i = items.size(); i > 1; --i) std::swap(items[i - 1], items[below(i)]);
  }

 private:
  Hash key_;
  std::uint64_t block_ = 0;
  std::array<std::uint64_t, 4> numbers_{};
  std::size_t used_ = 4;
};

}  // namespace zh::quality::statistics
