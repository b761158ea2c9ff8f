#include "rooms/quality/review/follow_up.h"

#include <algorithm>

#include "rooms/quality/appeal/appeal.h"
#include "rooms/quality/rectification/rectification.h"
#include "rooms/quality/review/talk.h"

namespace zh::quality {

namespace {

// Whether the finding of that number still asks for rectification.
bool is_wanted(const RubricInForce& rubric, const Inspection& inspection, int number) {
  const auto& findings = inspection.marks.findings;
  const auto found = std::ranges::find(findings, number, &Finding::number);
  return inspection.is_public() && found != findings.end() && wants_rectification(*rubric.pack, *rubric.rubric, *found);
}

bool is_wanted(const RubricInForce& rubric, const Inspection& inspection, const Talk& talk) {
  if (talk.about == Talk::About::poor_rectification) return is_wanted(rubric, inspection, talk.finding);
  return inspection.is_public() && asks_for_talk(*rubric.rubric, inspection.marks);
}

}  // namespace

Status begin_follow_up(db::Transaction& tx, const Regulation& regulation, const Inspection& inspection, const By& by) {
  ZH_TRY(const RubricInForce rubric, rubric_of(tx, regulation, inspection));
  if (asks_for_talk(*rubric.rubric, inspection.marks)) {
    ZH_CHECK(open_talk(tx, inspection, Talk::About::severe_finding, 0, by));
  }
  return open_rectifications(tx, regulation, *rubric.pack, inspection, by);
}

Status settle_follow_up(db::Transaction& tx, const Regulation& regulation, const Inspection& inspection, const By& by) {
  ZH_TRY(const RubricInForce rubric, rubric_of(tx, regulation, inspection));
  ZH_TRY(const auto rectifications, rectifications_of(tx, inspection.key));
  for (const Rectification& it : rectifications) {
    if (!is_wanted(rubric, inspection, it.key.finding)) ZH_CHECK(drop_rectification(tx, it, by));
  }
  ZH_TRY(const auto talks, talks_of(tx, inspection.key));
  for (const Talk& talk : talks) {
    if (talk.state == TalkState::due && !is_wanted(rubric, inspection, talk)) ZH_CHECK(drop_talk(tx, talk, by));
  }
  if (inspection.is_public()) return {};
  return lapse_appeals(tx, inspection.key, by);
}

}  // namespace zh::quality
