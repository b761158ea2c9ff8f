#include "rooms/contacts/api/record_api.h"

#include <algorithm>
#include <map>
#include <memory>
#include <mutex>

#include "http/range.h"
#include "ledger/audit.h"
#include "rooms/contacts/api/contact_path.h"
#include "rooms/contacts/api/masked_text.h"
#include "rooms/contacts/api/record_rows.h"
#include "rooms/contacts/recordings.h"
#include "rooms/contacts/transcripts.h"
#include "rooms/people/known_people.h"

namespace zh::contacts {

namespace {

using http::Call;

constexpr std::int64_t kSameReadingUs = 600'000'000;
constexpr std::size_t kReadingsHeld = 100'000;
constexpr std::size_t kPieceBytes = std::size_t{256} << 10;

// Who has read what in the last ten minutes, so that one hearing is one entry of the audit chain. Thread-safe.
class Readings {
 public:
  // Whether this begins a reading.
  bool begins(const std::string& account, const std::string& object, Instant now) {
    const std::scoped_lock lock(mutex_);
    if (began_.size() >= kReadingsHeld) {
      std::erase_if(began_, [now](const auto& reading) { return now.us - reading.second.us > kSameReadingUs; });
    }
    const auto [reading, is_new] = began_.try_emplace(account + "\n" + object, now);
    if (!is_new && now.us - reading->second.us <= kSameReadingUs) return false;
    reading->second = now;
    return true;
  }

 private:
  std::mutex mutex_;
  std::map<std::string, Instant> began_;
};

// What the routes share.
struct Record {
  db::Database& database;
  Zone zone;
  OpenContents contents;
  people::KnownPeople people;
  Readings readings;
};
using RecordPtr = std::shared_ptr<Record>;

// Notes the reading in the audit chain before anything is read.
Status audit(const Call& call, Record& record, std::string_view action, const std::string& object) {
  if (!record.readings.begins(call.principal.account, object, call.now)) return {};
  ZH_TRY(auto tx, record.database.write(call.request.stop));
  ZH_TRY([[maybe_unused]] const auto entry, ledger::append_audit(tx, {.at = call.now,
                                                                      .actor = call.principal.account,
                                                                      .action = std::string(action),
                                                                      .object = object,
                                                                      .detail = {}}));
  return tx.commit();
}

Result<Contact> contact_of_path(const Call& call, Record& record, db::Transaction& tx) {
  ZH_TRY(const auto people, record.people.of(tx));
  return api::contact_of_path(call, tx, {.people = *people, .zone = record.zone});
}

Result<api::TranscriptRow> transcript(Call& call, Record& record) {
  ZH_TRY(auto tx, record.database.read(call.request.stop));
  ZH_TRY(const Contact contact, contact_of_path(call, record, tx));
  ZH_TRY(const auto stored, transcript_of(tx, contact.call, contact.number));
  ZH_CHECK(tx.commit());
  if (!stored) {
    return error(ErrorCode::not_found, {.zh = "这条联络没有对话文本", .en = "there is no transcript of this contact"});
  }
  ZH_TRY(const vault::Contents* const contents, record.contents());
  ZH_TRY(Transcript opened, open_transcript(*stored, contents->keys()));
  ZH_CHECK(audit(call, record, "read_transcript", "transcript of contact " + contact.source_id()));
  const bool cleared = call.viewer.clearance >= Secrecy::secret;
  api::TranscriptRow row{.version = stored->content.hex(),
                         .channel = std::string(name_of(opened.channel)),
                         .started_at = opened.started_at};
  for (Turn& turn : opened.turns) {
    row.turns.push_back({.role = std::string(name_of(turn.role)),
                         .start_ms = turn.start_ms,
                         .end_ms = turn.end_ms,
                         .text = cleared ? std::move(turn.text) : api::masked_text(turn.text)});
  }
  return row;
}

Result<std::vector<api::RecordingRow>> recordings(Call& call, Record& record) {
  ZH_TRY(auto tx, record.database.read(call.request.stop));
  ZH_TRY(const Contact contact, contact_of_path(call, record, tx));
  ZH_TRY(const auto found, recordings_of(tx, contact.call, contact.number));
  std::vector<api::RecordingRow> rows;
  for (const Recording& recording : found) {
    rows.push_back({.leg = std::string(name_of(recording.leg)),
                    .media = recording.media,
                    .bytes = static_cast<std::int64_t>(recording.bytes),
                    .removed_at = recording.removed_at});
  }
  return rows;
}

// A part of a content, decrypted as it is sent.
class Playing final : public http::Stream {
 public:
  Playing(vault::ContentReader reader, http::ByteRange range)
      : reader_(std::move(reader)), at_(range.first), until_(range.last + 1) {}

  Result<std::string> next() override {
    ZH_TRY(std::string piece, reader_.read(at_, std::min<std::uint64_t>(kPieceBytes, until_ - at_)));
    at_ += piece.size();
    return piece;
  }

 private:
  vault::ContentReader reader_;
  std::uint64_t at_;
  std::uint64_t until_;
};

Error no_such_recording() {
  return error(ErrorCode::not_found,
               {.zh = "这条联络没有这一路录音", .en = "there is no such recording of this contact"});
}

Result<Recording> recording_of_path(const Call& call, Record& record, std::string& source_id) {
  ZH_TRY(auto tx, record.database.read(call.request.stop));
  ZH_TRY(const Contact contact, contact_of_path(call, record, tx));
  source_id = contact.source_id();
  ZH_TRY(const auto found, recordings_of(tx, contact.call, contact.number));
  const auto leg = parse_leg(call.path_text("leg"));
  const auto at = std::ranges::find_if(found, [&](const Recording& one) { return leg && one.leg == *leg; });
  if (at == found.end()) return no_such_recording();
  if (!at->removed_at) return *at;
  return error(ErrorCode::not_found,
               {.zh = "录音保存期已满，已删除", .en = "this recording was removed when its time was over"});
}

Result<http::Response> play(Call& call, Record& record) {
  std::string source_id;
  ZH_TRY(const Recording recording, recording_of_path(call, record, source_id));
  ZH_TRY(vault::Contents* const contents, record.contents());
  ZH_TRY(vault::ContentReader reader, contents->open(recording.content));
  ZH_CHECK(
      audit(call, record, "hear_recording", fmt::format("{} leg of contact {}", name_of(recording.leg), source_id)));
  const http::Representation representation{
      .etag = '"' + recording.content.hex() + '"', .content_type = recording.media, .size = reader.size()};
  http::Response response =
      http::answer_bytes(call.request, representation, [&](http::ByteRange range) -> Result<http::BodyContent> {
        return http::BodyContent(http::StreamBody{std::make_unique<Playing>(std::move(reader), range), range.length()});
      });
  response.headers.set("Cache-Control", "private, no-store");
  return response;
}

}  // namespace

void add_record_routes(http::Site& site, db::Database& database, Zone zone, OpenContents contents) {
  const RecordPtr record(
      new Record{.database = database, .zone = zone, .contents = std::move(contents), .people = {}, .readings = {}});
  site.router().add(
      {.method = http::Method::get,
       .path = "/api/v1/contacts/{id}/transcript",
       .id = "getTranscript",
       .summary = {.zh = "一条联络的对话文本（记入审计）", .en = "What was said in a contact; reading it is audited"},
       .tag = "contacts",
       .access = api::listeners(Secrecy::internal)},
      [record](Call& call) { return transcript(call, *record); });
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/contacts/{id}/recordings",
                     .id = "listRecordings",
                     .summary = {.zh = "一条联络的各路录音", .en = "The recordings there are of a contact"},
                     .tag = "contacts",
                     .access = api::listeners(Secrecy::internal)},
                    [record](Call& call) { return recordings(call, *record); });
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/contacts/{id}/recordings/{leg}",
                     .id = "playRecording",
                     .summary = {.zh = "播放一路录音，可取部分（记入审计）",
                                 .en = "One recording, or a range of it; hearing it is audited"},
                     .tag = "contacts",
                     .access = api::listeners(Secrecy::internal),
                     .answers = "audio/*"},
                    [record](Call& call) { return play(call, *record); });
}

}  // namespace zh::contacts
