#include "app/undo_parts.h"

#include "rooms/contacts/contacts_import.h"
#include "rooms/people/people_store.h"
#include "rooms/quality/review/facts.h"

namespace zh::app {

std::vector<ledger::UndoPart> undo_parts(const Centre& centre) {
  return {
      [zone = centre.zone](db::Transaction& tx, const ledger::Batch& batch) { return contacts::undo(tx, batch, zone); },
      people::undo_people, quality::refuse_undo};
}

}  // namespace zh::app
