// What of a contact a person gets to see: whose contacts are within reach, what a customer's number looks like, and
// what the log's lines say without it. Pure. Private to the api.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "http/access.h"
#include "rooms/contacts/api/listing.h"
#include "rooms/contacts/api/listing_store.h"
#include "rooms/people/people.h"

namespace zh::contacts::api {

// "13912343479" → "139****3479": what masks a customer's number for everybody. A short number is hidden whole, since
// its rest would give it away.
std::string masked_number(std::string_view number);

// Whether somebody of the reach held the member's name on that day: oneself, or a member of one's groups on that day.
bool within(const http::Reach& reach, const people::People& people, std::string_view member, Date day);
// Whether the contact's agent is of the reach.
bool within(const http::Reach& reach, const Contact& contact, const Centre& centre);

// Every name of the reach with the times it was held; nothing that the reach does not include. For a reach of
// the whole centre ask nobody: everything is within it.
std::vector<Span> spans_within(const http::Reach& reach, const people::People& people, const Zone& zone);
// The same for one person, over every time that lies within the reach.
std::vector<Span> spans_of(const people::Person& person, const http::Reach& reach, const Zone& zone);

// The times that are in both: the same name, held at the same time.
std::vector<Span> common_spans(const std::vector<Span>& some, const std::vector<Span>& others);

// One thing that happened to a call, as its log says.
struct Event {
  Instant at;
  std::string event;   // as the log writes it: "ENTERQUEUE", "CONNECT" …; "CDR" for a leg of a CDR
  std::string member;  // empty = nobody
  std::string data;    // numbers of telephones masked
};
// The events of a call by time, each once, from everything that is kept about it.
std::vector<Event> events_of(const std::vector<store::Lines>& lines);
// What a contact of a mapped table has instead: when it was offered, answered and ended.
std::vector<Event> events_of(const Contact& contact);

}  // namespace zh::contacts::api
