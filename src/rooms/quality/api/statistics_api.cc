// What checks are worth, and whether agents serve everybody alike.
#include "rooms/quality/api/desk.h"
#include "rooms/quality/api/statistics_records.h"
#include "rooms/quality/proposal/check_statistics.h"

namespace zh::quality::api {

namespace {

using http::Call;

// Each contact of the days is read: a quarter of a year is what one answer may take.
constexpr int kDaysMax = 92;
constexpr int kShownPlaces = 6;

Result<Interval> during(Call& call, const Zone& zone, const StatisticsQuery& query) {
  ZH_CHECK(check_centre(call));
  if (query.to < query.from || query.to.days - query.from.days >= kDaysMax) {
    call.reject_parameter(
        "to", {.zh = "结束日期应在开始之后，不超过 92 天", .en = "it ends after it begins, within 92 days"});
    return call.refused();
  }
  return Interval{zone.start_of(query.from), zone.start_of(query.to.plus_days(1))};
}

std::optional<Decimal> shown(const std::optional<Decimal>& number) {
  return number ? std::optional(number->round(kShownPlaces, Rounding::half_even)) : std::nullopt;
}

std::optional<TextJson> why_json(statistics::Gap gap) {
  if (gap == statistics::Gap::none) return std::nullopt;
  Text why = statistics::explain(gap);
  return TextJson{.zh = std::move(why.zh), .en = std::move(why.en)};
}

CheckStatisticsJson statistics_json(const CheckStatistics& it, const policy::Check* check) {
  CheckStatisticsJson json{.check = it.check,
                           .by_model = it.by_model,
                           .in_force = it.in_force,
                           .spoke_up = it.spoke_up,
                           .findings = it.findings,
                           .dropped = it.dropped,
                           .accepted = it.accepted,
                           .changed = it.changed,
                           .rejected = it.rejected,
                           .open = it.open,
                           .precision = shown(it.precision.value),
                           .why_none = why_json(it.precision.gap)};
  if (check != nullptr) {
    json.label = TextJson{.zh = check->label.zh, .en = check->label.en};
    json.clause = check->clause;
  }
  if (it.in_force > 0) json.rate = shown(Fraction(it.spoke_up, it.in_force).to_decimal());
  if (it.precision.bounds) {
    json.precision_low = shown(it.precision.bounds->low);
    json.precision_high = shown(it.precision.bounds->high);
  }
  for (const Rejection& rejection : it.rejections) {
    json.rejections.push_back({rejection.inspection.to_string(), rejection.proposal, rejection.reason});
  }
  return json;
}

Result<std::vector<CheckStatisticsJson>> checks(Call& call, Desk& desk, const StatisticsQuery& query) {
  ZH_TRY(const Interval days, during(call, desk.regulation.zone, query));
  ZH_TRY(auto tx, desk.database.read(call.request.stop));
  ZH_TRY(const auto statistics, check_statistics(tx, desk.regulation, days));
  const auto pack = desk.regulation.pack_on(tx, query.to);
  const bool has_checks = pack.ok() && (*pack)->checks != nullptr;
  std::vector<CheckStatisticsJson> list;
  for (const CheckStatistics& it : statistics) {
    list.push_back(statistics_json(it, has_checks ? (*pack)->checks->find(it.check) : nullptr));
  }
  return list;
}

ContrastJson contrast_json(const Contrast& it, const people::People& people) {
  ContrastJson json{.circumstance = it.circumstance,
                    .contacts = it.contacts,
                    .others = it.others,
                    .mean = it.mean,
                    .mean_of_others = it.mean_of_others,
                    .effect = shown(it.test.effect),
                    .p_value = it.test.p_value,
                    .p_adjusted = it.adjusted,
                    .differs = it.differs,
                    .why_none = why_json(it.test.gap)};
  if (it.test.effect) json.effect_size = statistics::size_of(*it.test.effect);
  if (!it.staff_no.empty()) {
    json.staff_no = it.staff_no;
    json.name = name_of_person(people, it.staff_no);
  }
  return json;
}

Result<std::vector<ContrastJson>> consistency(Call& call, Desk& desk, const StatisticsQuery& query) {
  ZH_TRY(const Interval days, during(call, desk.regulation.zone, query));
  ZH_TRY(auto tx, desk.database.read(call.request.stop));
  ZH_TRY(const auto people, desk.known.of(tx));
  ZH_TRY(const auto contacts, scored_contacts(tx, *people, desk.regulation.zone, days));
  std::vector<ContrastJson> list;
  for (const Contrast& it : contrasts_of(contacts)) list.push_back(contrast_json(it, *people));
  return list;
}

}  // namespace

void add_statistics_routes(http::Site& site, const DeskPtr& desk) {
  site.router().add(
      {.method = http::Method::get,
       .path = "/api/v1/checks/statistics",
       .id = "getCheckStatistics",
       .summary = {.zh = "每项自动检查的命中率、准确率和不采纳的理由",
                   .en = "How often each check speaks up, and how often inspectors agree"},
       .tag = "quality",
       .access = planning_access()},
      [desk](Call& call, const http::Query<StatisticsQuery>& query) { return checks(call, *desk, *query); });
  site.router().add(
      {.method = http::Method::get,
       .path = "/api/v1/checks/consistency",
       .id = "getConsistency",
       .summary = {.zh = "四个一样：自动得分在不同情形下是否一致",
                   .en = "Whether agents serve everybody alike, by automatic scores"},
       .tag = "quality",
       .access = planning_access()},
      [desk](Call& call, const http::Query<StatisticsQuery>& query) { return consistency(call, *desk, *query); });
}

}  // namespace zh::quality::api
