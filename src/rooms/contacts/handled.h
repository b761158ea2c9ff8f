// Contacts that somebody handled, one by one: what a sample of a period is drawn from.
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "db/db.h"
#include "rooms/contacts/contacts.h"
#include "rooms/contacts/source_ids.h"
#include "rooms/people/people.h"

namespace zh::contacts {

// The views hold until the visit ends.
struct Handled {
  std::string_view call;
  int number = 1;
  Channel channel = Channel::call;
  std::string_view queue;
  std::string_view product;  // empty = the queue's
  std::string_view member;   // never empty
  Instant offered_at;
  std::optional<std::int64_t> talk_ms;
  Transferred transferred = Transferred::none;
  Source source = Source::queue_log;

  std::string source_id() const;  // as Contact's
};

// Whom a contact's member means on that day: who holds it as a phone id, and in a transcript, which may name the agent
// so, who has it as a staff number and is employed. Nullptr where that is nobody.
const people::Person* agent_named(const people::People& people, Source source, std::string_view member, Date day);

// Visits every answered contact offered in [from, until) whose member is known, in no promised order. A visit that
// fails ends the reading with its error.
Status each_handled(db::Transaction& tx, Interval during, const std::function<Status(const Handled&)>& visit);

// The contact of that source id ("call", "call#2" …), given to the visit; false when there is none that was answered by
// a known member.
Result<bool> with_handled(db::Transaction& tx, std::string_view source_id,
                          const std::function<Status(const Handled&)>& visit);

// Source ids of the contacts offered in [from, until) whose customer was in contact not more than `within_us` before.
Result<SourceIds> repeat_contacts(db::Transaction& tx, Interval during, std::int64_t within_us);

// Source ids of the contacts offered in [from, until) in which both legs were quiet for at least so long at once. Those
// whose sound was not measured, or not whole, are not among them.
Result<SourceIds> silent_contacts(db::Transaction& tx, Interval during, std::int64_t at_least_ms);

}  // namespace zh::contacts
