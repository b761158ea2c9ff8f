// The table of drafts.
#pragma once

#include "rooms/policies/drafts.h"

namespace zh::policies::store {

Result<int> last_draft(db::Transaction& tx);  // 0 where there is none
Status insert_draft(db::Transaction& tx, const PackDraft& draft);
Status update_draft(db::Transaction& tx, const PackDraft& draft);
Result<std::optional<PackDraft>> find_draft(db::Transaction& tx, int number);
Result<std::vector<PackDraft>> list_drafts(db::Transaction& tx);

}  // namespace zh::policies::store
