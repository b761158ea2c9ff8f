// A stored contact and its transcript as checks read them.
#pragma once

#include <vector>

#include "base/calendar.h"
#include "base/hash.h"
#include "policy/checks/conversation.h"
#include "rooms/contacts/transcripts.h"

namespace zh::inspection {

// Views into the contact and the transcript it was made from, which must outlive it; `turns` holds what the
// conversation's turns view.
struct ContactConversation {
  std::vector<policy::SpokenTurn> turns;
  policy::Conversation conversation;
};
// With the measures that the turns' times and the telephone system's log tell.
ContactConversation conversation_of(const contacts::Contact& contact, const contacts::Transcript& transcript,
                                    const Zone& zone);

// Of everything that the findings of a contact depend on: its transcript, its fields, the pack.
Hash input_of(const contacts::StoredTranscript& stored, const Hash& pack);

}  // namespace zh::inspection
