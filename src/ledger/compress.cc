#include "ledger/compress.h"

#include <zlib.h>

#include <cassert>
#include <cstdint>

namespace zh::ledger {

namespace {

constexpr std::size_t kPrefix = 8;
// Derivations repeat themselves: the quickest level makes them a tenth already.
constexpr int kLevel = 1;
// A damaged length must not ask for all memory.
constexpr std::uint64_t kLargest = std::uint64_t{1} << 30;

Error damaged() { return error(ErrorCode::corrupt, {.zh = "压缩内容已损坏", .en = "compressed content is damaged"}); }

}  // namespace

std::string compressed(std::string_view text) {
  if (text.empty()) return {};
  uLongf size = compressBound(static_cast<uLong>(text.size()));
  std::string bytes(kPrefix + size, '\0');
  for (std::size_t i = 0; i < kPrefix; ++i) {
    bytes[i] = static_cast<char>((static_cast<std::uint64_t>(text.size()) >> (8 * i)) & 0xff);
  }
  [[maybe_unused]] const int code =
      compress2(reinterpret_cast<Bytef*>(bytes.data() + kPrefix), &size, reinterpret_cast<const Bytef*>(text.data()),
                static_cast<uLong>(text.size()), kLevel);
  assert(code == Z_OK);  // the room is enough and the level exists
  bytes.resize(kPrefix + size);
  return bytes;
}

Result<std::string> decompressed(std::string_view bytes) {
  if (bytes.empty()) return std::string();
  if (bytes.size() < kPrefix) return damaged();
  std::uint64_t length = 0;
  for (std::size_t i = 0; i < kPrefix; ++i) {
    length |= std::uint64_t{static_cast<unsigned char>(bytes[i])} << (8 * i);
  }
  if (length > kLargest) return damaged();
  std::string text(length, '\0');
  auto size = static_cast<uLongf>(length);
  const int code =
      uncompress(reinterpret_cast<Bytef*>(text.data()), &size, reinterpret_cast<const Bytef*>(bytes.data() + kPrefix),
                 static_cast<uLong>(bytes.size() - kPrefix));
  if (code != Z_OK || size != length) return damaged();
  return text;
}

}  // namespace zh::ledger
