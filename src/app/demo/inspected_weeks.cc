#include "app/demo/inspected_weeks.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "app/demo/acting.h"
#include "app/demo/cast.h"
#include "app/demo/judged.h"
#include "app/demo/marks.h"
#include "app/demo/random.h"
#include "app/inspecting.h"
#include "rooms/contacts/transcripts.h"
#include "rooms/quality/inspection/extent.h"
#include "rooms/quality/plan/draw.h"
#include "rooms/quality/review/batch.h"

namespace zh::app::demo {

namespace {

using quality::Inspection;
using quality::Plan;

quality::PlanRound round_of(int number, std::string_view first, std::string_view last, std::string_view before) {
  return {.round = number,
          .first_day = day(first),
          .last_day = day(last),
          .publish_before = day(before),
          .per_agent = 2,
          .drawn_at = {}};
}

quality::PlanDraft draft_of(std::string_view month, std::string title) {
  const std::string m(month);
  quality::PlanDraft draft{.month = Month::parse(month).value(),
                           .title = std::move(title),
                           .scope = {},
                           .risk = {.complaint = 2'000, .low_satisfaction = 500, .long_contact = 500, .new_agent = 500},
                           .rounds = {},
                           .inspectors = {}};
  draft.rounds = {round_of(1, m + "-01", m + "-09", m + "-15"), round_of(2, m + "-10", m + "-24", m + "-30")};
  for (const std::string_view staff_no : kInspectors) draft.inspectors.push_back({std::string(staff_no), 60});
  return draft;
}

// How well the agent usually does in a call or in writing.
int usual_score(const quality::DrawnRecord& record) {
  const Agent& agent = *std::ranges::find(agents(), record.staff_no, &Agent::staff_no);
  return record.channel == "call" ? agent.recording : agent.text;
}

class Weeks {
 public:
  explicit Weeks(const Scene& scene) : scene_(scene) {}

  // Two rounds of October and the first of November; December's plans wait.
  Status draw_all() {
    ZH_CHECK(approved(draft_of("2026-10", "十月质检 October"), "2026-09-28T09:00:00", "2026-09-29T14:00:00"));
    ZH_CHECK(draw(1, 1, "2026-10-12T09:10:00"));
    ZH_CHECK(draw(1, 2, "2026-10-26T09:10:00"));
    ZH_CHECK(approved(draft_of("2026-11", "十一月质检 November"), "2026-10-27T10:00:00", "2026-10-29T15:00:00"));
    ZH_CHECK(draw(2, 1, "2026-11-10T09:10:00"));
    return plan_december();
  }
  Status inspect_drawn() {
    ZH_CHECK(october());
    return november();
  }

 private:
  Result<Plan> approved(quality::PlanDraft draft, std::string_view drawn_up, std::string_view approved_at) {
    ZH_TRY(const Plan plan, quality::draw_up_plan(scene_.tx, scene_.regulation, draft, scene_.supervisor(drawn_up)));
    const auto secrets = [&, round = 0]() mutable {
      const std::string name = fmt::format("demo {} {}", plan.number, ++round);
      return quality::sampling::Secrets{.seed = sha256("seed of " + name), .blind = sha256("blind of " + name)};
    };
    return quality::approve_and_commit(scene_.tx, scene_.regulation, plan, scene_.manager(approved_at), secrets);
  }
  Status draw(int plan, int round, std::string_view when) {
    ZH_TRY(const Plan read, quality::find_plan(scene_.tx, plan));
    ZH_CHECK(quality::draw_round(scene_.tx, scene_.regulation, read, round, scene_.supervisor(when)));
    return {};
  }

  // Everything of October's first round in the week of the 12th, of its second in that of the 26th.
  Status october() {
    ZH_CHECK(inspect_all(1, 1, "2026-10-12"));
    ZH_CHECK(send_one_back());
    ZH_CHECK(publish(1, "2026-10-14"));
    ZH_CHECK(inspect_all(1, 2, "2026-10-26"));
    ZH_CHECK(hand_in_all(2, "2026-10-28T17:30:00"));
    return publish(2, "2026-10-29");
  }

  // November's first round is in hand: some handed in, some submitted, one a draft, one set aside, the rest waiting.
  Status november() {
    ZH_TRY(const auto drawn, inspections_of(scene_, 2, 1));
    std::map<std::string, int> done;
    for (const Inspection& it : drawn) {
      const int nth = ++done[it.inspector];
      const std::string when = fmt::format("2026-11-10T{:02}:{:02}:00", 9 + nth / 4, 15 + nth % 4 * 10);
      if (nth <= 8) ZH_CHECK(inspect(it, when, true));
      if (nth == 9) ZH_CHECK(set_aside(it, when));
      if (nth == 10) ZH_CHECK(inspect(it, when, false));
    }
    return hand_in("3001", 3, "2026-11-10T17:00:00");
  }

  Status plan_december() {
    ZH_CHECK(approved(draft_of("2026-12", "十二月质检 December"), "2026-11-09T10:00:00", "2026-11-10T11:00:00"));
    quality::PlanDraft draft = draft_of("2026-12", "投诉线专项 Complaints line");
    draft.scope.products = {"complaint"};
    ZH_CHECK(quality::draw_up_plan(scene_.tx, scene_.regulation, draft, scene_.supervisor("2026-11-10T16:00:00")));
    return {};
  }

  // Each inspector one after the other through two days.
  Status inspect_all(int plan, int round, const std::string& monday) {
    ZH_TRY(const auto drawn, inspections_of(scene_, plan, round));
    std::map<std::string, int> done;
    for (const Inspection& it : drawn) {
      const int minutes = 15 * done[it.inspector]++;
      const Date on = day(monday).plus_days(minutes / 480);
      const int of_day = minutes % 480;
      ZH_CHECK(inspect(it, fmt::format("{}T{:02}:{:02}:00", on.to_string(), 9 + (30 + of_day) / 60, (30 + of_day) % 60),
                       true));
    }
    return {};
  }

  Status inspect(const Inspection& drawn, const std::string& when, bool submits) {
    const quality::By by = scene_.inspector(drawn.inspector, when);
    Random random("marks of " + drawn.key.to_string());
    ZH_TRY(const Inspection taken, quality::take(scene_.tx, drawn, by));
    ZH_TRY(const quality::Extent extent, quality::extent_of(scene_.tx, drawn.record));
    const int score = std::clamp(usual_score(drawn.record) + random.between(-8, 8), 60, 100);
    quality::Marks begun;
    if (submits) {
      ZH_TRY(begun, judged_in(taken, 100 - score));
    }
    const quality::Marks marks = marks_near(score, extent, random, std::move(begun));
    ZH_TRY(const Inspection saved, quality::save_draft(scene_.tx, scene_.regulation, taken, marks, extent, by));
    if (!submits) return {};
    ZH_CHECK(quality::submit(scene_.tx, scene_.regulation, saved, by));
    return {};
  }

  // What the inspector makes of what checks propose, as long as the record has points to spare for it.
  Result<quality::Marks> judged_in(const Inspection& taken, int spare) {
    ZH_TRY(const auto proposals, quality::proposals_for(scene_.tx, scene_.regulation, taken));
    Random random("judgements of " + taken.key.to_string());
    return judged(proposals, spare, random);
  }

  Status set_aside(const Inspection& drawn, const std::string& when) {
    const quality::By by = scene_.inspector(drawn.inspector, when);
    ZH_TRY(const Inspection taken, quality::take(scene_.tx, drawn, by));
    ZH_CHECK(quality::set_aside_and_replace(scene_.tx, scene_.regulation, taken, "录音无声 silent recording", by));
    return {};
  }

  // The supervisor wants to know more about one record of 3001's first batch.
  Status send_one_back() {
    ZH_CHECK(hand_in_all(1, "2026-10-13T16:00:00"));
    ZH_TRY(const auto batch, quality::find_batch(scene_.tx, "3001", 1));
    ZH_TRY(const auto inspections, quality::inspections_of(scene_.tx, batch));
    const auto key = inspections.front().key;
    ZH_CHECK(quality::send_back(scene_.tx, batch, "请写明客户原话 Please quote the customer", {key},
                                scene_.supervisor("2026-10-13T16:30:00")));
    ZH_TRY(const Inspection again, quality::find_inspection(scene_.tx, key));
    const quality::By by = scene_.inspector("3001", "2026-10-13T17:00:00");
    ZH_CHECK(quality::submit(scene_.tx, scene_.regulation, again, by));
    return hand_in("3001", 1, "2026-10-13T17:10:00");
  }

  Status hand_in(std::string_view inspector, int number, std::string_view when) {
    ZH_TRY(const auto batch, quality::find_batch(scene_.tx, inspector, number));
    ZH_CHECK(quality::hand_in(scene_.tx, batch, scene_.inspector(inspector, when)));
    return {};
  }
  Status hand_in_all(int number, std::string_view when) {
    for (const std::string_view inspector : kInspectors) ZH_CHECK(hand_in(inspector, number, when));
    return {};
  }
  Status publish(int number, const std::string& on) {
    for (const std::string_view inspector : kInspectors) {
      ZH_TRY(const auto batch, quality::find_batch(scene_.tx, inspector, number));
      ZH_CHECK(quality::publish(scene_.tx, scene_.regulation, batch, scene_.supervisor(on + "T10:00:00")));
    }
    return {};
  }

  const Scene& scene_;
};

// October's plan is done once everything in it is published.
Status close_october(const Scene& scene) {
  ZH_TRY(const Plan plan, quality::find_plan(scene.tx, 1));
  ZH_CHECK(quality::close_plan(scene.tx, plan, scene.supervisor("2026-11-02T09:00:00")));
  return {};
}

// The call as somebody who spoke in it; nothing where it has its transcript, or was too short to say much.
Result<std::optional<Spoken>> silent_call(const Scene& scene, const quality::DrawnRecord& record) {
  constexpr std::int64_t kShortestMs = 40'000;
  if (record.channel != "call") return std::optional<Spoken>();
  const contacts::ContactName name = contacts::contact_name(record.contact);
  ZH_TRY(const auto transcript, contacts::transcript_of(scene.tx, name.call, name.number));
  ZH_TRY(const quality::Extent extent, quality::extent_of(scene.tx, record));
  if (transcript || extent.duration_ms.value_or(0) < kShortestMs) return std::optional<Spoken>();
  return std::optional(Spoken{.source_id = record.contact,
                              .channel = record.channel,
                              .agent = record.staff_no,
                              .started_at = record.occurred_at.seconds(),
                              .length_s = static_cast<int>(*extent.duration_ms / 1'000),
                              .queue = record.product});
}

Result<std::vector<Spoken>> silent_calls(const Scene& scene) {
  std::vector<Spoken> calls;
  for (const auto& [plan, round] : {std::pair{1, 1}, std::pair{1, 2}, std::pair{2, 1}}) {
    ZH_TRY(const auto drawn, inspections_of(scene, plan, round));
    for (const Inspection& it : drawn) {
      ZH_TRY(auto call, silent_call(scene, it.record));
      if (call) calls.push_back(*std::move(call));
    }
  }
  return calls;
}

}  // namespace

Result<std::vector<Inspection>> inspections_of(const Scene& scene, int plan, int round) {
  std::vector<Inspection> all;
  for (int place = 1;; ++place) {
    auto found = quality::find_inspection(scene.tx, {plan, round, place});
    if (found.ok()) {
      all.push_back(*std::move(found));
    } else if (found.error().code == ErrorCode::not_found) {
      return all;
    } else {
      return std::move(found).error();
    }
  }
}

Result<std::vector<Spoken>> draw_inspected_weeks(Centre& centre) {
  const quality::Regulation regulation = regulation_of(centre);
  ZH_TRY(auto tx, centre.database->write());
  const Scene scene{.tx = tx, .regulation = regulation};
  ZH_CHECK(Weeks(scene).draw_all());
  ZH_TRY(auto calls, silent_calls(scene));
  ZH_CHECK(tx.commit());
  return calls;
}

Status work_inspected_weeks(Centre& centre) {
  const quality::Regulation regulation = regulation_of(centre);
  ZH_TRY(auto tx, centre.database->write());
  const Scene scene{.tx = tx, .regulation = regulation};
  ZH_CHECK(Weeks(scene).inspect_drawn());
  ZH_CHECK(answer_results(scene));
  ZH_CHECK(rectify_findings(scene));
  ZH_CHECK(hold_calibrations(scene));
  ZH_CHECK(close_october(scene));
  return tx.commit();
}

}  // namespace zh::app::demo
