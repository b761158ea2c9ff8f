// zhiheng verify --data DIR [--anchor NUMBER:HASH]
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <charconv>
#include <memory>

#include "app/centre.h"
#include "app/commands.h"
#include "app/options.h"
#include "base/json.h"
#include "ledger/verify.h"

namespace zh::app {

namespace {

struct VerifyOptions {
  std::string data;
  std::string anchor;
};

std::string text_of(const ledger::ChainHead& head) { return fmt::format("{}:{}", head.number.value, head.hash.hex()); }

// "12:<64 hexadecimal digits>", as verify prints it.
Result<std::optional<ledger::ChainHead>> parse_anchor(std::string_view text) {
  if (text.empty()) return std::optional<ledger::ChainHead>();
  const std::size_t colon = text.find(':');
  ledger::ChainHead head;
  if (colon != std::string_view::npos) {
    const char* const end = text.data() + colon;
    const auto [stop, problem] = std::from_chars(text.data(), end, head.number.value);
    const auto hash = Hash::parse(text.substr(colon + 1));
    if (problem == std::errc() && stop == end && head.number.value > 0 && hash.ok()) {
      head.hash = *hash;
      return std::optional(head);
    }
  }
  return invalid(
      {.zh = "--anchor 应为 verify 打印的“编号:哈希”", .en = "--anchor takes what verify prints: NUMBER:HASH"});
}

Status run_verify(Session& session, const VerifyOptions& options) {
  ZH_TRY(const auto anchor, parse_anchor(options.anchor));
  ZH_TRY(const Centre centre, open_centre(options.data));
  ZH_TRY(auto tx, centre.database->read());
  ZH_TRY(const ledger::Proof proof, ledger::verify(tx, anchor));
  const std::string head = text_of(proof.head);
  if (session.json) {
    session.print(json::pretty(
        json::Object{{"verified", true},
                     {"head", json::Object{{"number", proof.head.number.value}, {"hash", proof.head.hash.hex()}}},
                     {"migrations", proof.migrations},
                     {"facts", proof.facts},
                     {"statements", proof.statements},
                     {"closed_periods", proof.periods}}));
    return {};
  }
  session.print(session.say(
      {.zh = fmt::format("核验通过：审计 {} 条，事实 {} 条，结果单 {} 份，已结账期间 {} "
                         "个，迁移 {} 个\n链头 {}\n"
                         "（请将链头另行保存；以后用 --anchor 核对，截断也能发现）\n",
                         proof.head.number.value, proof.facts, proof.statements, proof.periods, proof.migrations, head),
       .en = fmt::format("verified: {} audit entries, {} facts, {} statements, "
                         "{} closed periods, {} migrations\n"
                         "chain head {}\n(keep the head elsewhere; --anchor "
                         "compares with it and shows a cut-off end)\n",
                         proof.head.number.value, proof.facts, proof.statements, proof.periods, proof.migrations,
                         head)}));
  return {};
}

}  // namespace

void add_verify(CLI::App& program, Session& session) {
  const auto options = std::make_shared<VerifyOptions>();
  auto& command = with_common_options(
      *program.add_subcommand("verify", session.say({.zh = "核验审计链、事实、结果单与迁移未被改动",
                                                     .en = "prove that audit chain, facts, statements and "
                                                           "migrations are unchanged"})),
      session);
  add_data_option(command, session, options->data);
  command.add_option("--anchor", options->anchor,
                     session.say({.zh = "先前保存的链头（编号:哈希），链中须仍含有它",
                                  .en = "a head kept earlier (NUMBER:HASH) that the chain "
                                        "must still hold"}));
  command.callback([&session, options] { session.end(run_verify(session, *options)); });
}

}  // namespace zh::app
