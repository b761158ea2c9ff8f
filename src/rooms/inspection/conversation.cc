#include "rooms/inspection/conversation.h"

#include "rooms/inspection/sound.h"

namespace zh::inspection {

namespace {

// Raised when the same checks give other findings for the same input: old findings are then made anew.
constexpr std::int64_t kFindingsVersion = 5;

constexpr std::int64_t kHourUs = 3'600'000'000;
constexpr std::int64_t kThousand = 1'000;  // measures are thousandths

policy::Speaker speaker_of(contacts::Role role) {
  switch (role) {
    case contacts::Role::agent:
      return policy::Speaker::agent;
    case contacts::Role::customer:
      return policy::Speaker::customer;
    case contacts::Role::system:
      return policy::Speaker::system;
  }
  return policy::Speaker::system;
}

// What the log does not know is absent, so that conditions on it say nothing.
void put_fields(const contacts::Contact& contact, const contacts::Spoken& spoken, policy::Conversation& into) {
  const auto put = [&](std::string_view name, std::string_view value, bool known) {
    if (known) into.fields.emplace_back(name, value);
  };
  const std::string& product = contact.product.empty() ? spoken.product : contact.product;
  put("product", product, !product.empty());
  put("queue", contact.queue, !contact.queue.empty());
  put("direction", name_of(contact.direction), contact.direction != contacts::Direction::unknown);
  put("outcome", name_of(contact.outcome), contact.outcome != contacts::Outcome::open);
  put("transferred", name_of(contact.transferred), contact.connected);
  put("ended_by", name_of(contact.ended_by), contact.ended_by != contacts::EndedBy::unknown);
}

void put_measures(const contacts::Contact& contact, const Zone& zone, policy::Measures& into) {
  into.set(policy::Measure::wait, contact.wait_ms);
  into.set(policy::Measure::ring, contact.ring_ms);
  into.set(policy::Measure::hold, contact.hold_ms);
  into.set(policy::Measure::talk, contact.talk_ms);
  into.set(policy::Measure::hour, zone.local(contact.offered_at).us_of_day / kHourUs * kThousand);
  if (contact.ended_by == contacts::EndedBy::unknown) return;
  into.set(policy::Measure::hung_up_by_agent, contact.ended_by == contacts::EndedBy::agent ? 1 : 0);
  into.set(policy::Measure::hung_up_by_customer, contact.ended_by == contacts::EndedBy::customer ? 1 : 0);
}

}  // namespace

ContactConversation conversation_of(const contacts::Contact& contact, const contacts::Spoken& spoken,
                                    const audio::CallMeasures* heard, const Zone& zone) {
  ContactConversation result;
  result.turns.reserve(spoken.turns.size());
  for (const contacts::SpokenTurn& turn : spoken.turns) {
    result.turns.push_back({speaker_of(turn.role), turn.start_ms, turn.end_ms, {}});
  }
  policy::Conversation& conversation = result.conversation;
  conversation.channel = name_of(contact.channel);
  conversation.day = zone.date_of(contact.offered_at);
  conversation.turns = result.turns;
  conversation.normal = &spoken.texts;
  put_fields(contact, spoken, conversation);
  put_measures(contact, zone, conversation.measures);
  if (heard != nullptr) put_sound(*heard, conversation);
  if (contact.channel == contacts::Channel::call) {
    put_speech_rates(contacts::speech_rates(spoken.turns, heard), conversation);
  }
  policy::measure_turns(conversation);
  return result;
}

Hash input_of(const contacts::StoredSpoken& stored, const Hash& pack) {
  const contacts::Contact& contact = stored.contact;
  const auto view = [](const Hash& hash) {
    return std::string_view(reinterpret_cast<const char*>(hash.bytes.data()), hash.bytes.size());
  };
  Hasher hasher;
  hasher.field(kFindingsVersion)
      .field(view(stored.content))
      .field(stored.sound ? view(*stored.sound) : "")
      .field(view(pack));
  hasher.field(name_of(contact.channel)).field(contact.queue).field(contact.product).field(contact.offered_at.us);
  hasher.field(name_of(contact.direction)).field(name_of(contact.outcome)).field(name_of(contact.transferred));
  hasher.field(name_of(contact.ended_by)).field(contact.connected ? 1 : 0);
  for (const auto& measure : {contact.wait_ms, contact.ring_ms, contact.hold_ms, contact.talk_ms})
    hasher.field(measure.value_or(-1));
  return hasher.finish();
}

}  // namespace zh::inspection
