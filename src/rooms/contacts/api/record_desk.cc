#include "rooms/contacts/api/record_desk.h"

#include <algorithm>

#include "ledger/audit.h"
#include "rooms/contacts/api/contact_path.h"

namespace zh::contacts::api {

namespace {

constexpr std::int64_t kSameReadingUs = 600'000'000;
constexpr std::size_t kReadingsHeld = 100'000;

}  // namespace

bool Readings::begins(const std::string& account, const std::string& object, Instant now) {
  const std::scoped_lock lock(mutex_);
  if (began_.size() >= kReadingsHeld) {
    std::erase_if(began_, [now](const auto& reading) { return now.us - reading.second.us > kSameReadingUs; });
  }
  const auto [reading, is_new] = began_.try_emplace(account + "\n" + object, now);
  if (!is_new && now.us - reading->second.us <= kSameReadingUs) return false;
  reading->second = now;
  return true;
}

Status audit(const http::Call& call, RecordDesk& desk, std::string_view action, const std::string& object) {
  if (!desk.readings.begins(call.principal.account, object, call.now)) return {};
  ZH_TRY(auto tx, desk.database.write(call.request.stop));
  ZH_TRY([[maybe_unused]] const auto entry, ledger::append_audit(tx, {.at = call.now,
                                                                      .actor = call.principal.account,
                                                                      .action = std::string(action),
                                                                      .object = object,
                                                                      .detail = {}}));
  return tx.commit();
}

Result<Contact> contact_of_path(const http::Call& call, RecordDesk& desk, db::Transaction& tx) {
  ZH_TRY(const auto people, desk.people.of(tx));
  return contact_of_path(call, tx, Centre{.people = *people, .zone = desk.zone});
}

Result<ContactRecording> recording_of_path(const http::Call& call, RecordDesk& desk) {
  ZH_TRY(auto tx, desk.database.read(call.request.stop));
  ZH_TRY(const Contact contact, contact_of_path(call, desk, tx));
  ZH_TRY(const auto found, recordings_of(tx, contact.call, contact.number));
  const auto leg = parse_leg(call.path_text("leg"));
  const auto at = std::ranges::find_if(found, [&](const Recording& one) { return leg && one.leg == *leg; });
  if (at == found.end()) {
    return error(ErrorCode::not_found,
                 {.zh = "这条联络没有这一路录音", .en = "there is no such recording of this contact"});
  }
  if (at->removed_at) {
    return error(ErrorCode::not_found,
                 {.zh = "录音保存期已满，已删除", .en = "this recording was removed when its time was over"});
  }
  return ContactRecording{.recording = *at, .source_id = contact.source_id()};
}

}  // namespace zh::contacts::api
