#include "feel/regex.h"

#include <unicode/uregex.h>
#include <unicode/ustring.h>

#include <list>
#include <memory>

#include "base/utf8.h"

namespace zh::feel::internal {

namespace {

// In ICU's units, each about a millisecond of matching; bytes of its backtracking stack.
constexpr std::int32_t kTimeLimit = 1'000;
constexpr std::int32_t kStackLimit = 8 << 20;
constexpr std::size_t kCacheMax = 64;

struct CloseRegex {
  void operator()(URegularExpression* regex) const { uregex_close(regex); }
};

struct Compiled {
  std::string pattern;
  std::string flags;
  std::unique_ptr<URegularExpression, CloseRegex> regex;  // empty: wrong
  int groups = 0;
};

Compiled compile(std::string_view pattern, std::string_view flags) {
  Compiled result{.pattern = std::string(pattern), .flags = std::string(flags), .regex = nullptr};
  const auto translated = translate(pattern, flags);
  if (!translated) return result;
  std::uint32_t options = UREGEX_ERROR_ON_UNKNOWN_ESCAPES;
  if (translated->case_blind) options |= UREGEX_CASE_INSENSITIVE;
  if (translated->multiline) options |= UREGEX_MULTILINE | UREGEX_UNIX_LINES;
  UErrorCode status = U_ZERO_ERROR;
  UParseError where{};
  // An empty pattern is one for ICU only in parentheses.
  const std::u16string text = translated->text.empty() ? u"(?:)" : translated->text;
  result.regex.reset(uregex_open(text.data(), static_cast<std::int32_t>(text.size()), options, &where, &status));
  if (U_FAILURE(status) != 0) {
    result.regex.reset();
    return result;
  }
  uregex_setTimeLimit(result.regex.get(), kTimeLimit, &status);
  uregex_setStackLimit(result.regex.get(), kStackLimit, &status);
  result.groups = translated->groups;
  return result;
}

// The expressions used last by this thread; patterns mostly stand in the rules and come again and again.
Compiled& compiled(std::string_view pattern, std::string_view flags) {
  thread_local std::list<Compiled> cache;
  for (auto one = cache.begin(); one != cache.end(); ++one) {
    if (one->pattern != pattern || one->flags != flags) continue;
    cache.splice(cache.begin(), cache, one);
    return cache.front();
  }
  cache.push_front(compile(pattern, flags));
  if (cache.size() > kCacheMax) cache.pop_back();
  return cache.front();
}

// One input being searched.
class Search {
 public:
  Search(Compiled& expression, std::string_view input)
      : regex_(expression.regex.get()), text_(input.size() + 1, u'\0') {
    if (regex_ == nullptr) return;
    std::int32_t length = 0;
    u_strFromUTF8(text_.data(), static_cast<std::int32_t>(text_.size()), &length, input.data(),
                  static_cast<std::int32_t>(input.size()), &status_);
    if (U_FAILURE(status_) != 0) return;
    text_.resize(static_cast<std::size_t>(length));
    uregex_setText(regex_, text_.data(), length, &status_);
  }

  bool fine() const { return regex_ != nullptr && U_FAILURE(status_) == 0; }
  bool find(std::int32_t from) { return fine() && uregex_find(regex_, from, &status_) != 0; }
  bool find_next() { return fine() && uregex_findNext(regex_, &status_) != 0; }
  std::size_t start(int group = 0) { return place(uregex_start(regex_, group, &status_)); }
  std::size_t end(int group = 0) { return place(uregex_end(regex_, group, &status_)); }
  // −1 of ICU, a group that took no part, becomes an empty piece.
  std::string piece(std::size_t from, std::size_t to) {
    std::string result;
    for (std::size_t at = from; at < to && at < text_.size(); ++at) {
      char32_t code_point = text_[at];
      if (code_point >= 0xD800 && code_point <= 0xDBFF && at + 1 < text_.size()) {
        code_point = ((code_point - 0xD800) << 10) + (text_[++at] - 0xDC00) + 0x10000;
      }
      utf8::append(result, code_point);
    }
    return result;
  }
  std::string group(int number) {
    const std::int32_t from = uregex_start(regex_, number, &status_);
    return from < 0 ? std::string() : piece(static_cast<std::size_t>(from), end(number));
  }
  std::size_t size() const { return text_.size(); }

 private:
  static std::size_t place(std::int32_t at) { return at < 0 ? 0 : static_cast<std::size_t>(at); }

  URegularExpression* regex_;
  std::u16string text_;
  UErrorCode status_ = U_ZERO_ERROR;
};

// A piece of a replacement: text, or a group (−1: none).
struct Part {
  std::string text;
  int group = -1;
};

std::optional<std::vector<Part>> parse_replacement(std::string_view replacement, int groups) {
  std::vector<Part> parts;
  std::string text;
  for (std::size_t at = 0; at < replacement.size(); ++at) {
    const char c = replacement[at];
    const char next = at + 1 < replacement.size() ? replacement[at + 1] : '\0';
    if (c == '\\') {
      if (next != '\\' && next != '$') return std::nullopt;
      text += next;
      ++at;
      continue;
    }
    if (c != '$') {
      text += c;
      continue;
    }
    if (next < '0' || next > '9') return std::nullopt;
    int number = next - '0';
    ++at;
    // As many digits as still name a group; the others are text.
    while (at + 1 < replacement.size() && replacement[at + 1] >= '0' && replacement[at + 1] <= '9' &&
           number * 10 + (replacement[at + 1] - '0') <= groups) {
      number = number * 10 + (replacement[++at] - '0');
    }
    parts.push_back({.text = std::move(text), .group = number <= groups ? number : -1});
    text.clear();
  }
  parts.push_back({.text = std::move(text)});
  return parts;
}

// replace() and split() are errors where the expression fits nothing at all.
bool fits_nothing(Compiled& expression) {
  Search search(expression, "");
  return search.find(0);
}

}  // namespace

std::optional<bool> regex_matches(std::string_view input, std::string_view pattern, std::string_view flags) {
  Search search(compiled(pattern, flags), input);
  const bool found = search.find(0);
  if (!search.fine()) return std::nullopt;
  return found;
}

std::optional<std::string> regex_replace(std::string_view input, std::string_view pattern, std::string_view replacement,
                                         std::string_view flags) {
  Compiled& expression = compiled(pattern, flags);
  if (expression.regex == nullptr || fits_nothing(expression)) return std::nullopt;
  const bool is_literal = flags.find('q') != std::string_view::npos;
  const auto parts = is_literal ? std::optional(std::vector<Part>{{.text = std::string(replacement)}})
                                : parse_replacement(replacement, expression.groups);
  if (!parts) return std::nullopt;
  Search search(expression, input);
  std::string result;
  std::size_t copied = 0;
  for (bool found = search.find(0); found; found = search.find_next()) {
    result += search.piece(copied, search.start());
    for (const Part& part : *parts) {
      result += part.text;
      if (part.group >= 0) result += search.group(part.group);
    }
    copied = search.end();
  }
  if (!search.fine()) return std::nullopt;
  return result + search.piece(copied, search.size());
}

std::optional<std::vector<std::string>> regex_split(std::string_view input, std::string_view pattern) {
  Compiled& expression = compiled(pattern, "");
  if (expression.regex == nullptr || fits_nothing(expression)) return std::nullopt;
  Search search(expression, input);
  std::vector<std::string> pieces;
  std::size_t from = 0;
  for (bool found = search.find(0); found; found = search.find_next()) {
    pieces.push_back(search.piece(from, search.start()));
    from = search.end();
  }
  if (!search.fine()) return std::nullopt;
  pieces.push_back(search.piece(from, search.size()));
  return pieces;
}

}  // namespace zh::feel::internal
