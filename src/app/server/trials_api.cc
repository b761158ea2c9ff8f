// /checks/last-month, /checks/trials/{job}: a check tried on stored contacts before it is switched on.
#include <fmt/format.h>

#include "app/content.h"
#include "app/server/trial_job.h"
#include "app/server/trials_json.h"
#include "app/server/whole_centre.h"
#include "policy/checks/check_text.h"
#include "rooms/inspection/quote.h"
#include "rooms/quality/proposal/check_statistics.h"

namespace zh::app {

namespace {

using http::Call;
using inspection::Finding;
using inspection::Trial;

constexpr int kDaysMax = 92;
constexpr std::size_t kYamlMax = std::size_t{64} << 10;

http::Access writers() {
  return http::allow({{http::Role::qa_supervisor, http::Scope::centre}, {http::Role::manager, http::Scope::centre}},
                     Secrecy::internal);
}

Result<TrialPlan> plan_of(Call& call, const Centre& centre, const TrialBody& body) {
  const Month last = Month::of(centre.zone.date_of(call.now)).previous();
  TrialPlan plan{.yaml = body.yaml.value_or(std::string()),
                 .check = body.check.value_or(std::string()),
                 .from = body.from.value_or(last.first()),
                 .to = body.to.value_or(last.last())};
  if (body.yaml.has_value() == body.check.has_value()) {
    call.reject("/yaml", {.zh = "给出 `yaml` 或 `check`，二者之一", .en = "give `yaml` or `check`, one of them"});
  }
  if (plan.yaml.size() > kYamlMax) call.reject("/yaml", {.zh = "太长", .en = "it is too long"});
  if (plan.to < plan.from || plan.to.days - plan.from.days >= kDaysMax) {
    call.reject("/to", {.zh = fmt::format("结束日期应在开始之后，不超过 {} 天", kDaysMax),
                        .en = fmt::format("it ends after it begins, within {} days", kDaysMax)});
  }
  if (call.has_faults()) return call.refused();
  if (plan.yaml.empty()) return plan;
  const auto form = policy::form_of(plan.yaml);
  if (!form.ok()) {
    call.reject("/yaml", form.error().message);
    return call.refused();
  }
  plan.check = form->object()->front().name;
  return plan;
}

Result<http::Created<TrialStartedJson>> start(Call& call, const Serving& serving, const TrialBody& body) {
  ZH_TRY(const TrialPlan plan, plan_of(call, serving.centre, body));
  ZH_TRY(auto tx, serving.centre.database->write(call.request.stop));
  ZH_TRY(const auto queued, jobs::enqueue(tx,
                                          {.kind = std::string(kTrialJob),
                                           .payload = to_json(plan),
                                           .attempts_max = 2,
                                           .account = call.principal.account},
                                          call.now));
  ZH_CHECK(tx.commit());
  serving.jobs_queued();
  return http::Created<TrialStartedJson>{.value = {.job = queued.ref},
                                         .location = "/api/v1/checks/trials/" + queued.ref};
}

// ---- how it went

std::optional<std::string> quote_of(db::Transaction& tx, const vault::Keys* keys, const inspection::TrialExample& it) {
  if (keys == nullptr || !it.finding.turn || !it.finding.from || !it.finding.to) return std::nullopt;
  const auto stored = contacts::transcript_of(tx, it.contact.call, it.contact.number);
  if (!stored.ok() || !*stored) return std::nullopt;
  const auto transcript = contacts::open_transcript(**stored, *keys);
  const auto turn = static_cast<std::size_t>(*it.finding.turn);
  if (!transcript.ok() || turn >= transcript->turns.size()) return std::nullopt;
  return inspection::quote_of(transcript->turns[turn].text, *it.finding.from, *it.finding.to).text;
}

TrialExampleJson example_json(db::Transaction& tx, const vault::Keys* keys, const inspection::TrialExample& it) {
  const contacts::ContactPlace& contact = it.contact;
  return {.source_id = contact.number == 1 ? contact.call : fmt::format("{}#{}", contact.call, contact.number),
          .offered_at = contact.offered_at,
          .missing = it.finding.kind == Finding::Kind::missing,
          .turn = it.finding.turn,
          .from = it.finding.from,
          .to = it.finding.to,
          .start_ms = it.finding.start_ms,
          .end_ms = it.finding.end_ms,
          .quote = quote_of(tx, keys, it)};
}

Result<TrialResultJson> result_json(db::Transaction& tx, const Centre& centre, const TrialPlan& plan,
                                    const Trial& trial) {
  TrialResultJson json{.contacts = trial.contacts,
                       .in_force = trial.in_force,
                       .spoke_up = trial.spoke_up,
                       .findings = trial.findings,
                       .proposals = trial.proposals};
  for (const auto& [day, counted] : trial.days) json.days.push_back({day, counted.in_force, counted.spoke_up});
  const auto keys = content_keys(centre);
  for (const inspection::TrialExample& it : trial.examples) {
    json.examples.push_back(example_json(tx, keys.ok() ? &*keys : nullptr, it));
  }
  if (trial.contacts == 0) return json;
  const Interval during{centre.zone.start_of(plan.from), centre.zone.start_of(plan.to.plus_days(1))};
  ZH_TRY(const std::int64_t records, quality::records_inspected(tx, during));
  const quality::ExpectedWork work = quality::expected_work(trial.proposals, trial.contacts, records);
  json.work = TrialWorkJson{.records = records, .proposals = work.proposals, .minutes = work.minutes};
  return json;
}

Result<TrialJson> state(Call& call, const Centre& centre) {
  ZH_TRY(auto tx, centre.database->read(call.request.stop));
  ZH_TRY(const auto job, jobs::find(tx, call.path_text("job")));
  if (!job || job->kind != kTrialJob) {
    return error(ErrorCode::not_found, {.zh = "没有这次试查", .en = "there is no such trial"});
  }
  ZH_TRY(const TrialPlan plan, parse_trial_plan(job->payload));
  TrialJson json{.job = job->ref,
                 .state = std::string(jobs::name_of(job->state)),
                 .done = job->done,
                 .total = job->total,
                 .check = plan.check,
                 .from = plan.from,
                 .to = plan.to};
  if (job->error) json.problem = job->error->to_string(call.language);
  if (!job->result) return json;
  ZH_TRY(const Trial trial, parse_trial(*job->result));
  ZH_TRY(json.result, result_json(tx, centre, plan, trial));
  return json;
}

}  // namespace

void add_trial_routes(http::Site& site, const Serving& serving) {
  site.router().add(
      {.method = http::Method::post,
       .path = "/api/v1/checks/last-month",
       .id = "startCheckTrial",
       .summary = {.zh = "在上月的联络上试查一项检查", .en = "Tries a check on last month's contacts"},
       .tag = "checks",
       .access = writers()},
      [serving](Call& call, const http::Body<TrialBody>& body) -> Result<http::Created<TrialStartedJson>> {
        ZH_CHECK(check_whole_centre(call));
        return start(call, serving, *body);
      });
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/checks/trials/{job}",
                     .id = "getCheckTrial",
                     .summary = {.zh = "试查到哪里了，结果如何", .en = "How far a trial is, and what it found"},
                     .tag = "checks",
                     .access = writers()},
                    over_whole_centre([&centre = serving.centre](Call& call) { return state(call, centre); }));
}

}  // namespace zh::app
