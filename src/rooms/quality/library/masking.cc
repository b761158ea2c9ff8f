#include "rooms/quality/library/masking.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/utf8.h"
#include "rooms/quality/library/identify_rules.h"

namespace zh::quality::library {

namespace {

constexpr std::int64_t kMarginMs = 700;

Text label_of(Thing thing) {
  switch (thing) {
    case Thing::name:
      return {.zh = "姓名", .en = "name "};
    case Thing::phone:
      return {.zh = "电话", .en = "phone "};
    case Thing::id:
      return {.zh = "证件", .en = "id "};
    case Thing::card:
      return {.zh = "银行卡", .en = "card "};
    case Thing::email:
      return {.zh = "邮箱", .en = "email "};
    case Thing::plate:
      return {.zh = "车牌", .en = "plate "};
    case Thing::address:
      return {.zh = "地址", .en = "address "};
    case Thing::number:
      return {.zh = "编号", .en = "number "};
    case Thing::other:
      break;
  }
  return {.zh = "隐去", .en = "left out "};
}

// The same thing however it is written: a number by its digits, words without case and spaces.
std::u32string essence(std::u32string_view words) {
  std::u32string result;
  for (const char32_t c : words) {
    if (c != U' ' && c != U'-') result += rules::lower(c);
  }
  return result;
}

// Placeholders by kind and thing, numbered as they come.
class Placeholders {
 public:
  explicit Placeholders(Language language) : language_(language) {}

  std::string of(Thing thing, std::u32string_view words) {
    auto& of_kind = numbers_[thing];
    const auto number = of_kind.try_emplace(essence(words), of_kind.size() + 1).first->second;
    return fmt::format("[{}{}]", label_of(thing).in(language_), number);
  }

 private:
  Language language_;
  std::map<Thing, std::map<std::u32string, std::size_t>> numbers_;
};

// Chinese where anything of it is.
Language language_of(const std::vector<contacts::Turn>& turns) {
  const bool chinese = std::ranges::any_of(turns, [](const contacts::Turn& turn) {
    return std::ranges::any_of(rules::code_points(turn.text), rules::is_ideograph);
  });
  return chinese ? Language::zh : Language::en;
}

std::string utf8_of(std::u32string_view words) {
  std::string text;
  for (const char32_t c : words) utf8::append(text, c);
  return text;
}

}  // namespace

std::vector<contacts::Turn> masked(const std::vector<contacts::Turn>& turns, const std::vector<Cut>& cuts) {
  Placeholders placeholders(language_of(turns));
  std::vector<contacts::Turn> result = turns;
  auto cut = cuts.begin();
  for (std::size_t i = 0; i < turns.size(); ++i) {
    const std::u32string words = rules::code_points(turns[i].text);
    const std::u32string_view all(words);
    std::string text;
    std::size_t at = 0;
    for (; cut != cuts.end() && std::cmp_equal(cut->turn, i); ++cut) {
      const auto from = static_cast<std::size_t>(cut->from);
      const auto until = static_cast<std::size_t>(cut->until);
      text += utf8_of(all.substr(at, from - at)) + placeholders.of(cut->thing, all.substr(from, until - from));
      at = until;
    }
    result[i].text = text + utf8_of(all.substr(at));
  }
  return result;
}

std::vector<std::string> starred(const std::vector<contacts::Turn>& turns, const std::vector<Cut>& cuts) {
  std::vector<std::string> result;
  result.reserve(turns.size());
  auto cut = cuts.begin();
  for (std::size_t i = 0; i < turns.size(); ++i) {
    std::u32string words = rules::code_points(turns[i].text);
    for (; cut != cuts.end() && std::cmp_equal(cut->turn, i); ++cut) {
      for (std::int64_t at = cut->from; at < cut->until; ++at) words[static_cast<std::size_t>(at)] = U'*';
    }
    result.push_back(utf8_of(words));
  }
  return result;
}

std::optional<audio::Spans> silences_for(const std::vector<contacts::Turn>& turns, const std::vector<Cut>& cuts,
                                         std::int64_t duration_ms) {
  audio::Spans silences;
  for (const Cut& cut : cuts) {
    const auto place = static_cast<std::size_t>(cut.turn);
    const contacts::Turn& turn = turns[place];
    if (!turn.start_ms) return std::nullopt;
    audio::Span span{*turn.start_ms, duration_ms};
    if (turn.end_ms) {
      const auto length = static_cast<std::int64_t>(std::max<std::size_t>(1, utf8::length(turn.text)));
      const std::int64_t turn_ms = *turn.end_ms - *turn.start_ms;
      const std::int64_t margin = std::max(kMarginMs, turn_ms * (cut.until - cut.from) / length / 4);
      span.end_ms = std::min(*turn.end_ms + kMarginMs, *turn.start_ms + turn_ms * cut.until / length + margin);
      span.start_ms += std::max(-kMarginMs, turn_ms * cut.from / length - margin);
    } else if (place + 1 < turns.size() && turns[place + 1].start_ms) {
      span.end_ms = *turns[place + 1].start_ms;
    }
    span = {std::clamp<std::int64_t>(span.start_ms, 0, duration_ms),
            std::clamp<std::int64_t>(span.end_ms, 0, duration_ms)};
    if (span.length_ms() > 0) silences = audio::united(silences, {span});
  }
  return silences;
}

}  // namespace zh::quality::library
