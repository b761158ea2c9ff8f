// zhiheng inspect --data DIR [--from D] [--to D]: the packs' checks over stored contacts.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <map>
#include <memory>
#include <set>
#include <thread>

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

// Everything that is kept for the period, as one document or as a table of checks.
class Printed {
 public:
  void add(const ContactFindings& contact) {
    const std::string source_id = contact.source_id();
    ++contacts_;
    std::set<std::string> in_contact;
    for (const Finding& finding : contact.findings) {
      const bool hit = finding.kind == Finding::Kind::hit;
      if (hit) {
        hits_.push_back(hit_json(source_id, finding));
      } else {
        missing_.push_back(miss_json(source_id, finding));
      }
      Counts& counts = by_check_[finding.check];
      counts.clause = finding.clause;
      (hit ? counts.hits : counts.missing) += 1;
      counts.contacts += in_contact.insert(finding.check).second ? 1 : 0;
    }
  }

  std::string as_json() && {
    return json::pretty(
        json::Object{{"contacts", contacts_}, {"hits", std::move(hits_)}, {"missing", std::move(missing_)}});
  }

  std::string as_text(const Session& session) const {
    TextTable table({{session.say({.zh = "检查", .en = "check"})},
                     {session.say({.zh = "条款", .en = "clause"})},
                     {session.say({.zh = "命中", .en = "hits"}), Align::right},
                     {session.say({.zh = "缺失", .en = "missing"}), Align::right},
                     {session.say({.zh = "涉及联络", .en = "contacts"}), Align::right}});
    for (const auto& [check, counts] : by_check_) {
      table.add({check, counts.clause, std::to_string(counts.hits), std::to_string(counts.missing),
                 std::to_string(counts.contacts)});
    }
    return (by_check_.empty() ? std::string() : table.to_string() + "\n") +
           session.say(
               {.zh = fmt::format("{} 个联络，{} 处命中，{} 处缺失\n", contacts_, hits_.size(), missing_.size()),
                .en = fmt::format("{} contacts, {} hits, {} missing\n", contacts_, hits_.size(), missing_.size())});
  }

 private:
  struct Counts {
    std::string clause;
    std::int64_t hits = 0;
    std::int64_t missing = 0;
    std::int64_t contacts = 0;
  };
  std::int64_t contacts_ = 0;
  json::Array hits_;
  json::Array missing_;
  std::map<std::string, Counts> by_check_;
};

Result<Printed> kept(Centre& centre, Interval offered) {
  Printed printed;
  ZH_TRY(db::Transaction tx, centre.database->read());
  std::optional<contacts::ContactPlace> after;
  for (bool more = true; more;) {
    ZH_TRY(const auto page, inspection::findings_page(tx, offered, after, kPage));
    for (const ContactFindings& contact : page) printed.add(contact);
    more = static_cast<int>(page.size()) == kPage;
    if (!page.empty()) after = page.back().contact;
  }
  ZH_CHECK(tx.commit());
  return printed;
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
                                .page = kPage};
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
  ZH_TRY(Printed printed, kept(centre, order.offered));
  session.print(session.json ? std::move(printed).as_json() : printed.as_text(session));
  return {};
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
