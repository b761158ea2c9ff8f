#include "rooms/quality/inspection/extent.h"

#include "rooms/contacts/handled.h"

namespace zh::quality {

Result<Extent> extent_of(db::Transaction& tx, const DrawnRecord& record) {
  Extent extent;
  ZH_TRY([[maybe_unused]] const bool known,
         contacts::with_handled(tx, record.contact, [&](const contacts::Handled& contact) -> Status {
           if (contact.channel == contacts::Channel::call) extent.duration_ms = contact.talk_ms;
           return {};
         }));
  return extent;
}

}  // namespace zh::quality
