// Lists of contacts: which one page of them holds. Private to the api.
//
// However many contacts there are, a page costs as much as it shows: every filter is turned into lanes, each of which
// one index answers in the list's order from the page's place on, and the lanes are merged. A queue is one lane per
// outcome, a person or group one per phone id and time it was held; who may see a group only gets that group's lanes,
// so that a contact outside is never loaded.
//
// Orders by waiting or talking time have no index of their own: they sort what the days hold, up to kSortedMax
// contacts.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "db/db.h"
#include "rooms/contacts/contacts.h"

namespace zh::contacts::api {

inline constexpr std::int64_t kSortedMax = 100'000;

enum class SortBy { offered_at, wait_ms, talk_ms };
struct Sort {
  SortBy by = SortBy::offered_at;
  bool descending = true;
};
// "-offered_at", "talk_ms" …; nothing for anything else.
std::optional<Sort> parse_sort(std::string_view text);
std::string to_string(Sort sort);

// Where a row stands in a list: its value (microseconds or milliseconds), then call and number.
struct Key {
  std::int64_t value = 0;
  std::string call;
  int number = 0;
  friend auto operator<=>(const Key&, const Key&) = default;
};

// A member's name while a certain person held it. Transcripts may name their agent by staff number, which no log does.
struct Span {
  std::string member;
  Interval during;
  bool transcripts_only = false;
};

struct Listing {
  Interval during;
  std::optional<std::string> queue;
  std::optional<Outcome> outcome;
  // Only contacts that these members answered; nothing = whoever did, and those that nobody answered.
  std::optional<std::vector<Span>> members;
  std::optional<std::string> customer;  // the whole number
  Sort sort;
  int limit = 50;
  std::optional<Key> after;
};

// Whether the days can be put in that order: by a duration only up to kSortedMax contacts, and not those of a customer.
Result<bool> is_sortable(db::Transaction& tx, const Listing& listing);

// The keys of at most limit + 1 contacts, in the list's order. Requires is_sortable().
Result<std::vector<Key>> page_of(db::Transaction& tx, const Listing& listing);

}  // namespace zh::contacts::api
