// zhiheng judge --data DIR                    asks the model of the settings about contacts that wait for it
// zhiheng judge --data DIR --from D --to D    about those of these days, also such as were given up, put off or left
// out
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "app/content_commands.h"
#include "app/days.h"
#include "app/judge.h"
#include "app/options.h"
#include "app/progress.h"

namespace zh::app {

namespace {

using inspection::JudgingRun;

struct JudgeOptions {
  std::string data;
  std::string from;
  std::string to;
};

Result<JudgingRun> run_judge(const Session& session, const std::string& data, const ChosenDays& days) {
  ZH_TRY(Centre centre, open_centre(data));
  JudgeOrder order;
  if (!days.empty()) order.offered = days.interval(centre.zone);
  ProgressBar bar(session.say({.zh = "询问模型", .en = "asking the judge"}), std::nullopt);
  order.progress = [&bar](std::int64_t done) { bar.reached(static_cast<std::uint64_t>(done)); };
  auto run = judge(centre, order);
  bar.clear();
  return run;
}

void print(Session& session, const JudgingRun& run) {
  if (session.json) return session.print(json::pretty(to_json(run)));
  session.print(session.say(
      {.zh = fmt::format("已询问 {} 个联络，得到 {} 条建议，另有 {} 条因引文不符而弃；未变 {} 个，无问题可问 {} 个，"
                         "抽样之外 {} 个，稍后再试 {} 个，放弃 {} 个；共 {} 个 token\n",
                         run.judged, run.proposals, run.dropped, run.unchanged, run.no_question, run.left_out,
                         run.failed, run.given_up, run.asked.tokens),
       .en = fmt::format(
           "{} contacts asked about, {} proposals, {} more dropped because no quote stands; {} unchanged, {} "
           "without a question, {} outside the share, {} wait for another try, {} given up; {} tokens\n",
           run.judged, run.proposals, run.dropped, run.unchanged, run.no_question, run.left_out, run.failed,
           run.given_up, run.asked.tokens)}));
  if (run.budget_is_used_up) {
    session.note(
        {.zh = "今天的额度已用完，其余的明天继续", .en = "today's budget is used up; the rest goes on tomorrow"});
  }
}

void judge_stored(Session& session, const JudgeOptions& options) {
  const ChosenDays days = chosen_days(session, options.from, options.to);
  const auto run = run_judge(session, options.data, days);
  if (!run.ok()) return session.fail(run.error());
  if (run->failed + run->given_up > 0) session.exit = exit_some_rejected;
  if (run->away) session.note(verbatim(run->away->to_string(session.language)));
  print(session, *run);
}

}  // namespace

void add_judge(CLI::App& program, Session& session) {
  auto& command = with_common_options(
      *program.add_subcommand("judge",
                              session.say({.zh = "就软性项目询问设置中的模型，意见只作质检员的建议",
                                           .en = "ask the model of the settings about soft items; what it says is "
                                                 "proposed to inspectors"})),
      session);
  const auto options = std::make_shared<JudgeOptions>();
  add_data_option(command, session, options->data);
  add_days_options(command, session, options->from, options->to);
  command.callback([options, &session] { judge_stored(session, *options); });
}

}  // namespace zh::app
