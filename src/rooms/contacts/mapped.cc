#include "rooms/contacts/mapped.h"

#include <charconv>

#include "rooms/contacts/kept_cells.h"

namespace zh::contacts {

namespace {

// The columns of a kept contact. The order is stored: add at the end only.
enum Column : std::size_t {
  channel,
  direction,
  queue,
  product,
  customer,
  member,
  offered_at,
  answered_at,
  ended_at,
  wait_ms,
  ring_ms,
  talk_ms,
  hold_ms,
  outcome,
  transferred,
  ended_by,
  columns,
};

std::optional<std::int64_t> number(std::string_view cell) {
  std::int64_t value = 0;
  const auto [rest, problem] = std::from_chars(cell.data(), cell.data() + cell.size(), value);
  if (problem != std::errc() || rest != cell.data() + cell.size()) return std::nullopt;
  return value;
}

template <class Enum>
Enum enum_from(std::string_view cell, Enum otherwise) {
  const auto value = number(cell);
  return value.has_value() && *value >= 0 && *value <= 7 ? static_cast<Enum>(*value) : otherwise;
}

std::optional<Instant> time_from(std::string_view cell) {
  const auto us = number(cell);
  return us.has_value() ? std::optional(Instant{*us}) : std::nullopt;
}

template <class Enum>
std::string text_of(Enum value) {
  return std::to_string(static_cast<int>(value));
}
std::string text_of(const std::optional<std::int64_t>& value) {
  return value.has_value() ? std::to_string(*value) : std::string();
}
std::string text_of(const std::optional<Instant>& at) {
  return at.has_value() ? std::to_string(at->us) : std::string();
}

}  // namespace

std::string kept_contact(const Contact& c) {
  const std::string cells[columns] = {text_of(c.channel),
                                      text_of(c.direction),
                                      c.queue,
                                      c.product,
                                      c.customer,
                                      c.member,
                                      std::to_string(c.offered_at.us),
                                      text_of(c.answered_at),
                                      text_of(c.ended_at),
                                      text_of(c.wait_ms),
                                      text_of(c.ring_ms),
                                      text_of(c.talk_ms),
                                      text_of(c.hold_ms),
                                      text_of(c.outcome),
                                      text_of(c.transferred),
                                      text_of(c.ended_by)};
  std::string line;
  for (std::size_t i = 0; i < columns; ++i) {
    if (i > 0) line += '\t';
    append_kept_text(line, cells[i]);
  }
  return line;
}

std::optional<Contact> kept_contact_of(std::string_view line) {
  const auto cells = kept_cells(line);
  if (cells.size() < columns) return std::nullopt;
  Contact contact;
  contact.channel = enum_from(cells[channel], Channel::call);
  contact.direction = enum_from(cells[direction], Direction::unknown);
  contact.queue = cells[queue];
  contact.product = cells[product];
  contact.customer = cells[customer];
  contact.member = cells[member];
  contact.offered_at = Instant{number(cells[offered_at]).value_or(0)};
  contact.answered_at = time_from(cells[answered_at]);
  contact.ended_at = time_from(cells[ended_at]);
  contact.wait_ms = number(cells[wait_ms]);
  contact.ring_ms = number(cells[ring_ms]);
  contact.talk_ms = number(cells[talk_ms]);
  contact.hold_ms = number(cells[hold_ms]);
  contact.outcome = enum_from(cells[outcome], Outcome::open);
  contact.transferred = enum_from(cells[transferred], Transferred::none);
  contact.ended_by = enum_from(cells[ended_by], EndedBy::unknown);
  return contact;
}

std::optional<Contact> contact_of_table(std::string_view call, std::span<const KeptLines> records) {
  std::string_view last;
  for (const KeptLines record : records) for_each_line(record, [&](std::string_view line) { last = line; });
  std::optional<Contact> contact = kept_contact_of(last);
  if (!contact.has_value()) return std::nullopt;
  contact->call = call;
  contact->source = Source::csv;
  contact->connected = contact->outcome == Outcome::answered;
  // A phone that rang for a call which nobody answered is the member's, too.
  if (!contact->connected && !contact->member.empty()) {
    contact->rings.push_back(
        {.member = contact->member, .ring_ms = contact->ring_ms.value_or(contact->wait_ms.value_or(0))});
    contact->ring_ms.reset();
  }
  if (!contact->connected) contact->member.clear();
  return contact;
}

}  // namespace zh::contacts
