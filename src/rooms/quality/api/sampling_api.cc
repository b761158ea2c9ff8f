// A round's sample: its commitment, its draw, the proof that nobody chose it, and each agent's own part of it.
#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "rooms/contacts/handled.h"
#include "rooms/quality/api/desk.h"
#include "rooms/quality/api/sampling_records.h"
#include "rooms/quality/sampling/sampling.h"

namespace zh::quality::api {

namespace {

using http::Call;
using sampling::DrawId;

Error no_such_round(const Call& call) {
  return error(ErrorCode::not_found, {.zh = fmt::format("计划没有第 {} 轮", call.path_text("round")),
                                      .en = fmt::format("the plan has no round {}", call.path_text("round"))});
}

struct Round {
  Plan plan;
  PlanRound round;
  sampling::Commitment commitment;

  DrawId id() const { return {.plan = plan.number, .round = round.round}; }
  bool committed_in_time(const Zone& zone) const { return commitment.committed_at < zone.start_of(round.first_day); }
};
// The round of the path. Fails (not_found) besides before the plan is approved: there is no seed yet.
Result<Round> round_of(const Call& call, db::Transaction& tx) {
  ZH_TRY(Plan plan, find_plan(tx, path_number(call, "number")));
  const PlanRound* const found = plan.round(path_number(call, "round"));
  if (found == nullptr) return no_such_round(call);
  const PlanRound round = *found;
  ZH_TRY(const auto commitment, sampling::find_commitment(tx, {.plan = plan.number, .round = round.round}));
  if (!commitment) {
    return error(ErrorCode::not_found,
                 {.zh = "计划批准之后才有种子", .en = "there is no seed before the plan is approved"}, {}, "Q1.3");
  }
  return Round{.plan = std::move(plan), .round = round, .commitment = *commitment};
}

// ---- the sample

PickJson pick_json(const sampling::StoredPick& pick, const people::People& people) {
  return {.staff_no = pick.staff_no,
          .name = name_of_person(people, pick.staff_no),
          .place = pick.place,
          .contact = pick.contact,
          .probability = pick.probability.to_string(),
          .replaces = pick.replaces};
}

// What each replacement stands in for.
std::vector<ReplacedJson> replaced_json(const std::vector<sampling::StoredPick>& picks, const people::People& people) {
  std::vector<ReplacedJson> list;
  for (const sampling::StoredPick& pick : picks) {
    if (!pick.replaces) continue;
    const auto before = std::ranges::find_if(picks, [&](const sampling::StoredPick& it) {
      return it.staff_no == pick.staff_no && it.place == *pick.replaces;
    });
    if (before == picks.end()) continue;
    list.push_back({.staff_no = pick.staff_no,
                    .name = name_of_person(people, pick.staff_no),
                    .place = before->place,
                    .contact = before->contact,
                    .reason = pick.reason,
                    .by = pick.contact});
  }
  return list;
}

Result<std::optional<DrawnJson>> drawn_json(Desk& desk, db::Transaction& tx, const DrawId& id) {
  ZH_TRY(const auto drawn, sampling::find_draw(tx, id));
  if (!drawn) return std::optional<DrawnJson>();
  ZH_TRY(const auto people, desk.known.of(tx));
  ZH_TRY(const auto populations, sampling::populations_of(tx, id));
  DrawnJson json{.drawn_at = drawn->drawn_at,
                 .seed = drawn->seed,
                 .frame = drawn->frame,
                 .strata = static_cast<std::int64_t>(populations.size()),
                 .replaced = replaced_json(drawn->picks, *people)};
  for (const auto& agent : populations) json.contacts += agent.contacts;
  for (const auto& pick : drawn->picks) json.picks.push_back(pick_json(pick, *people));
  return std::optional(std::move(json));
}

Result<SampleJson> sample(Call& call, Desk& desk) {
  ZH_CHECK(check_centre(call));
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const Round round, round_of(call, tx));
  SampleJson json{.commitment = round.commitment.commitment,
                  .committed_at = round.commitment.committed_at,
                  .from = round.round.first_day,
                  .to = round.round.last_day,
                  .committed_before_period = round.committed_in_time(desk.regulation.zone)};
  if (!json.committed_before_period) {
    json.warning = TextJson{.zh = "种子在期间开始之后才承诺：样本可以重抽核对，但不能证明事先无人知道",
                            .en =
                                "the seed was committed to after the period began: the sample can be redrawn, but "
                                "nothing shows that nobody knew it"};
  }
  ZH_TRY(json.drawn, drawn_json(desk, tx, round.id()));
  return json;
}

Result<VerificationJson> verification(Call& call, Desk& desk) {
  ZH_CHECK(check_centre(call));
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const Round round, round_of(call, tx));
  ZH_TRY(const auto rounds, sampling::verify_plan(tx, round.plan.number));
  const auto found = std::ranges::find_if(
      rounds, [&](const sampling::Verified& it) { return it.drawn.id.round == round.round.round; });
  if (found == rounds.end()) {
    return error(ErrorCode::not_found, {.zh = "这一轮还没有抽样", .en = "this round has not been drawn"});
  }
  VerificationJson json{.holds = found->holds(),
                        .committed_before_period = found->committed_before_period,
                        .strata = found->strata,
                        .contacts = found->contacts};
  for (const sampling::Finding& it : found->findings) {
    json.findings.push_back(
        {.staff_no = it.staff_no.empty() ? std::nullopt : std::optional(it.staff_no), .what = text_json(it.what)});
  }
  return json;
}

// ---- the own draws

// Of one round, as far as it concerns this agent.
Result<OwnDrawJson> own_draw(Desk& desk, db::Transaction& tx, const Round& round, const std::string& staff_no) {
  OwnDrawJson json{.plan = round.plan.number,
                   .round = round.round.round,
                   .title = round.plan.what.title,
                   .month = round.plan.what.month,
                   .commitment = round.commitment.commitment,
                   .committed_at = round.commitment.committed_at,
                   .committed_before_period = round.committed_in_time(desk.regulation.zone),
                   .drawn_at = round.round.drawn_at};
  if (!json.drawn_at) return json;
  const auto own = sampling::own_stratum(tx, round.id(), staff_no);
  if (!own.ok()) {
    if (own.error().code != ErrorCode::not_found) return own.error();
    json.contacts = 0;
    json.drawn = 0;
    return json;
  }
  ZH_TRY(const sampling::Stratum stratum, sampling::decode(own->proof.stratum));
  json.contacts = stratum.population();
  json.drawn = static_cast<std::int64_t>(own->drawn.size());
  return json;
}

Result<std::vector<OwnDrawJson>> own_draws(Call& call, Desk& desk) {
  constexpr std::int64_t kPlansShown = 24;
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const auto plans, list_plans(tx, kPlansShown));
  std::vector<OwnDrawJson> list;
  for (const Plan& plan : plans) {
    for (const PlanRound& it : plan.what.rounds) {
      ZH_TRY(const auto commitment, sampling::find_commitment(tx, {.plan = plan.number, .round = it.round}));
      if (!commitment) continue;
      const Round round{.plan = plan, .round = it, .commitment = *commitment};
      ZH_TRY(OwnDrawJson own, own_draw(desk, tx, round, call.principal.staff_no));
      list.push_back(std::move(own));
    }
  }
  return list;
}

// Every contact of the stratum, and which were drawn.
Result<std::vector<OwnContactJson>> contacts_of(db::Transaction& tx, const sampling::OwnStratum& own) {
  ZH_TRY(const sampling::Stratum stratum, sampling::decode(own.proof.stratum));
  const std::set<std::string> drawn(own.drawn.begin(), own.drawn.end());
  const auto chances = sampling::probabilities(stratum);
  std::vector<OwnContactJson> list;
  for (std::size_t c = 0; c < stratum.cells.size(); ++c) {
    const sampling::Cell& cell = stratum.cells[c];
    for (std::size_t u = 0; u < cell.units.size(); ++u) {
      OwnContactJson json{.contact = cell.units[u].contact,
                          .channel = cell.name.channel,
                          .product = cell.name.product,
                          .time_of_day = cell.name.time_of_day,
                          .drawn = drawn.contains(cell.units[u].contact),
                          .probability = chances[c][u].to_string()};
      ZH_TRY([[maybe_unused]] const bool known,
             contacts::with_handled(tx, json.contact, [&](const contacts::Handled& it) -> Status {
               json.occurred_at = it.offered_at;
               return {};
             }));
      list.push_back(std::move(json));
    }
  }
  return list;
}

Result<OwnProofJson> own_proof(Call& call, Desk& desk) {
  ZH_TRY(auto tx, desk.database.read());
  const DrawId id{.plan = path_number(call, "plan"), .round = path_number(call, "round")};
  ZH_TRY(const sampling::OwnStratum own, sampling::own_stratum(tx, id, call.principal.staff_no));
  const sampling::Flaw flaw = check_proof(own.proof, own.drawn);
  OwnProofJson json{.commitment = own.proof.commitment,
                    .seed = own.proof.seed,
                    .frame = own.proof.frame,
                    .salt = own.proof.salt,
                    .stratum = own.proof.stratum,
                    .index = static_cast<std::int64_t>(own.proof.place.index),
                    .leaves = static_cast<std::int64_t>(own.proof.place.leaves),
                    .path = own.proof.path,
                    .drawn = own.drawn,
                    .holds = flaw == sampling::Flaw::none,
                    .verdict = text_json(explain(flaw))};
  ZH_TRY(json.contacts, contacts_of(tx, own));
  return json;
}

http::RouteInfo reading(std::string path, std::string id, Text summary, http::Access access) {
  return {.method = http::Method::get,
          .path = "/api/v1/quality/" + std::move(path),
          .id = std::move(id),
          .summary = std::move(summary),
          .tag = "quality",
          .access = std::move(access)};
}

}  // namespace

void add_sampling_routes(http::Site& site, const DeskPtr& desk) {
  site.router().add(reading("plans/{number:int}/rounds/{round:int}/sample", "getSample",
                            {.zh = "一轮样本：承诺，抽样之后的种子、抽样框和样本",
                             .en = "A round's sample: its commitment and, once drawn, seed, frame and picks"},
                            planning_access()),
                    [desk](Call& call) { return sample(call, *desk); });
  http::RouteInfo verifying = reading("plans/{number:int}/rounds/{round:int}/sample/verification", "verifySample",
                                      {.zh = "重抽核对：样本无人挑选、未被改动",
                                       .en = "Redraws the sample and says whether anybody chose or changed it"},
                                      planning_access());
  verifying.rate = http::RateClass::heavy;
  site.router().add(std::move(verifying), [desk](Call& call) { return verification(call, *desk); });
  site.router().add(reading("own-draws", "listOwnDraws",
                            {.zh = "与本人有关的抽样", .en = "The draws that concern oneself"}, agent_access()),
                    [desk](Call& call) { return own_draws(call, *desk); });
  site.router().add(reading("own-draws/{plan:int}/{round:int}", "getOwnProof",
                            {.zh = "本人样本的证明，看不到别人的记录",
                             .en = "The proof of the own sample; shows nobody else's contacts"},
                            agent_access()),
                    [desk](Call& call) { return own_proof(call, *desk); });
}

}  // namespace zh::quality::api
