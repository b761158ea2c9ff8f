#include "rooms/contacts/api/record_api.h"

#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <span>

#include "http/range.h"
#include "rooms/contacts/api/contact_path.h"
#include "rooms/contacts/api/playing.h"
#include "rooms/contacts/api/record_desk.h"
#include "rooms/contacts/api/record_rows.h"
#include "rooms/contacts/masked_text.h"
#include "rooms/contacts/transcripts.h"

namespace zh::contacts {

namespace {

using http::Call;

// So many turns are given at once: ten hours of talk are one page.
constexpr std::int64_t kTurnsGiven = 10'000;

struct TurnPage {
  std::int64_t first = 0;
  std::int64_t limit = kTurnsGiven;
};

// Faults go into the call.
TurnPage page_asked(Call& call, const api::TranscriptQuery& query) {
  const TurnPage page{.first = query.first.value_or(0), .limit = query.limit.value_or(kTurnsGiven)};
  if (page.first < 0) call.reject_parameter("first", {.zh = "应为 0 或更大", .en = "0 or more"});
  if (page.limit < 1 || page.limit > kTurnsGiven) {
    call.reject_parameter(
        "limit", {.zh = fmt::format("应为 1 到 {}", kTurnsGiven), .en = fmt::format("from 1 to {}", kTurnsGiven)});
  }
  return page;
}

Result<api::TranscriptRow> transcript(Call& call, api::RecordDesk& desk, const api::TranscriptQuery& query) {
  const TurnPage page = page_asked(call, query);
  if (call.has_faults()) return call.refused();
  ZH_TRY(auto tx, desk.database.read(call.request.stop));
  ZH_TRY(const Contact contact, api::contact_of_path(call, desk, tx));
  ZH_TRY(const auto stored, transcript_of(tx, contact.call, contact.number));
  ZH_CHECK(tx.commit());
  if (!stored) {
    return error(ErrorCode::not_found, {.zh = "这条联络没有对话文本", .en = "there is no transcript of this contact"});
  }
  ZH_TRY(const vault::Contents* const contents, desk.contents());
  ZH_TRY(Transcript opened, open_transcript(*stored, contents->keys()));
  ZH_CHECK(api::audit(call, desk, "read_transcript", "transcript of contact " + contact.source_id()));
  const bool cleared = call.viewer.clearance >= Secrecy::secret;
  const auto count = static_cast<std::int64_t>(opened.turns.size());
  api::TranscriptRow row{.version = stored->content.hex(),
                         .channel = std::string(name_of(opened.channel)),
                         .started_at = opened.started_at,
                         .turn_count = count,
                         .first = std::min(page.first, count)};
  const std::span turns = std::span(opened.turns).subspan(static_cast<std::size_t>(row.first));
  for (Turn& turn : turns.first(std::min(turns.size(), static_cast<std::size_t>(page.limit)))) {
    row.turns.push_back({.role = std::string(name_of(turn.role)),
                         .start_ms = turn.start_ms,
                         .end_ms = turn.end_ms,
                         .text = cleared ? std::move(turn.text) : masked_text(turn.text)});
  }
  return row;
}

Result<std::vector<api::RecordingRow>> recordings(Call& call, api::RecordDesk& desk) {
  ZH_TRY(auto tx, desk.database.read(call.request.stop));
  ZH_TRY(const Contact contact, api::contact_of_path(call, desk, tx));
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

Result<http::Response> play(Call& call, api::RecordDesk& desk) {
  ZH_TRY(const api::ContactRecording found, api::recording_of_path(call, desk));
  const Recording& recording = found.recording;
  ZH_TRY(vault::Contents* const contents, desk.contents());
  ZH_TRY(vault::ContentReader reader, contents->open(recording.content));
  ZH_CHECK(api::audit(call, desk, "hear_recording",
                      fmt::format("{} leg of contact {}", name_of(recording.leg), found.source_id)));
  const http::Representation representation{
      .etag = '"' + recording.content.hex() + '"', .content_type = recording.media, .size = reader.size()};
  http::Response response =
      http::answer_bytes(call.request, representation, [&](http::ByteRange range) -> Result<http::BodyContent> {
        return http::BodyContent(
            http::StreamBody{std::make_unique<api::Playing>(std::move(reader), range), range.length()});
      });
  response.headers.set("Cache-Control", "private, no-store");
  return response;
}

}  // namespace

void add_record_routes(http::Site& site, db::Database& database, Zone zone, OpenContents contents) {
  const api::RecordDeskPtr desk(new api::RecordDesk{
      .database = database, .zone = zone, .contents = std::move(contents), .people = {}, .readings = {}});
  api::add_sound_routes(site, desk);
  api::add_transcription_route(site, desk);
  api::add_troubles_route(site, desk);
  site.router().add(
      {.method = http::Method::get,
       .path = "/api/v1/contacts/{id}/transcript",
       .id = "getTranscript",
       .summary = {.zh = "一条联络的对话文本，长的分页（记入审计）",
                   .en = "What was said in a contact, long ones in pages; reading it is audited"},
       .tag = "contacts",
       .access = api::listeners(Secrecy::internal)},
      [desk](Call& call, const http::Query<api::TranscriptQuery>& query) { return transcript(call, *desk, *query); });
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/contacts/{id}/recordings",
                     .id = "listRecordings",
                     .summary = {.zh = "一条联络的各路录音", .en = "The recordings there are of a contact"},
                     .tag = "contacts",
                     .access = api::listeners(Secrecy::internal)},
                    [desk](Call& call) { return recordings(call, *desk); });
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/contacts/{id}/recordings/{leg}",
                     .id = "playRecording",
                     .summary = {.zh = "播放一路录音，可取部分（记入审计）",
                                 .en = "One recording, or a range of it; hearing it is audited"},
                     .tag = "contacts",
                     .access = api::listeners(Secrecy::internal),
                     .answers = "audio/*"},
                    [desk](Call& call) { return play(call, *desk); });
}

}  // namespace zh::contacts
