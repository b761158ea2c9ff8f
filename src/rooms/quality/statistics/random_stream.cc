#include "rooms/quality/statistics/random_stream.h"

#include <algorithm>
#include <cassert>
#include <string_view>

namespace zh::quality::statistics {

namespace {

constexpr std::size_t kWord = 8;

}  // namespace

std::uint64_t RandomStream::next() {
  if (used_ == numbers_.size()) {
    std::array<char, 32 + kWord> input{};
    std::ranges::copy(key_.bytes, reinterpret_cast<unsigned char*>(input.data()));
    for (std::size_t i = 0; i < kWord; ++i) input[32 + i] = static_cast<char>(block_ >> (8 * (kWord - 1 - i)));
    const Hash block = sha256(std::string_view(input.data(), input.size()));
    for (std::size_t i = 0; i < numbers_.size(); ++i) {
      numbers_[i] = 0;
      for (std::size_t byte = 0; byte < kWord; ++byte) numbers_[i] = numbers_[i] << 8 | block.bytes[kWord * i + byte];
    }
    ++block_;
    used_ = 0;
  }
  return numbers_[used_++];
}

std::uint64_t RandomStream::below(std::uint64_t bound) {
  assert(bound > 0);
  const std::uint64_t surplus = (UINT64_MAX % bound + 1) % bound;  // 2^64 modulo bound
  std::uint64_t number = next();
  while (number > UINT64_MAX - surplus) number = next();
  return number % bound;
}

}  // namespace zh::quality::statistics
