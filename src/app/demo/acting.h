// Who acts in the demo's inspections, and when. Private to the folder.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "rooms/quality/inspection/inspection.h"
#include "rooms/quality/plan/plan.h"

namespace zh::app::demo {

inline constexpr std::string_view kSupervisor = "3101";
inline constexpr std::string_view kManager = "4001";
inline constexpr std::array<std::string_view, 2> kInspectors{"3001", "3002"};

// The transaction all of it happens in, and what the services need.
struct Scene {
  db::Transaction& tx;
  const quality::Regulation& regulation;

  // `at`: "2026-10-12T09:10:00" by the centre's clock.
  Instant at(std::string_view text) const { return regulation.zone.parse_instant(text).value(); }
  quality::By by(std::string_view staff_no, std::string_view role, Instant now) const {
    return {
        .actor = {.account = std::string(staff_no), .staff_no = std::string(staff_no), .roles = {std::string(role)}},
        .now = now};
  }
  quality::By supervisor(std::string_view when) const { return by(kSupervisor, "qa_supervisor", at(when)); }
  quality::By manager(std::string_view when) const { return by(kManager, "manager", at(when)); }
  quality::By inspector(std::string_view staff_no, std::string_view when) const {
    return by(staff_no, "inspector", at(when));
  }
  quality::By agent(std::string_view staff_no, std::string_view when) const { return by(staff_no, "agent", at(when)); }
};

// The inspections of a round, by place.
Result<std::vector<quality::Inspection>> inspections_of(const Scene& scene, int plan, int round);

// What follows from October's and November's results.
Status answer_results(const Scene& scene);    // acknowledged, asked about, appealed against, talked about
Status rectify_findings(const Scene& scene);  // measures, extensions, verification; month reports
Status hold_calibrations(const Scene& scene);

}  // namespace zh::app::demo
