#include "rooms/contacts/contacts.h"

#include <array>

#include "base/hash.h"
#include "rooms/contacts/handled.h"
#include "rooms/people/people.h"

namespace zh::contacts {

namespace {

// The words of an enum whose numbers run from 0 or 1 without gaps; index = number.
template <std::size_t n, class Enum>
std::string_view word_of(const std::array<std::string_view, n>& words, Enum value) {
  const auto number = static_cast<std::size_t>(value);
  return number < n ? words[number] : std::string_view{};
}

constexpr std::array<std::string_view, 6> kSources{"", "queue_log", "cdr", "csv", "transcript", "recording"};
constexpr std::array<std::string_view, 5> kChannels{"", "call", "chat", "mail", "visit"};
constexpr std::array<std::string_view, 4> kDirections{"unknown", "inbound", "outbound", "internal"};
constexpr std::array<std::string_view, 8> kOutcomes{"open",    "answered", "abandoned", "no_answer",
                                                    "timeout", "exit_key", "empty",     "withdrawn"};
constexpr std::array<std::string_view, 3> kTransferred{"none", "blind", "attended"};
constexpr std::array<std::string_view, 4> kEndedBy{"unknown", "agent", "customer", "transfer"};

std::optional<Fraction> quotient(std::int64_t numerator, std::int64_t denominator) {
  if (denominator == 0) return std::nullopt;
  return Fraction(numerator, denominator);
}

// Milliseconds over a count, in seconds.
std::optional<Fraction> mean_s(std::int64_t sum_ms, std::int64_t count) { return quotient(sum_ms, count * 1000); }

}  // namespace

std::string_view name_of(Source source) { return word_of(kSources, source); }
std::string_view name_of(Channel channel) { return word_of(kChannels, channel); }
std::string_view name_of(Direction direction) { return word_of(kDirections, direction); }
std::string_view name_of(Outcome outcome) { return word_of(kOutcomes, outcome); }
std::string_view name_of(Transferred transferred) { return word_of(kTransferred, transferred); }
std::string_view name_of(EndedBy ended_by) { return word_of(kEndedBy, ended_by); }

std::string Contact::source_id() const { return number == 1 ? call : call + "#" + std::to_string(number); }

Hash Contact::id() const { return Hasher().field("contact").field(source_id()).finish(); }

std::optional<Fraction> Sums::connection_rate() const { return quotient(answered, assigned()); }
std::optional<Fraction> Sums::ring_mean_s() const { return mean_s(ring_ms, rung); }
std::optional<Fraction> Sums::answered_within_10s() const { return quotient(rung_within_10s, rung); }
std::optional<Fraction> Sums::wait_mean_s() const { return mean_s(wait_ms, waited); }
std::optional<Fraction> Sums::service_level_10s() const { return quotient(waited_within_10s, offered); }
std::optional<Fraction> Sums::aht_s() const { return mean_s(talk_ms, talked); }
std::optional<Fraction> Sums::ended_by_agent_share() const { return quotient(ended_by_agent, answered); }

const people::Person* agent_of(const Contact& contact, const Centre& centre) {
  if (contact.member.empty()) return nullptr;
  return agent_named(centre.people, contact.source, contact.member, centre.zone.date_of(contact.offered_at));
}

std::optional<By> parse_by(std::string_view word) {
  if (word == "agent") return By::agent;
  if (word == "queue") return By::queue;
  if (word == "day") return By::day;
  return std::nullopt;
}

}  // namespace zh::contacts
