#include "base/utf8.h"

namespace zh::utf8 {

namespace {

// Length of the well-formed sequence at the front of `text`, 0 where it is ill-formed.
std::size_t decode(std::string_view text, char32_t& code_point) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned first = byte(0);
  if (first < 0x80) {
    code_point = first;
    return 1;
  }
  const std::size_t length = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
  if (first < 0xC2 || first > 0xF4 || text.size() < length) return 0;
  char32_t value = first & (0xFFU >> (length + 1));
  for (std::size_t i = 1; i < length; ++i) {
    if ((byte(i) & 0xC0U) != 0x80U) return 0;
    value = value << 6 | (byte(i) & 0x3FU);
  }
  const bool overlong = (length == 3 && value < 0x800) || (length == 4 && value < 0x10000);
  const bool surrogate = value >= 0xD800 && value <= 0xDFFF;
  if (overlong || surrogate || value > 0x10FFFF) return 0;
  code_point = value;
  return length;
}

}  // namespace

bool is_valid(std::string_view text) {
  char32_t ignored = 0;
  while (!text.empty()) {
    const std::size_t length = decode(text, ignored);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

char32_t next(std::string_view text, std::size_t& at) {
  char32_t code_point = kReplacement;
  const std::size_t length = decode(text.substr(at), code_point);
  at += length == 0 ? 1 : length;
  return length == 0 ? kReplacement : code_point;
}

std::size_t length(std::string_view text) {
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size(); ++count) next(text, at);
  return count;
}

std::size_t offset_of(std::string_view text, std::size_t index) {
  std::size_t at = 0;
  for (; at < text.size() && index > 0; --index) next(text, at);
  return at;
}

void append(std::string& text, char32_t code_point) {
  const auto add = [&](unsigned value) { text += static_cast<char>(value); };
  if (code_point < 0x80) {
    add(code_point);
  } else if (code_point < 0x800) {
    add(0xC0 | code_point >> 6);
    add(0x80 | (code_point & 0x3F));
  } else if (code_point < 0x10000) {
    add(0xE0 | code_point >> 12);
    add(0x80 | (code_point >> 6 & 0x3F));
    add(0x80 | (code_point & 0x3F));
  } else {
    add(0xF0 | code_point >> 18);
    add(0x80 | (code_point >> 12 & 0x3F));
    add(0x80 | (code_point >> 6 & 0x3F));
    add(0x80 | (code_point & 0x3F));
  }
}

std::string sanitized(std::string_view text) {
  std::string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) append(result, next(text, at));
  return result;
}

std::string shortened(std::string_view text, std::size_t count) {
  const std::size_t end = offset_of(text, count);
  std::string result(text.substr(0, end));
  if (end < text.size()) result += "…";
  return result;
}

}  // namespace zh::utf8
