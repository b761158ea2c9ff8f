// The rules behind identify.h, one function for each kind of thing. They read one turn's text as code points and add
// what they find, without regard to what the others have found. Private to this folder.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "rooms/quality/library/identify.h"

namespace zh::quality::library::rules {

struct Found {
  std::size_t from = 0;
  std::size_t until = 0;
  Thing thing = Thing::other;
};
using Finds = std::vector<Found>;

void find_numbers(std::u32string_view text, Finds& finds);    // telephone numbers, ids, cards, other long numbers
void find_marks(std::u32string_view text, Finds& finds);      // mail addresses, plates, ids of letters and digits
void find_names(std::u32string_view text, Finds& finds);      // by what is said before and after them
void find_addresses(std::u32string_view text, Finds& finds);  // places down to a street or house

// Every place of `word`, letters regardless of case; a word of Latin letters only as a whole word.
void find_word(std::u32string_view text, std::u32string_view word, Thing thing, Finds& finds);

// ---- letters

bool is_digit(char32_t c);      // 0–9, also in full width
bool is_latin(char32_t c);      // a–z, A–Z
bool is_ideograph(char32_t c);  // Chinese characters of everyday use
char32_t lower(char32_t c);     // of Latin letters
std::u32string code_points(std::string_view text);

}  // namespace zh::quality::library::rules
