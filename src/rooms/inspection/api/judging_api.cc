// GET /api/v1/contacts/{id}/judging: what the judge says of a contact, or why it does not.
#include "rooms/contacts/api/contact_path.h"
#include "rooms/inspection/api/bench.h"
#include "rooms/inspection/judging/opinions.h"

namespace zh::inspection::api {

struct DropRow {
  std::string reason = {};
  std::int64_t quotes = 0;
};
struct OpinionRow {
  std::string check = {};
  CheckText label = {};
  std::string clause = {};
  std::string item = {};
  std::string severity = {};
  std::int64_t points = 0;  // that are proposed for it
  bool found = false;
  std::vector<BenchPlace> places = {};  // of its quotes; found without any: dropped, no proposal
  std::vector<DropRow> dropped = {};
};
struct JudgingRow {
  std::string state = {};  // waiting, done, given_up, left_out
  std::string model = {};
  std::string message = {};  // in the caller's language: what went wrong; may be empty
  std::int64_t attempts = 0;
  std::optional<Instant> due = {};  // of one that waits: not before
  Instant changed_at = {};
  std::optional<Hash> pack = {};  // whose questions they are
  std::vector<OpinionRow> opinions = {};
};

}  // namespace zh::inspection::api

#define ZH_CELL(member, unit) \
  Field { &R::member, "", #member, unit, PersonalData::none, Secrecy::internal, SeenBy::all }
// About what an agent said.
#define ZH_ABOUT(member, unit) \
  Field { &R::member, "", #member, unit, PersonalData::employee, Secrecy::internal, SeenBy::all }

template <>
struct zh::Fields<zh::inspection::api::DropRow> {
  using R = zh::inspection::api::DropRow;
  static constexpr std::string_view kName = "OpinionDrop";
  static constexpr auto kTable = std::tuple{ZH_CELL(reason, Unit::none), ZH_CELL(quotes, Unit::count)};
};
template <>
struct zh::Fields<zh::inspection::api::OpinionRow> {
  using R = zh::inspection::api::OpinionRow;
  static constexpr std::string_view kName = "JudgeOpinion";
  static constexpr auto kTable =
      std::tuple{ZH_ABOUT(check, Unit::none), ZH_CELL(label, Unit::none),    ZH_CELL(clause, Unit::none),
                 ZH_CELL(item, Unit::none),   ZH_CELL(severity, Unit::none), ZH_CELL(points, Unit::points),
                 ZH_ABOUT(found, Unit::none), ZH_ABOUT(places, Unit::none),  ZH_CELL(dropped, Unit::none)};
};
template <>
struct zh::Fields<zh::inspection::api::JudgingRow> {
  using R = zh::inspection::api::JudgingRow;
  static constexpr std::string_view kName = "ContactJudging";
  static constexpr auto kTable =
      std::tuple{ZH_CELL(state, Unit::none),     ZH_CELL(model, Unit::none),    ZH_CELL(message, Unit::none),
                 ZH_CELL(attempts, Unit::count), ZH_CELL(due, Unit::none),      ZH_CELL(changed_at, Unit::none),
                 ZH_CELL(pack, Unit::none),      ZH_ABOUT(opinions, Unit::none)};
};

#undef ZH_ABOUT
#undef ZH_CELL

namespace zh::inspection::api {

namespace {

OpinionRow row_of(const JudgedQuestion& question, const policy::Check& check) {
  OpinionRow row{.check = check.id,
                 .label = {.zh = check.label.zh, .en = check.label.en},
                 .clause = check.clause,
                 .item = check.item,
                 .severity = check.severity,
                 .points = check.points.to_int64().value_or(0),
                 .found = question.found};
  for (const Finding& it : question.places) {
    row.places.push_back({.turn = it.turn, .from = it.from, .to = it.to, .start_ms = it.start_ms, .end_ms = it.end_ms});
  }
  for (const auto& [reason, quotes] : question.dropped) {
    row.dropped.push_back({.reason = std::string(judge::name_of(reason)), .quotes = quotes});
  }
  return row;
}

Result<JudgingRow> judging(http::Call& call, Bench& bench) {
  ZH_TRY(auto tx, bench.database.read(call.request.stop));
  ZH_TRY(const auto people, bench.people.of(tx));
  ZH_TRY(const contacts::Contact contact,
         contacts::api::contact_of_path(call, tx, {.people = *people, .zone = bench.zone}));
  ZH_TRY(const auto found, judging_of(tx, {.call = contact.call, .number = contact.number}));
  if (!found) {
    return error(ErrorCode::not_found,
                 {.zh = "这条联络没有问过模型", .en = "the judge was not asked about this contact"});
  }
  JudgingRow row{.state = std::string(name_of(found->state)),
                 .model = found->model,
                 .message = found->told.in(call.language),
                 .attempts = found->attempts,
                 .changed_at = found->changed_at};
  if (found->state == JudgingState::waiting) row.due = found->due;
  if (found->questions.empty()) return row;
  ZH_TRY(const policies::PackPtr pack, bench.given.pack_of(tx, found->pack));
  row.pack = found->pack;
  for (const JudgedQuestion& question : found->questions) {
    const policy::Check* const check = pack->checks == nullptr ? nullptr : pack->checks->find(question.check);
    if (check != nullptr) row.opinions.push_back(row_of(question, *check));
  }
  return row;
}

}  // namespace

void add_judging_route(http::Site& site, const BenchPtr& bench) {
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/contacts/{id}/judging",
                     .id = "getContactJudging",
                     .summary = {.zh = "模型对一条联络的意见：完成、等待，或放弃及原因",
                                 .en = "What the judge says of a contact: done, waiting, or given up and why"},
                     .tag = "checks",
                     .access = judging_access()},
                    [bench](http::Call& call) { return judging(call, *bench); });
}

}  // namespace zh::inspection::api
