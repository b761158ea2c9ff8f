// GET /regulation: the pack in force, clause by clause.
#include <memory>
#include <mutex>

#include "app/packs.h"
#include "app/server/desk_routes.h"
#include "app/server/regulation.h"
#include "app/server/regulation_json.h"
#include "policy/coverage.h"
#include "rooms/policies/policies.h"

namespace zh::app {

namespace {

using http::Call;

// A version with what takes time to find out about it.
struct Read {
  Hash version;
  policies::PackPtr pack;
  std::map<std::string, RuleView> rules;
  std::vector<policy::ClauseCoverage> coverage;
  std::vector<policy::Problem> problems;
};
using ReadPtr = std::shared_ptr<const Read>;

// Keeps the version that was asked for last: a pack is compiled once, not with every look at it.
class LastRead {
 public:
  Result<ReadPtr> of(db::Transaction& tx, const Hash& version) {
    {
      const std::scoped_lock lock(mutex_);
      if (last_ != nullptr && last_->version == version) return last_;
    }
    auto read = std::make_shared<Read>();
    read->version = version;
    ZH_TRY(read->pack, policies::pack_of(tx, version));
    read->rules = rules_of(*read->pack);
    read->coverage = policy::coverage_of(*read->pack);
    ZH_TRY(read->problems, policies::problems_of(tx, version, pack_load_options()));
    const std::scoped_lock lock(mutex_);
    last_ = read;
    return ReadPtr(read);
  }

 private:
  std::mutex mutex_;
  ReadPtr last_;
};

TextJson both(const Text& text) { return {.zh = text.zh, .en = text.en}; }

RuleJson rule_json(const Read& read, const policy::ClauseUse& use, Language language) {
  RuleJson json{.id = use.rule, .rule = use.place.to_string()};
  const auto found = read.rules.find(use.rule);
  if (found == read.rules.end()) {
    json.label = {.zh = use.rule, .en = use.rule};
    return json;
  }
  json.label = both(found->second.label);
  for (const RuleParameter& parameter : found->second.parameters) {
    json.parameters.push_back({.name = parameter.name.in(language), .value = parameter.value});
  }
  return json;
}

ClauseJson clause_json(const Read& read, const policy::ClauseCoverage& covered, Language language) {
  const policy::Clause& clause = *covered.clause;
  ClauseJson json{.id = clause.id,
                  .title = both(clause.title),
                  .text = both(clause.text),
                  .source = clause.source,
                  .coverage = std::string(policy::name_of(covered.coverage))};
  if (!clause.reason.en.empty()) json.reason = both(clause.reason);
  for (const auto& use : covered.uses) json.rules.push_back(rule_json(read, use, language));
  return json;
}

std::string_view name_of(policies::PackState state) {
  return state == policies::PackState::superseded ? "superseded" : "published";
}

RegulationJson regulation_json(const Read& read, const std::vector<policies::Publication>& all, Date on,
                               Language language) {
  RegulationJson json{.pack = read.pack->id, .title = both(read.pack->title), .version = read.version.hex()};
  for (const auto& covered : read.coverage) {
    json.clauses.push_back(clause_json(read, covered, language));
    auto& counts = json.coverage;
    (covered.coverage == policy::Coverage::computed   ? counts.computed
     : covered.coverage == policy::Coverage::recorded ? counts.recorded
                                                      : counts.informative) += 1;
  }
  for (const auto& problem : read.problems) {
    json.problems.push_back({.place = problem.place.to_string(),
                             .severity = problem.severity == policy::Severity::error ? "error" : "warning",
                             .code = std::string(problem.code),
                             .text = problem.what.in(language),
                             .mend = problem.mend.in(language),
                             .clause = problem.clause});
  }
  for (const auto& it : all) {
    if (it.version == read.version && it.effective_from <= on) json.effective_from = it.effective_from;
    json.versions.push_back({.version = it.version.hex(),
                             .pack = it.pack,
                             .effective_from = it.effective_from,
                             .published_at = it.published_at,
                             .published_by = it.published_by,
                             .state = std::string(name_of(policies::state_on(all, it, on)))});
  }
  return json;
}

}  // namespace

void add_regulation_routes(http::Site& site, const Serving& serving) {
  const auto last = std::make_shared<LastRead>();
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/regulation",
                     .id = "getRegulation",
                     .summary = {.zh = "生效的规章：条款、规则、参数、覆盖与检查结果",
                                 .en = "The regulation in force: clauses, rules, parameters, coverage, check results"},
                     .tag = "policies",
                     .access = http::allow_any_account()},
                    [last, &centre = serving.centre](
                        Call& call, const http::Query<RegulationQuery>& query) -> Result<RegulationJson> {
                      const Date on = query->on.value_or(centre.zone.date_of(call.now));
                      ZH_TRY(auto tx, centre.database->read(call.request.stop));
                      ZH_TRY(const Hash version, policies::version_on(tx, on));
                      ZH_TRY(const ReadPtr read, last->of(tx, version));
                      ZH_TRY(const auto all, policies::publications(tx));
                      return regulation_json(*read, all, on, call.language);
                    });
}

}  // namespace zh::app
