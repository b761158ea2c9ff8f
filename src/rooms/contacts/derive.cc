#include "rooms/contacts/derive.h"

#include <algorithm>
#include <tuple>

#include "rooms/contacts/assembly.h"
#include "rooms/contacts/contacts_store.h"
#include "rooms/contacts/recordings_store.h"
#include "rooms/contacts/records.h"
#include "rooms/contacts/transcript_records.h"
#include "rooms/contacts/transcripts_store.h"
#include "rooms/contacts/troubles_store.h"

namespace zh::contacts {

namespace {

// Hours whose differences are held in memory before they are added to the stored ones.
constexpr std::size_t kRollupsHeld = 100'000;

// Calls use(records of one key) for each key; `records` are sorted by key.
template <class Use>
void for_each_key(std::span<const store::Record> records, Use&& use) {
  for (std::size_t begin = 0; begin < records.size();) {
    std::size_t end = begin + 1;
    while (end < records.size() && records[end].key == records[begin].key) ++end;
    use(records.subspan(begin, end - begin));
    begin = end;
  }
}

// What deriving changes outside the contacts themselves.
struct Changes {
  Rollups rollups;
  std::set<Month> months;
};

// Notes the months of contacts that stand on one side only. Both sorted by call and number.
void note_months(const std::vector<Contact>& some, const std::vector<Contact>& others, const Zone& zone,
                 std::set<Month>& months) {
  const auto earlier = [](const Contact& a, const Contact& b) {
    return std::tie(a.call, a.number) < std::tie(b.call, b.number);
  };
  for (const Contact& contact : some) {
    const auto found = std::lower_bound(others.begin(), others.end(), contact, earlier);
    const bool same = found != others.end() && *found == contact;
    if (!same) months.insert(Month::of(zone.date_of(contact.offered_at)));
  }
}

Status derive_calls(db::Transaction& tx, const store::KeyPage& page, bool any_stored, const Zone& zone,
                    Changes& changes) {
  ZH_TRY(const std::vector<store::Record> records, store::records_about(tx, page));
  std::vector<Contact> stored;
  if (any_stored) {
    ZH_TRY(stored, store::stored_contacts(tx, page));
  }
  std::vector<Contact> contacts;
  for_each_key(records, [&](std::span<const store::Record> of_call) {
    for (Contact& contact : contacts_of_call(of_call.front().key, of_call)) contacts.push_back(std::move(contact));
  });
  if (contacts == stored) return {};
  for (const Contact& contact : stored) subtract_from(changes.rollups, contact, zone);
  for (const Contact& contact : contacts) add_to(changes.rollups, contact, zone);
  note_months(stored, contacts, zone, changes.months);
  note_months(contacts, stored, zone, changes.months);
  if (!stored.empty()) ZH_CHECK(store::delete_contacts(tx, page));
  return store::add_contacts(tx, contacts);
}

Status derive_member_days(db::Transaction& tx, const store::KeyPage& page, bool any_stored) {
  ZH_TRY(const std::vector<store::Record> records, store::records_about(tx, page));
  std::vector<store::MemberDay> days;
  for_each_key(records, [&](std::span<const store::Record> of_day) {
    std::vector<KeptLines> lines;
    for (const store::Record& record : of_day) lines.emplace_back(record.lines);
    days.push_back({.key = of_day.front().key, .changes = changes_of(merged_lines(lines))});
  });
  if (any_stored) ZH_CHECK(store::delete_changes(tx, page));
  return store::add_changes(tx, days);
}

// Which transcript stands for each source id: the last that a living record names. Texts that none names any more go.
Status derive_transcripts(db::Transaction& tx, const store::KeyPage& page) {
  ZH_TRY(const std::vector<store::Record> records, store::records_about(tx, page));
  std::vector<store::Standing> standing;
  std::set<store::TextName> named;
  for_each_key(records, [&](std::span<const store::Record> of_id) {
    const std::string& source_id = of_id.front().key;
    std::optional<Hash> last;
    for (const store::Record& record : of_id) {
      for (const Hash& content : contents_of(record.lines)) {
        named.insert({.source_id = source_id, .content = content});
        last = content;
      }
    }
    if (last) standing.push_back({.source_id = source_id, .of = contact_name(source_id), .content = *last});
  });
  ZH_CHECK(store::replace_standing(tx, page, standing));
  ZH_CHECK(store::end_transcript_troubles(tx, page));
  ZH_TRY(const std::vector<store::TextName> kept, store::kept_texts(tx, page));
  for (const store::TextName& text : kept) {
    if (!named.contains(text)) ZH_CHECK(store::drop_text(tx, text));
  }
  return {};
}

// Which recordings each source id and leg has, and which of them stands: the last that a living record names.
Status derive_recordings(db::Transaction& tx, const store::KeyPage& page) {
  ZH_TRY(const std::vector<store::Record> records, store::records_about(tx, page));
  std::vector<store::NamedRecording> named;
  for_each_key(records, [&](std::span<const store::Record> of_leg) {
    const std::string& key = of_leg.front().key;
    const auto of = parse_recording_key(key);
    if (!of) return;
    std::map<Hash, Recording> by_content;
    Hash last;
    for (const store::Record& record : of_leg) {
      for (Recording& recording : recordings_in(record.lines)) {
        last = recording.content;
        by_content.insert_or_assign(last, std::move(recording));
      }
    }
    for (auto& [content, recording] : by_content) {
      named.push_back({.key = key,
                       .of = contact_name(of->source_id),
                       .recording = std::move(recording),
                       .standing = content == last});
    }
  });
  ZH_CHECK(store::replace_recordings(tx, page, named));
  return store::end_recording_troubles(tx, page);
}

}  // namespace

Result<std::set<Month>> derive_staged(db::Transaction& tx, const Zone& zone, Stored stored) {
  ZH_TRY(const std::string kept_zone, store::rollup_zone(tx));
  if (kept_zone != zone.name()) {
    // Another clock moves every hour: everything is derived anew.
    if (!kept_zone.empty()) ZH_CHECK(store::forget_derived(tx));
    ZH_CHECK(store::set_rollup_zone(tx, zone.name()));
  }
  Changes changes;
  ZH_TRY(const std::vector<store::KeyPage> calls, store::key_pages(tx, store::About::call));
  for (const store::KeyPage& page : calls) {
    ZH_CHECK(derive_calls(tx, page, stored.calls, zone, changes));
    if (changes.rollups.size() < kRollupsHeld) continue;
    ZH_CHECK(store::add_rollups(tx, changes.rollups));
    changes.rollups.clear();
  }
  ZH_CHECK(store::add_rollups(tx, changes.rollups));
  ZH_TRY(const std::vector<store::KeyPage> days, store::key_pages(tx, store::About::member_day));
  for (const store::KeyPage& page : days) ZH_CHECK(derive_member_days(tx, page, stored.days));
  ZH_TRY(const std::vector<store::KeyPage> transcripts, store::key_pages(tx, store::About::transcript));
  for (const store::KeyPage& page : transcripts) ZH_CHECK(derive_transcripts(tx, page));
  ZH_TRY(const std::vector<store::KeyPage> recordings, store::key_pages(tx, store::About::recording));
  for (const store::KeyPage& page : recordings) ZH_CHECK(derive_recordings(tx, page));
  return std::move(changes.months);
}

}  // namespace zh::contacts
