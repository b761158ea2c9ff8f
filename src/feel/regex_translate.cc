// XPath's regular expressions in ICU's words. What ICU would read otherwise, or forgive, is written out or refused.
#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "feel/regex.h"

namespace zh::feel::internal {

namespace {

constexpr std::size_t kPatternMax = 10'000;  // bytes
constexpr int kNestingMax = 100;             // groups and classes within each other
constexpr int kRepeatMax = 1000;             // in {n,m}

constexpr std::string_view kWhite = " \t\n\r";
// Characters that a backslash makes ordinary.
constexpr std::string_view kEscapable = "\\|.-^?*+{}()[]$/";
// Ordinary for XPath but not for ICU, at least within classes.
constexpr std::string_view kIcuSpecial = "\\|.-^?*+{}()[]$&~#/:@'\" ";

constexpr std::string_view kNameStart =
    ":_A-Za-z\\u00C0-\\u00D6\\u00D8-\\u00F6\\u00F8-\\u02FF\\u0370-\\u037D"
    "\\u037F-\\u1FFF\\u200C-\\u200D\\u2070-\\u218F\\u2C00-\\u2FEF\\u3001-\\uD7FF"
    "\\uF900-\\uFDCF\\uFDF0-\\uFFFD\\U00010000-\\U000EFFFF";

// What \s, \w, … stand for, as the inside of a class.
std::optional<std::string> class_of(char letter) {
  const std::string name_start(kNameStart);
  switch (letter) {
    case 's':
      return "[\\u0020\\u0009\\u000A\\u000D]";
    case 'S':
      return "[^\\u0020\\u0009\\u000A\\u000D]";
    case 'd':
      return "[\\p{Nd}]";
    case 'D':
      return "[\\P{Nd}]";
    case 'w':
      return "[^\\p{P}\\p{Z}\\p{C}]";
    case 'W':
      return "[\\p{P}\\p{Z}\\p{C}]";
    case 'i':
      return "[" + name_start + "]";
    case 'I':
      return "[^" + name_start + "]";
    case 'c':
      return "[" + name_start + "\\-.0-9\\u00B7\\u0300-\\u036F\\u203F-\\u2040]";
    case 'C':
      return "[^" + name_start + "\\-.0-9\\u00B7\\u0300-\\u036F\\u203F-\\u2040]";
    default:
      return std::nullopt;
  }
}

class Translator {
 public:
  Translator(std::string_view pattern, bool dot_all, bool multiline, bool case_blind)
      : pattern_(pattern), dot_all_(dot_all), multiline_(multiline), case_blind_(case_blind) {}

  bool run() { return alternatives(0) && at_ == pattern_.size(); }
  const std::string& text() const { return out_; }
  int groups() const { return groups_; }

 private:
  char peek(std::size_t ahead = 0) const { return at_ + ahead < pattern_.size() ? pattern_[at_ + ahead] : '\0'; }
  bool done() const { return at_ >= pattern_.size(); }

  void literal(char32_t code_point) {
    if (code_point < 0x80 && kIcuSpecial.find(static_cast<char>(code_point)) != std::string_view::npos) out_ += '\\';
    utf8::append(out_, code_point);
  }

  bool alternatives(int depth) {
    if (depth > kNestingMax) return false;
    while (!done() && peek() != ')') {
      if (peek() == '|') {
        out_ += '|';
        ++at_;
        continue;
      }
      if (!atom(depth) || !quantifier()) return false;
    }
    return true;
  }

  bool atom(int depth) {
    switch (peek()) {
      case '(':
        return group(depth);
      case '[':
        return character_class(depth);
      case '\\':
        return escape();
      case '.':
        ++at_;
        out_ += dot_all_ ? "[\\s\\S]" : "[^\\u000A\\u000D]";
        return true;
      case '^':
        ++at_;
        out_ += multiline_ ? "^" : "\\A";
        return true;
      case '$':
        ++at_;
        out_ += multiline_ ? "$" : "\\z";
        return true;
      case '?':
      case '*':
      case '+':
      case '{':
      case '}':
      case ']':
        return false;
      default:
        literal(utf8::next(pattern_, at_));
        return true;
    }
  }

  bool group(int depth) {
    ++at_;
    const bool captures = peek() != '?';
    int number = 0;
    if (captures) {
      number = ++groups_;
      closed_.push_back(false);
      out_ += '(';
    } else {
      if (peek(1) != ':') return false;
      at_ += 2;
      out_ += "(?:";
    }
    if (!alternatives(depth + 1) || peek() != ')') return false;
    ++at_;
    out_ += ')';
    if (captures) closed_[static_cast<std::size_t>(number - 1)] = true;
    return true;
  }

  bool quantifier() {
    switch (peek()) {
      case '?':
      case '*':
      case '+':
        out_ += peek();
        ++at_;
        break;
      case '{':
        if (!repetition()) return false;
        break;
      default:
        return true;
    }
    if (peek() == '?') {
      out_ += '?';
      ++at_;
    }
    // A second quantifier has nothing to repeat (and would be possessive for ICU).
    const char next = peek();
    return next != '?' && next != '*' && next != '+' && next != '{';
  }

  // {n}, {n,} or {n,m}
  bool repetition() {
    const std::size_t end = pattern_.find('}', at_);
    if (end == std::string_view::npos) return false;
    const std::string_view inside = pattern_.substr(at_ + 1, end - at_ - 1);
    const std::size_t comma = inside.find(',');
    const auto count = [](std::string_view digits) {
      int value = 0;
      for (const char c : digits) {
        if (c < '0' || c > '9' || value > kRepeatMax) return -1;
        value = value * 10 + (c - '0');
      }
      return digits.empty() || value > kRepeatMax ? -1 : value;
    };
    const int least = count(inside.substr(0, comma));
    if (least < 0) return false;
    if (comma != std::string_view::npos && comma + 1 < inside.size()) {
      const int most = count(inside.substr(comma + 1));
      if (most < least) return false;
    }
    out_ += pattern_.substr(at_, end + 1 - at_);
    at_ = end + 1;
    return true;
  }

  bool escape() {
    const char letter = peek(1);
    if (letter >= '1' && letter <= '9') return back_reference();
    if (letter == 'p' || letter == 'P') return property();
    if (const auto set = class_of(letter)) {
      out_ += *set;
      at_ += 2;
      return true;
    }
    char32_t code_point = 0;
    if (!escaped_character(code_point)) return false;
    literal(code_point);
    return true;
  }

  bool escaped_character(char32_t& code_point) {
    const char letter = peek(1);
    if (letter == 'n' || letter == 'r' || letter == 't') {
      code_point = letter == 'n' ? U'\n' : letter == 'r' ? U'\r' : U'\t';
    } else if (letter != '\0' && kEscapable.find(letter) != std::string_view::npos) {
      code_point = static_cast<unsigned char>(letter);
    } else {
      return false;
    }
    at_ += 2;
    return true;
  }

  // \1 … refer to a group that is complete; of more digits as many as make such a number.
  bool back_reference() {
    std::size_t number = 0;
    std::size_t at = at_ + 1;
    while (at < pattern_.size() && pattern_[at] >= '0' && pattern_[at] <= '9') {
      const std::size_t longer = number * 10 + static_cast<std::size_t>(pattern_[at] - '0');
      if (longer > closed_.size()) break;
      number = longer;
      ++at;
    }
    if (number == 0 || !closed_[number - 1]) return false;
    out_ += "(?:\\" + std::to_string(number) + ")";
    at_ = at;
    return true;
  }

  // \p{L}, \P{IsBasicLatin}
  bool property() {
    if (peek(2) != '{') return false;
    const std::size_t end = pattern_.find('}', at_);
    if (end == std::string_view::npos) return false;
    const std::string_view name = pattern_.substr(at_ + 3, end - at_ - 3);
    const bool plain = !name.empty() && std::all_of(name.begin(), name.end(), [](char c) {
      return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-';
    });
    if (!plain) return false;
    const std::string letter(1, peek(1));
    if (name.starts_with("Is")) {
      out_ += "[\\" + letter + "{Block=" + std::string(name.substr(2)) + "}]";
    } else {
      if (name.size() > 2) return false;
      out_ += "[\\" + letter + "{" + std::string(name) + "}]";
    }
    at_ = end + 1;
    return true;
  }

  // [abc], [^a-z], [\s,;], [A-Z-[AEIOU]]
  bool character_class(int depth) {
    if (depth > kNestingMax) return false;
    ++at_;
    const bool negative = peek() == '^';
    if (negative) ++at_;
    // ICU closes a negated class over case before it negates only when the class is a set of its own.
    out_ += negative ? "[[\\u0000-\\U0010FFFF]--[" : "[[";
    bool any = false;
    while (peek() != ']') {
      if (done()) return false;
      if (peek() == '-' && peek(1) == '[') {
        if (!any) return false;
        out_ += "]--";
        ++at_;
        if (!character_class(depth + 1) || peek() != ']') return false;
        ++at_;
        out_ += ']';
        return true;
      }
      if (!class_item(any)) return false;
      any = true;
    }
    if (!any) return false;
    ++at_;
    out_ += "]]";
    return true;
  }

  bool class_item(bool any) {
    if (peek() == '\\' && (peek(1) == 'p' || peek(1) == 'P')) return property();
    if (peek() == '\\') {
      if (const auto set = class_of(peek(1))) {
        out_ += *set;
        at_ += 2;
        return true;
      }
    }
    char32_t first = 0;
    if (!class_character(first, any)) return false;
    if (peek() != '-' || peek(1) == '[' || peek(1) == ']' || peek(1) == '\0') {
      member(first, first);
      return true;
    }
    ++at_;
    char32_t last = 0;
    if (peek() == '\\' && (class_of(peek(1)) || peek(1) == 'p' || peek(1) == 'P')) return false;
    if (!class_character(last, true) || last < first) return false;
    member(first, last);
    return true;
  }

  bool class_character(char32_t& code_point, bool any) {
    const char c = peek();
    if (c == '[' || (c == ']' && any) || done()) return false;
    if (c == '\\') return escaped_character(code_point);
    code_point = utf8::next(pattern_, at_);
    return true;
  }

  void member(char32_t first, char32_t last) {
    literal(first);
    if (first != last) {
      out_ += '-';
      literal(last);
    }
    if (!case_blind_) return;
    // Sets that are subtracted or negated must hold both cases themselves.
    const auto add_other_case = [&](char32_t from_first, char32_t from_last, int shift) {
      const char32_t low = std::max(first, from_first);
      const char32_t high = std::min(last, from_last);
      if (low > high) return;
      literal(static_cast<char32_t>(static_cast<int>(low) + shift));
      out_ += '-';
      literal(static_cast<char32_t>(static_cast<int>(high) + shift));
    };
    add_other_case('A', 'Z', 'a' - 'A');
    add_other_case('a', 'z', 'A' - 'a');
  }

  std::string_view pattern_;
  bool dot_all_;
  bool multiline_;
  bool case_blind_;
  std::size_t at_ = 0;
  std::string out_;
  int groups_ = 0;
  std::vector<bool> closed_;
};

// Flag x: white space does not count, except inside character classes.
std::string without_space(std::string_view pattern) {
  std::string result;
  int depth = 0;
  for (std::size_t i = 0; i < pattern.size(); ++i) {
    const char c = pattern[i];
    if (c == '\\' && i + 1 < pattern.size() && kWhite.find(pattern[i + 1]) == std::string_view::npos) {
      result += c;
      result += pattern[++i];
      continue;
    }
    if (c == '[') ++depth;
    if (c == ']' && depth > 0) --depth;
    if (depth == 0 && kWhite.find(c) != std::string_view::npos) continue;
    result += c;
  }
  return result;
}

std::u16string to_utf16(std::string_view text) {
  std::u16string result;
  result.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const char32_t code_point = utf8::next(text, at);
    if (code_point < 0x10000) {
      result += static_cast<char16_t>(code_point);
    } else {
      result += static_cast<char16_t>(0xD7C0 + (code_point >> 10));
      result += static_cast<char16_t>(0xDC00 + (code_point & 0x3FF));
    }
  }
  return result;
}

}  // namespace

std::optional<IcuPattern> translate(std::string_view pattern, std::string_view flags) {
  if (pattern.size() > kPatternMax || flags.find_first_not_of("smixq") != std::string_view::npos) return std::nullopt;
  const auto has = [&](char flag) { return flags.find(flag) != std::string_view::npos; };
  IcuPattern result;
  result.case_blind = has('i');
  if (has('q')) {
    std::string quoted;
    for (const char c : pattern) {
      if (kIcuSpecial.find(c) != std::string_view::npos) quoted += '\\';
      quoted += c;
    }
    result.text = to_utf16(quoted);
    return result;
  }
  const std::string text = has('x') ? without_space(pattern) : std::string(pattern);
  Translator translator(text, has('s'), has('m'), has('i'));
  if (!translator.run()) return std::nullopt;
  result.multiline = has('m');
  result.groups = translator.groups();
  result.text = to_utf16(translator.text());
  return result;
}

}  // namespace zh::feel::internal
