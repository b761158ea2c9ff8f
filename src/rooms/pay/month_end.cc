#include "rooms/pay/month_end.h"

#include <algorithm>
#include <atomic>
#include <thread>

#include "rooms/contacts/contacts.h"
#include "rooms/pay/settlement.h"
#include "rooms/people/people_store.h"
#include "rooms/people/settings.h"

namespace zh::pay {

namespace {

Error is_closed(Month month) {
  const std::string name = month.to_string();
  return error(ErrorCode::conflict,
               {.zh = fmt::format("{} 已经结账；以后的变动会在下一个未结账的月份调整。查看结果：close --show", name),
                .en = fmt::format("{} is closed already; what changes later is settled in the next open month. To see "
                                  "what was issued: close --show",
                                  name)});
}

Error is_open(Month month) {
  return error(ErrorCode::not_found, {.zh = fmt::format("{} 还没有结账", month.to_string()),
                                      .en = fmt::format("{} is not closed yet", month.to_string())});
}

Error not_in_month(const Question& question) {
  return error(ErrorCode::not_found,
               {.zh = fmt::format("{} 的结果里没有工号 {}", question.month.to_string(), question.staff_no),
                .en = fmt::format("there is nobody with the staff number {} in the results of {}", question.staff_no,
                                  question.month.to_string())});
}

// A month on its way: everything that closing it stores.
struct Computed {
  Draft draft;
  LoadedMonth loaded;
  Settled settled;
  PackPtr pack;
};

Result<Surroundings> surroundings_of(const Sources& sources, const LoadedMonth& loaded, const Settled& settled,
                                     Instant now) {
  const Month month = loaded.input.period;
  const contacts::Days days{.from = month.first(), .until = month.last()};
  Surroundings around{.period = month,
                      .today = sources.zone.date_of(now),
                      .unknown_members = {},
                      .logged_days = {},
                      .overlaps = appraisal::overlaps(loaded.input),
                      .open_before = {},
                      .changed_since = settled.changed,
                      .totals_before = {},
                      .minimum_wage = {}};
  ZH_TRY(const auto unknown, contacts::unknown_members(sources.tx, {sources.people, sources.zone}, days));
  for (const contacts::UnknownMember& member : unknown) around.unknown_members.push_back(member.member);
  ZH_TRY(around.logged_days, contacts::days_with_contacts(sources.tx, days));
  ZH_TRY(const auto closed, ledger::closed_periods(sources.tx));
  const auto before = std::ranges::lower_bound(closed, month, {}, &ledger::ClosedPeriod::period);
  if (before != closed.begin()) {
    const Month last_closed = std::prev(before)->period;
    for (Month open = last_closed.next(); open < month; open = open.next()) around.open_before.push_back(open);
    if (last_closed == month.previous()) {
      ZH_TRY(around.totals_before, totals_of(sources.tx, last_closed));
    }
  }
  ZH_TRY(const auto wage, people::setting_on(sources.tx, people::kMinimumWage, month.last()));
  if (wage) {
    ZH_TRY(around.minimum_wage, parse_yuan(*wage));
  }
  return around;
}

Result<Computed> compute(const Books& books, db::Transaction& tx, Month month, Instant now) {
  ZH_TRY(const auto closed, ledger::closed_period(tx, month));
  if (closed) return is_closed(month);
  ZH_TRY(const people::People people, people::load_people(tx));
  const Sources sources{.tx = tx, .people = people, .zone = books.zone};
  Computed computed;
  ZH_TRY(computed.pack, books.pack_on(tx, month.last()));
  ZH_TRY(computed.loaded, load_month(sources, month, books.for_each));
  ZH_TRY(computed.settled, settle_closed_months(books, sources, month));
  ZH_TRY(computed.draft.result,
         compute_month(*computed.pack, computed.loaded.input, computed.settled.settlements, books.for_each));
  computed.draft.head = {.period = month, .pack = computed.pack->id, .pack_version = computed.pack->version};
  ZH_TRY(const Surroundings around, surroundings_of(sources, computed.loaded, computed.settled, now));
  computed.draft.findings = precheck(*computed.pack, computed.loaded.input, computed.draft.result, around);
  return computed;
}

// Statements are put together, hashed and compressed side by side, a part of the people at a time, so that never all of
// them are in memory.
Status issue_people(const Books& books, db::Transaction& tx, const Computed& computed) {
  const std::vector<PersonResult>& people = computed.draft.result.people;
  const std::vector<appraisal::PersonMonth>& inputs = computed.loaded.input.people;
  const MonthHead& head = computed.draft.head;
  constexpr std::size_t kAtOnce = 1024;
  for (std::size_t from = 0; from < people.size(); from += kAtOnce) {
    std::vector<ledger::SealedStatement> statements(std::min(kAtOnce, people.size() - from));
    books.for_each(statements.size(), [&](std::size_t i) {
      const PersonResult& person = people[from + i];
      const auto input = std::ranges::lower_bound(inputs, person.staff_no(), {}, &appraisal::PersonMonth::staff_no);
      const bool employed = input != inputs.end() && input->staff_no == person.staff_no();
      statements[i] = ledger::seal_original(person_statement({.period = head.period,
                                                              .issued_in = head.period,
                                                              .pack = head.pack_version,
                                                              .person = person,
                                                              .row = person_json(person),
                                                              .input = employed ? &*input : nullptr}));
    });
    ZH_CHECK(ledger::issue_originals(tx, head.period, statements));
  }
  return {};
}

Status issue(db::Transaction& tx, const ledger::NewStatement& statement) {
  auto issued = ledger::issue_statement(tx, statement);
  return issued.ok() ? Status() : Status(std::move(issued).error());
}

Status issue_everything(const Books& books, db::Transaction& tx, const Computed& computed) {
  const MonthHead& head = computed.draft.head;
  const Frozen frozen{.pack = head.pack, .cut_offs = computed.draft.result.cut_offs, .basis = computed.loaded.basis};
  ZH_CHECK(issue(tx, centre_statement(frozen, head.period, head.pack_version)));
  ZH_CHECK(issue_people(books, tx, computed));
  for (const Restatement& restated : computed.settled.restatements) {
    ZH_CHECK(issue(tx, person_statement({.period = restated.period,
                                         .issued_in = head.period,
                                         .pack = restated.pack,
                                         .person = restated.person,
                                         .row = restated.row,
                                         .input = restated.employed ? &restated.input : nullptr})));
  }
  return {};
}

// What one person decided that two should have, and whether the month was over.
Status record_override(db::Transaction& tx, Month month, const CloseOrder& order,
                       const std::vector<Finding>& findings) {
  json::Array ids;
  for (const Finding& finding : findings) ids.emplace_back(finding.id);
  const auto number = ledger::append_audit(tx, {.at = order.now,
                                                .actor = order.actor,
                                                .action = "close_without_second_person",
                                                .object = "period " + month.to_string(),
                                                .detail = json::Object{{"findings", std::move(ids)}}});
  return number.ok() ? Status() : Status(number.error());
}

Result<policy::Derivation> explain_issued(db::Transaction& tx, const Question& question) {
  ZH_TRY(const auto statement,
         ledger::original_statement(
             tx, {.period = question.month, .kind = std::string(kStatementKind), .subject = question.staff_no}));
  if (!statement || question.staff_no.empty()) return not_in_month(question);
  ZH_TRY(const PersonResult person, derivations_from(*statement));
  return explanation_of(person, question.month);
}

Result<policy::Derivation> explain_draft(const Books& books, db::Transaction& tx, const Question& question) {
  ZH_TRY(const Computed computed, compute(books, tx, question.month, system_now()));
  const auto& people = computed.draft.result.people;
  const auto person = std::ranges::lower_bound(people, question.staff_no, {}, &PersonResult::staff_no);
  if (person == people.end() || person->staff_no() != question.staff_no) return not_in_month(question);
  return explanation_of(*person, question.month);
}

}  // namespace

Result<Draft> draft_month(const Books& books, Month month, Instant now) {
  ZH_TRY(auto tx, books.database.read());
  ZH_TRY(Computed computed, compute(books, tx, month, now));
  return std::move(computed.draft);
}

Result<Draft> close_month(const Books& books, Month month, const CloseOrder& order) {
  ZH_TRY(auto tx, books.database.write());
  // Whoever changes what a month is made from records a batch first and holds this lock: they wait until it is closed.
  // It is the only one taken here before the close's own, so that nobody waits for us in turn.
  ZH_CHECK(tx.lock("ledger"));
  ZH_TRY(Computed computed, compute(books, tx, month, order.now));
  ZH_CHECK(issue_everything(books, tx, computed));
  if (order.alone) ZH_CHECK(record_override(tx, month, order, computed.draft.findings));
  ZH_TRY(const auto closed, ledger::close_period(tx, {.period = month,
                                                      .interval = books.zone.interval_of(month),
                                                      .pack = computed.draft.head.pack_version,
                                                      .closed_at = order.now,
                                                      .actor = order.actor,
                                                      .audit = {},
                                                      .content = {}}));
  if (order.together) ZH_CHECK(order.together(tx));
  ZH_CHECK(tx.commit());
  computed.draft.head.closed = true;
  return std::move(computed.draft);
}

Result<Issued> issued_month(const Books& books, Month month) {
  ZH_TRY(auto tx, books.database.read());
  ZH_TRY(const auto closed, ledger::closed_period(tx, month));
  if (!closed) return is_open(month);
  ZH_TRY(const Frozen frozen, frozen_month(tx, month));
  Issued issued{.head = {.period = month, .pack = frozen.pack, .pack_version = closed->pack, .closed = true},
                .people = {}};
  ZH_TRY(auto statements, ledger::statements_of(tx, month, kStatementKind));
  while (statements.next()) {
    const ledger::NewStatement& what = statements.statement().what;
    if (what.subject.empty() || what.issued_in != month) continue;
    ZH_TRY(json::Value row, json::parse(what.result));
    issued.people.push_back(std::move(row));
  }
  ZH_CHECK(statements.finish());
  return issued;
}

Result<policy::Derivation> explain(const Books& books, const Question& question) {
  ZH_TRY(auto tx, books.database.read());
  ZH_TRY(const auto closed, ledger::closed_period(tx, question.month));
  ZH_TRY(auto whole, closed ? explain_issued(tx, question) : explain_draft(books, tx, question));
  if (question.item.empty()) return whole;
  return explanation_of_item(std::move(whole), question.item);
}

appraisal::ForEach side_by_side() {
  return [](std::size_t count, const std::function<void(std::size_t)>& step) {
    constexpr std::size_t kTogether = 16;  // steps taken at once, so that threads seldom meet
    const std::size_t cores = std::max(1U, std::thread::hardware_concurrency());
    const std::size_t workers = std::min(cores, (count + kTogether - 1) / kTogether);
    std::atomic<std::size_t> next{0};
    const auto work = [&] {
      for (;;) {
        const std::size_t from = next.fetch_add(kTogether);
        if (from >= count) return;
        for (std::size_t i = from; i < std::min(count, from + kTogether); ++i) step(i);
      }
    };
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < workers; ++i) others.emplace_back(work);
    work();
  };
}

}  // namespace zh::pay
