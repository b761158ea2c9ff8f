// GET …/troubles: what keeps a contact from being heard, read or checked whole.
#include "http/shape.h"
#include "rooms/contacts/api/contact_path.h"
#include "rooms/contacts/api/record_desk.h"
#include "rooms/contacts/troubles.h"

namespace zh::contacts::api {

struct TroubleRow {
  std::string about = {};    // measuring, transcript, recording, checking
  std::string message = {};  // in the caller's language
  Instant at = {};
};

}  // namespace zh::contacts::api

#define ZH_CELL(member) \
  Field { &R::member, "", #member, Unit::none, PersonalData::none, Secrecy::internal, SeenBy::all }

template <>
struct zh::Fields<zh::contacts::api::TroubleRow> {
  using R = zh::contacts::api::TroubleRow;
  static constexpr std::string_view kName = "ContactTrouble";
  static constexpr auto kTable = std::tuple{ZH_CELL(about), ZH_CELL(message), ZH_CELL(at)};
};

#undef ZH_CELL

namespace zh::contacts::api {

namespace {

Result<std::vector<TroubleRow>> troubles(http::Call& call, RecordDesk& desk) {
  ZH_TRY(auto tx, desk.database.read(call.request.stop));
  ZH_TRY(const Contact contact, contact_of_path(call, desk, tx));
  ZH_TRY(const auto found, troubles_of(tx, contact.call, contact.number));
  std::vector<TroubleRow> rows;
  for (const Trouble& trouble : found) {
    rows.push_back(
        {.about = std::string(name_of(trouble.kind)), .message = trouble.told.in(call.language), .at = trouble.at});
  }
  return rows;
}

}  // namespace

void add_troubles_route(http::Site& site, const RecordDeskPtr& desk) {
  site.router().add(
      {.method = http::Method::get,
       .path = "/api/v1/contacts/{id}/troubles",
       .id = "listContactTroubles",
       .summary = {.zh = "妨碍一条联络被听取、阅读或完整检查的问题：录音存储不可用、文本或录音被拒绝",
                   .en = "What keeps a contact from being heard, read or checked whole: a store that is away, a "
                         "transcript or recording that was refused"},
       .tag = "contacts",
       .access = listeners(Secrecy::internal)},
      [desk](http::Call& call) { return troubles(call, *desk); });
}

}  // namespace zh::contacts::api
