// Rubrics and plans as JSON, and back.
#include "rooms/quality/api/desk.h"

namespace zh::quality::api {

namespace {

ItemJson item_json(const policy::RubricItem& item, policy::RubricForm form) {
  ItemJson json{.id = item.id,
                .label = text_json(item.label),
                .clause = item.clause,
                .channels = item.channels,
                .may_not_apply = item.may_not_apply,
                .zero_tolerance = item.zero_tolerance};
  if (form == policy::RubricForm::weighted) json.weight = item.weight;
  for (const policy::RubricAnswer& answer : item.answers) {
    json.answers.push_back({.id = answer.id, .label = text_json(answer.label), .share = answer.share});
  }
  return json;
}

}  // namespace

RubricJson rubric_json(const policy::Rubric& rubric) {
  RubricJson json{.id = rubric.id,
                  .label = text_json(rubric.label),
                  .clause = rubric.clause,
                  .version = rubric.version.hex(),
                  .form = rubric.form,
                  .channels = rubric.channels,
                  .full_mark = rubric.full_mark,
                  .floor = rubric.floor};
  for (const policy::FindingSeverity& it : rubric.severities) {
    json.severities.push_back({.id = it.id,
                               .label = text_json(it.label),
                               .clause = it.clause,
                               .low = it.points.low.value_or(Decimal(0)),
                               .high = it.points.high.value_or(Decimal(0)),
                               .talk = it.talk});
  }
  for (const policy::RubricDimension& dimension : rubric.dimensions) {
    DimensionJson part{.id = dimension.id, .label = text_json(dimension.label)};
    for (const policy::RubricItem& item : dimension.items) part.items.push_back(item_json(item, rubric.form));
    json.dimensions.push_back(std::move(part));
  }
  for (const policy::RubricBonus& it : rubric.bonuses) {
    json.bonuses.push_back({.id = it.id,
                            .label = text_json(it.label),
                            .clause = it.clause,
                            .low = it.points.low.value_or(Decimal(0)),
                            .high = it.points.high.value_or(Decimal(0))});
  }
  return json;
}

RoundJson round_json(const PlanRound& round) {
  return {.round = round.round,
          .first_day = round.first_day,
          .last_day = round.last_day,
          .publish_before = round.publish_before,
          .per_agent = round.per_agent,
          .total = round.total == 0 ? std::nullopt : std::optional(round.total),
          .drawn_at = round.drawn_at};
}

PlanJson plan_json(const Plan& plan, const Names& names, const Actor& actor, Date today) {
  PlanJson json;
  json.number = plan.number;
  json.state = plan.state;
  json.month = plan.what.month;
  json.title = plan.what.title;
  json.groups = plan.what.scope.groups;
  json.products = plan.what.scope.products;
  json.channels = plan.what.scope.channels;
  json.methods = plan.what.methods;
  json.method_note = plan.what.method_note;
  json.signals.emplace();
  for (const sampling::SignalInfo& signal : sampling::kSignals) {
    const std::int64_t adds = plan.what.risk.*signal.weight;
    if (adds != 0) json.signals->push_back({.signal = std::string(signal.name), .adds = adds});
  }
  for (const PlanRound& it : plan.what.rounds) json.rounds.push_back(round_json(it));
  for (const PlanInspector& it : plan.what.inspectors) json.inspectors.push_back({it.staff_no, it.capacity});
  json.drawn_up_by = plan.drawn_up_by;
  json.drawn_up_by_name = names.behind(plan.drawn_up_by);
  if (!plan.approved_by.empty()) json.approved_by = plan.approved_by;
  json.approved_by_name = names.behind(plan.approved_by);
  json.intended = intended_by(plan.what, names.people());
  json.open = plan.open;
  json.actions = actions_of(plan, actor, today);
  return json;
}

PlanDraft plan_draft(const PlanBody& body) {
  PlanDraft draft{.month = body.month,
                  .title = body.title,
                  .scope = {.groups = body.groups, .products = body.products, .channels = body.channels},
                  .risk = {},
                  .methods = body.methods.value_or(std::vector<InspectionMethod>()),
                  .method_note = body.method_note.value_or(std::string()),
                  .rounds = {},
                  .inspectors = {}};
  for (const SignalJson& it : body.signals.value_or(std::vector<SignalJson>())) {
    const sampling::SignalInfo* const signal = sampling::signal_named(it.signal);
    if (signal != nullptr) draft.risk.*signal->weight = it.adds;
  }
  for (const RoundJson& it : body.rounds) {
    draft.rounds.push_back({.round = it.round,
                            .first_day = it.first_day,
                            .last_day = it.last_day,
                            .publish_before = it.publish_before,
                            .per_agent = it.per_agent,
                            .total = it.total.value_or(0),
                            .drawn_at = {}});
  }
  for (const PlanInspectorJson& it : body.inspectors) draft.inspectors.push_back({it.staff_no, it.capacity});
  return draft;
}

}  // namespace zh::quality::api
