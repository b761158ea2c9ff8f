#include "policy/checks/explain.h"

#include "policy/checks/evaluation.h"
#include "policy/checks/hit_writer.h"

namespace zh::policy {

namespace {

ConditionSaid::Truth truth_of(const Verdict& verdict) {
  if (verdict.is == Verdict::Is::unknown) return ConditionSaid::Truth::unknown;
  return verdict.holds() ? ConditionSaid::Truth::yes : ConditionSaid::Truth::no;
}

class Explanation {
 public:
  Explanation(const Check& check, const Evaluation& evaluation, const HitWriter& hits)
      : check_(check), evaluation_(evaluation), hits_(hits) {}

  ConditionSaid of(const CheckNode& node) {
    ConditionSaid said;
    said.place = node.place;
    said.operation = node.operation;
    Verdict verdict = evaluation_.verdict(node);
    said.truth = truth_of(verdict);
    bool truncated = false;
    if (verdict.holds()) hits_.write(check_, std::move(verdict.places), said.places, truncated);
    said.looked = evaluation_.looked_through(node);
    add_parts(node, said.parts);
    return said;
  }

 private:
  void add_parts(const CheckNode& node, std::vector<ConditionSaid>& into) {
    if (const auto* const combined = std::get_if<Combined>(&node.test)) {
      for (const CheckNode& part : combined->of) into.push_back(of(part));
    } else if (const auto* const use = std::get_if<UseNamed>(&node.test)) {
      into.push_back(of(check_.named[use->named].condition));
    } else if (const auto* const flow = std::get_if<Flow>(&node.test)) {
      add_steps(flow->steps, into);
    }
  }
  void add_steps(const std::vector<FlowStep>& steps, std::vector<ConditionSaid>& into) {
    for (const FlowStep& step : steps) {
      for (const CheckNode& condition : step.is) into.push_back(of(condition));
      for (const std::vector<FlowStep>& way : step.either) add_steps(way, into);
    }
  }

  const Check& check_;
  const Evaluation& evaluation_;
  const HitWriter& hits_;
};

}  // namespace

CheckSaid explain(const CheckSet& checks, const Check& check, const Conversation& conversation,
                  CheckSet::Workspace& workspace) {
  using Outcome = CheckSaid::Outcome;
  CheckSaid said;
  said.check = &check;
  const Scanned& scanned = checks.scan(conversation, workspace);
  const Evaluation evaluation(check, scanned);
  const HitWriter hits(scanned);
  Explanation explanation(check, evaluation, hits);
  if (check.when) said.when = explanation.of(*check.when);
  if (check.except) said.except = explanation.of(*check.except);
  if (check.kind != CheckKind::ask) said.condition = explanation.of(check.condition);
  using Truth = ConditionSaid::Truth;
  const bool forbids = check.kind == CheckKind::forbid;
  if (!in_force(check, conversation.channel, conversation.day)) {
    said.outcome = Outcome::not_in_force;
  } else if ((said.when && said.when->truth != Truth::yes) || (said.except && said.except->truth == Truth::yes)) {
    said.outcome = Outcome::not_asked;
  } else if (!said.condition) {
    said.outcome = Outcome::asked;
  } else if (said.condition->truth == Truth::unknown) {
    said.outcome = Outcome::unknown;
  } else if (forbids && said.condition->truth == Truth::yes) {
    said.outcome = Outcome::hit;
    said.hits = said.condition->places;
    if (said.hits.empty()) said.hits.push_back({&check, {}, {}, {}, {}});
  } else if (!forbids && said.condition->truth == Truth::no) {
    said.outcome = Outcome::missing;
  }
  return said;
}

std::string_view name_of(ConditionSaid::Truth truth) {
  switch (truth) {
    case ConditionSaid::Truth::no:
      return "no";
    case ConditionSaid::Truth::yes:
      return "yes";
    case ConditionSaid::Truth::unknown:
      return "unknown";
  }
  return "unknown";
}

std::string_view name_of(CheckSaid::Outcome outcome) {
  switch (outcome) {
    case CheckSaid::Outcome::not_in_force:
      return "not_in_force";
    case CheckSaid::Outcome::not_asked:
      return "not_asked";
    case CheckSaid::Outcome::silent:
      return "silent";
    case CheckSaid::Outcome::unknown:
      return "unknown";
    case CheckSaid::Outcome::hit:
      return "hit";
    case CheckSaid::Outcome::missing:
      return "missing";
    case CheckSaid::Outcome::asked:
      return "asked";
  }
  return "silent";
}

}  // namespace zh::policy
