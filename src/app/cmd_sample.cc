// zhiheng sample verify --data DIR --plan N
// zhiheng sample proof  --data DIR --plan N --round R --staff S     what an agent is given
// zhiheng sample check  FILE                                        what the agent does with it; needs no centre
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <memory>

#include "app/centre.h"
#include "app/commands.h"
#include "app/options.h"
#include "base/json.h"
#include "base/source.h"
#include "rooms/quality/sampling/proof_json.h"

namespace zh::app {

namespace {

namespace sampling = quality::sampling;

struct SampleOptions {
  std::string data;
  std::int64_t plan = 0;
  int round = 1;
  std::string staff_no;
  std::string file;
};

std::int64_t replacements_in(const sampling::Drawn& drawn) {
  return std::ranges::count_if(drawn.picks, [](const sampling::StoredPick& pick) { return pick.replaces.has_value(); });
}

json::Value json_of(const sampling::Verified& round, const Zone& zone) {
  const sampling::Drawn& drawn = round.drawn;
  json::Array findings;
  for (const sampling::Finding& finding : round.findings) {
    json::Object one;
    if (!finding.staff_no.empty()) one.push_back({"staff_no", finding.staff_no});
    one.push_back({"what", json::Object{{"zh", finding.what.zh}, {"en", finding.what.en}}});
    findings.emplace_back(std::move(one));
  }
  const std::int64_t replaced = replacements_in(drawn);
  return json::Object{{"round", drawn.id.round},
                      {"holds", round.holds()},
                      {"commitment", drawn.commitment.hex()},
                      {"committed_at", zone.format(drawn.committed_at)},
                      {"committed_before_period", round.committed_before_period},
                      {"from", zone.format(drawn.during.from)},
                      {"until", zone.format(drawn.during.until)},
                      {"drawn_at", zone.format(drawn.drawn_at)},
                      {"seed", drawn.seed.hex()},
                      {"frame", drawn.frame.hex()},
                      {"agents", round.strata},
                      {"contacts", round.contacts},
                      {"drawn", static_cast<std::int64_t>(drawn.picks.size()) - replaced},
                      {"replaced", replaced},
                      {"findings", std::move(findings)}};
}

Text text_of(const sampling::Verified& round, const Zone& zone) {
  const sampling::Drawn& drawn = round.drawn;
  const std::int64_t replaced = replacements_in(drawn);
  const auto picks = static_cast<std::int64_t>(drawn.picks.size()) - replaced;
  Text text{.zh = fmt::format(
                "第 {} 轮：{} 名坐席的 {} 条联络中抽取 {} 条，替补 {} 条\n  承诺 {}（{}）\n  种子 {}\n  抽样框 {}\n",
                drawn.id.round, round.strata, round.contacts, picks, replaced, drawn.commitment.hex(),
                zone.format(drawn.committed_at), drawn.seed.hex(), drawn.frame.hex()),
            .en = fmt::format("round {}: {} drawn from {} contacts of {} agents, {} replaced\n  commitment {} ({})\n"
                              "  seed {}\n  frame {}\n",
                              drawn.id.round, picks, round.contacts, round.strata, replaced, drawn.commitment.hex(),
                              zone.format(drawn.committed_at), drawn.seed.hex(), drawn.frame.hex())};
  if (!round.committed_before_period) {
    text.zh += "  注意：种子在期间开始之后才承诺，样本可以重抽核对，但不能证明事先无人知道\n";
    text.en +=
        "  note: the seed was committed to after the period began; the sample can be redrawn, but nothing shows "
        "that nobody knew it\n";
  }
  for (const sampling::Finding& finding : round.findings) {
    const std::string who = finding.staff_no.empty() ? "" : finding.staff_no + ": ";
    text.zh += fmt::format("  ✗ {}{}\n", who, finding.what.zh);
    text.en += fmt::format("  ✗ {}{}\n", who, finding.what.en);
  }
  return text;
}

Status run_verify(Session& session, const SampleOptions& options) {
  ZH_TRY(const Centre centre, open_centre(options.data));
  ZH_TRY(auto tx, centre.database->read());
  ZH_TRY(const auto rounds, sampling::verify_plan(tx, options.plan));
  const bool holds = std::ranges::all_of(rounds, &sampling::Verified::holds);
  if (session.json) {
    json::Array all;
    for (const sampling::Verified& round : rounds) all.push_back(json_of(round, centre.zone));
    session.print(json::pretty(json::Object{{"plan", options.plan}, {"holds", holds}, {"rounds", std::move(all)}}));
  } else {
    for (const sampling::Verified& round : rounds) session.print(session.say(text_of(round, centre.zone)));
  }
  if (holds) return {};
  return error(ErrorCode::corrupt,
               {.zh = fmt::format("计划 {} 的样本与种子和抽样框不符", options.plan),
                .en = fmt::format("the sample of plan {} is not what its seed draws from its frame", options.plan)});
}

// The document is printed whether or not --json is given: it is made to be handed over as a file.
Status run_proof(Session& session, const SampleOptions& options) {
  ZH_TRY(const Centre centre, open_centre(options.data));
  ZH_TRY(auto tx, centre.database->read());
  ZH_TRY(const auto own, sampling::own_stratum(tx, {.plan = options.plan, .round = options.round}, options.staff_no));
  session.print(json::pretty(sampling::json_of(own)));
  return {};
}

Result<std::string> whole_file(const std::string& path) {
  ZH_TRY(const auto source, FileSource::open(path));
  std::string text;
  std::array<char, 65'536> block{};
  while (true) {
    ZH_TRY(const std::size_t read, source->read(block));
    if (read == 0) return text;
    if (text.size() + read > json::Limits().bytes) {
      return error(ErrorCode::limit, {.zh = "证明文件过大", .en = "the proof is too large"});
    }
    text.append(block.data(), read);
  }
}

Status run_check(Session& session, const SampleOptions& options) {
  ZH_TRY(const std::string text, whole_file(options.file));
  ZH_TRY(const json::Value document, json::parse(text, {}, options.file));
  ZH_TRY(const auto own, sampling::own_stratum_from(document));
  const sampling::Flaw flaw = check_proof(own.proof, own.drawn);
  const Text verdict = explain(flaw);
  const bool holds = flaw == sampling::Flaw::none;
  if (session.json) {
    session.print(json::pretty(
        json::Object{{"holds", holds}, {"verdict", json::Object{{"zh", verdict.zh}, {"en", verdict.en}}}}));
  } else if (holds) {
    session.print(session.say(verdict) + "\n");
  }
  return holds ? Status() : error(ErrorCode::corrupt, verdict);
}

}  // namespace

void add_sample(CLI::App& program, Session& session) {
  const auto options = std::make_shared<SampleOptions>();
  auto& sample =
      *program.add_subcommand("sample", session.say({.zh = "质检样本", .en = "samples of inspection plans"}));
  sample.require_subcommand(1);
  const auto add = [&](const char* name, const Text& text, Status (*run)(Session&, const SampleOptions&)) -> CLI::App& {
    auto& command = with_common_options(*sample.add_subcommand(name, session.say(text)), session);
    command.callback([&session, options, run] { session.end(run(session, *options)); });
    return command;
  };
  const auto of_plan = [&](CLI::App& command) -> CLI::App& {
    add_data_option(command, session, options->data);
    command.add_option("--plan", options->plan, session.say({.zh = "计划编号", .en = "the plan's number"}))
        ->required()
        ->check(CLI::PositiveNumber);
    return command;
  };

  of_plan(add("verify",
              {.zh = "重新抽样，证明某计划的样本无人挑选、未被改动",
               .en = "redraw a plan's sample and prove that nobody chose or changed it"},
              run_verify));
  auto& proof = of_plan(add("proof",
                            {.zh = "给某坐席的证明：核对自己的样本，看不到别人的记录",
                             .en = "an agent's proof: checks the own sample, shows nobody else's contacts"},
                            run_proof));
  proof.add_option("--round", options->round, session.say({.zh = "轮次", .en = "the round"}))
      ->required()
      ->check(CLI::PositiveNumber);
  proof.add_option("--staff", options->staff_no, session.say({.zh = "工号", .en = "the staff number"}))->required();
  add("check", {.zh = "核对一份证明，无需中心数据", .en = "check a proof; needs no centre"}, run_check)
      .add_option("FILE", options->file, session.say({.zh = "证明文件", .en = "the proof"}))
      ->required();
}

}  // namespace zh::app
