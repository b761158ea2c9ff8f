#include "base/hash.h"

// OpenSSL takes the processor's SHA instructions where it has them. Its newer interface allocates for every hash; of
// the older one the state lives in Hasher itself.
#define OPENSSL_API_COMPAT 0x10100000L
#include <openssl/sha.h>

#include <cstring>
#include <new>

namespace zh {

namespace {

using State = SHA256_CTX;

State* as_state(std::byte* room) { return std::launder(reinterpret_cast<State*>(room)); }

int hex_digit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

}  // namespace

std::string Hash::hex() const {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string result;
  result.reserve(2 * bytes.size());
  for (const unsigned char byte : bytes) {
    result += kDigits[byte >> 4];
    result += kDigits[byte & 15];
  }
  return result;
}

Result<Hash> Hash::parse(std::string_view hex) {
  Hash hash;
  bool ok = hex.size() == 2 * hash.bytes.size();
  for (std::size_t i = 0; ok && i < hash.bytes.size(); ++i) {
    const int high = hex_digit(hex[2 * i]);
    const int low = hex_digit(hex[2 * i + 1]);
    ok = high >= 0 && low >= 0;
    hash.bytes[i] = static_cast<unsigned char>(high * 16 + low);
  }
  if (!ok) return invalid({.zh = "哈希应为 64 位十六进制数字", .en = "a hash is 64 hexadecimal digits"});
  return hash;
}

Hash sha256(std::string_view bytes) {
  Hash hash;
  SHA256(reinterpret_cast<const unsigned char*>(bytes.data()), bytes.size(), hash.bytes.data());
  return hash;
}

Hasher::Hasher() : state_{} {
  static_assert(sizeof(State) <= sizeof(state_) && alignof(State) <= 16);
  SHA256_Init(new (state_.data()) State);
}

Hasher& Hasher::field(std::string_view bytes) {
  const std::uint64_t length = bytes.size();
  unsigned char prefix[8];
  for (std::size_t i = 0; i < 8; ++i) prefix[i] = static_cast<unsigned char>(length >> (8 * i));
  SHA256_Update(as_state(state_.data()), prefix, sizeof prefix);
  return stream(bytes);
}

Hasher& Hasher::field(std::int64_t number) { return field(std::to_string(number)); }

Hasher& Hasher::stream(std::string_view bytes) {
  SHA256_Update(as_state(state_.data()), bytes.data(), bytes.size());
  return *this;
}

Hash Hasher::finish() {
  Hash hash;
  SHA256_Final(hash.bytes.data(), as_state(state_.data()));
  return hash;
}

}  // namespace zh

std::size_t std::hash<zh::Hash>::operator()(const zh::Hash& value) const noexcept {
  std::size_t result = 0;
  std::memcpy(&result, value.bytes.data(), sizeof result);
  return result;
}
