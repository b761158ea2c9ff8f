#include "http/cursor.h"

#include <sodium.h>

#include <algorithm>

namespace zh::http {

namespace {

constexpr std::size_t kTagBytes = 16;
constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

// Four bytes of length, then the text: no two sequences give the same bytes.
void append_field(std::string& out, std::string_view text) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>((text.size() >> shift) & 0xff);
  out += text;
}

// Reads what append_field() wrote; requires that it did, which the tag has proved.
std::string_view take_field(std::string_view& bytes) {
  std::size_t size = 0;
  for (int i = 0; i < 4; ++i) size = size << 8 | static_cast<unsigned char>(bytes[static_cast<std::size_t>(i)]);
  const std::string_view text = bytes.substr(4, size);
  bytes.remove_prefix(4 + size);
  return text;
}

Error not_ours() {
  return invalid({.zh = "翻页位置无效，请从第一页重新开始",
                  .en = "this is no position in this list; begin again at the first page"});
}

}  // namespace

std::string base64url(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() * 4 + 2) / 3);
  std::uint32_t held = 0;
  int bits = 0;
  for (const char byte : bytes) {
    held = held << 8 | static_cast<unsigned char>(byte);
    for (bits += 8; bits >= 6; bits -= 6) text += kDigits[held >> (bits - 6) & 63];
  }
  if (bits > 0) text += kDigits[held << (6 - bits) & 63];
  return text;
}

Result<std::string> parse_base64url(std::string_view text) {
  std::string bytes;
  std::uint32_t held = 0;
  int bits = 0;
  for (const char c : text) {
    const auto digit = kDigits.find(c);
    if (digit == std::string_view::npos) return not_ours();
    held = held << 6 | static_cast<std::uint32_t>(digit);
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(held >> bits & 0xff);
  }
  // A lone digit holds no byte, and left-over bits must be 0: one spelling for one meaning.
  if (bits >= 6 || (held & ((1U << bits) - 1)) != 0) return not_ours();
  return bytes;
}

CursorCodec::CursorCodec(std::string_view secret) {
  constexpr std::string_view purpose = "zhiheng cursor 1";
  crypto_generichash(key_.data(), key_.size(), bytes_of(secret), secret.size(), bytes_of(purpose), purpose.size());
}

std::string CursorCodec::tag(std::string_view list, std::string_view payload) const {
  std::string message;
  append_field(message, list);
  append_field(message, payload);
  std::string result(kTagBytes, '\0');
  crypto_generichash(reinterpret_cast<unsigned char*>(result.data()), result.size(), bytes_of(message), message.size(),
                     key_.data(), key_.size());
  return result;
}

std::string CursorCodec::encode(std::string_view list, std::span<const std::string> position) const {
  std::string payload;
  for (const auto& part : position) append_field(payload, part);
  return base64url(tag(list, payload) + payload);
}

Result<std::vector<std::string>> CursorCodec::decode(std::string_view list, std::string_view cursor) const {
  if (cursor.size() > kCursorMax) return not_ours();
  ZH_TRY(const std::string bytes, parse_base64url(cursor));
  if (bytes.size() < kTagBytes) return not_ours();
  std::string_view payload = std::string_view(bytes).substr(kTagBytes);
  const std::string expected = tag(list, payload);
  if (sodium_memcmp(expected.data(), bytes.data(), kTagBytes) != 0) return not_ours();
  std::vector<std::string> position;
  while (!payload.empty()) position.emplace_back(take_field(payload));
  return position;
}

}  // namespace zh::http
