#include "rooms/people/known_people.h"

#include "rooms/people/people_store.h"

namespace zh::people {

Result<std::shared_ptr<const People>> KnownPeople::of(db::Transaction& tx) {
  ZH_TRY(const ledger::ChainHead head, ledger::audit_head(tx));
  {
    const std::scoped_lock lock(mutex_);
    if (people_ != nullptr && head_.number == head.number && head_.hash == head.hash) return people_;
  }
  ZH_TRY(People loaded, load_people(tx));
  auto people = std::make_shared<const People>(std::move(loaded));
  const std::scoped_lock lock(mutex_);
  // A slower reader of an older snapshot does not displace what is newer.
  if (people_ == nullptr || head_.number < head.number) {
    head_ = head;
    people_ = people;
  }
  return people;
}

}  // namespace zh::people
