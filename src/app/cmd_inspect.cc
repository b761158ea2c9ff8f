// zhiheng inspect --data DIR [--from D] [--to D]: the packs' checks over stored contacts.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <functional>
#include <memory>
#include <thread>
#include <utility>

#include "app/centre.h"
#include "app/commands.h"
#include "app/content.h"
#include "app/days.h"
#include "app/options.h"
#include "app/progress.h"
#include "app/table.h"
#include "base/json.h"
#include "policy/checks/check_set.h"
#include "rooms/inspection/inspection.h"
#include "rooms/policies/known_packs.h"

namespace zh::app {

namespace {

using inspection::ContactFindings;
using inspection::Finding;

constexpr int kPage = 2'000;
constexpr std::size_t kPrintedAtOnce = 1 << 16;  // bytes

struct InspectOptions {
  std::string data;
  std::string from;
  std::string to;
};

// ---- JSON

json::Value number(const std::optional<std::int64_t>& value) { return value ? json::Value(*value) : json::Value(); }

json::Value hit_json(const std::string& source_id, const Finding& hit) {
  return json::Object{{"source_id", source_id},           {"check", hit.check},          {"clause", hit.clause},
                      {"turn", number(hit.turn)},         {"from", number(hit.from)},    {"to", number(hit.to)},
                      {"start_ms", number(hit.start_ms)}, {"end_ms", number(hit.end_ms)}};
}

json::Value miss_json(const std::string& source_id, const Finding& miss) {
  json::Array looked;
  for (const Finding::Looked& it : miss.looked) {
    looked.push_back(json::Object{{"condition", it.condition},
                                  {"role", it.role},
                                  {"turns", it.turns},
                                  {"first", number(it.first)},
                                  {"last", number(it.last)}});
  }
  return json::Object{
      {"source_id", source_id}, {"check", miss.check}, {"clause", miss.clause}, {"looked", std::move(looked)}};
}

// ---- what is printed

// Calls `visit` with what is kept for each contact of the period.
Status each_kept(db::Transaction& tx, Interval offered, const std::function<void(const ContactFindings&)>& visit) {
  std::optional<contacts::ContactPlace> after;
  for (bool more = true; more;) {
    ZH_TRY(const auto page, inspection::findings_page(tx, offered, after, kPage));
    for (const ContactFindings& contact : page) visit(contact);
    more = static_cast<int>(page.size()) == kPage;
    if (!page.empty()) after = page.back().contact;
  }
  return {};
}

// The findings of one kind, an entry a line, as they are read: a year's need not fit into memory.
Status print_list(Session& session, db::Transaction& tx, Interval offered, Finding::Kind kind) {
  std::string lines;
  bool first = true;
  ZH_CHECK(each_kept(tx, offered, [&](const ContactFindings& contact) {
    const std::string source_id = contact.source_id();
    for (const Finding& finding : contact.findings) {
      if (finding.kind != kind) continue;
      lines += std::exchange(first, false) ? "\n    " : ",\n    ";
      lines += json::compact(kind == Finding::Kind::hit ? hit_json(source_id, finding) : miss_json(source_id, finding));
    }
    if (lines.size() < kPrintedAtOnce) return;
    session.print(lines);
    lines.clear();
  }));
  session.print(lines + (first ? "" : "\n  "));
  return {};
}

// One snapshot, so that counts and lists agree.
Status print_json(Session& session, db::Transaction& tx, Interval offered) {
  ZH_TRY(const inspection::Tally kept, inspection::tally(tx, offered));
  session.print(fmt::format("{{\n  \"contacts\": {},\n  \"hits\": [", kept.contacts));
  ZH_CHECK(print_list(session, tx, offered, Finding::Kind::hit));
  session.print("],\n  \"missing\": [");
  ZH_CHECK(print_list(session, tx, offered, Finding::Kind::missing));
  session.print("]\n}\n");
  return {};
}

Status print_table(Session& session, db::Transaction& tx, Interval offered) {
  ZH_TRY(const inspection::Tally kept, inspection::tally(tx, offered));
  TextTable table({{session.say({.zh = "检查", .en = "check"})},
                   {session.say({.zh = "条款", .en = "clause"})},
                   {session.say({.zh = "命中", .en = "hits"}), Align::right},
                   {session.say({.zh = "缺失", .en = "missing"}), Align::right},
                   {session.say({.zh = "涉及联络", .en = "contacts"}), Align::right}});
  std::int64_t hits = 0;
  std::int64_t missing = 0;
  for (const inspection::CheckTally& it : kept.checks) {
    hits += it.hits;
    missing += it.missing;
    table.add({it.check, it.clause, std::to_string(it.hits), std::to_string(it.missing), std::to_string(it.contacts)});
  }
  session.print((kept.checks.empty() ? std::string() : table.to_string() + "\n") +
                session.say({.zh = fmt::format("{} 个联络，{} 处命中，{} 处缺失\n", kept.contacts, hits, missing),
                             .en = fmt::format("{} contacts, {} hits, {} missing\n", kept.contacts, hits, missing)}));
  return {};
}

void report_unreadable(const inspection::Run& run, Session& session) {
  for (const inspection::Unreadable& it : run.unreadable) {
    session.note({.zh = fmt::format("联络 {} 未检查：{}", it.source_id, it.error.message.zh),
                  .en = fmt::format("contact {} was not checked: {}", it.source_id, it.error.message.en)});
  }
  if (!run.unreadable.empty()) session.exit = exit_some_rejected;
}

Status inspect(Session& session, const InspectOptions& options, const ChosenDays& days) {
  ZH_TRY(Centre centre, open_centre(options.data));
  ZH_TRY(const vault::Keys keys, content_keys(centre));
  const inspection::Order order{.offered = days.interval(centre.zone),
                                .threads = static_cast<int>(std::max(std::thread::hardware_concurrency(), 1U)),
                                .page = kPage,
                                .now = system_now()};
  policies::KnownPacks packs;
  {
    ProgressBar bar(session.say({.zh = "检查", .en = "inspecting"}), std::nullopt);
    ZH_TRY(const inspection::Run run, inspection::inspect(
                                          *centre.database, keys, centre.zone, order,
                                          [&](Date day) -> Result<policies::PackPtr> {
                                            ZH_TRY(db::Transaction tx, centre.database->read());
                                            return packs.pack_on(tx, day);
                                          },
                                          [&](std::int64_t done) { bar.reached(static_cast<std::uint64_t>(done)); }));
    bar.clear();
    report_unreadable(run, session);
  }
  ZH_TRY(db::Transaction tx, centre.database->read());
  return session.json ? print_json(session, tx, order.offered) : print_table(session, tx, order.offered);
}

}  // namespace

void add_inspect(CLI::App& program, Session& session) {
  auto& command = with_common_options(
      *program.add_subcommand("inspect", session.say({.zh = "用规章包的检查逐个检查已存的联络",
                                                      .en = "run the packs' checks over stored contacts"})),
      session);
  const auto options = std::make_shared<InspectOptions>();
  add_data_option(command, session, options->data);
  add_days_options(command, session, options->from, options->to);
  command.callback([&session, options] {
    session.end(inspect(session, *options, chosen_days(session, options->from, options->to)));
  });
}

}  // namespace zh::app
