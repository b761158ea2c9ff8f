#include "rooms/pay/month.h"

#include <algorithm>
#include <mutex>

namespace zh::pay {

namespace {

using appraisal::MonthInput;
using appraisal::PersonMonth;
using policy::Derivation;

// A pay node with its components, encoded when the adjustments are in.
struct Pay {
  std::optional<Payslip> slip;
  Derivation node{pay_caption()};
};

Result<Pay> components_of(const policy::Pack& pack, Month period, const PersonMonth& person, int star) {
  Pay pay;
  const policy::PayPlan* const plan = pack.pay_plan(person.position);
  if (plan == nullptr || plan->components.empty()) return pay;
  ZH_TRY(pay.slip, pay_of(*plan, pack, period, person, star, pay.node));
  return pay;
}

// A month whose worth is the same as stated leaves no line, and alone it makes no payslip.
void settle(Pay& pay, std::vector<Resettled> months) {
  for (Resettled& month : months) {
    if (month.now == month.stated) continue;
    if (!pay.slip) pay.slip.emplace();
    add_adjustment(*pay.slip, std::move(month), pay.node);
  }
}

void keep_pay(PersonResult& person, Pay pay) {
  if (pay.slip) person.pay_derivation = policy::encode(pay.node);
  person.pay = std::move(pay.slip);
}

PersonResult row_of(const Settlement& settlement) {
  PersonResult person;
  person.position = settlement.position;
  person.on_probation = settlement.on_probation;
  person.sheet.staff_no = settlement.staff_no;
  return person;
}

Settlement* settlement_for(std::vector<Settlement>& settlements, std::string_view staff_no) {
  const auto found = std::ranges::lower_bound(settlements, staff_no, {}, &Settlement::staff_no);
  return found != settlements.end() && found->staff_no == staff_no ? &*found : nullptr;
}

Status pay_everybody(const policy::Pack& pack, const MonthInput& input, std::vector<Settlement>& settlements,
                     MonthResult& result, const appraisal::ForEach& for_each) {
  std::mutex mutex;
  std::size_t failed_at = input.people.size();
  std::optional<Error> failure;
  for_each(input.people.size(), [&](std::size_t i) {
    PersonResult& person = result.people[i];
    auto pay = components_of(pack, input.period, input.people[i], person.sheet.star);
    if (!pay.ok()) {
      const std::lock_guard guard(mutex);
      if (i < failed_at) {
        failed_at = i;
        failure = std::move(pay).error();
      }
      return;
    }
    if (Settlement* const settlement = settlement_for(settlements, person.staff_no())) {
      settle(*pay, std::move(settlement->months));
    }
    keep_pay(person, *std::move(pay));
  });
  if (failure) return *std::move(failure);
  return {};
}

const policy::CaptionPtr& head_caption() {
  static const policy::CaptionPtr words =
      policy::caption({.zh = "当月考核与工资", .en = "appraisal and pay of the month"});
  return words;
}

void collect_ids(const Derivation& node, std::vector<std::string>& ids) {
  if (node.caption != nullptr && !node.caption->id.empty() && std::ranges::find(ids, node.caption->id) == ids.end()) {
    ids.push_back(node.caption->id);
  }
  // What an adjustment holds is another month's explanation.
  if (node.caption != nullptr && node.caption->id == "adjustment") return;
  for (const Derivation& child : node.children) collect_ids(child, ids);
}

// Breadth first, so that a month inside an adjustment never hides this one.
std::vector<Derivation*> nearest(Derivation& head, std::string_view id) {
  std::vector<Derivation*> level{&head};
  while (!level.empty()) {
    std::vector<Derivation*> found;
    std::vector<Derivation*> below;
    for (Derivation* const node : level) {
      if (node->caption != nullptr && node->caption->id == id) found.push_back(node);
      for (Derivation& child : node->children) below.push_back(&child);
    }
    if (!found.empty()) return found;
    level = std::move(below);
  }
  return {};
}

Error no_item(std::string_view id, const Derivation& whole) {
  std::vector<std::string> ids;
  collect_ids(whole, ids);
  const std::string names = fmt::format("{}", fmt::join(ids, ", "));
  return error(ErrorCode::not_found,
               {.zh = fmt::format("这个月没有“{}”这一项；有：{}", id, names),
                .en = fmt::format("there is no item “{}” in this month; there are: {}", id, names)});
}

}  // namespace

Result<MonthResult> compute_month(const policy::Pack& pack, const MonthInput& input,
                                  std::vector<Settlement> settlements, const appraisal::ForEach& for_each) {
  ZH_TRY(auto appraised, appraisal::appraise(pack, input, for_each));
  MonthResult result{.period = input.period, .people = {}, .cut_offs = std::move(appraised.cut_offs)};
  result.people.resize(input.people.size());
  for (std::size_t i = 0; i < input.people.size(); ++i) {
    result.people[i].position = input.people[i].position;
    result.people[i].on_probation = input.people[i].on_probation;
    result.people[i].sheet = std::move(appraised.sheets[i]);
  }
  ZH_CHECK(pay_everybody(pack, input, settlements, result, for_each));
  for (Settlement& settlement : settlements) {
    if (settlement.months.empty()) continue;  // taken by somebody who is here, or nothing to settle
    if (std::ranges::binary_search(result.people, settlement.staff_no, {}, &PersonResult::staff_no)) continue;
    PersonResult person = row_of(settlement);
    Pay pay;
    settle(pay, std::move(settlement.months));
    if (!pay.slip) continue;
    keep_pay(person, std::move(pay));
    const auto place = std::ranges::upper_bound(result.people, person.staff_no(), {}, &PersonResult::staff_no);
    result.people.insert(place, std::move(person));
  }
  return result;
}

Result<PersonResult> compute_again(const policy::Pack& pack, Month period, const PersonMonth& person,
                                   std::span<const appraisal::CutOff> cut_offs) {
  PersonResult result;
  result.position = person.position;
  result.on_probation = person.on_probation;
  ZH_TRY(result.sheet, appraisal::appraise_again(pack, period, person, cut_offs));
  ZH_TRY(auto pay, components_of(pack, period, person, result.sheet.star));
  keep_pay(result, std::move(pay));
  return result;
}

Fen components_total(const Payslip& slip) {
  Fen total;
  for (const PayLine& line : slip.lines) {
    if (!line.period) total += line.amount;
  }
  return total;
}

Result<Derivation> explanation_of(const PersonResult& person, Month period) {
  Derivation whole(head_caption());
  whole.detail = person.staff_no() + " · " + period.to_string();
  for (const std::string* const part :
       {&person.sheet.scorecard_derivation, &person.sheet.standing_derivation, &person.pay_derivation}) {
    if (part->empty()) continue;
    ZH_TRY(Derivation tree, policy::decode(*part));
    whole.add(std::move(tree));
  }
  return whole;
}

Result<Derivation> explanation_of_item(Derivation whole, std::string_view id) {
  const std::vector<Derivation*> found = nearest(whole, id);
  if (found.empty()) return no_item(id, whole);
  if (found.size() == 1) return std::move(*found.front());
  Derivation several(whole.caption);
  several.detail = whole.detail;
  for (Derivation* const node : found) several.add(std::move(*node));
  return several;
}

}  // namespace zh::pay
