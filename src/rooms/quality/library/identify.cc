#include "rooms/quality/library/identify.h"

#include <algorithm>
#include <set>

#include "base/utf8.h"
#include "rooms/quality/library/identify_rules.h"

namespace zh::quality::library {

namespace rules {

bool is_digit(char32_t c) { return (c >= U'0' && c <= U'9') || (c >= U'０' && c <= U'９'); }
bool is_latin(char32_t c) { return (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z'); }
bool is_ideograph(char32_t c) { return c >= U'\u4E00' && c <= U'\u9FFF'; }
char32_t lower(char32_t c) { return c >= U'A' && c <= U'Z' ? c + 32 : c; }

std::u32string code_points(std::string_view text) {
  std::u32string result;
  for (std::size_t at = 0; at < text.size();) result += utf8::next(text, at);
  return result;
}

void find_word(std::u32string_view text, std::u32string_view word, Thing thing, Finds& finds) {
  const auto same = [](char32_t a, char32_t b) { return lower(a) == lower(b); };
  const bool whole_words = std::ranges::any_of(word, is_latin);
  for (auto at = text.begin();;) {
    at = std::search(at, text.end(), word.begin(), word.end(), same);
    if (at == text.end()) return;
    const auto from = static_cast<std::size_t>(at - text.begin());
    const std::size_t until = from + word.size();
    const bool inside = (from > 0 && is_latin(text[from - 1])) || (until < text.size() && is_latin(text[until]));
    if (!whole_words || !inside) finds.push_back({from, until, thing});
    at += static_cast<std::ptrdiff_t>(word.size());
  }
}

}  // namespace rules

namespace {

constexpr std::size_t kShortestName = 2;

// Of those that overlap the one that begins first stays, and of these the longest.
std::vector<Cut> without_overlaps(rules::Finds finds, int turn) {
  std::ranges::sort(finds, [](const rules::Found& a, const rules::Found& b) {
    return a.from != b.from ? a.from < b.from : a.until > b.until;
  });
  std::vector<Cut> cuts;
  for (const rules::Found& found : finds) {
    if (!cuts.empty() && static_cast<std::int64_t>(found.from) < cuts.back().until) {
      // What reaches further is not left standing.
      cuts.back().until = std::max(cuts.back().until, static_cast<std::int64_t>(found.until));
      continue;
    }
    cuts.push_back({.turn = turn,
                    .from = static_cast<std::int64_t>(found.from),
                    .until = static_cast<std::int64_t>(found.until),
                    .thing = found.thing});
  }
  return cuts;
}

}  // namespace

std::string_view name_of(Thing thing) {
  switch (thing) {
    case Thing::name:
      return "name";
    case Thing::phone:
      return "phone";
    case Thing::id:
      return "id";
    case Thing::card:
      return "card";
    case Thing::email:
      return "email";
    case Thing::plate:
      return "plate";
    case Thing::address:
      return "address";
    case Thing::number:
      return "number";
    case Thing::other:
      break;
  }
  return "other";
}

std::vector<Cut> identifying(const std::vector<contacts::Turn>& turns, const Known& known) {
  std::vector<std::u32string> texts;
  std::vector<rules::Finds> finds(turns.size());
  std::set<std::u32string> names;
  for (const std::string& name : known.names) names.insert(rules::code_points(name));
  for (std::size_t i = 0; i < turns.size(); ++i) {
    const std::u32string& text = texts.emplace_back(rules::code_points(turns[i].text));
    rules::find_numbers(text, finds[i]);
    rules::find_marks(text, finds[i]);
    rules::find_addresses(text, finds[i]);
    rules::Finds told;
    rules::find_names(text, told);
    for (const rules::Found& name : told) {
      names.insert(text.substr(name.from, name.until - name.from));
      finds[i].push_back(name);
    }
  }
  std::vector<Cut> cuts;
  for (std::size_t i = 0; i < turns.size(); ++i) {
    for (const std::u32string& name : names) {
      if (name.size() >= kShortestName) rules::find_word(texts[i], name, Thing::name, finds[i]);
    }
    for (const std::string& number : known.numbers) {
      if (!number.empty()) rules::find_word(texts[i], rules::code_points(number), Thing::phone, finds[i]);
    }
    const std::vector<Cut> of_turn = without_overlaps(std::move(finds[i]), static_cast<int>(i));
    cuts.insert(cuts.end(), of_turn.begin(), of_turn.end());
  }
  return cuts;
}

}  // namespace zh::quality::library
