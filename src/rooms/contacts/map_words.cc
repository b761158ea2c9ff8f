#include "rooms/contacts/map_words.h"

#include <algorithm>
#include <array>
#include <charconv>

namespace zh::contacts {

namespace {

// Index = number of MapField.
constexpr std::array<std::string_view, 17> kFields{
    "source_id", "channel", "direction", "queue",  "product", "customer", "agent",       "offered_at", "answered_at",
    "ended_at",  "wait_s",  "ring_s",    "talk_s", "hold_s",  "outcome",  "transferred", "ended_by"};
constexpr std::array<std::string_view, 4> kDurations{"s", "ms", "min", "mm:ss"};

constexpr std::array kChannels{Channel::call, Channel::chat, Channel::mail, Channel::visit};
constexpr std::array kDirections{Direction::unknown, Direction::inbound, Direction::outbound, Direction::internal};
constexpr std::array kOutcomes{Outcome::answered, Outcome::abandoned, Outcome::no_answer, Outcome::timeout,
                               Outcome::exit_key, Outcome::empty,     Outcome::withdrawn};
constexpr std::array kTransfers{Transferred::none, Transferred::blind, Transferred::attended};
constexpr std::array kEnders{EndedBy::unknown, EndedBy::agent, EndedBy::customer, EndedBy::transfer};

template <class Enum, std::size_t n>
bool set(const std::array<Enum, n>& values, std::string_view word, Enum& target) {
  const auto found = std::find_if(values.begin(), values.end(), [&](Enum value) { return name_of(value) == word; });
  if (found == values.end()) return false;
  target = *found;
  return true;
}

template <class Enum, std::size_t n>
std::string listed(const std::array<Enum, n>& values) {
  std::string words;
  for (const Enum value : values) {
    if (!words.empty()) words += ", ";
    words += name_of(value);
  }
  return words;
}

}  // namespace

std::optional<MapField> parse_map_field(std::string_view name) {
  const auto found = std::find(kFields.begin(), kFields.end(), name);
  if (found == kFields.end()) return std::nullopt;
  return static_cast<MapField>(found - kFields.begin());
}

std::vector<std::string_view> map_field_names() { return {kFields.begin(), kFields.end()}; }

bool is_time(MapField field) {
  return field == MapField::offered_at || field == MapField::answered_at || field == MapField::ended_at;
}

bool is_duration(MapField field) {
  return field == MapField::wait_s || field == MapField::ring_s || field == MapField::talk_s ||
         field == MapField::hold_s;
}

std::optional<DurationFormat> parse_duration_format(std::string_view word) {
  if (word == "hh:mm:ss") return DurationFormat::clock;
  const auto found = std::find(kDurations.begin(), kDurations.end(), word);
  if (found == kDurations.end()) return std::nullopt;
  return static_cast<DurationFormat>(found - kDurations.begin());
}

std::string_view word_of(DurationFormat format) { return kDurations[static_cast<std::size_t>(format)]; }

bool set_word(MapField field, std::string_view word, Contact& contact) {
  switch (field) {
    case MapField::channel:
      return set(kChannels, word, contact.channel);
    case MapField::direction:
      return set(kDirections, word, contact.direction);
    case MapField::outcome:
      return set(kOutcomes, word, contact.outcome);
    case MapField::transferred:
      return set(kTransfers, word, contact.transferred);
    case MapField::ended_by:
      return set(kEnders, word, contact.ended_by);
    default:
      return true;
  }
}

std::string words_of(MapField field) {
  switch (field) {
    case MapField::channel:
      return listed(kChannels);
    case MapField::direction:
      return listed(kDirections);
    case MapField::outcome:
      return listed(kOutcomes);
    case MapField::transferred:
      return listed(kTransfers);
    case MapField::ended_by:
      return listed(kEnders);
    default:
      return {};
  }
}

std::optional<std::int64_t> thousandths_of_epoch(std::string_view text) {
  constexpr std::int64_t kMax = 253'402'300'799'999;  // the last millisecond of 9999
  std::int64_t whole = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), whole);
  if (problem != std::errc() || whole <= 0 || whole > kMax) return std::nullopt;
  std::int64_t result = whole * 1000;
  std::string_view rest(end, static_cast<std::size_t>(text.data() + text.size() - end));
  if (rest.empty()) return result;
  if (rest.front() != '.' || rest.size() < 2) return std::nullopt;
  std::int64_t unit = 100;
  for (const char c : rest.substr(1)) {
    if (c < '0' || c > '9') return std::nullopt;
    result += (c - '0') * unit;
    unit /= 10;
  }
  return result;
}

}  // namespace zh::contacts
