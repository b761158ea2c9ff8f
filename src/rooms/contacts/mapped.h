// Contacts read from any table through a map (map.h), as records keep them.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "rooms/contacts/assembly.h"
#include "rooms/contacts/contacts.h"

namespace zh::contacts {

// One contact as a kept line, its call and number left out: they are the record's key and 1.
std::string kept_contact(const Contact& contact);
// The contact of a kept line; its call, number and source are the caller's to set. Nothing for a line that is none.
std::optional<Contact> kept_contact_of(std::string_view line);
// The contact that the last line of the last record states: a call that is stated again is a correction.
// Nothing without lines.
std::optional<Contact> contact_of_table(std::string_view call, std::span<const KeptLines> records);

}  // namespace zh::contacts
