// Contacts: what the telephone system's logs say about calls and about the people who take them.
//
// A contact is one stay of a call in a queue. Its source id is the call's ("1791767107.0"); when the call enters a
// queue again after a transfer, that is a further contact with the source id "1791767107.0#2", linked to the first by
// the call. It belongs to the day and the month of offered_at in the centre's zone, and so does everything that is
// counted from it: a phone that rings at 00:00:05 for a call of 23:59:50 counts for the day before.
//
// Contacts, agent changes and rollups derive from what living import batches state (records, store.h) and can be
// rebuilt from them at any time. Members are kept as the telephone system names them; they meet people only when
// figures are asked for, so that a phone id that is added later takes effect at once and everywhere.
//
// Types and rules here are pure; reading and importing is at the end.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/fields.h"
#include "base/fraction.h"
#include "base/hash.h"
#include "base/result.h"

namespace zh::db {
class Database;
class Transaction;
}  // namespace zh::db
namespace zh::people {
class People;
class Person;
}  // namespace zh::people

namespace zh::contacts {

// The numbers of these enums are stored: never reuse one.
// No contact has the source `recording`, only what is kept about one.
enum class Source : int { queue_log = 1, cdr = 2, csv = 3, transcript = 4, recording = 5 };
enum class Channel : int { call = 1, chat = 2, mail = 3, visit = 4 };
enum class Direction : int { unknown = 0, inbound = 1, outbound = 2, internal = 3 };
enum class Outcome : int {
  open = 0,  // the log ends before the call does
  answered = 1,
  abandoned = 2,
  no_answer = 3,
  timeout = 4,
  exit_key = 5,
  empty = 6,
  withdrawn = 7,
};
enum class Transferred : int { none = 0, blind = 1, attended = 2 };
enum class EndedBy : int { unknown = 0, agent = 1, customer = 2, transfer = 3 };

// The words that files, maps and JSON use: "queue_log", "call", "exit_key" …
std::string_view name_of(Source source);
std::string_view name_of(Channel channel);
std::string_view name_of(Direction direction);
std::string_view name_of(Outcome outcome);
std::string_view name_of(Transferred transferred);
std::string_view name_of(EndedBy ended_by);

// One phone that rang for a contact and was not picked up. 0 ms means that the device could not be reached: it does not
// count as assigned.
struct Ring {
  std::string member;
  std::int64_t ring_ms = 0;
  friend auto operator<=>(const Ring&, const Ring&) = default;
};

struct Contact {
  std::string call;  // callid, linkedid or the map's source_id
  int number = 1;    // of the contact within its call
  Source source = Source::queue_log;
  Channel channel = Channel::call;
  Direction direction = Direction::unknown;
  std::string queue;    // empty = not known
  std::string product;  // empty = the queue's
  std::string customer;
  std::string member;  // who answered, as the telephone system names them; empty = nobody or not known
  Instant offered_at;
  std::optional<Instant> answered_at;
  std::optional<Instant> ended_at;
  std::optional<std::int64_t> wait_ms;  // until answered, or until the caller left
  std::optional<std::int64_t> ring_ms;  // of the phone that was answered
  std::optional<std::int64_t> talk_ms;  // hold included; none = the call is not known to have ended
  std::optional<std::int64_t> hold_ms;
  Outcome outcome = Outcome::open;
  Transferred transferred = Transferred::none;
  EndedBy ended_by = EndedBy::unknown;
  bool entered = true;      // its ENTERQUEUE is known: it counts as offered
  bool connected = false;   // its CONNECT is known: it counts as answered
  std::vector<Ring> rings;  // unanswered ones, sorted

  // "call", or "call#2" for the second contact of a call and so on.
  std::string source_id() const;
  // How the contact is known outside the database: by its source id, whatever else is learnt about it.
  Hash id() const;
  friend bool operator==(const Contact&, const Contact&) = default;
};

// What one hour of the centre's zone holds for one queue, product and member. The member is who answered or was rung;
// empty for contacts that nobody answered. Sums only: every figure of FORMATS.md "Metrics" is a quotient of two.
struct Sums {
  std::int64_t contacts = 0;  // whatever their outcome; a row without any is none
  std::int64_t offered = 0;   // entered the queue
  std::int64_t answered = 0;  // CONNECT
  std::int64_t abandoned = 0;
  std::int64_t timeout = 0;
  std::int64_t exit_key = 0;
  std::int64_t missed = 0;   // unanswered rings of more than 0 ms
  std::int64_t waited = 0;   // answered with a known wait
  std::int64_t wait_ms = 0;  //   and their wait
  std::int64_t waited_within_10s = 0;
  std::int64_t rung = 0;  // answered with a known ring time
  std::int64_t ring_ms = 0;
  std::int64_t rung_within_10s = 0;
  std::int64_t talked = 0;  // answered and known to have ended
  std::int64_t talk_ms = 0;
  std::int64_t ended_by_agent = 0;

  std::int64_t assigned() const { return answered + missed; }
  // Nothing where there is no data.
  std::optional<Fraction> connection_rate() const;  // answered / assigned
  std::optional<Fraction> ring_mean_s() const;
  std::optional<Fraction> answered_within_10s() const;  // by ring time, of those answered
  std::optional<Fraction> wait_mean_s() const;          // over answered
  std::optional<Fraction> service_level_10s() const;    // answered with wait ≤ 10 s / offered
  std::optional<Fraction> aht_s() const;
  std::optional<Fraction> ended_by_agent_share() const;  // of answered

  Sums& operator+=(const Sums& other);
  Sums& operator-=(const Sums& other);
  bool empty() const { return contacts == 0 && missed == 0; }
  friend bool operator==(const Sums&, const Sums&) = default;
};

struct RollupKey {
  Date day;
  int hour = 0;  // 0…23, by the wall clock
  std::string queue;
  std::string product;  // as in Contact
  std::string member;
  friend auto operator<=>(const RollupKey&, const RollupKey&) = default;
};
using Rollups = std::map<RollupKey, Sums>;

// Adds the contact to the hours, or takes it away again. Rows that become empty go.
void add_to(Rollups& rollups, const Contact& contact, const Zone& zone);
void subtract_from(Rollups& rollups, const Contact& contact, const Zone& zone);

// --- agent states ----------------------------------------------------------------------------------------------------

// What the log says about a member's readiness. `restart` (QUEUESTART) concerns everybody and has no member.
enum class Change : int { sign_in = 1, sign_out = 2, pause = 3, unpause = 4, restart = 5 };

struct AgentChange {
  Instant at;
  std::string member;
  std::string queue;  // empty for signing in to the telephone system itself (AGENTLOGIN)
  Change change = Change::pause;
  std::string reason;  // of a pause
  friend auto operator<=>(const AgentChange&, const AgentChange&) = default;
};

struct AgentState {
  std::string queue;
  bool paused = false;  // else signed in
  std::string reason;
  Interval during;
  friend bool operator==(const AgentState&, const AgentState&) = default;
};

// The states of one person within one day, from all of the person's members' changes of that day. Their order matters
// only among changes of one instant.
//   paused:    from PAUSE to the next UNPAUSE, PAUSE or REMOVEMEMBER of the same queue
//   signed in: from ADDMEMBER or AGENTLOGIN to the next REMOVEMEMBER or AGENTLOGOFF of the same queue
// each ended by a restart, the end of the day, or the end of the log (its last line), whichever comes first.
struct DayOfChanges {
  Interval day;
  Instant log_end;
  std::vector<AgentChange> changes;
};
std::vector<AgentState> states_of(DayOfChanges day);

// Microseconds that the intervals cover together, overlaps counted once.
std::int64_t union_us(std::vector<Interval> intervals);

// --- figures ---------------------------------------------------------------------------------------------------------

enum class By { agent, queue, day };
std::optional<By> parse_by(std::string_view word);

struct MetricRow {
  std::string key;  // staff_no, or the member's name when nobody holds it; queue; "2026-10-12"
  Sums sums;
  std::map<std::string, std::int64_t> paused_us;  // by reason; by agent only
  std::int64_t paused_total_us = 0;               // union over the reasons
  std::int64_t signed_in_us = 0;                  // union over the queues
};

struct Days {
  Date from;
  Date until;  // included
};

// One person's calls of one product and day: what average handling time, connection rate and calls per group are
// computed from. `product` is the contact's own, else its queue; a call without either has the product "".
struct AgentDay {
  std::string staff_no;  // or the member's name where `known` is false
  bool known = true;
  Date day;
  std::string product;
  std::int64_t handled = 0;   // answered and ended
  std::int64_t talk_ms = 0;   // of those, hold included
  std::int64_t assigned = 0;  // answered + rung more than 0 ms without answer
  std::int64_t answered = 0;
  friend bool operator==(const AgentDay&, const AgentDay&) = default;
};

// A member that nobody held on a day on which it took part in calls.
struct UnknownMember {
  std::string member;
  std::int64_t contacts = 0;  // answered or rung
  std::string suggestion;     // staff number of the person who is probably meant, or empty
};

struct Centre {
  const people::People& people;
  Zone zone;
};

// Who the contact's agent is: whoever holds its member's name as a phone id on the contact's day. A transcript may name
// its agent by staff number instead. Null when nobody is known, or nobody answered.
const people::Person* agent_of(const Contact& contact, const Centre& centre);

// By key as bytes. Agents appear with any answered or assigned call, pause or sign-in in these days.
Result<std::vector<MetricRow>> metrics(db::Transaction& tx, const Centre& centre, Days days, By by);
// Sorted by staff_no, day, product; unknown members too, `known` false.
Result<std::vector<AgentDay>> agent_days(db::Transaction& tx, const Centre& centre, Days days);
Result<std::vector<UnknownMember>> unknown_members(db::Transaction& tx, const Centre& centre, Days days);
// The days that have at least one contact, in order.
Result<std::vector<Date>> days_with_contacts(db::Transaction& tx, Days days);

}  // namespace zh::contacts

template <>
struct zh::Fields<zh::contacts::Contact> {
  using C = zh::contacts::Contact;
  static constexpr auto kTable = std::tuple{
      Field{&C::call, "call_id", "call", Unit::none, PersonalData::none, Secrecy::internal, SeenBy::all},
      Field{&C::number, "number", "number", Unit::count, PersonalData::none, Secrecy::internal, SeenBy::all},
      Field{&C::source, "source", "source", Unit::none, PersonalData::none, Secrecy::internal, SeenBy::all},
      Field{&C::channel, "channel", "channel", Unit::none, PersonalData::none, Secrecy::internal, SeenBy::all},
      Field{&C::direction, "direction", "direction", Unit::none, PersonalData::none, Secrecy::internal, SeenBy::all},
      Field{&C::queue, "queue", "queue", Unit::none, PersonalData::none, Secrecy::internal, SeenBy::all},
      Field{&C::product, "product", "product", Unit::none, PersonalData::none, Secrecy::internal, SeenBy::all},
      Field{&C::customer, "customer", "customer", Unit::none, PersonalData::customer, Secrecy::secret,
            SeenBy::self_and_leads},
      Field{&C::member, "member", "agent", Unit::none, PersonalData::pseudonym, Secrecy::internal,
            SeenBy::self_and_leads},
      Field{&C::offered_at, "offered_at", "offered_at", Unit::none, PersonalData::none, Secrecy::internal, SeenBy::all},
      Field{&C::answered_at, "answered_at", "answered_at", Unit::none, PersonalData::none, Secrecy::internal,
            SeenBy::all},
      Field{&C::ended_at, "ended_at", "ended_at", Unit::none, PersonalData::none, Secrecy::internal, SeenBy::all},
      Field{&C::wait_ms, "wait_ms", "wait_ms", Unit::milliseconds, PersonalData::none, Secrecy::internal, SeenBy::all},
      Field{&C::ring_ms, "ring_ms", "ring_ms", Unit::milliseconds, PersonalData::none, Secrecy::internal, SeenBy::all},
      Field{&C::talk_ms, "talk_ms", "talk_ms", Unit::milliseconds, PersonalData::none, Secrecy::internal, SeenBy::all},
      Field{&C::hold_ms, "hold_ms", "hold_ms", Unit::milliseconds, PersonalData::none, Secrecy::internal, SeenBy::all},
      Field{&C::outcome, "outcome", "outcome", Unit::none, PersonalData::none, Secrecy::internal, SeenBy::all},
      Field{&C::transferred, "transferred", "transferred", Unit::none, PersonalData::none, Secrecy::internal,
            SeenBy::all},
      Field{&C::ended_by, "ended_by", "ended_by", Unit::none, PersonalData::none, Secrecy::internal, SeenBy::all},
      Field{&C::entered, "entered", "entered", Unit::none, PersonalData::none, Secrecy::internal, SeenBy::leads},
      Field{&C::connected, "connected", "connected", Unit::none, PersonalData::none, Secrecy::internal, SeenBy::leads}};
};

template <>
struct zh::Fields<zh::contacts::AgentChange> {
  using A = zh::contacts::AgentChange;
  static constexpr auto kTable = std::tuple{
      Field{&A::at, "at", "at", Unit::none, PersonalData::none, Secrecy::internal, SeenBy::self_and_leads},
      Field{&A::member, "member", "agent", Unit::none, PersonalData::pseudonym, Secrecy::internal,
            SeenBy::self_and_leads},
      Field{&A::queue, "queue", "queue", Unit::none, PersonalData::none, Secrecy::internal, SeenBy::self_and_leads},
      Field{&A::change, "change", "change", Unit::none, PersonalData::none, Secrecy::internal, SeenBy::self_and_leads},
      Field{&A::reason, "reason", "reason", Unit::none, PersonalData::employee, Secrecy::internal,
            SeenBy::self_and_leads}};
};
