// zhiheng transcribe --data DIR                    gives recordings without a transcript to the speech recogniser
// zhiheng transcribe --data DIR --from D --to D    those of these days, also such as were given up or put off
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "app/content_commands.h"
#include "app/days.h"
#include "app/options.h"
#include "app/progress.h"
#include "app/transcribe.h"
#include "base/json.h"

namespace zh::app {

namespace {

struct TranscribeOptions {
  std::string data;
  std::string from;
  std::string to;
};

Result<contacts::TranscribingRun> run_transcribe(const Session& session, const std::string& data,
                                                 const ChosenDays& days) {
  ZH_TRY(Centre centre, open_centre(data));
  if (!days.empty()) {
    ZH_TRY(auto tx, centre.database->write());
    ZH_CHECK(contacts::transcribe_again(tx, days.interval(centre.zone)));
    ZH_CHECK(tx.commit());
  }
  ProgressBar bar(session.say({.zh = "语音识别", .en = "recognising speech"}), std::nullopt);
  auto run =
      transcribe(centre, {.progress = [&bar](std::int64_t done) { bar.reached(static_cast<std::uint64_t>(done)); }});
  bar.clear();
  return run;
}

void print(Session& session, const contacts::TranscribingRun& run) {
  if (session.json) {
    return session.print(json::pretty(json::Object{{"transcribed", run.transcribed},
                                                   {"silent", run.silent},
                                                   {"failed", run.failed},
                                                   {"given_up", run.given_up},
                                                   {"requests", run.asked.requests},
                                                   {"seconds", run.asked.seconds},
                                                   {"budget_is_used_up", run.budget_is_used_up}}));
  }
  session.print(session.say(
      {.zh =
           fmt::format("已识别 {} 个联络（另有 {} 个没有词语），稍后再试 {} 个，放弃 {} 个；共 {} 次请求，{} 秒声音\n",
                       run.transcribed, run.silent, run.failed, run.given_up, run.asked.requests, run.asked.seconds),
       .en =
           fmt::format("{} contacts recognised ({} more without a word), {} wait for another try, {} given up; {} "
                       "requests, {} s of sound\n",
                       run.transcribed, run.silent, run.failed, run.given_up, run.asked.requests, run.asked.seconds)}));
  if (run.budget_is_used_up) {
    session.note(
        {.zh = "今天的额度已用完，其余的明天继续", .en = "today's budget is used up; the rest goes on tomorrow"});
  }
}

void transcribe_stored(Session& session, const TranscribeOptions& options) {
  const ChosenDays days = chosen_days(session, options.from, options.to);
  const auto run = run_transcribe(session, options.data, days);
  if (!run.ok()) return session.fail(run.error());
  if (run->failed + run->given_up > 0) session.exit = exit_some_rejected;
  if (run->away) session.note(verbatim(run->away->to_string(session.language)));
  print(session, *run);
}

}  // namespace

void add_transcribe(CLI::App& program, Session& session) {
  auto& command = with_common_options(
      *program.add_subcommand("transcribe",
                              session.say({.zh = "把还没有对话文本的录音交给设置中的语音识别",
                                           .en = "give recordings without a transcript to the speech recogniser of the "
                                                 "settings"})),
      session);
  const auto options = std::make_shared<TranscribeOptions>();
  add_data_option(command, session, options->data);
  add_days_options(command, session, options->from, options->to);
  command.callback([options, &session] { transcribe_stored(session, *options); });
}

}  // namespace zh::app
