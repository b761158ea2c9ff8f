#include "app/undo_parts.h"

#include "rooms/contacts/acoustics/measuring.h"
#include "rooms/contacts/contacts_import.h"
#include "rooms/people/people_store.h"
#include "rooms/quality/review/facts.h"

namespace zh::app {

std::vector<ledger::UndoPart> undo_parts(const Centre& centre) {
  const auto undo_contacts = [zone = centre.zone](db::Transaction& tx, const ledger::Batch& batch) -> Status {
    ZH_CHECK(contacts::undo(tx, batch, zone));
    return contacts::queue_measuring(tx, system_now());
  };
  return {undo_contacts, people::undo_people, quality::refuse_undo};
}

}  // namespace zh::app
