// What is done about the findings: rectifications in each of their states, month reports, and the inspectors'
// calibration sessions.
#include <fmt/format.h>

#include <algorithm>

#include "app/demo/acting.h"
#include "app/demo/marks.h"
#include "app/demo/random.h"
#include "rooms/quality/calibration/session.h"
#include "rooms/quality/inspection/extent.h"
#include "rooms/quality/month/report.h"
#include "rooms/quality/rectification/rectification.h"

namespace zh::app::demo {

namespace {

using quality::Inspection;
using quality::Rectification;

constexpr std::string_view kMeasures =
    "每通电话先核对身份再查询，班前复习口径 Check who is calling before looking anything up; read the scripts before "
    "each shift";
constexpr std::string_view kDone = "已连续一周照做，请检查 Done for a week; please check";

class Rectifying {
 public:
  explicit Rectifying(const Scene& scene) : scene_(scene) {}

  Status set_measures(const Rectification& it, std::string_view when) {
    ZH_TRY(const auto read, quality::find_rectification(scene_.tx, it.key));
    ZH_CHECK(quality::set_measures(scene_.tx, read, std::string(kMeasures), scene_.agent(it.staff_no, when)));
    return {};
  }
  Status report(const Rectification& it, std::string_view when) {
    ZH_TRY(const auto read, quality::find_rectification(scene_.tx, it.key));
    ZH_CHECK(quality::report(scene_.tx, read, std::string(kDone), scene_.agent(it.staff_no, when)));
    return {};
  }
  Status ask_extension(const Rectification& it, std::string_view until, std::string_view when) {
    ZH_TRY(const auto read, quality::find_rectification(scene_.tx, it.key));
    ZH_CHECK(quality::ask_extension(scene_.tx, read, Date::parse(until).value(), "正在培训中 Still in training",
                                    scene_.agent(it.staff_no, when)));
    return {};
  }
  Status grant_extension(const Rectification& it, std::string_view when) {
    ZH_TRY(const auto read, quality::find_rectification(scene_.tx, it.key));
    ZH_CHECK(quality::settle_extension(scene_.tx, read, true, "同意 Granted", scene_.supervisor(when)));
    return {};
  }
  // By the second round's record of the same agent, where the contact came after the report.
  Status verify(const Rectification& it, bool good, const std::vector<Inspection>& later, std::string_view when) {
    ZH_TRY(const auto read, quality::find_rectification(scene_.tx, it.key));
    const auto fits = [&](const Inspection& one) {
      return one.is_public() && one.record.staff_no == it.staff_no && read.reported_at &&
             one.record.occurred_at >= *read.reported_at;
    };
    const auto found = std::ranges::find_if(later, fits);
    if (found == later.end()) return {};
    const quality::Effect effect{.good = good,
                                 .records = {found->key},
                                 .text = good ? "复查记录中已改正 Put right in the later record"
                                              : "复查记录中仍有同样问题 The same again in the later record"};
    ZH_CHECK(quality::verify_effect(scene_.tx, scene_.regulation, read, effect, scene_.inspector(it.inspector, when)));
    return {};
  }

 private:
  const Scene& scene_;
};

Result<std::vector<Rectification>> open_in_round(const Scene& scene, int round) {
  ZH_TRY(auto all, quality::open_rectifications(scene.tx));
  std::erase_if(all, [round](const Rectification& it) { return it.key.inspection.round != round; });
  return all;
}

// Of eight: one never begun and one never reported, both overdue; one prolonged; one waits to be verified; one found
// poor, three verified.
Status rectify_first_round(const Scene& scene) {
  Rectifying work(scene);
  ZH_TRY(const auto all, open_in_round(scene, 1));
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::size_t kind = i % 8;
    if (kind >= 1) ZH_CHECK(work.set_measures(all[i], "2026-10-16T18:00:00"));
    if (kind >= 3) ZH_CHECK(work.report(all[i], "2026-10-18T12:00:00"));
    if (kind != 2) continue;
    ZH_CHECK(work.ask_extension(all[i], "2026-11-12", "2026-10-19T10:00:00"));
    ZH_CHECK(work.grant_extension(all[i], "2026-10-20T10:00:00"));
  }
  ZH_CHECK(quality::escalate_overdue(scene.tx, scene.regulation, scene.at("2026-10-22T00:10:00")));
  ZH_TRY(const auto later, inspections_of(scene, 1, 2));
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::size_t kind = i % 8;
    if (kind >= 4) ZH_CHECK(work.verify(all[i], kind != 4, later, "2026-10-30T15:00:00"));
  }
  return {};
}

// Of four: one open, one under way, one that asks for more time, one reported.
Status rectify_second_round(const Scene& scene) {
  Rectifying work(scene);
  ZH_TRY(const auto all, open_in_round(scene, 2));
  for (std::size_t i = 0; i < all.size(); ++i) {
    const std::size_t kind = i % 4;
    if (kind >= 1) ZH_CHECK(work.set_measures(all[i], "2026-11-02T18:00:00"));
    if (kind == 2) ZH_CHECK(work.ask_extension(all[i], "2026-11-19", "2026-11-04T09:00:00"));
    if (kind == 3) ZH_CHECK(work.report(all[i], "2026-11-04T18:00:00"));
  }
  ZH_CHECK(quality::escalate_overdue(scene.tx, scene.regulation, scene.at("2026-11-06T00:10:00")));
  return {};
}

// ---- calibration

namespace calibration = quality::calibration;

class Calibrating {
 public:
  explicit Calibrating(const Scene& scene) : scene_(scene) {}

  // Over the calls of the first places of a round.
  Result<calibration::Session> open(std::string title, int round, std::size_t records, std::string_view when) {
    calibration::SessionDraft draft{
        .title = std::move(title), .rubric = "service", .records = {}, .inspectors = {"3001", "3002", "3101"}};
    ZH_TRY(const auto inspections, inspections_of(scene_, 1, round));
    for (const Inspection& it : inspections) {
      if (draft.records.size() < records) draft.records.push_back({it.record.contact, it.record.channel});
    }
    return calibration::open_session(scene_.tx, scene_.regulation, draft, scene_.supervisor(when));
  }
  // Some points milder or stricter than the others.
  Status hand_in(const calibration::Session& session, int place, std::string_view staff_no, int milder,
                 std::string_view when) {
    ZH_TRY(const quality::Marks marks, marks_of(session, place, staff_no, milder));
    return calibration::hand_in(scene_.tx, scene_.regulation, session.number, place, marks,
                                scene_.inspector(staff_no, when));
  }
  // The supervisor's reading is agreed on; the first finding of each record leaves a sentence.
  Result<calibration::Session> agree(const calibration::Session& read, int place, std::string_view when) {
    ZH_TRY(const quality::Marks marks, marks_of(read, place, kSupervisor, 0));
    std::vector<calibration::Guidance> learnt;
    if (!marks.findings.empty()) {
      learnt.push_back({.item = marks.findings.front().item,
                        .session = read.number,
                        .place = place,
                        .words = "客户因此多问一次才算 Counts only where the customer had to ask again"});
    }
    return calibration::agree(scene_.tx, scene_.regulation, read, place, marks, learnt, scene_.supervisor(when));
  }

 private:
  Result<quality::Marks> marks_of(const calibration::Session& session, int place, std::string_view staff_no,
                                  int milder) {
    constexpr int kScore = 90;
    quality::DrawnRecord record;
    record.contact = session.what.records[static_cast<std::size_t>(place) - 1].contact;
    record.channel = session.what.records[static_cast<std::size_t>(place) - 1].channel;
    ZH_TRY(const quality::Extent extent, quality::extent_of(scene_.tx, record));
    Random random(fmt::format("calibration {} {} {}", session.number, place, staff_no));
    return marks_near(kScore + milder, extent, random);
  }

  const Scene& scene_;
};

// The report of October, approved; November's is being written.
Status write_reports(const Scene& scene) {
  const auto cause = [](std::string item, std::string problem, std::string why, std::string measure) {
    return quality::Cause{.item = std::move(item),
                          .problem = std::move(problem),
                          .cause = std::move(why),
                          .measure = std::move(measure),
                          .owner = "3201",
                          .due = Date::parse("2026-11-20").value()};
  };
  const quality::ReportText october{
      .summary =
          "十月两轮质检全部公布，主要问题集中在核对身份和告知期限 Both rounds of October are published; most problems "
          "are about checking who is calling and saying how long things take",
      .causes = {cause("process", "没有核对身份就查询 Looks things up before checking who is calling",
                       "新人多，流程不熟 Many newcomers who do not know the process yet", "情景演练两次 Two drills"),
                 cause("proactive", "没有主动告知期限 Does not say how long it takes",
                       "口径分散 Scripts in many places", "统一口径并考试 One script, and an exam")}};
  ZH_TRY(auto report, quality::report_of(scene.tx, Month::parse("2026-10").value()));
  ZH_TRY(report, quality::write_report(scene.tx, report, october, scene.supervisor("2026-11-03T10:00:00")));
  ZH_TRY(report, quality::submit_report(scene.tx, scene.regulation, report, scene.supervisor("2026-11-03T16:00:00")));
  ZH_CHECK(quality::approve_report(scene.tx, report, "同意，十一月复查 Agreed; look again in November",
                                   scene.manager("2026-11-04T09:00:00")));
  ZH_TRY(const auto next, quality::report_of(scene.tx, Month::parse("2026-11").value()));
  ZH_CHECK(quality::write_report(scene.tx, next,
                                 {.summary = "第一轮检查中 The first round is being inspected", .causes = {}},
                                 scene.supervisor("2026-11-10T16:30:00")));
  return {};
}

}  // namespace

Status rectify_findings(const Scene& scene) {
  ZH_CHECK(rectify_first_round(scene));
  ZH_CHECK(rectify_second_round(scene));
  return write_reports(scene);
}

Status hold_calibrations(const Scene& scene) {
  Calibrating calibrating(scene);
  ZH_TRY(auto session, calibrating.open("十月校准会 October", 1, 4, "2026-10-21T09:00:00"));
  for (int place = 1; place <= 4; ++place) {
    ZH_CHECK(calibrating.hand_in(session, place, "3001", 0, "2026-10-21T14:00:00"));
    ZH_CHECK(calibrating.hand_in(session, place, "3002", 4, "2026-10-21T15:00:00"));
    ZH_CHECK(calibrating.hand_in(session, place, kSupervisor, -1, "2026-10-21T16:00:00"));
  }
  ZH_TRY(session, quality::calibration::compare(scene.tx, session, scene.supervisor("2026-10-22T09:00:00")));
  for (int place = 1; place <= 4; ++place) {
    ZH_TRY(session, calibrating.agree(session, place, "2026-10-22T10:00:00"));
  }
  ZH_CHECK(quality::calibration::close_session(scene.tx, session, scene.supervisor("2026-10-22T11:00:00")));

  ZH_TRY(const auto running, calibrating.open("十一月校准会 November", 2, 3, "2026-11-09T09:00:00"));
  ZH_CHECK(calibrating.hand_in(running, 1, "3001", 0, "2026-11-09T14:00:00"));
  return calibrating.hand_in(running, 2, "3001", 0, "2026-11-09T14:20:00");
}

}  // namespace zh::app::demo
