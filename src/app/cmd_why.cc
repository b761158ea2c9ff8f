// zhiheng why --data DIR --period 2026-10 --staff 1001 [ITEM]
#include <CLI/CLI.hpp>
#include <memory>

#include "app/books.h"
#include "app/commands.h"

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
  command
      .add_option("--data", options->data, session.say({.zh = "中心的数据目录", .en = "the centre's data directory"}))
      ->required();
  command
      .add_option("--period", options->period, session.say({.zh = "月份，如 2026-10", .en = "the month, e.g. 2026-10"}))
      ->required()
      ->check([&session](const std::string& text) {
        const auto month = Month::parse(text);
        return month.ok() ? std::string() : month.error().message.in(session.language);
      });
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
