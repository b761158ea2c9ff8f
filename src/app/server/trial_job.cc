#include "app/server/trial_job.h"

#include "app/content.h"
#include "app/packs.h"
#include "base/json.h"
#include "policy/checks/check_text.h"
#include "rooms/policies/policies.h"

namespace zh::app {

namespace {

using inspection::Finding;
using inspection::Trial;

json::Value number(const std::optional<std::int64_t>& value) { return value ? json::Value(*value) : json::Value(); }

std::string text_of(const json::Value& object, std::string_view key) {
  const json::Value* const value = object.find(key);
  return value != nullptr && value->text() != nullptr ? *value->text() : std::string();
}
std::optional<std::int64_t> number_of(const json::Value& object, std::string_view key) {
  const json::Value* const value = object.find(key);
  return value == nullptr ? std::nullopt : value->integer();
}
const json::Array& list_of(const json::Value& object, std::string_view key) {
  static const json::Array kNone;
  const json::Value* const value = object.find(key);
  return value != nullptr && value->array() != nullptr ? *value->array() : kNone;
}

json::Value example_json(const inspection::TrialExample& it) {
  return json::Object{{"call", it.contact.call},
                      {"number", it.contact.number},
                      {"offered_at", it.contact.offered_at.us},
                      {"missing", it.finding.kind == Finding::Kind::missing},
                      {"turn", number(it.finding.turn)},
                      {"from", number(it.finding.from)},
                      {"to", number(it.finding.to)},
                      {"start_ms", number(it.finding.start_ms)},
                      {"end_ms", number(it.finding.end_ms)}};
}

inspection::TrialExample example_from(const json::Value& json) {
  inspection::TrialExample it;
  it.contact.call = text_of(json, "call");
  it.contact.number = static_cast<int>(number_of(json, "number").value_or(1));
  it.contact.offered_at = Instant{number_of(json, "offered_at").value_or(0)};
  const json::Value* const missing = json.find("missing");
  it.finding.kind =
      missing != nullptr && missing->boolean().value_or(false) ? Finding::Kind::missing : Finding::Kind::hit;
  it.finding.turn = number_of(json, "turn");
  it.finding.from = number_of(json, "from");
  it.finding.to = number_of(json, "to");
  it.finding.start_ms = number_of(json, "start_ms");
  it.finding.end_ms = number_of(json, "end_ms");
  return it;
}

// The pack in force today, with the check as it is being written.
Result<policies::PackPtr> pack_with(Centre& centre, jobs::JobRun& run, const TrialPlan& plan) {
  ZH_TRY(auto tx, centre.database->read(run.stop()));
  ZH_TRY(const auto pack, policies::pack_on(tx, centre.zone.date_of(system_now())));
  if (plan.yaml.empty()) return pack;
  ZH_TRY(const policy::Sources sources, policies::sources_of(tx, pack->version));
  ZH_TRY(const auto edited, policy::with_check(sources, pack->checks.get(), plan.yaml));
  ZH_TRY(policy::Pack changed, policy::load_pack(edited.sources, pack_load_options()));
  return std::make_shared<const policy::Pack>(std::move(changed));
}

}  // namespace

std::string to_json(const TrialPlan& plan) {
  return json::compact(json::Object{
      {"yaml", plan.yaml}, {"check", plan.check}, {"from", plan.from.to_string()}, {"to", plan.to.to_string()}});
}

Result<TrialPlan> parse_trial_plan(std::string_view text) {
  ZH_TRY(const json::Value object, json::parse(text));
  TrialPlan plan{.yaml = text_of(object, "yaml"), .check = text_of(object, "check"), .from = {}, .to = {}};
  ZH_TRY(plan.from, Date::parse(text_of(object, "from")));
  ZH_TRY(plan.to, Date::parse(text_of(object, "to")));
  return plan;
}

std::string to_json(const Trial& trial) {
  json::Array days;
  for (const auto& [day, counted] : trial.days) {
    days.push_back(
        json::Object{{"day", day.to_string()}, {"in_force", counted.in_force}, {"spoke_up", counted.spoke_up}});
  }
  json::Array examples;
  for (const inspection::TrialExample& it : trial.examples) examples.push_back(example_json(it));
  return json::compact(json::Object{{"contacts", trial.contacts},
                                    {"in_force", trial.in_force},
                                    {"spoke_up", trial.spoke_up},
                                    {"findings", trial.findings},
                                    {"proposals", trial.proposals},
                                    {"days", std::move(days)},
                                    {"examples", std::move(examples)}});
}

Result<Trial> parse_trial(std::string_view text) {
  ZH_TRY(const json::Value object, json::parse(text));
  Trial trial;
  trial.contacts = number_of(object, "contacts").value_or(0);
  trial.in_force = number_of(object, "in_force").value_or(0);
  trial.spoke_up = number_of(object, "spoke_up").value_or(0);
  trial.findings = number_of(object, "findings").value_or(0);
  trial.proposals = number_of(object, "proposals").value_or(0);
  for (const json::Value& it : list_of(object, "days")) {
    ZH_TRY(const Date day, Date::parse(text_of(it, "day")));
    trial.days[day] = {.in_force = number_of(it, "in_force").value_or(0),
                       .spoke_up = number_of(it, "spoke_up").value_or(0)};
  }
  for (const json::Value& it : list_of(object, "examples")) trial.examples.push_back(example_from(it));
  return trial;
}

Status run_trial_job(Centre& centre, jobs::JobRun& run) {
  ZH_TRY(const TrialPlan plan, parse_trial_plan(run.job().payload));
  ZH_TRY(const vault::Keys keys, content_keys(centre));
  ZH_TRY(const policies::PackPtr pack, pack_with(centre, run, plan));
  const inspection::TrialOrder order{
      .offered = {centre.zone.start_of(plan.from), centre.zone.start_of(plan.to.plus_days(1))},
      .check = plan.check,
      .stop = run.stop()};
  ZH_TRY(const Trial trial, inspection::try_check(*centre.database, keys, centre.zone, order, pack,
                                                  [&](std::int64_t done, std::int64_t total) {
                                                    run.progress(done, total,
                                                                 {.zh = "试查联络", .en = "trying the check"});
                                                  }));
  ZH_TRY(auto tx, centre.database->write(run.stop()));
  ZH_CHECK(run.complete(tx, to_json(trial)));
  return tx.commit();
}

}  // namespace zh::app
