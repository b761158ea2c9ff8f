#include "feel/lexer.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"

namespace zh::feel::internal {

namespace {

struct Span {
  char32_t first;
  char32_t last;
};

constexpr std::array kNameStart{
    Span{'?', '?'},       Span{'A', 'Z'},       Span{'_', '_'},       Span{'a', 'z'},         Span{0xC0, 0xD6},
    Span{0xD8, 0xF6},     Span{0xF8, 0x2FF},    Span{0x370, 0x37D},   Span{0x37F, 0x167F},    Span{0x1681, 0x180D},
    Span{0x180F, 0x1FFF}, Span{0x200C, 0x200D}, Span{0x2070, 0x218F}, Span{0x2C00, 0x2FEF},   Span{0x3004, 0x3007},
    Span{0x3012, 0x3013}, Span{0x3016, 0xD7FF}, Span{0xF900, 0xFDCF}, Span{0xFDF0, 0xFEFE},   Span{0xFF10, 0xFF19},
    Span{0xFF21, 0xFF3A}, Span{0xFF41, 0xFF5A}, Span{0xFF66, 0xFFDC}, Span{0x10000, 0xEFFFF},
};
constexpr std::array kNamePartToo{
    Span{'0', '9'}, Span{0xB7, 0xB7}, Span{0x300, 0x36F}, Span{0x203F, 0x2040}, Span{0xFE0E, 0xFE0F},
};
constexpr std::array kSpaces{
    Span{0x9, 0xD},       Span{0x20, 0x20},     Span{0x85, 0x85},     Span{0xA0, 0xA0},
    Span{0x1680, 0x1680}, Span{0x180E, 0x180E}, Span{0x2000, 0x200B}, Span{0x2028, 0x2029},
    Span{0x202F, 0x202F}, Span{0x205F, 0x205F}, Span{0x3000, 0x3000}, Span{0xFEFF, 0xFEFF},
};

template <std::size_t n>
bool is_in(const std::array<Span, n>& spans, char32_t code_point) {
  return std::any_of(spans.begin(), spans.end(),
                     [&](const Span& span) { return code_point >= span.first && code_point <= span.last; });
}

constexpr std::array<std::string_view, 18> kKeywords{"and", "between",  "else",      "every", "external", "false",
                                                     "for", "function", "if",        "in",    "instance", "null",
                                                     "or",  "return",   "satisfies", "some",  "then",     "true"};

bool is_digit(char c) { return c >= '0' && c <= '9'; }

int hex_digit(char c) {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// The code point of `count` hexadecimal digits at `at`; −1 when they are none.
std::int64_t hex(std::string_view text, std::size_t at, std::size_t count) {
  if (at + count > text.size()) return -1;
  std::int64_t value = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const int digit = hex_digit(text[at + i]);
    if (digit < 0) return -1;
    value = value * 16 + digit;
  }
  return value;
}

bool is_high_surrogate(std::int64_t unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
bool is_low_surrogate(std::int64_t unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

// An escape after its backslash. Appends what it stands for and gives the place after it; nothing when it is none that
// may stand there.
std::optional<std::size_t> read_escape(std::string_view text, std::size_t at, std::string& into) {
  const char kind = at < text.size() ? text[at] : '\0';
  if (kind == 'u') {
    std::int64_t unit = hex(text, at + 1, 4);
    at += 5;
    if (is_high_surrogate(unit) && text.substr(std::min(at, text.size())).starts_with("\\u")) {
      const std::int64_t low = hex(text, at + 2, 4);
      if (is_low_surrogate(low)) {
        unit = 0x10000 + ((unit - 0xD800) << 10) + (low - 0xDC00);
        at += 6;
      }
    }
    if (unit < 0 || is_high_surrogate(unit) || is_low_surrogate(unit)) return std::nullopt;
    utf8::append(into, static_cast<char32_t>(unit));
    return at;
  }
  if (kind == 'U') {
    const std::int64_t unit = hex(text, at + 1, 6);
    if (unit < 0 || unit > 0x10FFFF || (unit >= 0xD800 && unit <= 0xDFFF)) return std::nullopt;
    utf8::append(into, static_cast<char32_t>(unit));
    return at + 7;
  }
  constexpr std::string_view kNames = "nrt\"'\\";
  constexpr std::string_view kMeanings = "\n\r\t\"'\\";
  const std::size_t index = kNames.find(kind);
  if (kind != '\0' && index != std::string_view::npos) {
    into += kMeanings[index];
    return at + 1;
  }
  // Any other backslash is itself, so that patterns need not be escaped twice: "\s+".
  into += '\\';
  return at;
}

}  // namespace

bool is_name_start(char32_t code_point) { return is_in(kNameStart, code_point); }
bool is_name_part(char32_t code_point) { return is_in(kNameStart, code_point) || is_in(kNamePartToo, code_point); }
bool is_space(char32_t code_point) { return is_in(kSpaces, code_point); }

bool is_keyword(std::string_view word) {
  return std::find(kKeywords.begin(), kKeywords.end(), word) != kKeywords.end();
}

char32_t Cursor::peek_code_point() const {
  if (done()) return 0;
  std::size_t at = at_;
  return utf8::next(text_, at);
}

void Cursor::skip_space() {
  while (!done()) {
    if (peek() == '/' && peek(1) == '/') {
      at_ = std::min(text_.find('\n', at_), text_.size());
      continue;
    }
    if (peek() == '/' && peek(1) == '*') {
      const std::size_t end = text_.find("*/", at_ + 2);
      if (end == std::string_view::npos) return;
      at_ = end + 2;
      continue;
    }
    std::size_t next = at_;
    if (!is_space(utf8::next(text_, next))) return;
    at_ = next;
  }
}

bool Cursor::accept(std::string_view symbol) {
  skip_space();
  if (!text_.substr(at_).starts_with(symbol)) return false;
  at_ += symbol.size();
  return true;
}

bool Cursor::is_at_word(std::string_view wanted) const { return word() == wanted; }

bool Cursor::accept_word(std::string_view wanted) {
  skip_space();
  if (!is_at_word(wanted)) return false;
  at_ += wanted.size();
  return true;
}

std::string_view Cursor::word() const {
  std::size_t at = at_;
  while (at < text_.size()) {
    std::size_t next = at;
    const char32_t code_point = utf8::next(text_, next);
    if (!(at == at_ ? is_name_start(code_point) : is_name_part(code_point))) break;
    at = next;
  }
  return text_.substr(at_, at - at_);
}

std::optional<std::string_view> Cursor::number() {
  std::size_t at = at_;
  const auto digits = [&] {
    const std::size_t from = at;
    while (at < text_.size() && is_digit(text_[at])) ++at;
    return at - from;
  };
  const auto is_digit_at = [&](std::size_t i) { return i < text_.size() && is_digit(text_[i]); };
  const std::size_t whole = digits();
  if (at < text_.size() && text_[at] == '.' && is_digit_at(at + 1)) {
    ++at;
    digits();
  } else if (whole == 0) {
    return std::nullopt;
  }
  if (at < text_.size() && (text_[at] == 'e' || text_[at] == 'E')) {
    const std::size_t sign = at + 1 < text_.size() && (text_[at + 1] == '+' || text_[at + 1] == '-') ? 1 : 0;
    if (is_digit_at(at + 1 + sign)) {
      at += 1 + sign;
      digits();
    }
  }
  const std::string_view found = text_.substr(at_, at - at_);
  at_ = at;
  return found;
}

std::optional<std::string> Cursor::quoted() {
  std::string value;
  std::size_t at = at_ + 1;
  while (at < text_.size()) {
    const char c = text_[at];
    if (c == '"') {
      at_ = at + 1;
      return value;
    }
    ++at;
    if (c != '\\') {
      value += c;
      continue;
    }
    const auto after = read_escape(text_, at, value);
    if (!after) return std::nullopt;
    at = *after;
  }
  return std::nullopt;
}

std::optional<std::size_t> match_name(std::string_view text, std::size_t at, std::string_view name) {
  char32_t last = 0;
  for (std::size_t i = 0; i < name.size();) {
    if (at >= text.size()) return std::nullopt;
    if (name[i] == ' ') {
      std::size_t next = at;
      if (!is_space(utf8::next(text, next))) return std::nullopt;
      at = next;
      while (next < text.size() && is_space(utf8::next(text, next))) at = next;
      ++i;
      last = ' ';
      continue;
    }
    last = utf8::next(name, i);
    if (utf8::next(text, at) != last) return std::nullopt;
  }
  if (name.empty()) return std::nullopt;
  std::size_t next = at;
  const bool goes_on = next < text.size() && is_name_part(last) && is_name_part(utf8::next(text, next));
  if (goes_on) return std::nullopt;
  return at;
}

std::optional<Value> at_literal(std::string_view text) {
  if (const auto date = parse_date(text)) return Value::date(*date);
  if (const auto at = parse_date_time(text)) return Value::date_time(*at);
  if (const auto time = parse_time(text)) return Value::time(*time);
  if (const auto duration = parse_days_duration(text)) return Value::days_duration(*duration);
  if (const auto duration = parse_months_duration(text)) return Value::months_duration(*duration);
  return std::nullopt;
}

}  // namespace zh::feel::internal

namespace zh::feel {

std::string normalized_name(std::string_view name) {
  std::string result;
  bool pending = false;
  for (std::size_t at = 0; at < name.size();) {
    const std::size_t from = at;
    if (internal::is_space(utf8::next(name, at))) {
      pending = !result.empty();
      continue;
    }
    if (pending) result += ' ';
    pending = false;
    result.append(name.substr(from, at - from));
  }
  return result;
}

}  // namespace zh::feel
