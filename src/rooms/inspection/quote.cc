#include "rooms/inspection/quote.h"

#include <algorithm>

#include "base/utf8.h"
#include "rooms/contacts/masked_text.h"

namespace zh::inspection {

namespace {

constexpr std::string_view kLeftOut = "…";  // one code point

}  // namespace

Quote quote_of(std::string_view turn, std::int64_t from, std::int64_t to) {
  // Masked before it is cut: half a number would not be known for one.
  const std::string text = contacts::masked_text(utf8::sanitized(turn));
  const auto length = static_cast<std::int64_t>(utf8::length(text));
  from = std::clamp<std::int64_t>(from, 0, length);
  to = std::clamp<std::int64_t>(to, from, std::min(length, from + 4 * kQuoteAround));
  const std::int64_t begin = std::max<std::int64_t>(from - kQuoteAround, 0);
  const std::int64_t end = std::min(to + kQuoteAround, length);
  const auto offset = [&](std::int64_t index) { return utf8::offset_of(text, static_cast<std::size_t>(index)); };
  Quote quote{.text = text.substr(offset(begin), offset(end) - offset(begin)), .from = from - begin, .to = to - begin};
  if (begin > 0) {
    quote.text.insert(0, kLeftOut);
    ++quote.from;
    ++quote.to;
  }
  if (end < length) quote.text += kLeftOut;
  return quote;
}

}  // namespace zh::inspection
