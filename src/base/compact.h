// Numbers and texts as few bytes as possible, for what is stored by the million: LEB128 numbers, signed ones zigzag
// before it, texts with their length before them.
//
//   std::string bytes;
//   compact::append(bytes, 300U);                 // AC 02
//   compact::Reader in(bytes);
//   in.number();                                  // 300
//   in.failed() || !in.at_end()                   // looked at once, when everything is read
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

namespace zh::compact {

inline void append(std::string& bytes, std::uint64_t number) {
  while (number >= 0x80) {
    bytes += static_cast<char>(number | 0x80);
    number >>= 7;
  }
  bytes += static_cast<char>(number);
}

inline void append_signed(std::string& bytes, std::int64_t number) {
  append(bytes, (static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63));
}

// For numbers that take all their bits.
inline void append_fixed(std::string& bytes, std::uint64_t number) {
  for (unsigned i = 0; i < sizeof(number); ++i) bytes += static_cast<char>(number >> (8 * i));
}

inline void append_text(std::string& bytes, std::string_view text) {
  append(bytes, text.size());
  bytes += text;
}

// Reads on until something does not fit; from then on everything reads as nothing and failed() is true.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  bool failed() const { return failed_; }
  bool at_end() const { return rest_.empty(); }
  std::size_t left() const { return rest_.size(); }

  unsigned byte() {
    if (rest_.empty()) return fail();
    const auto first = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return first;
  }

  std::uint64_t number() {
    constexpr int kBits = std::numeric_limits<std::uint64_t>::digits;
    std::uint64_t value = 0;
    for (int shift = 0; shift < kBits; shift += 7) {
      const unsigned next = byte();
      value |= std::uint64_t{next & 0x7FU} << shift;
      if ((next & 0x80U) == 0) return value;
    }
    return fail();
  }

  std::int64_t signed_number() {
    const std::uint64_t value = number();
    return static_cast<std::int64_t>((value >> 1) ^ (0 - (value & 1)));
  }

  // A time within a contact: at most 24 days, as no contact lasts.
  std::int64_t milliseconds() {
    const std::uint64_t value = number();
    return value <= std::uint64_t{std::numeric_limits<std::int32_t>::max()} ? static_cast<std::int64_t>(value) : fail();
  }

  // Eight bytes as append_fixed() wrote them.
  std::uint64_t fixed() {
    std::uint64_t value = 0;
    for (unsigned i = 0; i < sizeof(value); ++i) value |= std::uint64_t{byte()} << (8 * i);
    return value;
  }

  // The length of a list whose elements take `element` bytes at least: a count that cannot be is not given room.
  std::size_t count(std::size_t element) {
    const std::uint64_t value = number();
    return value <= left() / element ? static_cast<std::size_t>(value) : fail();
  }

  std::string text() {
    std::string value;
    text(value);
    return value;
  }
  // Into a string whose room is used again.
  void text(std::string& into) {
    const std::size_t length = count(1);
    into.assign(rest_.substr(0, length));
    rest_.remove_prefix(length);
  }

  // What was read cannot be.
  void refuse() { fail(); }

 private:
  unsigned fail() {
    failed_ = true;
    rest_ = {};
    return 0;
  }

  std::string_view rest_;
  bool failed_ = false;
};

}  // namespace zh::compact
