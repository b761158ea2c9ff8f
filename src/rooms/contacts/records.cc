#include "rooms/contacts/records.h"

#include <algorithm>

#include "rooms/contacts/assembly.h"
#include "rooms/contacts/cdr.h"
#include "rooms/contacts/mapped.h"
#include "rooms/contacts/transcript_records.h"

namespace zh::contacts {

namespace {

constexpr std::size_t kDateLength = 10;  // "2026-10-12"

std::vector<KeptLines> lines_from(std::span<const store::Record> records, Source source) {
  std::vector<KeptLines> lines;
  for (const store::Record& record : records) {
    if (record.source == source) lines.emplace_back(record.lines);
  }
  return lines;
}

// What another source knows of a call that the log holds: the customer's number, and when the call was over.
void supplement(std::vector<Contact>& contacts, const Contact& other) {
  for (Contact& contact : contacts) {
    if (contact.customer.empty()) contact.customer = other.customer;
  }
  Contact& last = contacts.back();
  if (!last.ended_at.has_value()) last.ended_at = other.ended_at;
}

// A transcript is of the contact with its number: the log's, which it may tell the customer, or else one of its own.
void join(std::vector<Contact>& contacts, Contact transcribed) {
  const auto at = std::ranges::lower_bound(contacts, transcribed.number, {}, &Contact::number);
  if (at == contacts.end() || at->number != transcribed.number) {
    contacts.insert(at, std::move(transcribed));
  } else if (at->customer.empty()) {
    at->customer = std::move(transcribed.customer);
  }
}

}  // namespace

Date utc_day(Instant at) {
  const std::int64_t seconds = at.seconds();
  return Date{static_cast<std::int32_t>(seconds >= 0 ? seconds / 86'400 : -((-seconds + 86'399) / 86'400))};
}

std::string day_key(Date utc_day, std::string_view member) {
  std::string key = utc_day.to_string();
  key += '|';
  key += member;
  return key;
}

std::string_view member_of_day_key(std::string_view key) {
  return key.size() > kDateLength ? key.substr(kDateLength + 1) : std::string_view{};
}

std::vector<store::IdRange> without(std::span<const store::IdRange> ranges, std::span<const store::IdRange> others) {
  std::vector<store::IdRange> left;
  std::size_t next = 0;
  for (store::IdRange range : ranges) {
    // Ranges of one batch do not overlap, so those of others that end before this one never matter again; a long one
    // may hide behind a short one, which is why the walk goes from the first that could reach.
    while (next < others.size() && others[next].last < range.first) ++next;
    for (std::size_t i = next; i < others.size() && others[i].first <= range.last; ++i) {
      if (others[i].last < range.first) continue;
      if (others[i].first > range.first) left.push_back({range.first, others[i].first - 1});
      range.first = others[i].last + 1;
    }
    if (range.first <= range.last) left.push_back(range);
  }
  return left;
}

std::vector<Contact> contacts_of_call(std::string_view call, std::span<const store::Record> records) {
  std::vector<Contact> contacts;
  const auto log = lines_from(records, Source::queue_log);
  if (!log.empty()) contacts = assemble(call, merged_lines(log));
  const auto enter = [&](std::optional<Contact> contact) {
    if (!contact.has_value()) return;
    if (contacts.empty()) {
      contacts.push_back(std::move(*contact));
    } else {
      supplement(contacts, *contact);
    }
  };
  enter(contact_of_cdr(call, lines_from(records, Source::cdr)));
  enter(contact_of_table(call, lines_from(records, Source::csv)));
  for (Contact& transcribed : contacts_of_transcripts(call, lines_from(records, Source::transcript))) {
    join(contacts, std::move(transcribed));
  }
  return contacts;
}

}  // namespace zh::contacts
