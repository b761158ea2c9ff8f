#include "rooms/pay/precheck.h"

#include <algorithm>

namespace zh::pay {

namespace {

using appraisal::ItemScore;

// A total that moves by this much from one month to the next is worth a look (ours).
constexpr int kTotalJump = 10;
// FORMATS.md's name for what is paid for the late shift: no part of what the minimum wage is compared with (F7).
constexpr std::string_view kNightShift = "night_shift";

Finding finding(std::string id, Severity severity, Text text, std::vector<std::string> subjects = {}) {
  const std::size_t all = subjects.size();
  if (all > kSubjectsShown) subjects.resize(kSubjectsShown);
  return {std::move(id), severity, std::move(text), std::move(subjects)};
}

class Precheck {
 public:
  Precheck(const policy::Pack& pack, const appraisal::MonthInput& input, const MonthResult& result,
           const Surroundings& around)
      : pack_(pack), input_(input), result_(result), around_(around) {}

  std::vector<Finding> run() && {
    period();
    telephone_log();
    missing_data();
    late_facts();
    against_last_month();
    minimum_wage();
    return std::move(findings_);
  }

 private:
  void add(Finding finding) { findings_.push_back(std::move(finding)); }

  void period() {
    if (around_.today <= input_.period.last()) {
      add(finding("period_not_over", Severity::warning,
                  {.zh = fmt::format("{} 尚未结束，结果还会变", input_.period.to_string()),
                   .en = fmt::format("{} is not over: its results will still change", input_.period.to_string())}));
    }
    if (input_.people.empty()) {
      add(finding("nobody_employed", Severity::warning,
                  {.zh = fmt::format("{} 没有在职人员", input_.period.to_string()),
                   .en = fmt::format("nobody is employed in {}", input_.period.to_string())}));
    }
    for (const Month open : around_.open_before) {
      add(finding("earlier_month_open", Severity::warning,
                  {.zh = fmt::format("更早的 {} 还没有结账，它之前的调整会记在那个月", open.to_string()),
                   .en = fmt::format("the earlier month {} is still open: what is settled of closed months goes there",
                                     open.to_string())}));
    }
  }

  void telephone_log() {
    if (!around_.unknown_members.empty()) {
      add(finding("unmapped_members", Severity::warning,
                  {.zh = fmt::format("{} 个话机标识不属于任何人，它们的通话没有计入", around_.unknown_members.size()),
                   .en = fmt::format("{} phone ids belong to nobody: their calls count for nobody",
                                     around_.unknown_members.size())},
                  around_.unknown_members));
    }
    if (!around_.logged_days.empty()) days_without_log();
    if (!around_.overlaps.empty()) overlaps();
  }

  void days_without_log() {
    std::vector<std::string> days;
    const Date last = std::min(input_.period.last(), around_.today);
    for (Date day = input_.period.first(); day <= last; day = day.plus_days(1)) {
      if (!std::ranges::binary_search(around_.logged_days, day)) days.push_back(day.to_string());
    }
    if (days.empty()) return;
    add(finding("days_without_log", Severity::warning,
                {.zh = fmt::format("{} 天没有电话日志", days.size()),
                 .en = fmt::format("{} days have no telephone log", days.size())},
                days));
  }

  void overlaps() {
    std::int64_t facts = 0;
    std::vector<std::string> subjects;
    for (const appraisal::Overlap& overlap : around_.overlaps) {
      facts += overlap.facts_left_out;
      subjects.push_back(overlap.staff_no + " " + overlap.day.to_string());
    }
    add(finding("log_and_facts", Severity::note,
                {.zh = fmt::format("{} 条通话事实与电话日志是同一人同一天，以日志为准，没有计入", facts),
                 .en = fmt::format("{} facts about calls are of a person and day that the telephone log has: the log "
                                   "counts, they do not",
                                   facts)},
                subjects));
  }

  // Per item that lacks data, who lacks it.
  void missing_data() {
    for (const policy::Scorecard& card : pack_.scorecards) {
      for (const policy::Item& item : card.items) {
        std::vector<std::string> subjects;
        for (const PersonResult& person : result_.people) {
          if (person.position != card.position || !person.sheet.scorecard) continue;
          const ItemScore* const score = person.sheet.scorecard->item(item.id);
          if (score != nullptr && !score->applied()) subjects.push_back(person.staff_no());
        }
        if (!subjects.empty()) add(no_data(item, std::move(subjects)));
      }
    }
  }

  static Finding no_data(const policy::Item& item, std::vector<std::string> subjects) {
    const std::size_t people = subjects.size();
    return finding(
        "no_data:" + item.id, Severity::warning,
        {.zh = fmt::format("“{}”有 {} 人没有数据", item.label.zh, people),
         .en = fmt::format("{}: no data for {} {}", item.label.en, people, people == 1 ? "person" : "people")},
        std::move(subjects));
  }

  void late_facts() {
    for (const auto& [month, subjects] : around_.changed_since) {
      add(finding(
          "late:" + month.to_string(), Severity::note,
          {.zh = fmt::format("已结账的 {} 有 {} 人的数据后来变了，差额在本月调整", month.to_string(), subjects.size()),
           .en = fmt::format("the closed month {} has changed since for {} {}: differences are settled here",
                             month.to_string(), subjects.size(), subjects.size() == 1 ? "person" : "people")},
          subjects));
    }
  }

  void against_last_month() {
    if (around_.totals_before.empty()) return;
    std::vector<std::string> subjects;
    for (const PersonResult& person : result_.people) {
      const auto before = around_.totals_before.find(person.staff_no());
      if (before == around_.totals_before.end() || !person.sheet.scorecard || !person.sheet.scorecard->total) continue;
      const Decimal total = *person.sheet.scorecard->total;
      if ((total - before->second).abs() < Decimal(kTotalJump)) continue;
      subjects.push_back(fmt::format("{}: {} → {}", person.staff_no(), before->second.to_string(), total.to_string()));
    }
    if (subjects.empty()) return;
    add(finding(
        "totals_moved", Severity::note,
        {.zh = fmt::format("{} 人的总分比上月变动 {} 分以上", subjects.size(), kTotalJump),
         .en = fmt::format("{} totals moved by {} points or more since last month", subjects.size(), kTotalJump)},
        subjects));
  }

  void minimum_wage() {
    if (!around_.minimum_wage) {
      add(finding("minimum_wage_unset", Severity::warning,
                  {.zh = "没有设置当地最低工资（minimum_wage），工资没有与它比较",
                   .en = "the local minimum wage (setting minimum_wage) is not set: pay was not compared with it"}));
      return;
    }
    std::vector<std::string> subjects;
    for (const PersonResult& person : result_.people) {
      if (person.pay && below_minimum(person)) subjects.push_back(person.staff_no());
    }
    if (subjects.empty()) return;
    const std::string wage = around_.minimum_wage->to_string();
    add(finding(
        "below_minimum_wage", Severity::warning,
        {.zh =
             fmt::format("{} 人的工资（不计夜班和调整，按在职天数折算）低于当地最低工资 {} 元", subjects.size(), wage),
         .en = fmt::format("the pay of {} people (night shifts and adjustments left out, by days employed) is below "
                           "the local minimum wage of {} yuan",
                           subjects.size(), wage)},
        subjects));
  }

  bool below_minimum(const PersonResult& person) const {
    const auto month =
        std::ranges::lower_bound(input_.people, person.staff_no(), {}, &appraisal::PersonMonth::staff_no);
    if (month == input_.people.end() || month->staff_no != person.staff_no()) return false;  // has left
    Fen compared;
    for (const PayLine& line : person.pay->lines) {
      if (line.id != kNightShift && !line.period) compared += line.amount;
    }
    const Fraction due = around_.minimum_wage->yuan() * Fraction(month->employed_days, input_.period.days());
    return compared.yuan() < due;
  }

  const policy::Pack& pack_;
  const appraisal::MonthInput& input_;
  const MonthResult& result_;
  const Surroundings& around_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> precheck(const policy::Pack& pack, const appraisal::MonthInput& input, const MonthResult& result,
                              const Surroundings& surroundings) {
  return Precheck(pack, input, result, surroundings).run();
}

}  // namespace zh::pay
