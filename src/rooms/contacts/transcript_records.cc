#include "rooms/contacts/transcript_records.h"

#include <algorithm>
#include <charconv>
#include <map>

#include "rooms/contacts/kept_cells.h"
#include "rooms/contacts/mapped.h"

namespace zh::contacts {

namespace {

// When the last turn is over; the beginning where no turn says a time.
Instant end_of(const Transcript& transcript) {
  std::int64_t last_ms = 0;
  for (const Turn& turn : transcript.turns) {
    last_ms = std::max(last_ms, std::max(turn.start_ms.value_or(0), turn.end_ms.value_or(0)));
  }
  return {transcript.started_at.us + last_ms * 1000};
}

bool somebody_answered(const Transcript& transcript) {
  return !transcript.agent.empty() ||
         std::ranges::find(transcript.turns, Role::agent, &Turn::role) != transcript.turns.end();
}

}  // namespace

Contact contact_of(const Transcript& transcript) {
  ContactName name = contact_name(transcript.source_id);
  Contact contact;
  contact.call = std::move(name.call);
  contact.number = name.number;
  contact.source = Source::transcript;
  contact.channel = transcript.channel;
  contact.product = transcript.product;
  contact.customer = transcript.customer;
  contact.member = transcript.agent;
  contact.offered_at = transcript.started_at;
  contact.ended_at = end_of(transcript);
  if (somebody_answered(transcript)) {
    contact.answered_at = transcript.started_at;
    contact.outcome = Outcome::answered;
  }
  contact.entered = false;
  return contact;
}

std::string kept_conversation(const Contact& contact) {
  return std::to_string(contact.number) + '\t' + kept_contact(contact);
}

std::vector<Contact> contacts_of_transcripts(std::string_view call, std::span<const KeptLines> records) {
  std::map<int, Contact> by_number;
  for (const KeptLines record : records) {
    for_each_line(record, [&](std::string_view line) {
      const std::size_t tab = line.find('\t');
      int number = 0;
      std::from_chars(line.data(), line.data() + std::min(tab, line.size()), number);
      if (number < 1 || tab == std::string_view::npos) return;
      std::optional<Contact> contact = kept_contact_of(line.substr(tab + 1));
      if (!contact.has_value()) return;
      contact->call = call;
      contact->number = number;
      contact->source = Source::transcript;
      contact->entered = false;
      by_number.insert_or_assign(number, *std::move(contact));
    });
  }
  std::vector<Contact> contacts;
  contacts.reserve(by_number.size());
  for (auto& [number, contact] : by_number) contacts.push_back(std::move(contact));
  return contacts;
}

std::string kept_content(const Hash& content) { return content.hex(); }

std::vector<Hash> contents_of(std::string_view record) {
  std::vector<Hash> contents;
  for_each_line(record, [&contents](std::string_view line) {
    const auto content = Hash::parse(line);
    if (content.ok()) contents.push_back(*content);
  });
  return contents;
}

}  // namespace zh::contacts
