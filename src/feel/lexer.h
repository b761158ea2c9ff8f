// Characters and literals of FEEL. There is no stream of tokens: names may hold spaces and symbols, so what a piece of
// text is depends on the names in scope. The parser reads from a cursor and asks for what the grammar allows next.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/decimal.h"
#include "feel/value.h"

namespace zh::feel::internal {

// Of a name: letters, digits, _ and whatever Unicode counts as such (FEEL 1.5, rules 28–30).
bool is_name_start(char32_t code_point);
bool is_name_part(char32_t code_point);
// FEEL counts more as white space than ASCII does, the full-width space of Chinese text among it.
bool is_space(char32_t code_point);

// A place in a text. Copying it remembers the place.
class Cursor {
 public:
  explicit Cursor(std::string_view text) : text_(text) {}

  std::string_view text() const { return text_; }
  std::size_t at() const { return at_; }
  void move_to(std::size_t at) { at_ = at; }
  bool done() const { return at_ >= text_.size(); }
  // The byte `ahead` of here, 0 past the end.
  char peek(std::size_t ahead = 0) const { return at_ + ahead < text_.size() ? text_[at_ + ahead] : '\0'; }
  char32_t peek_code_point() const;

  // Past white space and comments. An unfinished comment is left where it is.
  void skip_space();
  // Reads `symbol` if it stands here, white space before it aside.
  bool accept(std::string_view symbol);
  // Reads a word: nothing of a longer name.
  bool accept_word(std::string_view word);
  bool is_at_word(std::string_view word) const;
  // The name characters from here on, without spaces; empty when there are none.
  std::string_view word() const;

  // A number at this place; nothing when there is none. "1..3" is 1.
  std::optional<std::string_view> number();
  // A string in quotes at this place, escapes resolved; nothing when it does not end or holds a wrong escape.
  std::optional<std::string> quoted();

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

// If `name` (normalized) stands at `at`, the place after it. A space of the name stands for any white space; a name
// does not end within a word.
std::optional<std::size_t> match_name(std::string_view text, std::size_t at, std::string_view name);

bool is_keyword(std::string_view word);

// The value of @"…": date, time, date and time or duration; nothing for other text.
std::optional<Value> at_literal(std::string_view text);

}  // namespace zh::feel::internal
