#include "rooms/quality/inspection/extent.h"

#include "rooms/contacts/extent.h"

namespace zh::quality {

Result<Extent> extent_of(db::Transaction& tx, const DrawnRecord& record) {
  ZH_TRY(contacts::Extent extent, contacts::extent_of(tx, contacts::contact_name(record.contact)));
  return Extent{.duration_ms = extent.duration_ms, .turns = std::move(extent.turns)};
}

}  // namespace zh::quality
