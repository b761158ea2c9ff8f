#include "rooms/pay/settlement.h"

#include <algorithm>

#include "ledger/facts.h"

namespace zh::pay {

namespace {

using appraisal::PersonMonth;

// The month in which a closed one is settled: the first open one after it.
Month next_open(const std::vector<ledger::ClosedPeriod>& closed, Month period) {
  Month month = period.next();
  while (std::ranges::binary_search(closed, month, {}, &ledger::ClosedPeriod::period)) month = month.next();
  return month;
}

// Staff numbers whose basis is another than it was, whoever is only on one side included.
void add_differing(const Basis& before, const Basis& now, std::vector<std::string>& subjects) {
  for (const auto& [staff_no, hash] : before) {
    const auto found = now.find(staff_no);
    if (found == now.end() || found->second != hash) subjects.push_back(staff_no);
  }
  for (const auto& [staff_no, hash] : now) {
    if (!before.contains(staff_no)) subjects.push_back(staff_no);
  }
}

// One closed month being settled.
class ClosedMonth {
 public:
  ClosedMonth(const Books& books, const Sources& sources, const ledger::ClosedPeriod& closed)
      : books_(books), sources_(sources), closed_(closed) {}

  Status settle(Settled& settled) {
    ZH_TRY(frozen_, frozen_month(sources_.tx, closed_.period));
    ZH_TRY(now_, load_month_without_facts(sources_, closed_.period));
    ZH_TRY(const std::vector<std::string> subjects, candidates());
    if (subjects.empty()) return {};
    ZH_TRY(pack_, books_.pack_of(sources_.tx, closed_.pack));
    for (const std::string& subject : subjects) ZH_CHECK(settle_person(subject, settled));
    return {};
  }

 private:
  // Everybody who may have another result now. Too many does no harm: who has not is found out below.
  Result<std::vector<std::string>> candidates() {
    ZH_TRY(auto subjects, ledger::subjects_changed(sources_.tx, closed_.interval, closed_.audit));
    add_differing(frozen_.basis, now_.basis, subjects);
    // Somebody who became known after the close is in neither basis once the record is gone again.
    ZH_TRY(const auto restated, ledger::subjects_restated(sources_.tx, closed_.period, kStatementKind));
    subjects.insert(subjects.end(), restated.begin(), restated.end());
    std::ranges::sort(subjects);
    const auto repeated = std::ranges::unique(subjects);
    subjects.erase(repeated.begin(), repeated.end());
    return subjects;
  }

  Status settle_person(const std::string& staff_no, Settled& settled) {
    ZH_TRY(const auto stated,
           ledger::latest_statement(
               sources_.tx, {.period = closed_.period, .kind = std::string(kStatementKind), .subject = staff_no}));
    json::Value row;
    if (stated) {
      ZH_TRY(row, json::parse(stated->what.result));
    }
    ZH_TRY(Restatement now, computed_again(staff_no, row));
    if (stated && same_result(row, now.row)) return {};
    ZH_TRY(const Fen stated_total, stated ? components_of(row) : Result<Fen>(Fen{}));
    ZH_TRY(auto tree, explanation_of(now.person, closed_.period));
    ZH_TRY(const Fen total, components_of(now.row));
    Settlement& settlement = settlement_of(staff_no, settled);
    settlement.months.push_back(
        {.period = closed_.period, .stated = stated_total, .now = total, .derivation = std::move(tree)});
    settled.changed[closed_.period].push_back(staff_no);
    settled.restatements.push_back(std::move(now));
    return {};
  }

  // The person's month as it is known now, against the frozen cut-offs. `stated` is null where nothing was stated.
  Result<Restatement> computed_again(const std::string& staff_no, const json::Value& stated) {
    Restatement now{.period = closed_.period, .pack = closed_.pack, .person = {}, .row = {}, .input = {}};
    now.person.sheet.staff_no = staff_no;
    const auto found = std::ranges::lower_bound(now_.input.people, staff_no, {}, &PersonMonth::staff_no);
    now.employed = found != now_.input.people.end() && found->staff_no == staff_no;
    if (now.employed) {
      now.input = *found;
      ZH_CHECK(load_facts_of(sources_, closed_.interval, now.input, now_.kinds));
      ZH_TRY(now.person, compute_again(*pack_, closed_.period, now.input, frozen_.cut_offs));
    } else {
      keep_position(stated, now.person);
    }
    ZH_CHECK(keep_adjustments(stated, now.person));
    now.row = person_json(now.person);
    // What looks at a group is not computed again: it stays as it was stated.
    if (now.employed && !now.person.sheet.scorecard && !stated.is_null()) {
      for (const std::string_view name : {"scorecard", "excellent"}) {
        if (const json::Value* const kept = stated.find(name)) now.row.set(name, *kept);
      }
    }
    return now;
  }

  static void keep_position(const json::Value& stated, PersonResult& person) {
    const json::Value* const position = stated.find("position");
    if (position != nullptr && position->text() != nullptr) person.position = *position->text();
    const json::Value* const probation = stated.find("on_probation");
    person.on_probation = probation != nullptr && probation->boolean().value_or(false);
  }

  // What that month settled for others before it stays in it.
  static Status keep_adjustments(const json::Value& stated, PersonResult& person) {
    if (stated.is_null()) return {};
    ZH_TRY(const auto slip, payslip_from(stated));
    if (!slip) return {};
    for (const PayLine& line : slip->lines) {
      if (!line.period) continue;
      if (!person.pay) person.pay.emplace();
      person.pay->lines.push_back(line);
      person.pay->total += line.amount;
    }
    return {};
  }

  Result<Fen> components_of(const json::Value& row) const {
    ZH_TRY(const auto slip, payslip_from(row));
    return slip ? components_total(*slip) : Fen{};
  }

  // A rank is given once, when the month is closed: it is no difference.
  static bool same_result(json::Value stated, json::Value now) {
    stated.set("rank", nullptr);
    now.set("rank", nullptr);
    return stated == now;
  }

  Settlement& settlement_of(const std::string& staff_no, Settled& settled) const {
    const auto place = std::ranges::lower_bound(settled.settlements, staff_no, {}, &Settlement::staff_no);
    if (place != settled.settlements.end() && place->staff_no == staff_no) return *place;
    Settlement settlement;
    settlement.staff_no = staff_no;
    if (const people::Person* const person = sources_.people.find(staff_no)) {
      const Date day = person->left_on().value_or(closed_.period.last());
      settlement.position = people::name_of(person->on(day).position);
      settlement.on_probation = person->on_probation(day);
    }
    return *settled.settlements.insert(place, std::move(settlement));
  }

  const Books& books_;
  const Sources& sources_;
  const ledger::ClosedPeriod& closed_;
  Frozen frozen_;
  LoadedMonth now_;
  PackPtr pack_;
};

}  // namespace

Result<Settled> settle_closed_months(const Books& books, const Sources& sources, Month month) {
  Settled settled;
  ZH_TRY(const auto closed, ledger::closed_periods(sources.tx));
  for (const ledger::ClosedPeriod& period : closed) {
    if (next_open(closed, period.period) != month) continue;
    ZH_CHECK(ClosedMonth(books, sources, period).settle(settled));
  }
  return settled;
}

}  // namespace zh::pay
