// What transcripts mean for contacts; and deriving which of them stand.
#include "rooms/contacts/transcripts.h"

#include <algorithm>
#include <charconv>

#include "rooms/contacts/transcript_code.h"
#include "rooms/contacts/transcript_records.h"
#include "vault/seal.h"

namespace zh::contacts {

namespace {

constexpr int kLastNumber = 99;  // of a contact within its call

}  // namespace

std::string_view name_of(Role role) {
  switch (role) {
    case Role::agent:
      return "agent";
    case Role::customer:
      return "customer";
    case Role::system:
      return "system";
  }
  return {};
}

ContactName contact_name(std::string_view source_id) {
  const ContactName whole{.call = std::string(source_id), .number = 1};
  const std::size_t hash = source_id.rfind('#');
  if (hash == std::string_view::npos || hash == 0) return whole;
  const std::string_view digits = source_id.substr(hash + 1);
  int number = 0;
  const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  const bool plain = problem == std::errc() && end == digits.data() + digits.size() && digits.front() != '0';
  if (!plain || number < 2 || number > kLastNumber) return whole;
  return {.call = std::string(source_id.substr(0, hash)), .number = number};
}

ContactPlace place_of(const Contact& contact) {
  return {.offered_at = contact.offered_at, .call = contact.call, .number = contact.number};
}

Result<Transcript> open_transcript(const StoredTranscript& stored, const vault::Keys& keys) {
  ZH_TRY(const std::string bytes, vault::unseal(keys, stored.content, stored.sealed));
  return decode_transcript(bytes);
}

}  // namespace zh::contacts
