// zhiheng close --data DIR --period 2026-10 [--draft|--show]
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "app/books.h"
#include "app/commands.h"
#include "app/options.h"
#include "app/table.h"

namespace zh::app {

namespace {

struct CloseOptions {
  std::string data;
  std::string period;
  bool draft = false;
  bool show = false;
};

const std::string kNone = "-";

std::string text_or_none(const json::Value* value) {
  return value != nullptr && value->text() != nullptr ? *value->text() : kNone;
}

std::string stars(const json::Value& row) {
  const auto star = row.find("star")->integer().value_or(0);
  return star > 0 ? fmt::format("{}★", star) : kNone;
}

std::string excellent(const json::Value& row, const Session& session) {
  const json::Value* const value = row.find("excellent");
  if (value == nullptr || value->is_null()) return {};
  if (value->find("eligible")->boolean().value_or(false)) return session.say({.zh = "优秀", .en = "excellent"});
  std::string reasons;
  for (const json::Value& reason : *value->find("reasons")->array()) {
    reasons += (reasons.empty() ? "" : ", ") + *reason.text();
  }
  return session.say({.zh = "非优秀：", .en = "not excellent: "}) + reasons;
}

// "91.37 (−5)" is not shown here: the sheet has it; this is one line per person.
std::string table_of(const json::Array& people, const Session& session) {
  TextTable table({{session.say({.zh = "工号", .en = "staff no"})},
                   {session.say({.zh = "岗位", .en = "position"})},
                   {session.say({.zh = "试用", .en = "probation"})},
                   {session.say({.zh = "总分", .en = "total"}), Align::right},
                   {session.say({.zh = "名次", .en = "rank"}), Align::right},
                   {session.say({.zh = "星级", .en = "star"}), Align::right},
                   {session.say({.zh = "调整", .en = "adjusted"}), Align::right},
                   {session.say({.zh = "工资", .en = "pay"}), Align::right},
                   {""}});
  for (const json::Value& row : people) {
    const json::Value* const scorecard = row.find("scorecard");
    const json::Value* const pay = row.find("pay");
    const auto rank = row.find("rank")->integer();
    Fen adjusted;
    if (pay->object() != nullptr) {
      for (const json::Value& line : *pay->find("lines")->array()) {
        if (line.find("period") != nullptr) adjusted += parse_yuan(*line.find("amount")->text()).value_or(Fen{});
      }
    }
    table.add({*row.find("staff_no")->text(), *row.find("position")->text(),
               row.find("on_probation")->boolean().value_or(false) ? session.say({.zh = "是", .en = "yes"}) : "",
               scorecard->object() != nullptr ? text_or_none(scorecard->find("total")) : kNone,
               rank ? std::to_string(*rank) : kNone, stars(row), adjusted == Fen{} ? "" : adjusted.to_string(),
               pay->object() != nullptr ? text_or_none(pay->find("total")) : kNone, excellent(row, session)});
  }
  return table.to_string();
}

std::string heading(const pay::MonthHead& head, const json::Array& people, const Session& session) {
  return session.say(
      {.zh = fmt::format("{} · {} · 规章包 {}（{:.12}）· {} 人\n\n", head.period.to_string(),
                         head.closed ? "已结账" : "草稿", head.pack, head.pack_version.hex(), people.size()),
       .en = fmt::format("{} · {} · pack {} ({:.12}) · {} people\n\n", head.period.to_string(),
                         head.closed ? "closed" : "draft", head.pack, head.pack_version.hex(), people.size())});
}

void print_month(Session& session, const pay::MonthHead& head, json::Array people) {
  if (session.json) {
    session.print(json::pretty(pay::month_json(head, std::move(people))));
  } else {
    session.print(heading(head, people, session) + table_of(people, session));
  }
}

void print_findings(const Session& session, const std::vector<pay::Finding>& findings) {
  constexpr std::size_t kShown = 8;
  for (const pay::Finding& finding : findings) {
    Text line = finding.text;
    const std::size_t shown = std::min(kShown, finding.subjects.size());
    std::string subjects;
    for (std::size_t i = 0; i < shown; ++i) subjects += (i == 0 ? "" : ", ") + finding.subjects[i];
    if (shown < finding.subjects.size()) subjects += " …";
    const bool warns = finding.severity == pay::Severity::warning;
    line.zh = (warns ? "注意：" : "说明：") + line.zh + (subjects.empty() ? "" : "：" + subjects);
    line.en = (warns ? "warning: " : "note: ") + line.en + (subjects.empty() ? "" : ": " + subjects);
    session.note(line);
  }
}

json::Array rows_of(const pay::Draft& draft, const appraisal::ForEach& for_each) {
  json::Array rows(draft.result.people.size());
  for_each(rows.size(), [&](std::size_t i) { rows[i] = pay::person_json(draft.result.people[i]); });
  return rows;
}

Status run_close(Session& session, const CloseOptions& options) {
  ZH_TRY(const Month month, Month::parse(options.period));
  ZH_TRY(const Centre centre, open_centre(options.data));
  const pay::Books books = books_of(centre);
  if (options.show) {
    ZH_TRY(pay::Issued issued, pay::issued_month(books, month));
    print_month(session, issued.head, std::move(issued.people));
    return {};
  }
  const Instant now = system_now();
  ZH_TRY(const pay::Draft draft,
         options.draft ? pay::draft_month(books, month, now)
                       : pay::close_month(books, month, {.actor = centre.actor, .now = now, .alone = true}));
  print_findings(session, draft.findings);
  print_month(session, draft.head, rows_of(draft, books.for_each));
  return {};
}

}  // namespace

void add_close(CLI::App& program, Session& session) {
  auto& command = with_common_options(
      *program.add_subcommand("close", session.say({.zh = "月末结账：考核、星级、工资、结果单",
                                                    .en = "month end: appraisal, stars, pay, statements"})),
      session);
  auto options = std::make_shared<CloseOptions>();
  add_data_option(command, session, options->data);
  add_period_option(command, session, options->period);
  auto* const draft =
      command.add_flag("--draft", options->draft,
                       session.say({.zh = "只计算和显示，不存任何东西", .en = "compute and show; store nothing"}));
  command
      .add_flag("--show", options->show,
                session.say({.zh = "显示结账时发出的结果", .en = "show what was issued when the month was closed"}))
      ->excludes(draft);
  command.footer(session.say(
      {.zh = "不带 --draft 和 --show 时结账：发出每个人的结果单，之后不能再改，也不能再结一次；\n"
             "后来的变动在下一个未结账的月份调整。结账前的检查写在标准错误输出。",
       .en = "Without --draft and --show the month is closed: everybody's statement is issued, for good and once;\n"
             "what changes later is settled in the next open month. The pre-check goes to standard error."}));
  command.callback([&session, options] {
    if (auto status = run_close(session, *options); !status.ok()) session.fail(status.error());
  });
}

}  // namespace zh::app
