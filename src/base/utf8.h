// UTF-8 by code points, as FEEL and error places count.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace zh::utf8 {

constexpr char32_t kReplacement = 0xFFFD;

// Well-formed by the Unicode standard: no overlong forms, no surrogates, nothing past U+10FFFF.
bool is_valid(std::string_view text);
// The code point at `at`, which is moved past it; an ill-formed byte gives kReplacement and is passed alone.
// Requires at < text.size().
char32_t next(std::string_view text, std::size_t& at);
// Code points, ill-formed bytes counted one each.
std::size_t length(std::string_view text);
// Byte offset of the code point number `index`; text.size() past the end.
std::size_t offset_of(std::string_view text, std::size_t index);
void append(std::string& text, char32_t code_point);
// The text with every ill-formed byte replaced by U+FFFD: safe to show and to store.
std::string sanitized(std::string_view text);
// At most `count` code points, "…" added where something was cut.
std::string shortened(std::string_view text, std::size_t count);

}  // namespace zh::utf8
