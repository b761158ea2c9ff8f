// What the month's routes take and give: the rows of `close --json` with names, and one person's sheet. Private to the
// api.
//
// Pay is for the person and for HR and managers of the centre: Sight leaves it out of the rows, and the field tables
// leave it out once more.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "http/shape.h"
#include "rooms/pay/precheck.h"

namespace zh::pay::api {

enum class ListedStatus { open, closed };
enum class MonthStatus { draft, closed };

struct LabelJson {
  std::string zh = {};
  std::string en = {};
};

struct MonthListed {
  Month period = {};
  ListedStatus status = ListedStatus::open;
  std::optional<Instant> closed_at = {};
};
struct MonthList {
  std::vector<MonthListed> items = {};
};

struct ItemRow {
  std::string id = {};
  std::optional<LabelJson> label = {};
  std::optional<std::string> score = {};
  std::string weight = {};
  bool applied = false;
  std::string clause = {};
};

struct ScorecardRow {
  std::vector<ItemRow> items = {};
  std::string bonus = {};
  std::string deduction = {};
  std::optional<std::string> total = {};
};

struct ExcellentRow {
  bool eligible = false;
  std::vector<std::string> reasons = {};
};

struct PayLineRow {
  std::string id = {};
  std::optional<LabelJson> label = {};
  std::string amount = {};
  std::string clause = {};
  std::optional<std::string> period = {};
};

struct PayRow {
  std::vector<PayLineRow> lines = {};
  std::string total = {};
};

struct PersonRow {
  std::string staff_no = {};
  std::optional<std::string> name = {};
  std::optional<std::string> group = {};
  std::string position = {};
  bool on_probation = false;
  std::optional<ScorecardRow> scorecard = {};
  bool rated = false;
  std::optional<int> rank = {};
  int star = 0;
  std::optional<ExcellentRow> excellent = {};
  std::optional<PayRow> pay = {};
};

struct QuotaRow {
  int star = 0;
  std::string share = {};
  int heads = 0;
};

struct FindingRow {
  std::string id = {};
  Severity severity = Severity::note;
  std::string text = {};
  std::vector<std::string> subjects = {};
};

struct PreviousRow {
  std::string staff_no = {};
  std::string total = {};
};

struct ClosingState {
  std::optional<std::string> requested_by = {};
  std::optional<Instant> requested_at = {};
};

// Whether the draft is shown to those it is about, for their questions, and until when.
struct ShowingState {
  std::optional<Instant> until = {};
};

struct MonthRow {
  Month period = {};
  std::string pack = {};
  std::string pack_version = {};
  MonthStatus status = MonthStatus::draft;
  std::vector<PersonRow> people = {};
  std::vector<QuotaRow> quotas = {};
  std::vector<FindingRow> precheck = {};
  std::vector<PreviousRow> previous = {};  // totals of the month before, where that is closed
  ClosingState closing = {};
  ShowingState showing = {};
  int open_questions = 0;  // threads of these people that wait for an answer
};

struct SheetItem {
  std::string id = {};
  LabelJson label = {};
  std::string clause = {};
  std::string weight = {};
  bool applied = false;
  std::optional<std::string> value = {};
  std::string unit = {};
  std::optional<std::string> band = {};
  std::optional<std::string> score = {};
  std::optional<std::string> points = {};
  std::optional<std::string> next_band = {};
};

struct TrendPoint {
  Month period = {};
  std::optional<std::string> total = {};
  int star = 0;
};

struct SheetRow {
  Month period = {};
  MonthStatus status = MonthStatus::draft;
  std::string staff_no = {};
  std::string name = {};
  std::string group = {};
  std::string position = {};
  bool on_probation = false;
  std::vector<SheetItem> items = {};
  std::string bonus = {};
  std::string deduction = {};
  std::optional<std::string> total = {};
  bool rated = false;
  std::optional<int> rank = {};
  int rated_count = 0;
  int star = 0;
  std::optional<ExcellentRow> excellent = {};
  std::optional<PayRow> pay = {};
  std::vector<TrendPoint> trend = {};
  ShowingState showing = {};
};

struct ShowJson {
  int days = 0;
};

struct NewMessageJson {
  std::optional<std::string> item = {};  // what it is about: an item or pay line; none: the whole sheet
  std::string text = {};
};

struct MessageRow {
  std::string id = {};  // within the sheet, in the order of asking
  std::optional<std::string> item = {};
  std::string by = {};  // account
  std::optional<std::string> name = {};
  bool by_subject = false;  // the person the sheet is about asked; somebody else answered
  bool own = false;         // the caller's
  Instant at = {};
  std::string text = {};
};
struct MessageList {
  std::vector<MessageRow> items = {};
};

// A sheet's questions at a glance.
struct ThreadRow {
  std::string staff_no = {};
  std::optional<std::string> name = {};
  int messages = 0;
  bool open = false;  // the last word is the person's
  Instant last_at = {};
};
struct ThreadList {
  std::vector<ThreadRow> items = {};
};

struct WhyQuery {
  std::optional<std::string> item = {};
};

struct WhyRow {
  http::RawJson derivation = {};
};

}  // namespace zh::pay::api

template <>
struct zh::http::Choices<zh::pay::api::ListedStatus> {
  using Status = zh::pay::api::ListedStatus;
  static constexpr std::array kNames{std::pair{Status::open, std::string_view("open")},
                                     std::pair{Status::closed, std::string_view("closed")}};
};
template <>
struct zh::http::Choices<zh::pay::api::MonthStatus> {
  using Status = zh::pay::api::MonthStatus;
  static constexpr std::array kNames{std::pair{Status::draft, std::string_view("draft")},
                                     std::pair{Status::closed, std::string_view("closed")}};
};
template <>
struct zh::http::Choices<zh::pay::Severity> {
  static constexpr std::array kNames{std::pair{zh::pay::Severity::warning, std::string_view("warning")},
                                     std::pair{zh::pay::Severity::note, std::string_view("note")}};
};

// Results that concern a person; `R` is the record, the rest as in fields.h.
#define ZH_RESULT(member, name, unit) \
  Field { &R::member, "", name, unit, PersonalData::employee, Secrecy::internal, SeenBy::all }
#define ZH_PLAIN(member, name) \
  Field { &R::member, "", name, Unit::none, PersonalData::none, Secrecy::internal, SeenBy::all }
#define ZH_PAY(member, name) \
  Field { &R::member, "", name, Unit::yuan, PersonalData::employee, Secrecy::internal, SeenBy::self_and_hr }

template <>
struct zh::Fields<zh::pay::api::LabelJson> {
  using R = zh::pay::api::LabelJson;
  static constexpr std::string_view kName = "Label";
  static constexpr auto kTable = std::tuple{ZH_PLAIN(zh, "zh"), ZH_PLAIN(en, "en")};
};
template <>
struct zh::Fields<zh::pay::api::MonthListed> {
  using R = zh::pay::api::MonthListed;
  static constexpr auto kTable =
      std::tuple{ZH_PLAIN(period, "period"), ZH_PLAIN(status, "status"), ZH_PLAIN(closed_at, "closed_at")};
};
template <>
struct zh::Fields<zh::pay::api::MonthList> {
  using R = zh::pay::api::MonthList;
  static constexpr auto kTable = std::tuple{ZH_PLAIN(items, "items")};
};
template <>
struct zh::Fields<zh::pay::api::ItemRow> {
  using R = zh::pay::api::ItemRow;
  static constexpr std::string_view kName = "ScorecardItem";
  static constexpr auto kTable =
      std::tuple{ZH_PLAIN(id, "id"),         ZH_PLAIN(label, "label"),     ZH_RESULT(score, "score", Unit::points),
                 ZH_PLAIN(weight, "weight"), ZH_PLAIN(applied, "applied"), ZH_PLAIN(clause, "clause")};
};
template <>
struct zh::Fields<zh::pay::api::ScorecardRow> {
  using R = zh::pay::api::ScorecardRow;
  static constexpr std::string_view kName = "Scorecard";
  static constexpr auto kTable =
      std::tuple{ZH_RESULT(items, "items", Unit::none), ZH_RESULT(bonus, "bonus", Unit::points),
                 ZH_RESULT(deduction, "deduction", Unit::points), ZH_RESULT(total, "total", Unit::points)};
};
template <>
struct zh::Fields<zh::pay::api::ExcellentRow> {
  using R = zh::pay::api::ExcellentRow;
  static constexpr std::string_view kName = "Excellence";
  static constexpr auto kTable =
      std::tuple{ZH_RESULT(eligible, "eligible", Unit::none), ZH_RESULT(reasons, "reasons", Unit::none)};
};
template <>
struct zh::Fields<zh::pay::api::PayLineRow> {
  using R = zh::pay::api::PayLineRow;
  static constexpr std::string_view kName = "PayLine";
  static constexpr auto kTable =
      std::tuple{ZH_PLAIN(id, "id"), ZH_PLAIN(label, "label"), ZH_RESULT(amount, "amount", Unit::yuan),
                 ZH_PLAIN(clause, "clause"), ZH_PLAIN(period, "period")};
};
template <>
struct zh::Fields<zh::pay::api::PayRow> {
  using R = zh::pay::api::PayRow;
  static constexpr std::string_view kName = "Pay";
  static constexpr auto kTable =
      std::tuple{ZH_RESULT(lines, "lines", Unit::none), ZH_RESULT(total, "total", Unit::yuan)};
};
template <>
struct zh::Fields<zh::pay::api::PersonRow> {
  using R = zh::pay::api::PersonRow;
  static constexpr std::string_view kName = "MonthPerson";
  static std::string_view subject(const R& row) { return row.staff_no; }
  static constexpr auto kTable = std::tuple{
      Field{&R::staff_no, "", "staff_no", Unit::none, PersonalData::pseudonym, Secrecy::internal, SeenBy::all},
      ZH_RESULT(name, "name", Unit::none),
      ZH_PLAIN(group, "group"),
      ZH_PLAIN(position, "position"),
      ZH_RESULT(on_probation, "on_probation", Unit::none),
      ZH_RESULT(scorecard, "scorecard", Unit::none),
      ZH_RESULT(rated, "rated", Unit::none),
      ZH_RESULT(rank, "rank", Unit::none),
      ZH_RESULT(star, "star", Unit::count),
      ZH_RESULT(excellent, "excellent", Unit::none),
      ZH_PAY(pay, "pay")};
};
template <>
struct zh::Fields<zh::pay::api::QuotaRow> {
  using R = zh::pay::api::QuotaRow;
  static constexpr std::string_view kName = "Quota";
  static constexpr auto kTable = std::tuple{ZH_PLAIN(star, "star"), ZH_PLAIN(share, "share"), ZH_PLAIN(heads, "heads")};
};
template <>
struct zh::Fields<zh::pay::api::FindingRow> {
  using R = zh::pay::api::FindingRow;
  static constexpr std::string_view kName = "Finding";
  static constexpr auto kTable = std::tuple{ZH_PLAIN(id, "id"), ZH_PLAIN(severity, "severity"), ZH_PLAIN(text, "text"),
                                            ZH_RESULT(subjects, "subjects", Unit::none)};
};
template <>
struct zh::Fields<zh::pay::api::PreviousRow> {
  using R = zh::pay::api::PreviousRow;
  static constexpr std::string_view kName = "PreviousTotal";
  static constexpr auto kTable =
      std::tuple{ZH_RESULT(staff_no, "staff_no", Unit::none), ZH_RESULT(total, "total", Unit::points)};
};
template <>
struct zh::Fields<zh::pay::api::ClosingState> {
  using R = zh::pay::api::ClosingState;
  static constexpr auto kTable =
      std::tuple{ZH_PLAIN(requested_by, "requested_by"), ZH_PLAIN(requested_at, "requested_at")};
};
template <>
struct zh::Fields<zh::pay::api::MonthRow> {
  using R = zh::pay::api::MonthRow;
  static constexpr std::string_view kName = "MonthResult";
  static constexpr auto kTable = std::tuple{ZH_PLAIN(period, "period"),
                                            ZH_PLAIN(pack, "pack"),
                                            ZH_PLAIN(pack_version, "pack_version"),
                                            ZH_PLAIN(status, "status"),
                                            ZH_PLAIN(people, "people"),
                                            ZH_PLAIN(quotas, "quotas"),
                                            ZH_PLAIN(precheck, "precheck"),
                                            ZH_PLAIN(previous, "previous"),
                                            ZH_PLAIN(closing, "closing"),
                                            ZH_PLAIN(showing, "showing"),
                                            ZH_PLAIN(open_questions, "open_questions")};
};
template <>
struct zh::Fields<zh::pay::api::SheetItem> {
  using R = zh::pay::api::SheetItem;
  static constexpr auto kTable = std::tuple{ZH_PLAIN(id, "id"),
                                            ZH_PLAIN(label, "label"),
                                            ZH_PLAIN(clause, "clause"),
                                            ZH_PLAIN(weight, "weight"),
                                            ZH_PLAIN(applied, "applied"),
                                            ZH_RESULT(value, "value", Unit::none),
                                            ZH_PLAIN(unit, "unit"),
                                            ZH_PLAIN(band, "band"),
                                            ZH_RESULT(score, "score", Unit::points),
                                            ZH_RESULT(points, "points", Unit::points),
                                            ZH_PLAIN(next_band, "next_band")};
};
template <>
struct zh::Fields<zh::pay::api::TrendPoint> {
  using R = zh::pay::api::TrendPoint;
  static constexpr auto kTable = std::tuple{ZH_PLAIN(period, "period"), ZH_RESULT(total, "total", Unit::points),
                                            ZH_RESULT(star, "star", Unit::count)};
};
template <>
struct zh::Fields<zh::pay::api::SheetRow> {
  using R = zh::pay::api::SheetRow;
  static constexpr std::string_view kName = "Sheet";
  static std::string_view subject(const R& row) { return row.staff_no; }
  static constexpr auto kTable = std::tuple{ZH_PLAIN(period, "period"),
                                            ZH_PLAIN(status, "status"),
                                            ZH_RESULT(staff_no, "staff_no", Unit::none),
                                            ZH_RESULT(name, "name", Unit::none),
                                            ZH_PLAIN(group, "group"),
                                            ZH_PLAIN(position, "position"),
                                            ZH_RESULT(on_probation, "on_probation", Unit::none),
                                            ZH_PLAIN(items, "items"),
                                            ZH_RESULT(bonus, "bonus", Unit::points),
                                            ZH_RESULT(deduction, "deduction", Unit::points),
                                            ZH_RESULT(total, "total", Unit::points),
                                            ZH_RESULT(rated, "rated", Unit::none),
                                            ZH_RESULT(rank, "rank", Unit::none),
                                            ZH_PLAIN(rated_count, "rated_count"),
                                            ZH_RESULT(star, "star", Unit::count),
                                            ZH_RESULT(excellent, "excellent", Unit::none),
                                            ZH_PAY(pay, "pay"),
                                            ZH_PLAIN(trend, "trend"),
                                            ZH_PLAIN(showing, "showing")};
};
template <>
struct zh::Fields<zh::pay::api::WhyQuery> {
  using R = zh::pay::api::WhyQuery;
  static constexpr auto kTable = std::tuple{zh::http::input(&R::item, "item")};
};
template <>
struct zh::Fields<zh::pay::api::WhyRow> {
  using R = zh::pay::api::WhyRow;
  static constexpr std::string_view kName = "Why";
  static constexpr auto kTable = std::tuple{ZH_RESULT(derivation, "derivation", Unit::none)};
};

template <>
struct zh::Fields<zh::pay::api::ShowingState> {
  using R = zh::pay::api::ShowingState;
  static constexpr auto kTable = std::tuple{ZH_PLAIN(until, "until")};
};
template <>
struct zh::Fields<zh::pay::api::ShowJson> {
  using R = zh::pay::api::ShowJson;
  static constexpr std::string_view kName = "ShowDraft";
  static constexpr auto kTable = std::tuple{zh::http::input(&R::days, "days")};
};
template <>
struct zh::Fields<zh::pay::api::NewMessageJson> {
  using R = zh::pay::api::NewMessageJson;
  static constexpr std::string_view kName = "NewMessage";
  static constexpr auto kTable = std::tuple{zh::http::input(&R::item, "item"), zh::http::input(&R::text, "text")};
};
template <>
struct zh::Fields<zh::pay::api::MessageRow> {
  using R = zh::pay::api::MessageRow;
  static constexpr std::string_view kName = "SheetMessage";
  static constexpr auto kTable = std::tuple{ZH_PLAIN(id, "id"),
                                            ZH_PLAIN(item, "item"),
                                            ZH_RESULT(by, "by", Unit::none),
                                            ZH_RESULT(name, "name", Unit::none),
                                            ZH_PLAIN(by_subject, "by_subject"),
                                            ZH_PLAIN(own, "own"),
                                            ZH_PLAIN(at, "at"),
                                            ZH_RESULT(text, "text", Unit::none)};
};
template <>
struct zh::Fields<zh::pay::api::MessageList> {
  using R = zh::pay::api::MessageList;
  static constexpr auto kTable = std::tuple{ZH_PLAIN(items, "items")};
};
template <>
struct zh::Fields<zh::pay::api::ThreadList> {
  using R = zh::pay::api::ThreadList;
  static constexpr auto kTable = std::tuple{ZH_PLAIN(items, "items")};
};
template <>
struct zh::Fields<zh::pay::api::ThreadRow> {
  using R = zh::pay::api::ThreadRow;
  static constexpr std::string_view kName = "SheetThread";
  static constexpr auto kTable =
      std::tuple{ZH_RESULT(staff_no, "staff_no", Unit::none), ZH_RESULT(name, "name", Unit::none),
                 ZH_PLAIN(messages, "messages"), ZH_PLAIN(open, "open"), ZH_PLAIN(last_at, "last_at")};
};

#undef ZH_RESULT
#undef ZH_PLAIN
#undef ZH_PAY
