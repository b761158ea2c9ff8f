// zhiheng recordings tidy --data DIR      removes what is kept no longer, and what nothing names
// zhiheng recordings verify --data DIR    reads every recording and transcript through
// zhiheng keys list|rotate --data DIR     the keys under which they lie
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <limits>
#include <memory>

#include "app/content.h"
#include "app/content_commands.h"
#include "app/options.h"
#include "base/json.h"
#include "rooms/contacts/record_check.h"
#include "rooms/contacts/retention.h"
#include "rooms/quality/library/library.h"

namespace zh::app {

namespace {

Result<contacts::Tidied> tidy(const std::string& data) {
  ZH_TRY(const Centre centre, open_centre(data));
  ZH_TRY(const auto store, ContentStore::open(centre));
  const Instant now = system_now();
  ZH_TRY(auto tx, centre.database->read());
  ZH_TRY(const auto retention, contacts::retention_on(tx, centre.zone, centre.zone.date_of(now)));
  ZH_CHECK(tx.commit());
  return contacts::tidy_up(*centre.database, store->shelf(), retention,
                           {.now = now, .actor = centre.actor, .needed_elsewhere = quality::library::is_needed});
}

void run_tidy(Session& session, const std::string& data) {
  const auto tidied = tidy(data);
  if (!tidied.ok()) return session.fail(tidied.error());
  if (session.json) {
    return session.print(json::pretty(json::Object{{"recordings", tidied->recordings},
                                                   {"transcripts", tidied->transcripts},
                                                   {"contents", tidied->contents},
                                                   {"partial", tidied->partial}}));
  }
  session.print(session.say(
      {.zh = fmt::format("到期：录音 {}，对话 {}；从存储中删除 {}，另有未写完的 {}\n", tidied->recordings,
                         tidied->transcripts, tidied->contents, tidied->partial),
       .en = fmt::format("over time: {} recordings, {} transcripts; removed from the store: {}, and {} unfinished\n",
                         tidied->recordings, tidied->transcripts, tidied->contents, tidied->partial)}));
}

void run_verify(Session& session, const std::string& data) {
  contacts::RecordCheck check;
  const auto verify = [&]() -> Status {
    ZH_TRY(const Centre centre, open_centre(data));
    ZH_TRY(const auto store, ContentStore::open(centre));
    ZH_TRY(check, contacts::check_record(*centre.database, store->contents()));
    return {};
  };
  const Status status = verify();
  if (!status.ok()) return session.fail(status.error());
  for (const Error& problem : check.problems) session.note(verbatim(problem.to_string(session.language)));
  if (!check.problems.empty()) session.exit = exit_failed;
  if (session.json) {
    json::Array problems;
    for (const Error& problem : check.problems) problems.emplace_back(problem.to_string(session.language));
    return session.print(json::pretty(json::Object{
        {"recordings", check.recordings}, {"transcripts", check.transcripts}, {"problems", std::move(problems)}}));
  }
  session.print(session.say(
      {.zh = fmt::format("录音 {}，对话 {}，问题 {}\n", check.recordings, check.transcripts, check.problems.size()),
       .en = fmt::format("{} recordings, {} transcripts, {} problems\n", check.recordings, check.transcripts,
                         check.problems.size())}));
}

void show_keys(Session& session, const vault::Keys& keys) {
  if (session.json) {
    json::Array list;
    for (const auto& seal : keys.seals()) {
      list.push_back(json::Object{{"id", seal.id.hex()},
                                  {"made_at", Zone::utc().format(seal.made_at)},
                                  {"in_use", seal.id == keys.current().id}});
    }
    return session.print(json::pretty(json::Object{{"keys", std::move(list)}}));
  }
  std::string out;
  for (const auto& seal : keys.seals()) {
    const Text use = seal.id == keys.current().id ? Text{.zh = "  使用中", .en = "  in use"} : Text{};
    out += fmt::format("{}  {}{}\n", seal.id.hex(), Zone::utc().format(seal.made_at), session.say(use));
  }
  session.print(out);
}

void run_keys(Session& session, const std::string& data, bool rotate) {
  const auto keys = [&]() -> Result<vault::Keys> {
    ZH_TRY(const Centre centre, open_centre(data));
    ZH_TRY(vault::Keys found, content_keys(centre));
    return rotate ? vault::Keys::rotate(centre.dir / "keys", system_now()) : Result<vault::Keys>(std::move(found));
  }();
  if (!keys.ok()) return session.fail(keys.error());
  show_keys(session, *keys);
}

using Run = std::function<void(const std::string& data)>;

void add_action(CLI::App& command, Session& session, const std::string& name, const Text& help, Run run) {
  auto& action = with_common_options(*command.add_subcommand(name, session.say(help)), session);
  const auto data = std::make_shared<std::string>();
  add_data_option(action, session, *data);
  action.callback([data, run = std::move(run)] { run(*data); });
}

}  // namespace

void add_recordings(CLI::App& program, Session& session) {
  auto& command = *program.add_subcommand(
      "recordings", session.say({.zh = "录音和对话文本的存储", .en = "the store of recordings and transcripts"}));
  command.require_subcommand(1);
  add_action(command, session, "tidy",
             {.zh = "删除保存期满的和无人引用的内容", .en = "remove what is kept no longer and what nothing names"},
             [&session](const std::string& data) { run_tidy(session, data); });
  add_action(command, session, "verify",
             {.zh = "逐一读出，查出损坏和缺失", .en = "read everything through and tell what is damaged or missing"},
             [&session](const std::string& data) { run_verify(session, data); });
}

void add_keys(CLI::App& program, Session& session) {
  auto& command = *program.add_subcommand(
      "keys", session.say({.zh = "录音和对话的加密密钥", .en = "the keys of recordings and transcripts"}));
  command.require_subcommand(1);
  add_action(command, session, "list", {.zh = "列出密钥的编号和日期", .en = "list the keys' ids and dates"},
             [&session](const std::string& data) { run_keys(session, data, false); });
  add_action(command, session, "rotate",
             {.zh = "启用一把新密钥；旧密钥保留用于读取", .en = "begin a new key; the old ones stay for reading"},
             [&session](const std::string& data) { run_keys(session, data, true); });
}

}  // namespace zh::app
