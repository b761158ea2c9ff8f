#include "rooms/policies/drafts_store.h"

namespace zh::policies::store {

namespace {

constexpr db::Sql kLast = "SELECT COALESCE(MAX(number), 0) FROM pack_drafts";
constexpr db::Sql kInsert = R"(
  INSERT INTO pack_drafts
    (number, state, change, title, base, bundle, author, begun_at, changed_at, consultation, effective_from)
  VALUES
    (:number, :state, :change, :title, :base, :bundle, :author, :begun_at, :changed_at, :consultation, :effective_from))";
constexpr db::Sql kUpdate = R"(
  UPDATE pack_drafts SET state = :state, change = :change, bundle = :bundle, changed_at = :changed_at,
         consultation = :consultation, effective_from = :effective_from
   WHERE number = :number)";
constexpr db::Sql kFind = R"(
  SELECT number, state, change, title, base, bundle, author, begun_at, changed_at, consultation, effective_from
    FROM pack_drafts WHERE number = :number)";
constexpr db::Sql kList = R"(
  SELECT number, state, change, title, base, bundle, author, begun_at, changed_at, consultation, effective_from
    FROM pack_drafts ORDER BY number DESC LIMIT 200)";

Result<PackDraft> draft_from(db::Rows& rows) {
  PackDraft draft{.number = rows.get<int>(0),
                  .state = static_cast<PackState>(rows.get<int>(1)),
                  .change = rows.get<int>(2),
                  .title = rows.get<std::string>(3),
                  .base = rows.get<Hash>(4),
                  .sources = {},
                  .author = rows.get<std::string>(6),
                  .begun_at = rows.get<Instant>(7),
                  .changed_at = rows.get<Instant>(8),
                  .consultation = rows.get<std::string>(9),
                  .effective_from = rows.get<std::optional<Date>>(10)};
  ZH_TRY(draft.sources, policy::unbundle(rows.get<db::Blob>(5).bytes));
  return draft;
}

}  // namespace

Result<int> last_draft(db::Transaction& tx) { return tx.value<int>(kLast); }

Status insert_draft(db::Transaction& tx, const PackDraft& draft) {
  const std::string bundle = policy::bundle(draft.sources);
  ZH_CHECK(tx.execute(kInsert, {{"number", draft.number},
                                {"state", static_cast<int>(draft.state)},
                                {"change", draft.change},
                                {"title", draft.title},
                                {"base", draft.base},
                                {"bundle", db::Blob{bundle}},
                                {"author", draft.author},
                                {"begun_at", draft.begun_at},
                                {"changed_at", draft.changed_at},
                                {"consultation", draft.consultation},
                                {"effective_from", draft.effective_from}}));
  return {};
}

Status update_draft(db::Transaction& tx, const PackDraft& draft) {
  const std::string bundle = policy::bundle(draft.sources);
  ZH_CHECK(tx.execute(kUpdate, {{"number", draft.number},
                                {"state", static_cast<int>(draft.state)},
                                {"change", draft.change},
                                {"bundle", db::Blob{bundle}},
                                {"changed_at", draft.changed_at},
                                {"consultation", draft.consultation},
                                {"effective_from", draft.effective_from}}));
  return {};
}

Result<std::optional<PackDraft>> find_draft(db::Transaction& tx, int number) {
  ZH_TRY(auto rows, tx.query(kFind, {{"number", number}}));
  std::optional<PackDraft> found;
  if (rows.next()) {
    ZH_TRY(found, draft_from(rows));
  }
  ZH_CHECK(rows.finish());
  return found;
}

Result<std::vector<PackDraft>> list_drafts(db::Transaction& tx) {
  ZH_TRY(auto rows, tx.query(kList));
  std::vector<PackDraft> drafts;
  while (rows.next()) {
    ZH_TRY(PackDraft draft, draft_from(rows));
    drafts.push_back(std::move(draft));
  }
  ZH_CHECK(rows.finish());
  return drafts;
}

}  // namespace zh::policies::store
