// Mail addresses, plates, and ids of letters and digits.
#include <algorithm>

#include "rooms/quality/library/identify_rules.h"

namespace zh::quality::library::rules {

namespace {

constexpr std::u32string_view kProvinces = U"京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼";
constexpr std::size_t kPlateTail = 5;  // letters and digits, six for electric cars
constexpr std::size_t kShortestId = 8;
constexpr std::ptrdiff_t kFewestIdDigits = 4;

bool is_of_mail(char32_t c) {
  return is_latin(c) || (c >= U'0' && c <= U'9') || c == U'.' || c == U'_' || c == U'-' || c == U'+' || c == U'%';
}

void find_mail(std::u32string_view text, Finds& finds) {
  for (std::size_t at = text.find(U'@'); at != std::u32string_view::npos; at = text.find(U'@', at + 1)) {
    std::size_t from = at;
    while (from > 0 && is_of_mail(text[from - 1])) --from;
    std::size_t until = at + 1;
    while (until < text.size() && is_of_mail(text[until])) ++until;
    while (until > at + 1 && !is_latin(text[until - 1])) --until;  // the end of a sentence is none of it
    const bool has_host = text.substr(at, until - at).find(U'.') != std::u32string_view::npos;
    if (from < at && has_host) finds.push_back({from, until, Thing::email});
  }
}

bool is_of_plate(char32_t c) { return is_latin(c) || is_digit(c); }

void find_plates(std::u32string_view text, Finds& finds) {
  for (std::size_t at = 0; at + 1 + kPlateTail < text.size(); ++at) {
    if (kProvinces.find(text[at]) == std::u32string_view::npos || !is_latin(text[at + 1])) continue;
    std::size_t from = at + 2;
    if (text[from] == U'·' || text[from] == U' ') ++from;
    std::size_t until = from;
    while (until < text.size() && is_of_plate(text[until])) ++until;
    if (until - from == kPlateTail || until - from == kPlateTail + 1) finds.push_back({at, until, Thing::plate});
  }
}

// "AB12345678", "E12345678": long, letters and digits mixed.
void find_mixed_ids(std::u32string_view text, Finds& finds) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t until = at;
    while (until < text.size() && is_of_plate(text[until])) ++until;
    const auto word = text.substr(at, until - at);
    const bool mixed = std::ranges::any_of(word, is_latin) && std::ranges::count_if(word, is_digit) >= kFewestIdDigits;
    if (mixed && word.size() >= kShortestId) finds.push_back({at, until, Thing::id});
    at = std::max(at + 1, until);
  }
}

}  // namespace

void find_marks(std::u32string_view text, Finds& finds) {
  find_mail(text, finds);
  find_plates(text, finds);
  find_mixed_ids(text, finds);
}

}  // namespace zh::quality::library::rules
