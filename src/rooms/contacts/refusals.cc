#include "rooms/contacts/refusals.h"

namespace zh::contacts {

void Refusals::add(const std::string& source_id, const Error& why) {
  if (source_id.empty() || (refused_.size() == kMost && !refused_.contains(source_id))) return;
  refused_.insert_or_assign(source_id, told_of(why));
}

void Refusals::take_back(const std::string& source_id) { refused_.erase(source_id); }

BeforeEntering Refusals::dated(const BeforeEntering& before) {
  return [this, &before](ledger::NewBatch counts) -> Result<ledger::NewBatch> {
    ZH_TRY(ledger::NewBatch named, before(std::move(counts)));
    at_ = named.at;
    return named;
  };
}

Status Refusals::tell(db::Database& database) const {
  if (refused_.empty()) return {};
  ZH_TRY(db::Transaction tx, database.write());
  for (const auto& [source_id, told] : refused_) {
    ZH_CHECK(tell_trouble(tx, contact_name(source_id), {.kind = kind_, .told = told, .at = at_}));
  }
  return tx.commit();
}

}  // namespace zh::contacts
