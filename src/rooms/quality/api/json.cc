// The room's types as JSON, and back.
#include <fmt/format.h>

#include <algorithm>

#include "rooms/quality/api/desk.h"

namespace zh::quality::api {

namespace {

std::optional<std::string> if_any(const std::string& text) { return text.empty() ? std::nullopt : std::optional(text); }

// The judgements are the inspector's work: of a draft only. What became of them is among the proposals.
std::vector<JudgementJson> judgements_json(const Marks& marks) {
  std::vector<JudgementJson> list;
  for (const Judgement& it : marks.judgements) list.push_back({it.proposal, it.finding, it.reason});
  return list;
}

ReadingJson reading_json(const Reading& reading) { return {.choice = reading.choice, .points = reading.points}; }

}  // namespace

TextJson text_json(const Text& text) { return {.zh = text.zh, .en = text.en}; }

std::optional<std::string> name_of_person(const people::People& people, const std::string& staff_no) {
  const people::Person* const person = people.find(staff_no);
  return person == nullptr ? std::nullopt : if_any(person->name());
}

Marks marks_of(const MarksJson& json) {
  Marks marks{.findings = {}, .bonuses = {}, .not_applicable = json.not_applicable, .judgements = {}};
  for (const JudgementJson& it : json.judgements.value_or(std::vector<JudgementJson>())) {
    marks.judgements.push_back({it.proposal, it.finding, it.reason.value_or(std::string())});
  }
  for (const FindingJson& it : json.findings) {
    Finding finding{.number = it.number,
                    .item = it.item,
                    .choice = it.choice,
                    .points = it.points,
                    .span = {},
                    .reason = it.reason};
    if (it.span)
      finding.span = {.of = it.span->of, .turn = it.span->turn, .from = it.span->from, .until = it.span->until};
    marks.findings.push_back(std::move(finding));
  }
  for (const BonusJson& it : json.bonuses) marks.bonuses.push_back({it.bonus, it.points, it.reason});
  return marks;
}

MarksJson marks_json(const Marks& marks) {
  MarksJson json{.not_applicable = marks.not_applicable};
  for (const Finding& finding : marks.findings) json.findings.push_back(finding_json(finding));
  for (const Bonus& bonus : marks.bonuses) json.bonuses.push_back({bonus.bonus, bonus.points, bonus.reason});
  return json;
}

FindingJson finding_json(const Finding& finding) {
  FindingJson json{.number = finding.number,
                   .item = finding.item,
                   .choice = finding.choice,
                   .points = finding.points,
                   .reason = finding.reason};
  if (finding.span.of != Span::Of::whole) {
    json.span = SpanJson{
        .of = finding.span.of, .turn = finding.span.turn, .from = finding.span.from, .until = finding.span.until};
  }
  return json;
}

InspectionJson inspection_json(const Inspection& it, const RubricInForce& rubric, const Regulation& regulation,
                               const people::People& people, const Actor& actor) {
  InspectionJson json{.key = it.key.to_string(),
                      .contact = it.record.contact,
                      .channel = it.record.channel,
                      .product = it.record.product,
                      .staff_no = it.record.staff_no,
                      .name = name_of_person(people, it.record.staff_no),
                      .group = it.record.group,
                      .occurred_at = it.record.occurred_at,
                      .probability = it.record.probability,
                      .rubric = it.rubric,
                      .inspector = it.inspector,
                      .inspector_name = name_of_person(people, it.inspector),
                      .state = it.state,
                      .marks = marks_json(it.marks),
                      .score = it.score,
                      .taken_at = it.taken_at,
                      .submitted_at = it.submitted_at,
                      .published_at = it.published_at,
                      .acknowledged_at = it.acknowledged_at,
                      .reason = it.reason,
                      .actions = actions_of(it, actor)};
  if (it.instead_of) json.instead_of = InspectionKey{it.key.plan, it.key.round, *it.instead_of}.to_string();
  if (it.state == InspectionState::taken) {
    json.marks.judgements = judgements_json(it.marks);
    const auto live = score_of(*rubric.rubric, it.marks);
    json.score = live ? std::optional(percent_of(*rubric.rubric, live->value)) : std::nullopt;
  }
  if (it.is_public()) json.appeal_until = appeal_until(*rubric.pack, regulation.zone, *it.published_at);
  return json;
}

ResultJson result_json(const Inspection& it, const people::People& people) {
  ResultJson json{.key = it.key.to_string(),
                  .contact = it.record.contact,
                  .channel = it.record.channel,
                  .product = it.record.product,
                  .staff_no = it.record.staff_no,
                  .name = name_of_person(people, it.record.staff_no),
                  .group = it.record.group,
                  .inspector = it.inspector,
                  .inspector_name = name_of_person(people, it.inspector),
                  .state = it.state,
                  .occurred_at = it.record.occurred_at,
                  .submitted_at = it.submitted_at,
                  .score = it.score,
                  .sent_back = it.state == InspectionState::taken && it.submitted_at.has_value()};
  for (const Finding& finding : it.marks.findings) json.findings.push_back(finding_json(finding));
  return json;
}

BatchJson batch_json(const Batch& batch, const std::vector<Inspection>& inspections, const Names& names,
                     const Actor& actor) {
  BatchJson json{.inspector = batch.inspector,
                 .name = names.of(batch.inspector),
                 .number = batch.number,
                 .week = batch.week,
                 .state = batch.state,
                 .comment = batch.comment,
                 .handed_in_at = batch.handed_in_at,
                 .published_by = if_any(batch.published_by),
                 .published_by_name = names.behind(batch.published_by),
                 .published_at = batch.published_at,
                 .count = batch.count,
                 .talks_due = batch.talks_due,
                 .actions = actions_of(batch, actor)};
  for (const Inspection& it : inspections) json.inspections.push_back(result_json(it, names.people()));
  return json;
}

TalkJson talk_json(const Talk& talk, const Names& names) {
  const bool severe = talk.about == Talk::About::severe_finding;
  return {.inspection = talk.inspection.to_string(),
          .number = talk.number,
          .about = severe ? TalkAbout::severe_finding : TalkAbout::poor_rectification,
          .finding = talk.finding == 0 ? std::nullopt : std::optional(talk.finding),
          .staff_no = talk.staff_no,
          .name = names.of(talk.staff_no),
          .state = talk.state,
          .opened_at = talk.opened_at,
          .recorded_at = talk.recorded_at,
          .recorded_by = if_any(talk.recorded_by),
          .recorded_by_name = names.behind(talk.recorded_by),
          .record = talk.record};
}

AppealJson appeal_json(const Appeal& appeal, const Inspection& inspection, const policy::Pack& pack, const Zone& zone,
                       const Names& names, const By& by) {
  const auto until = again_until(appeal, pack, zone);
  AppealJson json{.inspection = appeal.key.inspection.to_string(),
                  .finding = appeal.key.finding,
                  .contact = inspection.record.contact,
                  .channel = inspection.record.channel,
                  .occurred_at = inspection.record.occurred_at,
                  .staff_no = appeal.staff_no,
                  .name = names.of(appeal.staff_no),
                  .state = appeal.state,
                  .filed_at = appeal.filed_at,
                  .reason = appeal.reason,
                  .proposed = reading_json(appeal.proposed),
                  .assigned_to = if_any(appeal.assigned_to),
                  .assigned_name = names.of(appeal.assigned_to),
                  .reason_again = appeal.reason_again,
                  .blind = appeal.blind,
                  .actions = actions_of(appeal, by.actor, until, by.now)};
  const auto& findings = inspection.marks.findings;
  const auto finding = std::ranges::find(findings, appeal.key.finding, &Finding::number);
  if (finding != findings.end()) {
    json.item = finding->item;
    json.current = {.choice = finding->choice, .points = finding->points};
  }
  if (appeal.blind_reading) json.blind_reading = reading_json(*appeal.blind_reading);
  if (appeal.is_blind_to(by.actor.staff_no)) {
    json.reason.clear();
    json.proposed = {};
    json.current = {};
    return json;
  }
  json.again_until = until;
  for (const AppealDecision& it : appeal.decisions) {
    json.decisions.push_back({.number = it.number,
                              .outcome = it.outcome,
                              .before = reading_json(it.before),
                              .after = reading_json(it.after),
                              .decided_by = it.decided_by,
                              .decided_by_name = names.behind(it.decided_by),
                              .decided_at = it.decided_at,
                              .reason = it.reason});
  }
  return json;
}

}  // namespace zh::quality::api
