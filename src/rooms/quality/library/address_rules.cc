// Addresses: "成都市武侯区人民路12号3栋", "12 Baker Street". A Chinese one is two or more parts that each end in what
// such a part is called, of which one is below a city.
#include <algorithm>
#include <array>

#include "rooms/quality/library/identify_rules.h"

namespace zh::quality::library::rules {

namespace {

constexpr std::size_t kPartMax = 8;  // characters of one part's name
constexpr std::array<std::u32string_view, 6> kWide{U"自治区", U"省", U"市", U"县", U"州", U"区"};
constexpr std::array<std::u32string_view, 15> kNear{U"街道", U"大道", U"小区", U"花园", U"大厦", U"社区", U"路",  U"街",
                                                    U"巷",   U"弄",   U"镇",   U"乡",   U"村",   U"苑",   U"公寓"};
constexpr std::array<std::u32string_view, 7> kHouse{U"单元", U"号", U"栋", U"幢", U"楼", U"室", U"层"};
// What people say before an address.
constexpr std::array<std::u32string_view, 9> kBefore{U"地址是", U"住在", U"位于", U"寄到", U"送到",
                                                     U"搬到",   U"家在", U"就在", U"在"};
constexpr std::array<std::u32string_view, 12> kEnglishWays{
    U"street", U"st", U"road", U"rd", U"avenue", U"ave", U"lane", U"drive", U"dr", U"court", U"boulevard", U"way"};
// Words of no street's name.
constexpr std::array<std::u32string_view, 10> kNoStreet{U"the", U"on",  U"in", U"of",   U"at",
                                                        U"to",  U"and", U"a",  U"from", U"people"};
constexpr std::size_t kEnglishWordsMax = 4;  // of a street's name
constexpr std::size_t kHouseDigitsMax = 5;

template <std::size_t n>
std::size_t ending_at(std::u32string_view text, std::size_t at, const std::array<std::u32string_view, n>& endings) {
  for (const std::u32string_view ending : endings) {
    if (text.substr(at).starts_with(ending)) return ending.size();
  }
  return 0;
}

bool is_house_number(char32_t c) {
  constexpr std::u32string_view kNumerals = U"〇零一二三四五六七八九十百";
  return is_digit(c) || c == U'-' || (c >= U'A' && c <= U'Z') || kNumerals.find(c) != std::u32string_view::npos;
}

struct Part {
  std::size_t until = 0;  // 0: none
  bool near = false;      // below a city
};

Part house_at(std::u32string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_house_number(text[end])) ++end;
  const std::size_t ending = end == at ? 0 : ending_at(text, end, kHouse);
  return ending == 0 ? Part{} : Part{.until = end + ending, .near = true};
}

Part named_at(std::u32string_view text, std::size_t at) {
  for (std::size_t end = at + 1; end < text.size() && end <= at + kPartMax && is_ideograph(text[end - 1]); ++end) {
    if (const std::size_t near = ending_at(text, end, kNear)) return {.until = end + near, .near = true};
    if (const std::size_t wide = ending_at(text, end, kWide)) return {.until = end + wide};
  }
  return {};
}

// How much of what was taken for a part's name was said before it.
std::size_t said_before(std::u32string_view part) {
  std::size_t length = 0;
  for (const std::u32string_view before : kBefore) {
    const std::size_t at = part.rfind(before);
    if (at != std::u32string_view::npos && at + before.size() < part.size())
      length = std::max(length, at + before.size());
  }
  return length;
}

void find_chinese(std::u32string_view text, Finds& finds) {
  for (std::size_t at = 0; at < text.size();) {
    std::size_t from = at;
    std::size_t until = at;
    int parts = 0;
    bool near = false;
    for (Part part = named_at(text, at); part.until > 0; ++parts) {
      if (parts == 0) from = at + said_before(text.substr(at, part.until - at));
      near = near || part.near;
      until = part.until;
      part = house_at(text, until);
      if (part.until == 0) part = named_at(text, until);
    }
    if (parts >= 2 && near) finds.push_back({from, until, Thing::address});
    at = parts >= 2 ? until : at + 1;
  }
}

std::u32string word_at(std::u32string_view text, std::size_t at) {
  std::u32string word;
  while (at < text.size() && is_latin(text[at])) word += lower(text[at++]);
  return word;
}

void find_english(std::u32string_view text, Finds& finds) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_digit(text[at]) || (at > 0 && (is_digit(text[at - 1]) || is_latin(text[at - 1])))) continue;
    std::size_t end = at;
    while (end < text.size() && is_digit(text[end])) ++end;
    if (end - at > kHouseDigitsMax) continue;
    for (std::size_t words = 0; words <= kEnglishWordsMax && end + 1 < text.size() && text[end] == U' '; ++words) {
      const std::u32string word = word_at(text, end + 1);
      if (word.empty() || std::ranges::find(kNoStreet, word) != kNoStreet.end()) break;
      end += 1 + word.size();
      if (words == 0 || std::ranges::find(kEnglishWays, word) == kEnglishWays.end()) continue;
      finds.push_back({at, end, Thing::address});
      break;
    }
  }
}

}  // namespace

void find_addresses(std::u32string_view text, Finds& finds) {
  find_chinese(text, finds);
  find_english(text, finds);
}

}  // namespace zh::quality::library::rules
