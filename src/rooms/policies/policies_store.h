// The tables of published packs.
#pragma once

#include "rooms/policies/policies.h"

namespace zh::policies::store {

Result<std::vector<Publication>> publications(db::Transaction& tx);
Result<std::optional<Hash>> version_on(db::Transaction& tx, Date day);
Result<std::optional<std::string>> bundle_of(db::Transaction& tx, const Hash& version);
// Content that is there already is left as it is.
Status add_version(db::Transaction& tx, const policy::Pack& pack, std::string_view bundle);
Status add_publication(db::Transaction& tx, const Publication& publication);

}  // namespace zh::policies::store
