#include "rooms/inspection/api/inspection_api.h"

#include <memory>

#include "rooms/contacts/api/contact_path.h"
#include "rooms/inspection/api/bench.h"
#include "rooms/inspection/proposal.h"

namespace zh::inspection {

namespace {

using api::Bench;
using http::Call;

api::FindingRow row_of(const Finding& finding, const policy::Check& check) {
  api::FindingRow row{.kind = finding.kind == Finding::Kind::hit ? "hit" : "missing",
                      .check = finding.check,
                      .label = {.zh = check.label.zh, .en = check.label.en},
                      .clause = finding.clause,
                      .item = check.item,
                      .severity = check.severity,
                      .points = check.points.to_int64().value_or(0),
                      .turn = finding.turn,
                      .from = finding.from,
                      .to = finding.to,
                      .start_ms = finding.start_ms,
                      .end_ms = finding.end_ms};
  for (const Finding::Looked& it : finding.looked) {
    row.looked.push_back(
        {.condition = it.condition, .role = it.role, .turns = it.turns, .first = it.first, .last = it.last});
  }
  return row;
}

Result<api::ContactFindingsRow> findings(Call& call, Bench& bench) {
  ZH_TRY(auto tx, bench.database.read(call.request.stop));
  ZH_TRY(const auto people, bench.people.of(tx));
  ZH_TRY(const contacts::Contact contact,
         contacts::api::contact_of_path(call, tx, {.people = *people, .zone = bench.zone}));
  ZH_TRY(const auto found, findings_of(tx, {.call = contact.call, .number = contact.number}));
  api::ContactFindingsRow row;
  if (!found) return row;
  ZH_TRY(const policies::PackPtr pack, bench.given.pack_of(tx, found->pack));
  row.checked = true;
  row.pack = found->pack;
  row.score = found->score;
  for (const Finding& finding : found->findings) {
    const policy::Check* const check = pack->checks == nullptr ? nullptr : pack->checks->find(finding.check);
    if (check != nullptr) row.findings.push_back(row_of(finding, *check));
  }
  return row;
}

}  // namespace

void add_inspection_routes(http::Site& site, db::Database& database, Zone zone, Given given) {
  const api::BenchPtr bench(new Bench{.database = database, .zone = zone, .given = std::move(given), .people = {}});
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/contacts/{id}/findings",
                     .id = "getContactFindings",
                     .summary = {.zh = "自动检查在一条联络里找到的和没找到的",
                                 .en = "What automatic checks found in a contact, and what they missed"},
                     .tag = "checks",
                     .access = api::judging_access()},
                    [bench](Call& call) { return findings(call, *bench); });
  api::add_check_routes(site, bench);
  api::add_bench_routes(site, bench);
  api::add_judging_route(site, bench);
}

}  // namespace zh::inspection
