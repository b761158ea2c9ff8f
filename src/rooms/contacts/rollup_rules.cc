// Hourly sums of contacts: each contact adds to the hour in which it was offered. The figures are those of telephone
// logs, so a contact that only a transcript tells of adds nothing.
#include "rooms/contacts/contacts.h"

namespace zh::contacts {

namespace {

constexpr std::int64_t kTenSecondsMs = 10'000;

// Every column of Sums, so that adding and subtracting cannot forget one.
constexpr std::int64_t Sums::* kColumns[] = {
    &Sums::contacts,        &Sums::offered, &Sums::answered, &Sums::abandoned,         &Sums::timeout, &Sums::exit_key,
    &Sums::missed,          &Sums::waited,  &Sums::wait_ms,  &Sums::waited_within_10s, &Sums::rung,    &Sums::ring_ms,
    &Sums::rung_within_10s, &Sums::talked,  &Sums::talk_ms,  &Sums::ended_by_agent};
static_assert(sizeof(kColumns) / sizeof(kColumns[0]) * sizeof(std::int64_t) == sizeof(Sums));

Sums sums_of_connected(const Contact& contact) {
  Sums sums{.answered = 1};
  if (contact.wait_ms.has_value()) {
    sums.waited = 1;
    sums.wait_ms = *contact.wait_ms;
    sums.waited_within_10s = *contact.wait_ms <= kTenSecondsMs ? 1 : 0;
  }
  if (contact.ring_ms.has_value()) {
    sums.rung = 1;
    sums.ring_ms = *contact.ring_ms;
    sums.rung_within_10s = *contact.ring_ms <= kTenSecondsMs ? 1 : 0;
  }
  return sums;
}

Sums sums_of(const Contact& contact) {
  Sums sums = contact.connected ? sums_of_connected(contact) : Sums{};
  sums.contacts = 1;
  sums.offered = contact.entered ? 1 : 0;
  sums.abandoned = contact.outcome == Outcome::abandoned ? 1 : 0;
  sums.timeout = contact.outcome == Outcome::timeout ? 1 : 0;
  sums.exit_key = contact.outcome == Outcome::exit_key ? 1 : 0;
  if (contact.talk_ms.has_value()) {
    sums.talked = 1;
    sums.talk_ms = *contact.talk_ms;
  }
  sums.ended_by_agent = contact.ended_by == EndedBy::agent ? 1 : 0;
  return sums;
}

template <class Apply>
void apply(Rollups& rollups, const Contact& contact, const Zone& zone, Apply change) {
  if (contact.source == Source::transcript) return;
  const LocalTime offered = zone.local(contact.offered_at);
  RollupKey key{.day = offered.day,
                .hour = static_cast<int>(offered.us_of_day / 3'600'000'000),
                .queue = contact.queue,
                .product = contact.product,
                .member = contact.outcome == Outcome::answered ? contact.member : std::string()};
  const auto enter = [&](const Sums& sums) {
    const auto at = rollups.try_emplace(key).first;
    change(at->second, sums);
    if (at->second == Sums{}) rollups.erase(at);
  };
  enter(sums_of(contact));
  for (const Ring& ring : contact.rings) {
    if (ring.ring_ms == 0) continue;
    key.member = ring.member;
    enter(Sums{.missed = 1});
  }
}

}  // namespace

Sums& Sums::operator+=(const Sums& other) {
  for (const auto column : kColumns) this->*column += other.*column;
  return *this;
}

Sums& Sums::operator-=(const Sums& other) {
  for (const auto column : kColumns) this->*column -= other.*column;
  return *this;
}

void add_to(Rollups& rollups, const Contact& contact, const Zone& zone) {
  apply(rollups, contact, zone, [](Sums& sums, const Sums& more) { sums += more; });
}

void subtract_from(Rollups& rollups, const Contact& contact, const Zone& zone) {
  apply(rollups, contact, zone, [](Sums& sums, const Sums& less) { sums -= less; });
}

}  // namespace zh::contacts
