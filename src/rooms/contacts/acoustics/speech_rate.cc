#include "rooms/contacts/acoustics/speech_rate.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/utf8.h"

namespace zh::contacts {

namespace {

constexpr std::int64_t kShortestTurnMs = 500;
constexpr double kMinuteMs = 60'000;

// The blocks of Chinese characters in Unicode.
constexpr std::array kIdeographs{std::pair{U'\u3400', U'\u4DBF'}, std::pair{U'\u4E00', U'\u9FFF'},
                                 std::pair{U'\uF900', U'\uFAFF'}, std::pair{U'\U00020000', U'\U0003FFFD'}};

bool is_ideograph(char32_t c) {
  return std::ranges::any_of(kIdeographs, [c](const auto& block) { return c >= block.first && c <= block.second; });
}

// Letters and digits, and what stands within a word: "don't", "3.5".
bool is_of_word(char32_t c) {
  const bool ascii = (c >= U'0' && c <= U'9') || (c >= U'a' && c <= U'z') || (c >= U'A' && c <= U'Z');
  const bool other_letters = c >= U'\u00C0' && c < U'\u2000';
  return ascii || other_letters || c == U'\'' || c == U'\u2019' || c == U'.';
}

const audio::Leg* leg_of(const audio::CallMeasures* heard, Role role) {
  if (heard == nullptr) return nullptr;
  const audio::Role wanted = role == Role::agent ? audio::Role::agent : audio::Role::customer;
  const auto leg = std::ranges::find(heard->legs, wanted, &audio::Leg::role);
  return leg == heard->legs.end() ? nullptr : &*leg;
}

// What of the turn the leg's speech fills, by the spans that reach into it alone: a transcript may have a million
// turns.
std::int64_t heard_ms(const audio::Span& turn, const audio::Spans& speech) {
  std::int64_t heard = 0;
  auto span = std::ranges::upper_bound(speech, turn.start_ms, {}, &audio::Span::end_ms);
  for (; span != speech.end() && span->start_ms < turn.end_ms; ++span) {
    heard += std::min(span->end_ms, turn.end_ms) - std::max(span->start_ms, turn.start_ms);
  }
  return heard;
}

std::int64_t spoken_ms(const audio::Span& turn, const audio::Leg* leg) {
  if (leg == nullptr) return turn.length_ms();
  const std::int64_t heard = heard_ms(turn, leg->speech);
  return heard > 0 ? heard : turn.length_ms();
}

void add(SpeechRate& to, const SpeechRate& rate) {
  to.characters += rate.characters;
  to.words += rate.words;
  to.spoken_ms += rate.spoken_ms;
}

}  // namespace

std::optional<double> SpeechRate::per_minute() const {
  if (spoken_ms <= 0) return std::nullopt;
  return static_cast<double>(characters + words) * kMinuteMs / static_cast<double>(spoken_ms);
}

SpeechRate count_speech(std::string_view text) {
  SpeechRate rate;
  bool in_word = false;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = utf8::next(text, at);
    const bool joins = c == U'\'' || c == U'\u2019' || c == U'.';
    if (is_ideograph(c)) ++rate.characters;
    if (!in_word && is_of_word(c) && !joins) ++rate.words;
    in_word = is_of_word(c) && (in_word || !joins);
  }
  return rate;
}

SpeechRates speech_rates(const std::vector<SpokenTurn>& turns, const audio::CallMeasures* heard) {
  SpeechRates rates;
  for (std::size_t i = 0; i < turns.size(); ++i) {
    const SpokenTurn& turn = turns[i];
    if (turn.role == Role::system || !turn.start_ms || !turn.end_ms) continue;
    if (*turn.end_ms - *turn.start_ms < kShortestTurnMs) continue;
    SpeechRate rate{.characters = turn.characters, .words = turn.words, .spoken_ms = 0};
    if (rate.characters + rate.words == 0) continue;
    rate.spoken_ms = spoken_ms({*turn.start_ms, *turn.end_ms}, leg_of(heard, turn.role));
    add(turn.role == Role::agent ? rates.agent : rates.customer, rate);
    rates.turns.push_back({.turn = i, .rate = rate});
  }
  return rates;
}

}  // namespace zh::contacts
