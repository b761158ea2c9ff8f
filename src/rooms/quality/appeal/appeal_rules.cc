#include <fmt/format.h>

#include "rooms/quality/appeal/appeal.h"

namespace zh::quality {

namespace {

using policy::Rubric;

std::optional<MarkFault> not_milder(const std::string& pointer, const std::string& clause) {
  return MarkFault{pointer, {.zh = "申诉只能减轻", .en = "an appeal can only make a finding milder"}, clause};
}

std::optional<MarkFault> fault_of_answer(const policy::RubricItem& item, const Reading& reading) {
  if (item.answer(reading.choice) != nullptr && reading.points == 0) return std::nullopt;
  return MarkFault{"/choice",
                   {.zh = fmt::format("“{}”没有 `{}` 这个选项", item.label.zh, reading.choice),
                    .en = fmt::format("\"{}\" has no answer `{}`", item.label.en, reading.choice)},
                   item.clause};
}

}  // namespace

std::string AppealKey::to_string() const { return fmt::format("{}/{}", inspection.to_string(), finding); }

std::optional<Instant> appeal_until(const policy::Pack& pack, const Zone& zone, Instant published) {
  if (!pack.inspections.appeals) return std::nullopt;
  const policy::InspectionAppeals& rule = *pack.inspections.appeals;
  const Date last = rule.rest.after(zone.date_of(published), rule.window);
  return Instant{zone.start_of(last.plus_days(1)).us - 1};
}

std::optional<Instant> again_until(const Appeal& appeal, const policy::Pack& pack, const Zone& zone) {
  if (appeal.state != AppealState::decided || appeal.decisions.empty()) return std::nullopt;
  return appeal_until(pack, zone, appeal.decisions.back().decided_at);
}

std::vector<std::string> actions_of(const Appeal& appeal, const Actor& actor, std::optional<Instant> again_until,
                                    Instant now) {
  const bool is_read = !appeal.blind || appeal.blind_reading;
  return actions_for(kAppealProcess, appeal.state, actor, [&](const AppealStep& step) {
    switch (step.action) {
      case AppealAction::assign:
        return true;
      case AppealAction::read:
        return actor.is(appeal.assigned_to) && !is_read;
      case AppealAction::decide:
        return appeal.state == AppealState::filed_again || (actor.is(appeal.assigned_to) && is_read);
      case AppealAction::file_again:
        return actor.is(appeal.staff_no) && again_until && now <= *again_until;
      case AppealAction::withdraw:
        return actor.is(appeal.staff_no);
      case AppealAction::expire:
      case AppealAction::lapse:
        return true;  // the program's
    }
    return false;
  });
}

std::optional<MarkFault> fault_of(const Rubric& rubric, const std::string& id, const Reading& reading) {
  const policy::RubricItem* const item = rubric.item(id);
  if (item == nullptr) {
    return MarkFault{"/finding", {.zh = "检查表没有这一项", .en = "the rubric has no such item"}, rubric.clause};
  }
  if (rubric.form == policy::RubricForm::weighted) return fault_of_answer(*item, reading);
  const policy::FindingSeverity* const severity = rubric.severity(reading.choice);
  if (severity == nullptr) {
    return MarkFault{"/choice",
                     {.zh = fmt::format("没有 `{}` 这个严重程度", reading.choice),
                      .en = fmt::format("there is no severity `{}`", reading.choice)},
                     rubric.clause};
  }
  if (reading.points == 0 || severity->points.contains(Decimal(reading.points))) return std::nullopt;
  return MarkFault{"/points",
                   {.zh = fmt::format("“{}”扣 {} 到 {} 分", severity->label.zh, severity->points.low->to_string(),
                                      severity->points.high->to_string()),
                    .en = fmt::format("a {} finding costs {} to {} points", severity->label.en,
                                      severity->points.low->to_string(), severity->points.high->to_string())},
                   severity->clause};
}

std::optional<MarkFault> fault_of(const Rubric& rubric, const Finding& finding, const Reading& reading) {
  if (auto fault = fault_of(rubric, finding.item, reading)) return fault;
  const policy::RubricItem& item = *rubric.item(finding.item);
  if (rubric.form == policy::RubricForm::weighted) {
    const policy::RubricAnswer* const now = item.answer(finding.choice);
    const bool better = now == nullptr || item.answer(reading.choice)->share > now->share;
    return better ? std::nullopt : not_milder("/choice", item.clause);
  }
  if (reading.points < finding.points) return std::nullopt;
  return not_milder("/points", rubric.severity(reading.choice)->clause);
}

}  // namespace zh::quality
