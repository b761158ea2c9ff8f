// Transcripts as records keep them (records.h): one record about the call, which gives the contact where no log holds
// it, and one about the source id, which names the text that counts. Pure.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "rooms/contacts/assembly.h"
#include "rooms/contacts/transcripts.h"

namespace zh::contacts {

// The contact that a transcript is where nothing else is known of it. It takes no part in the figures of telephone
// logs: nothing of it was offered by a queue.
Contact contact_of(const Transcript& transcript);

// The contact as a kept line of its call.
std::string kept_conversation(const Contact& contact);
// The contacts that the last lines about each number of the call state, by number.
std::vector<Contact> contacts_of_transcripts(std::string_view call, std::span<const KeptLines> records);

// A content as a kept line of its source id.
std::string kept_content(const Hash& content);
// The contents that a record names, in its order; the last one counts.
std::vector<Hash> contents_of(std::string_view record);

}  // namespace zh::contacts
