// SHA-256: how facts, contacts, packs, statements and the audit chain are known. Never a database sequence number.
#pragma once

#include <array>
#include <compare>
#include <cstddef>
#include <functional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace zh {

struct Hash {
  std::array<unsigned char, 32> bytes{};

  std::string hex() const;                          // 64 lower-case digits
  static Result<Hash> parse(std::string_view hex);  // of exactly 64 hexadecimal digits
  friend auto operator<=>(const Hash&, const Hash&) = default;
};

Hash sha256(std::string_view bytes);

// Hashes a sequence of fields so that no two sequences give the same bytes: each field goes in with its length before
// it.
class Hasher {
 public:
  Hasher();
  Hasher& field(std::string_view bytes);  // the hasher itself, for chaining
  Hasher& field(std::int64_t number);
  // Bytes as they come, without a length: for a stream, which hashes as a whole like sha256() of all of it.
  Hasher& stream(std::string_view bytes);
  Hash finish();  // once

 private:
  // Room for OpenSSL's state, which only hash.cc knows.
  alignas(16) std::array<std::byte, 128> state_;
};

}  // namespace zh

template <>
struct std::hash<zh::Hash> {
  std::size_t operator()(const zh::Hash& value) const noexcept;
};
