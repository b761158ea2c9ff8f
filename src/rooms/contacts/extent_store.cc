// The SQL of extents.
#include <algorithm>

#include "rooms/contacts/extent.h"

namespace zh::contacts {

namespace {

constexpr db::Sql kExtent =
    "SELECT c.channel, c.talk_ms, a.duration_ms, x.extent FROM contacts c"
    " LEFT JOIN contact_acoustics a ON a.call_id = c.call_id AND a.number = c.number"
    " LEFT JOIN contact_transcripts t ON t.call_id = c.call_id AND t.number = c.number"
    " LEFT JOIN transcript_texts x ON x.source_id = t.source_id AND x.content = t.content"
    " WHERE c.call_id = :call AND c.number = :number";

}  // namespace

Result<Extent> extent_of(db::Transaction& tx, const ContactName& contact) {
  ZH_TRY(db::Rows rows, tx.query(kExtent, {{"call", contact.call}, {"number", contact.number}}));
  if (!rows.next()) {
    ZH_CHECK(rows.finish());
    return Extent{};
  }
  const bool is_call = rows.get<std::int64_t>(0) == static_cast<std::int64_t>(Channel::call);
  const auto talk_ms = rows.get<std::optional<std::int64_t>>(1);
  const auto recorded_ms = rows.get<std::optional<std::int64_t>>(2);
  const auto kept = rows.get<std::optional<db::Blob>>(3);
  Extent extent;
  if (kept) {
    ZH_TRY(extent, decode_extent(kept->bytes));
  }
  ZH_CHECK(rows.finish());
  // Chats and mails have no length that a span of time could lie in, but their last word.
  const auto heard_ms = recorded_ms ? recorded_ms : is_call ? talk_ms : std::nullopt;
  if (heard_ms) extent.duration_ms = std::max(*heard_ms, extent.duration_ms.value_or(0));
  return extent;
}

}  // namespace zh::contacts
