// What the routes of contacts give and take. Private to the api.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "http/shape.h"

namespace zh::contacts::api {

// Figures of some contacts; shares from 0 to 1, times in seconds, null without data.
struct SumsRow {
  std::int64_t offered = 0;
  std::int64_t answered = 0;
  std::int64_t abandoned = 0;
  std::int64_t timeout = 0;
  std::int64_t exit_key = 0;
  std::optional<double> service_level_10s = {};
  std::optional<double> wait_mean_s = {};
  std::optional<double> aht_s = {};
};

struct DayRow : SumsRow {
  Date day = {};
};

struct QueueRow : SumsRow {
  std::string queue = {};
};

struct ProductRow : SumsRow {
  std::string product = {};
};

struct HourRow {
  Date day = {};
  int hour = 0;
  std::int64_t offered = 0;
  std::int64_t answered = 0;
  std::int64_t abandoned = 0;
  std::optional<double> aht_s = {};
};

struct OverviewRow {
  SumsRow total = {};
  std::vector<DayRow> days = {};
  std::vector<HourRow> hours = {};
  std::vector<QueueRow> queues = {};
  std::vector<ProductRow> products = {};
};

struct LastDayRow {
  std::optional<Date> last = {};
};

struct DaysQuery {
  Date from = {};
  Date to = {};
};

struct ContactRow {
  std::string id = {};
  std::string source_id = {};
  std::string channel = {};
  std::string direction = {};
  std::string queue = {};
  std::string product = {};                  // its own, else the queue's on that day
  std::optional<std::string> customer = {};  // masked
  std::optional<std::string> agent = {};     // staff number, else the member's name
  std::optional<std::string> agent_name = {};
  Instant offered_at = {};
  std::optional<Instant> answered_at = {};
  std::optional<Instant> ended_at = {};
  std::optional<std::int64_t> wait_ms = {};
  std::optional<std::int64_t> ring_ms = {};
  std::optional<std::int64_t> talk_ms = {};
  std::optional<std::int64_t> hold_ms = {};
  std::string outcome = {};
  std::string transferred = {};
  std::string ended_by = {};
};

struct EventRow {
  Instant at = {};
  std::string event = {};
  std::optional<std::string> member = {};  // staff number, else the member's name; null outside the viewer's reach
  std::string data = {};
};

struct ContactWithEvents {
  ContactRow contact = {};
  std::vector<EventRow> events = {};
};

struct CustomerRow {
  std::string customer = {};
};

struct ListQuery {
  Date from = {};
  Date to = {};
  std::optional<std::string> queue = {};
  std::optional<std::string> agent = {};
  std::optional<std::string> outcome = {};
  std::optional<std::string> q = {};
  std::optional<std::string> sort = {};
  std::optional<std::string> cursor = {};
  std::optional<int> limit = {};
};

}  // namespace zh::contacts::api

// A figure about calls, nobody's in particular; and a cell about one call.
#define ZH_FIGURE(member, name, unit) \
  Field { &R::member, "", name, unit, PersonalData::none, Secrecy::internal, SeenBy::all }
#define ZH_CELL(member, name) ZH_FIGURE(member, name, Unit::none)

template <>
struct zh::Fields<zh::contacts::api::SumsRow> {
  using R = zh::contacts::api::SumsRow;
  static constexpr std::string_view kName = "CallSums";
  static constexpr auto kTable = std::tuple{ZH_FIGURE(offered, "offered", Unit::count),
                                            ZH_FIGURE(answered, "answered", Unit::count),
                                            ZH_FIGURE(abandoned, "abandoned", Unit::count),
                                            ZH_FIGURE(timeout, "timeout", Unit::count),
                                            ZH_FIGURE(exit_key, "exit_key", Unit::count),
                                            ZH_FIGURE(service_level_10s, "service_level_10s", Unit::none),
                                            ZH_FIGURE(wait_mean_s, "wait_mean_s", Unit::seconds),
                                            ZH_FIGURE(aht_s, "aht_s", Unit::seconds)};
};
template <>
struct zh::Fields<zh::contacts::api::DayRow> {
  using R = zh::contacts::api::DayRow;
  static constexpr std::string_view kName = "CallsOfDay";
  static constexpr auto kTable = std::tuple{ZH_CELL(day, "day"),
                                            ZH_FIGURE(offered, "offered", Unit::count),
                                            ZH_FIGURE(answered, "answered", Unit::count),
                                            ZH_FIGURE(abandoned, "abandoned", Unit::count),
                                            ZH_FIGURE(timeout, "timeout", Unit::count),
                                            ZH_FIGURE(exit_key, "exit_key", Unit::count),
                                            ZH_FIGURE(service_level_10s, "service_level_10s", Unit::none),
                                            ZH_FIGURE(wait_mean_s, "wait_mean_s", Unit::seconds),
                                            ZH_FIGURE(aht_s, "aht_s", Unit::seconds)};
};
template <>
struct zh::Fields<zh::contacts::api::QueueRow> {
  using R = zh::contacts::api::QueueRow;
  static constexpr std::string_view kName = "CallsOfQueue";
  static constexpr auto kTable = std::tuple{ZH_CELL(queue, "queue"),
                                            ZH_FIGURE(offered, "offered", Unit::count),
                                            ZH_FIGURE(answered, "answered", Unit::count),
                                            ZH_FIGURE(abandoned, "abandoned", Unit::count),
                                            ZH_FIGURE(timeout, "timeout", Unit::count),
                                            ZH_FIGURE(exit_key, "exit_key", Unit::count),
                                            ZH_FIGURE(service_level_10s, "service_level_10s", Unit::none),
                                            ZH_FIGURE(wait_mean_s, "wait_mean_s", Unit::seconds),
                                            ZH_FIGURE(aht_s, "aht_s", Unit::seconds)};
};
template <>
struct zh::Fields<zh::contacts::api::ProductRow> {
  using R = zh::contacts::api::ProductRow;
  static constexpr std::string_view kName = "CallsOfProduct";
  static constexpr auto kTable = std::tuple{ZH_CELL(product, "product"),
                                            ZH_FIGURE(offered, "offered", Unit::count),
                                            ZH_FIGURE(answered, "answered", Unit::count),
                                            ZH_FIGURE(abandoned, "abandoned", Unit::count),
                                            ZH_FIGURE(timeout, "timeout", Unit::count),
                                            ZH_FIGURE(exit_key, "exit_key", Unit::count),
                                            ZH_FIGURE(service_level_10s, "service_level_10s", Unit::none),
                                            ZH_FIGURE(wait_mean_s, "wait_mean_s", Unit::seconds),
                                            ZH_FIGURE(aht_s, "aht_s", Unit::seconds)};
};
template <>
struct zh::Fields<zh::contacts::api::HourRow> {
  using R = zh::contacts::api::HourRow;
  static constexpr std::string_view kName = "CallsOfHour";
  static constexpr auto kTable = std::tuple{ZH_CELL(day, "day"),
                                            ZH_CELL(hour, "hour"),
                                            ZH_FIGURE(offered, "offered", Unit::count),
                                            ZH_FIGURE(answered, "answered", Unit::count),
                                            ZH_FIGURE(abandoned, "abandoned", Unit::count),
                                            ZH_FIGURE(aht_s, "aht_s", Unit::seconds)};
};
template <>
struct zh::Fields<zh::contacts::api::OverviewRow> {
  using R = zh::contacts::api::OverviewRow;
  static constexpr std::string_view kName = "Overview";
  static constexpr auto kTable = std::tuple{ZH_CELL(total, "total"), ZH_CELL(days, "days"), ZH_CELL(hours, "hours"),
                                            ZH_CELL(queues, "queues"), ZH_CELL(products, "products")};
};
template <>
struct zh::Fields<zh::contacts::api::LastDayRow> {
  using R = zh::contacts::api::LastDayRow;
  static constexpr std::string_view kName = "LastDayWithCalls";
  static constexpr auto kTable = std::tuple{ZH_CELL(last, "last")};
};
template <>
struct zh::Fields<zh::contacts::api::DaysQuery> {
  using R = zh::contacts::api::DaysQuery;
  static constexpr std::string_view kName = "DaysQuery";
  static constexpr auto kTable = std::tuple{zh::http::input(&R::from, "from"), zh::http::input(&R::to, "to")};
};
template <>
struct zh::Fields<zh::contacts::api::ContactRow> {
  using R = zh::contacts::api::ContactRow;
  static constexpr std::string_view kName = "ContactListed";
  static std::string_view subject(const R& row) {
    return row.agent ? std::string_view(*row.agent) : std::string_view();
  }
  static constexpr auto kTable = std::tuple{
      ZH_CELL(id, "id"),
      ZH_CELL(source_id, "source_id"),
      ZH_CELL(channel, "channel"),
      ZH_CELL(direction, "direction"),
      ZH_CELL(queue, "queue"),
      ZH_CELL(product, "product"),
      Field{&R::customer, "", "customer", Unit::none, PersonalData::customer, Secrecy::internal, SeenBy::all},
      Field{&R::agent, "", "agent", Unit::none, PersonalData::pseudonym, Secrecy::internal, SeenBy::self_and_leads},
      Field{&R::agent_name, "", "agent_name", Unit::none, PersonalData::employee, Secrecy::internal,
            SeenBy::self_and_leads},
      ZH_CELL(offered_at, "offered_at"),
      ZH_CELL(answered_at, "answered_at"),
      ZH_CELL(ended_at, "ended_at"),
      ZH_FIGURE(wait_ms, "wait_ms", Unit::milliseconds),
      ZH_FIGURE(ring_ms, "ring_ms", Unit::milliseconds),
      ZH_FIGURE(talk_ms, "talk_ms", Unit::milliseconds),
      ZH_FIGURE(hold_ms, "hold_ms", Unit::milliseconds),
      ZH_CELL(outcome, "outcome"),
      ZH_CELL(transferred, "transferred"),
      ZH_CELL(ended_by, "ended_by")};
};
template <>
struct zh::Fields<zh::contacts::api::EventRow> {
  using R = zh::contacts::api::EventRow;
  static constexpr std::string_view kName = "CallEvent";
  static constexpr auto kTable =
      std::tuple{ZH_CELL(at, "at"), ZH_CELL(event, "event"),
                 Field{&R::member, "", "member", Unit::none, PersonalData::pseudonym, Secrecy::internal, SeenBy::all},
                 Field{&R::data, "", "data", Unit::none, PersonalData::none, Secrecy::internal, SeenBy::all}};
};
template <>
struct zh::Fields<zh::contacts::api::ContactWithEvents> {
  using R = zh::contacts::api::ContactWithEvents;
  static constexpr std::string_view kName = "ContactWithEvents";
  static constexpr auto kTable = std::tuple{ZH_CELL(contact, "contact"), ZH_CELL(events, "events")};
};
template <>
struct zh::Fields<zh::contacts::api::CustomerRow> {
  using R = zh::contacts::api::CustomerRow;
  static constexpr std::string_view kName = "CustomerNumber";
  static constexpr auto kTable = std::tuple{
      Field{&R::customer, "customer", "customer", Unit::none, PersonalData::customer, Secrecy::secret, SeenBy::leads}};
};
template <>
struct zh::Fields<zh::contacts::api::ListQuery> {
  using R = zh::contacts::api::ListQuery;
  static constexpr std::string_view kName = "ContactsQuery";
  static constexpr auto kTable =
      std::tuple{zh::http::input(&R::from, "from"),       zh::http::input(&R::to, "to"),
                 zh::http::input(&R::queue, "queue"),     zh::http::input(&R::agent, "agent"),
                 zh::http::input(&R::outcome, "outcome"), zh::http::input(&R::q, "q"),
                 zh::http::input(&R::sort, "sort"),       zh::http::input(&R::cursor, "cursor"),
                 zh::http::input(&R::limit, "limit")};
};

#undef ZH_CELL
#undef ZH_FIGURE
