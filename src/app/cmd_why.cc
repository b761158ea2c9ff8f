// zhiheng why --data DIR --period 2026-10 --staff 1001 [ITEM]
#include <CLI/CLI.hpp>
#include <memory>

#include "app/books.h"
#include "app/commands.h"
#include "app/options.h"

namespace zh::app {

namespace {

struct WhyOptions {
  std::string data;
  std::string period;
  std::string staff_no;
  std::string item;
};

Status run_why(Session& session, const WhyOptions& options) {
  ZH_TRY(const Month month, Month::parse(options.period));
  ZH_TRY(const Centre centre, open_centre(options.data));
  ZH_TRY(const policy::Derivation derivation,
         pay::explain(books_of(centre), {.month = month, .staff_no = options.staff_no, .item = options.item}));
  session.print(session.json ? json::pretty(policy::to_json(derivation, centre.zone))
                             : policy::to_text(derivation, centre.zone, session.language));
  return {};
}

}  // namespace

void add_why(CLI::App& program, Session& session) {
  auto& command = with_common_options(
      *program.add_subcommand("why", session.say({.zh = "为什么是这个分数、星级、金额",
                                                  .en = "why a score, a star or an amount is what it is"})),
      session);
  auto options = std::make_shared<WhyOptions>();
  add_data_option(command, session, options->data);
  add_period_option(command, session, options->period);
  command.add_option("--staff", options->staff_no, session.say({.zh = "工号", .en = "the staff number"}))->required();
  command.add_option(
      "item", options->item,
      session.say({.zh = "考核项或工资项，如 recording、total、star、base、adjustment；不写则全部",
                   .en = "an item or pay line: recording, total, star, base, adjustment …; all without it"}));
  command.callback([&session, options] {
    if (auto status = run_why(session, *options); !status.ok()) session.fail(status.error());
  });
}

}  // namespace zh::app
