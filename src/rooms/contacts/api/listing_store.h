// All SQL of the lists. Private to the api.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/db.h"
#include "rooms/contacts/api/listing.h"

namespace zh::contacts::api::store {

// What one index answers by itself, in the list's order. Exactly one of the groups below is set, or none: everything.
struct Lane {
  std::string_view queue = {};  // queue with outcome
  Outcome outcome = Outcome::open;
  std::string_view member = {};    // a member
  bool transcripts_only = false;   // of the member: only contacts that are known from a transcript alone
  std::string_view customer = {};  // a customer's number, and then perhaps a member
  enum class By { everything, queue, member, customer } by = By::everything;
  Interval during = {};
};

// What is asked of a lane's rows besides.
struct Rest {
  std::optional<std::string_view> queue = {};
  std::optional<Outcome> outcome = {};
};

// At most `limit` keys of the lane after `after`.
Result<std::vector<Key>> keys(db::Transaction& tx, const Lane& lane, const Rest& rest, Sort sort,
                              const std::optional<Key>& after, std::size_t limit);
// Every queue there is a contact of, the nameless one included.
Result<std::vector<std::string>> queues(db::Transaction& tx);
// Contacts offered in that time, counted up to `most`.
Result<std::int64_t> count(db::Transaction& tx, Interval during, std::int64_t most);
// One contact with its customer, without rings.
Result<std::optional<Contact>> contact(db::Transaction& tx, std::string_view call, int number);
// Whether there is any contact with that customer's number.
Result<bool> has_customer(db::Transaction& tx, std::string_view customer);

struct Lines {
  Source source = Source::queue_log;
  std::string text;
};
// What is kept about a call, by source and entry.
Result<std::vector<Lines>> lines_of(db::Transaction& tx, std::string_view call);

struct HourOfQueue {
  Date day;
  int hour = 0;
  std::string queue;
  std::string product;  // as in Contact: empty = the queue's
  Sums sums;
};
// By day, hour, queue and product.
Result<std::vector<HourOfQueue>> hours(db::Transaction& tx, Days days);
// The last day that has a contact.
Result<std::optional<Date>> last_day(db::Transaction& tx);

}  // namespace zh::contacts::api::store
