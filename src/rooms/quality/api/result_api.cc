// Published results, for those they concern.
#include <algorithm>
#include <iterator>
#include <tuple>

#include "rooms/quality/api/desk.h"

namespace zh::quality::api {

namespace {

using http::Call;

constexpr int kResultDaysMax = 400;

Result<std::vector<ResultJson>> result_list(Call& call, Desk& desk, const ResultsQuery& query) {
  ZH_TRY(const Interval during, days_of(call, desk, query));
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const auto people, desk.known.of(tx));
  ZH_TRY(const auto found, results_within(tx, call.reach, during, query.staff_no));
  std::vector<ResultJson> list;
  list.reserve(found.size());
  for (const Inspection& it : found) list.push_back(result_json(it, *people));
  return list;
}

}  // namespace

Result<Interval> days_of(Call& call, const Desk& desk, const ResultsQuery& query) {
  if (query.to < query.from || query.to.days - query.from.days > kResultDaysMax) {
    call.reject_parameter(
        "to", {.zh = "结束日期应在开始之后，不超过 400 天", .en = "it ends after it begins, within 400 days"});
    return call.refused();
  }
  const Zone& zone = desk.regulation.zone;
  return Interval{zone.start_of(query.from), zone.start_of(query.to.plus_days(1))};
}

Result<std::vector<Inspection>> results_within(db::Transaction& tx, const http::Reach& reach, Interval during,
                                               const std::optional<std::string>& staff_no) {
  std::vector<Inspection> all;
  const auto add = [&](Result<std::vector<Inspection>> more) -> Status {
    if (!more.ok()) return std::move(more).error();
    all.insert(all.end(), std::move_iterator(more->begin()), std::move_iterator(more->end()));
    return {};
  };
  if (reach.centre) {
    ZH_CHECK(add(staff_no ? results_of_agent(tx, *staff_no, during) : results(tx, during)));
  } else {
    for (const std::string& group : reach.groups) ZH_CHECK(add(results_of_group(tx, group, during)));
    if (!reach.self.empty()) ZH_CHECK(add(results_of_agent(tx, reach.self, during)));
  }
  if (staff_no) std::erase_if(all, [&](const Inspection& it) { return it.record.staff_no != *staff_no; });
  std::ranges::sort(all, [](const Inspection& a, const Inspection& b) {
    return std::tie(b.record.occurred_at, b.key) < std::tie(a.record.occurred_at, a.key);
  });
  const auto same = std::ranges::unique(all, {}, &Inspection::key);
  all.erase(same.begin(), same.end());
  return all;
}

void add_result_routes(http::Site& site, const DeskPtr& desk) {
  site.router().add(
      {.method = http::Method::get,
       .path = "/api/v1/quality/results",
       .id = "listInspectionResults",
       .summary = {.zh = "已公布的质检结果", .en = "Published results"},
       .tag = "quality",
       .access = result_access()},
      [desk](Call& call, const http::Query<ResultsQuery>& query) { return result_list(call, *desk, *query); });
}

}  // namespace zh::quality::api
