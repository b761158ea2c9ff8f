#include "rooms/quality/plan/absence.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "rooms/people/people_store.h"

namespace zh::quality {

namespace {

// Who may take records of one round, with what is left of the capacity.
Result<std::vector<Assignable>> free_inspectors(db::Transaction& tx, const Plan& plan, int round,
                                                const std::vector<std::string>& names, Date today) {
  ZH_TRY(const people::People people, people::load_people(tx));
  ZH_TRY(const auto progress, progress_of_inspectors(tx, plan, today));
  std::vector<Assignable> free;
  for (const PlanInspector& inspector : plan.what.inspectors) {
    if (std::ranges::find(names, inspector.staff_no) == names.end()) continue;
    const people::Person* const person = people.find(inspector.staff_no);
    if (person == nullptr || !person->employed_on(today)) continue;
    std::int64_t left = inspector.capacity;
    for (const Progress& it : progress) {
      if (it.staff_no == inspector.staff_no && it.round == round) left -= it.assigned;
    }
    if (left > 0) free.push_back({inspector.staff_no, person->on(today).group, left});
  }
  return free;
}

Result<std::vector<std::string>> takers(const Plan& plan, const std::string& from, const std::vector<std::string>& to) {
  std::vector<std::string> names;
  for (const PlanInspector& inspector : plan.what.inspectors) {
    const bool named = to.empty() || std::ranges::find(to, inspector.staff_no) != to.end();
    if (named && inspector.staff_no != from) names.push_back(inspector.staff_no);
  }
  if (to.empty() || names.size() == to.size()) return names;
  return invalid({.zh = "接手的人应是本计划的其他检查员，每人写一次",
                  .en = "whoever takes over is another inspector of this plan, named once"});
}

}  // namespace

Result<std::vector<Inspection>> reassign_all(db::Transaction& tx, const Regulation& regulation, const Plan& plan,
                                             const std::string& from, const std::vector<std::string>& to,
                                             const By& by) {
  ZH_TRY(const auto names, takers(plan, from, to));
  ZH_TRY(const PackPtr pack, regulation.pack_of(tx, plan.pack));
  ZH_TRY(auto in_hand, queue_of(tx, from));
  std::ranges::sort(in_hand, {}, &Inspection::key);  // the order of locks
  std::map<int, std::vector<Inspection>> rounds;
  for (const Inspection& it : in_hand) {
    if (it.key.plan == plan.number) rounds[it.key.round].push_back(it);
  }
  std::vector<Inspection> moved;
  for (const auto& [round, inspections] : rounds) {
    ZH_TRY(const auto free, free_inspectors(tx, plan, round, names, regulation.zone.date_of(by.now)));
    std::vector<DrawnRecord> records;
    for (const Inspection& it : inspections) records.push_back(it.record);
    ZH_TRY(const auto assigned, assign(records, free, *pack));
    for (std::size_t i = 0; i < inspections.size(); ++i) {
      ZH_TRY(Inspection given, reassign(tx, regulation, inspections[i], assigned[i], by));
      moved.push_back(std::move(given));
    }
  }
  return moved;
}

}  // namespace zh::quality
