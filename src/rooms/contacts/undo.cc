// Taking a batch back, and deriving everything anew.
#include "ledger/statements.h"
#include "rooms/contacts/contacts_import.h"
#include "rooms/contacts/contacts_store.h"
#include "rooms/contacts/derive.h"

namespace zh::contacts {

Status undo(db::Transaction& tx, const ledger::Batch& batch, const Zone& zone) {
  ZH_CHECK(tx.lock("contacts"));
  ZH_CHECK(store::take_away(tx, batch.id));
  ZH_TRY(const std::set<Month> months, derive_staged(tx, zone));
  for (const Month month : months) ZH_CHECK(ledger::refuse_closed(tx, zone.interval_of(month)));
  return {};
}

Status rebuild(db::Transaction& tx, const Zone& zone) {
  ZH_CHECK(tx.lock("contacts"));
  ZH_CHECK(store::forget_derived(tx));
  ZH_TRY([[maybe_unused]] const std::set<Month> months, derive_staged(tx, zone));
  return {};
}

}  // namespace zh::contacts
