// Cursors of paged lists: opaque to the client, signed so that nobody makes up a position, bound to the list and its
// filter so that a cursor of one list does not open another.
//
//   call.cursors->encode("contacts?queue=sales", {"2026-10-12T09:05:09Z", "5f0c…"})
//   ZH_TRY(const auto after, call.cursors->decode("contacts?queue=sales", *query->after));
#pragma once

#include <array>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace zh::http {

constexpr int kPageSize = 50;  // rows, where the client asks for no number
constexpr int kPageSizeMax = 500;
constexpr std::size_t kCursorMax = 1024;  // characters

// Thread-safe: const after construction.
class CursorCodec {
 public:
  // `secret` is the same on every server of a centre, so that a cursor outlives a restart.
  explicit CursorCodec(std::string_view secret);

  // `list` names the list with its filter; `position` is the sort key of the last row shown.
  std::string encode(std::string_view list, std::span<const std::string> position) const;
  // The position. Fails (invalid) on anything that encode() did not make for that list with that secret.
  Result<std::vector<std::string>> decode(std::string_view list, std::string_view cursor) const;

 private:
  std::string tag(std::string_view list, std::string_view payload) const;
  std::array<unsigned char, 32> key_{};
};

// base64url without padding (RFC 4648 §5); decoding is strict.
std::string base64url(std::string_view bytes);
Result<std::string> parse_base64url(std::string_view text);

}  // namespace zh::http
