// What agents and the supervisor make of the results: most are acknowledged, some asked about, a few appealed against,
// and severe findings are talked about.
#include <algorithm>

#include "app/demo/acting.h"
#include "rooms/quality/appeal/appeal.h"
#include "rooms/quality/appeal/thread.h"
#include "rooms/quality/review/batch.h"
#include "rooms/quality/review/talk.h"

namespace zh::app::demo {

namespace {

using quality::AppealOutcome;
using quality::Finding;
using quality::Inspection;

constexpr int kAppealedPointsMin = 5;  // nobody appeals about two points

// The first finding of each result that an agent would appeal against.
struct Disputed {
  quality::AppealKey key;
  std::string staff_no;
  std::string inspector;
  int points = 0;
};
std::vector<Disputed> disputed_in(const std::vector<Inspection>& inspections) {
  std::vector<Disputed> all;
  for (const Inspection& it : inspections) {
    const auto found =
        std::ranges::find_if(it.marks.findings, [](const Finding& one) { return one.points >= kAppealedPointsMin; });
    if (found == it.marks.findings.end()) continue;
    all.push_back({.key = {it.key, found->number},
                   .staff_no = it.record.staff_no,
                   .inspector = it.inspector,
                   .points = found->points});
  }
  return all;
}

class Appeals {
 public:
  explicit Appeals(const Scene& scene) : scene_(scene) {}

  Status file(const Disputed& what, std::string_view when) {
    const quality::NewAppeal wish{
        .finding = what.key.finding,
        .proposed = {.choice = "minor", .points = 2},
        .reason = "客户当时在催促，请再听一遍 The customer was in a hurry; please listen again"};
    ZH_CHECK(quality::file_appeal(scene_.tx, scene_.regulation, what.key.inspection, wish,
                                  scene_.agent(what.staff_no, when)));
    return {};
  }
  // To the inspector who did not make the inspection.
  Status assign(const Disputed& what, std::string_view when) {
    ZH_TRY(const auto read, quality::find_appeal(scene_.tx, what.key));
    ZH_CHECK(quality::assign_appeal(scene_.tx, scene_.regulation, read, {other(what)}, scene_.supervisor(when)));
    return {};
  }
  Status decide(const Disputed& what, AppealOutcome outcome, std::string_view when) {
    return rule(what, outcome, scene_.inspector(other(what), when));
  }
  Status decide_finally(const Disputed& what, AppealOutcome outcome, std::string_view when) {
    return rule(what, outcome, scene_.supervisor(when));
  }
  Status file_again(const Disputed& what, std::string_view when) {
    ZH_TRY(const auto read, quality::find_appeal(scene_.tx, what.key));
    ZH_CHECK(quality::file_again(scene_.tx, scene_.regulation, read, "第 40 秒可以听到 It can be heard at 0:40",
                                 scene_.agent(what.staff_no, when)));
    return {};
  }
  Status withdraw(const Disputed& what, std::string_view when) {
    ZH_TRY(const auto read, quality::find_appeal(scene_.tx, what.key));
    ZH_CHECK(quality::withdraw_appeal(scene_.tx, read, scene_.agent(what.staff_no, when)));
    return {};
  }

 private:
  static std::string other(const Disputed& what) {
    return std::string(what.inspector == kInspectors[0] ? kInspectors[1] : kInspectors[0]);
  }
  Status rule(const Disputed& what, AppealOutcome outcome, const quality::By& by) {
    ZH_TRY(const auto read, quality::find_appeal(scene_.tx, what.key));
    const quality::Ruling ruling{.outcome = outcome,
                                 .reading = {.choice = "general", .points = 4},
                                 .reason = "已复听录音 The recording was heard again"};
    ZH_CHECK(quality::decide_appeals(scene_.tx, scene_.regulation, {read}, ruling, by));
    return {};
  }

  const Scene& scene_;
};

// October's first round: accepted, in part, rejected and then final, withdrawn. The first two stand once nobody has
// asked again in time.
Status first_appeals(const Scene& scene) {
  ZH_TRY(const auto inspections, inspections_of(scene, 1, 1));
  const auto disputed = disputed_in(inspections);
  if (disputed.size() < 4) return {};
  Appeals appeals(scene);
  for (std::size_t i = 0; i < 4; ++i) ZH_CHECK(appeals.file(disputed[i], "2026-10-15T18:00:00"));
  for (std::size_t i = 0; i < 3; ++i) ZH_CHECK(appeals.assign(disputed[i], "2026-10-16T09:00:00"));
  ZH_CHECK(appeals.withdraw(disputed[3], "2026-10-16T10:00:00"));
  ZH_CHECK(appeals.decide(disputed[0], AppealOutcome::accepted, "2026-10-16T14:00:00"));
  ZH_CHECK(appeals.decide(disputed[1], AppealOutcome::partly, "2026-10-16T14:20:00"));
  ZH_CHECK(appeals.decide(disputed[2], AppealOutcome::rejected, "2026-10-16T14:40:00"));
  ZH_CHECK(appeals.file_again(disputed[2], "2026-10-19T09:00:00"));
  ZH_CHECK(appeals.decide_finally(disputed[2], AppealOutcome::partly, "2026-10-20T15:00:00"));
  ZH_CHECK(quality::expire_appeals(scene.tx, scene.regulation, scene.at("2026-10-28T00:05:00")));
  return {};
}

// October's second round: one waits for somebody, one for its decision, one may still be asked about again, one waits
// for the final word.
Status second_appeals(const Scene& scene) {
  ZH_TRY(const auto inspections, inspections_of(scene, 1, 2));
  const auto disputed = disputed_in(inspections);
  if (disputed.size() < 4) return {};
  Appeals appeals(scene);
  for (std::size_t i = 0; i < 4; ++i) ZH_CHECK(appeals.file(disputed[i], "2026-11-04T18:00:00"));
  for (std::size_t i = 1; i < 4; ++i) ZH_CHECK(appeals.assign(disputed[i], "2026-11-05T09:00:00"));
  ZH_CHECK(appeals.decide(disputed[2], AppealOutcome::partly, "2026-11-09T14:00:00"));
  ZH_CHECK(appeals.decide(disputed[3], AppealOutcome::rejected, "2026-11-06T14:00:00"));
  return appeals.file_again(disputed[3], "2026-11-09T09:00:00");
}

// Two in three are acknowledged, one in eight asked about.
Status read_results(const Scene& scene, int round, const std::string& when) {
  ZH_TRY(const auto inspections, inspections_of(scene, 1, round));
  for (const Inspection& it : inspections) {
    if (!it.is_public()) continue;
    const quality::By agent = scene.agent(it.record.staff_no, when);
    if (it.key.place % 8 == 1) {
      ZH_CHECK(quality::add_message(scene.tx, it.key, 0, "这条是怎么扣分的？ How was this one scored?", agent));
      ZH_CHECK(quality::add_message(scene.tx, it.key, 0, "请看“得分的由来” Please look at \"why\" beside the score",
                                    scene.supervisor(when)));
    }
    if (it.key.place % 3 != 0) ZH_CHECK(quality::acknowledge(scene.tx, it, agent));
  }
  return {};
}

// All talks of the first round, and the batches closed with them; of the second every other one is still due.
Status talk(const Scene& scene) {
  ZH_TRY(const auto due, quality::due_talks(scene.tx));
  for (const quality::Talk& it : due) {
    const bool first = it.inspection.round == 1;
    if (!first && it.inspection.place % 2 == 0) continue;
    ZH_CHECK(quality::record_talk(scene.tx, it.inspection, it.number,
                                  "已沟通，本人认可，将先核对再答复 Talked about: will check before answering",
                                  scene.supervisor(first ? "2026-10-15T11:00:00" : "2026-10-30T11:00:00")));
  }
  for (const std::string_view inspector : kInspectors) {
    ZH_TRY(const auto batch, quality::find_batch(scene.tx, inspector, 1));
    ZH_CHECK(quality::close_batch(scene.tx, batch, scene.supervisor("2026-10-16T16:00:00")));
  }
  return {};
}

}  // namespace

Status answer_results(const Scene& scene) {
  ZH_CHECK(talk(scene));
  ZH_CHECK(read_results(scene, 1, "2026-10-15T17:00:00"));
  ZH_CHECK(first_appeals(scene));
  ZH_CHECK(read_results(scene, 2, "2026-10-30T17:00:00"));
  return second_appeals(scene);
}

}  // namespace zh::app::demo
