#include "rooms/policies/policies_store.h"

namespace zh::policies::store {

constexpr db::Sql kPublications =
    "SELECT p.effective_from, p.version, v.pack, v.title_zh, v.title_en, p.published_at, p.published_by"
    " FROM pack_publications p JOIN pack_versions v ON v.version = p.version ORDER BY p.effective_from";

Result<std::vector<Publication>> publications(db::Transaction& tx) {
  ZH_TRY(auto rows, tx.query(kPublications));
  std::vector<Publication> result;
  while (rows.next()) {
    result.push_back({.effective_from = rows.get<Date>(0),
                      .version = rows.get<Hash>(1),
                      .pack = rows.get<std::string>(2),
                      .title = {.zh = rows.get<std::string>(3), .en = rows.get<std::string>(4)},
                      .published_at = rows.get<Instant>(5),
                      .published_by = rows.get<std::string>(6)});
  }
  ZH_CHECK(rows.finish());
  return result;
}

constexpr db::Sql kVersionOn =
    "SELECT version FROM pack_publications WHERE effective_from <= :day ORDER BY effective_from DESC LIMIT 1";

Result<std::optional<Hash>> version_on(db::Transaction& tx, Date day) {
  return tx.first<Hash>(kVersionOn, {{"day", day}});
}

constexpr db::Sql kBundleOf = "SELECT bundle FROM pack_versions WHERE version = :version";

Result<std::optional<std::string>> bundle_of(db::Transaction& tx, const Hash& version) {
  ZH_TRY(auto rows, tx.query(kBundleOf, {{"version", version}}));
  std::optional<std::string> bundle;
  if (rows.next()) bundle.emplace(rows.get<db::Blob>(0).bytes);
  ZH_CHECK(rows.finish());
  return bundle;
}

constexpr db::Sql kAddVersion =
    "INSERT INTO pack_versions (version, pack, title_zh, title_en, bundle)"
    " VALUES (:version, :pack, :title_zh, :title_en, :bundle) ON CONFLICT (version) DO NOTHING";

Status add_version(db::Transaction& tx, const policy::Pack& pack, std::string_view bundle) {
  ZH_CHECK(tx.execute(kAddVersion, {{"version", pack.version},
                                    {"pack", pack.id},
                                    {"title_zh", pack.title.zh},
                                    {"title_en", pack.title.en},
                                    {"bundle", db::Blob{bundle}}}));
  return {};
}

constexpr db::Sql kAddPublication =
    "INSERT INTO pack_publications (effective_from, version, published_at, published_by)"
    " VALUES (:effective_from, :version, :published_at, :published_by)";

Status add_publication(db::Transaction& tx, const Publication& publication) {
  ZH_CHECK(tx.execute(kAddPublication, {{"effective_from", publication.effective_from},
                                        {"version", publication.version},
                                        {"published_at", publication.published_at},
                                        {"published_by", publication.published_by}}));
  return {};
}

}  // namespace zh::policies::store
