// A stored contact and its transcript as checks read them.
#pragma once

#include <optional>
#include <vector>

#include "analysis/audio/measures.h"
#include "base/calendar.h"
#include "base/hash.h"
#include "policy/checks/conversation.h"
#include "rooms/contacts/spoken.h"

namespace zh::inspection {

// Views into the contact and what was spoken in it, which must outlive it; `turns` holds what the conversation's turns
// view.
struct ContactConversation {
  std::vector<policy::SpokenTurn> turns;
  policy::Conversation conversation;
};
// With the measures that its recording tells, where it was `heard` (else null), and for the rest those of the turns'
// times and of the telephone system's log.
ContactConversation conversation_of(const contacts::Contact& contact, const contacts::Spoken& spoken,
                                    const audio::CallMeasures* heard, const Zone& zone);

// Of everything that the findings of a contact depend on: its transcript, what was heard of it, its fields, the pack.
Hash input_of(const contacts::StoredSpoken& stored, const Hash& pack);

}  // namespace zh::inspection
