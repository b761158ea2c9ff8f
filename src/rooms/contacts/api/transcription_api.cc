// GET …/transcription: what came of giving a contact's recordings to the speech recogniser.
#include "http/shape.h"
#include "rooms/contacts/api/contact_path.h"
#include "rooms/contacts/api/record_desk.h"
#include "rooms/contacts/transcription/transcription.h"

namespace zh::contacts::api {

struct TranscriptionRow {
  std::string state = {};  // waiting, done, given_up
  std::string provider = {};
  std::string message = {};  // in the caller's language: what went wrong, or that nothing was said; may be empty
  std::int64_t attempts = 0;
  std::optional<Instant> due = {};  // of one that waits: not before
  Instant changed_at = {};
};

}  // namespace zh::contacts::api

#define ZH_CELL(member, unit) \
  Field { &R::member, "", #member, unit, PersonalData::none, Secrecy::internal, SeenBy::all }

template <>
struct zh::Fields<zh::contacts::api::TranscriptionRow> {
  using R = zh::contacts::api::TranscriptionRow;
  static constexpr std::string_view kName = "Transcription";
  static constexpr auto kTable =
      std::tuple{ZH_CELL(state, Unit::none),     ZH_CELL(provider, Unit::none), ZH_CELL(message, Unit::none),
                 ZH_CELL(attempts, Unit::count), ZH_CELL(due, Unit::none),      ZH_CELL(changed_at, Unit::none)};
};

#undef ZH_CELL

namespace zh::contacts::api {

namespace {

Result<TranscriptionRow> transcription(http::Call& call, RecordDesk& desk) {
  ZH_TRY(auto tx, desk.database.read(call.request.stop));
  ZH_TRY(const Contact contact, contact_of_path(call, desk, tx));
  ZH_TRY(const auto found, transcription_of(tx, contact.call, contact.number));
  if (!found) {
    return error(ErrorCode::not_found, {.zh = "这条联络的录音没有交给语音识别",
                                        .en = "the recordings of this contact were not given to a recogniser"});
  }
  TranscriptionRow row{.state = std::string(name_of(found->state)),
                       .provider = found->provider,
                       .message = found->told.in(call.language),
                       .attempts = found->attempts,
                       .changed_at = found->changed_at};
  if (found->state == TranscriptionState::waiting) row.due = found->due;
  return row;
}

}  // namespace

void add_transcription_route(http::Site& site, const RecordDeskPtr& desk) {
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/contacts/{id}/transcription",
                     .id = "getTranscription",
                     .summary = {.zh = "语音识别对一条联络的结果：完成、等待或放弃及原因",
                                 .en = "What speech recognition made of a contact: done, waiting, or given up and why"},
                     .tag = "contacts",
                     .access = listeners(Secrecy::internal)},
                    [desk](http::Call& call) { return transcription(call, *desk); });
}

}  // namespace zh::contacts::api
