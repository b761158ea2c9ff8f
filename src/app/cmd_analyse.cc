// zhiheng analyse FILE [FILE2]: the acoustic measures of one call. One file: left channel customer, right agent, or
// both mixed; two files: the customer's leg, the agent's leg. Exit 3 where part of the recording could not be read.
// zhiheng analyse --data DIR [--from D] [--to D]: stored recordings (analyse_stored.h).
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <memory>

#include "analysis/audio/analyse.h"
#include "app/analyse_stored.h"
#include "app/commands.h"
#include "app/table.h"
#include "base/json.h"

namespace zh::app {

namespace {

using audio::CallMeasures;
using audio::Leg;
using audio::Role;
using audio::Span;

struct AnalyseOptions {
  std::string file;
  std::string second;
  StoredRecordings stored;
};

// --- the document ----------------------------------------------------------------------------------------------------

json::Value number(const std::optional<double>& value, int decimals) {
  if (!value.has_value()) return nullptr;
  return json::Number{fmt::format("{:.{}f}", *value, decimals)};
}

json::Value span_json(const Span& span) { return json::Array{span.start_ms, span.end_ms}; }

json::Value leg_json(const Leg& leg) {
  json::Array speech;
  for (const Span& span : leg.speech) speech.push_back(span_json(span));
  const auto& jump = leg.loudness_jump;
  return json::Object{{"role", audio::name_of(leg.role)},
                      {"speech", std::move(speech)},
                      {"loudness_lufs", number(leg.loudness_lufs, 1)},
                      {"clipped", leg.clipped},
                      {"loudness_jump_db", number(jump ? std::optional(jump->db) : std::nullopt, 1)},
                      {"loudness_jump_at_ms", jump ? json::Value(jump->at_ms) : json::Value()}};
}

json::Value share_json(const CallMeasures& call) {
  if (!call.agent_share.has_value()) return nullptr;
  return json::Object{{"agent", number(call.agent_share, 4)}, {"customer", number(1.0 - *call.agent_share, 4)}};
}

json::Value monologue_json(const CallMeasures& call) {
  if (!call.longest_monologue.has_value()) return nullptr;
  return call.longest_monologue->span.length_ms();
}

std::string as_json(const Session& session, const CallMeasures& call) {
  json::Array legs;
  for (const Leg& leg : call.legs) legs.push_back(leg_json(leg));
  json::Array silence;
  for (const auto& one : call.silences) silence.push_back(span_json(one.span));
  json::Array overlap;
  for (const auto& one : call.overlaps) {
    overlap.push_back(json::Object{{"start_ms", one.span.start_ms},
                                   {"end_ms", one.span.end_ms},
                                   {"interrupter", audio::name_of(one.interrupter)}});
  }
  json::Array diagnostics;
  for (const auto& one : call.diagnostics) {
    diagnostics.push_back(json::Object{{"code", audio::name_of(one.code)}, {"message", session.say(one.message)}});
  }
  return json::pretty(json::Object{{"duration_ms", call.duration_ms},
                                   {"legs", std::move(legs)},
                                   {"silence", std::move(silence)},
                                   {"overlap", std::move(overlap)},
                                   {"talk_share", share_json(call)},
                                   {"longest_monologue_ms", monologue_json(call)},
                                   {"diagnostics", std::move(diagnostics)}});
}

// --- the tables for people -------------------------------------------------------------------------------------------

Text role_text(Role role) {
  switch (role) {
    case Role::customer:
      return {.zh = "客户", .en = "customer"};
    case Role::agent:
      return {.zh = "坐席", .en = "agent"};
    case Role::mixed:
      break;
  }
  return {.zh = "双方", .en = "both"};
}

std::string seconds(std::int64_t ms) { return fmt::format("{:.2f}", static_cast<double>(ms) / 1000); }
std::string one_decimal(const std::optional<double>& value) {
  return value.has_value() ? fmt::format("{:.1f}", *value) : "–";
}

// "8.5 (42.10 s)"
std::string jump_of(const Leg& leg) {
  if (!leg.loudness_jump) return "–";
  return fmt::format("{:.1f} ({} s)", leg.loudness_jump->db, seconds(leg.loudness_jump->at_ms));
}

std::string share_of(const CallMeasures& call, Role role) {
  if (!call.agent_share.has_value()) return "–";
  return fmt::format("{:.1f} %", 100 * (role == Role::agent ? *call.agent_share : 1 - *call.agent_share));
}

std::string mean_response(const CallMeasures& call, Role role) {
  std::int64_t sum = 0;
  std::int64_t count = 0;
  for (const auto& one : call.responses) {
    if (one.by != role) continue;
    sum += one.delay_ms;
    ++count;
  }
  return count == 0 ? "–" : seconds(sum / count);
}

std::string dead_air(const CallMeasures& call, Role role) {
  std::int64_t sum = 0;
  for (const auto& one : call.silences) sum += one.turn == role ? one.span.length_ms() : 0;
  return seconds(sum);
}

std::string interruptions(const CallMeasures& call, Role role) {
  return std::to_string(std::count_if(call.overlaps.begin(), call.overlaps.end(),
                                      [&](const auto& one) { return one.interrupter == role; }));
}

std::string legs_table(const Session& session, const CallMeasures& call) {
  std::vector<TextTable::Column> columns{{session.say({.zh = "指标", .en = "measure"})}};
  for (const Leg& leg : call.legs) columns.push_back({session.say(role_text(leg.role)), Align::right});
  TextTable table(std::move(columns));
  const auto row = [&](const Text& title, const auto& cell) {
    std::vector<std::string> cells{session.say(title)};
    for (const Leg& leg : call.legs) cells.push_back(cell(leg));
    table.add(std::move(cells));
  };
  row({.zh = "语音（秒）", .en = "speech, s"}, [](const Leg& leg) { return seconds(audio::total_ms(leg.speech)); });
  row({.zh = "音乐（秒）", .en = "music, s"}, [](const Leg& leg) { return seconds(audio::total_ms(leg.music)); });
  if (call.legs.size() == 2) {
    row({.zh = "说话占比", .en = "talk share"}, [&](const Leg& leg) { return share_of(call, leg.role); });
    row({.zh = "抢话次数", .en = "came in on the other"},
        [&](const Leg& leg) { return interruptions(call, leg.role); });
    row({.zh = "平均应答间隔（秒）", .en = "mean response, s"},
        [&](const Leg& leg) { return mean_response(call, leg.role); });
    row({.zh = "该其说话时的静默（秒）", .en = "silence at own turn, s"},
        [&](const Leg& leg) { return dead_air(call, leg.role); });
  }
  row({.zh = "响度（LUFS）", .en = "loudness, LUFS"}, [](const Leg& leg) { return one_decimal(leg.loudness_lufs); });
  if (call.legs.size() == 2) row({.zh = "最大突增（dB）", .en = "largest jump, dB"}, jump_of);
  row({.zh = "峰值（dBFS）", .en = "peak, dBFS"}, [](const Leg& leg) { return one_decimal(leg.peak_dbfs); });
  row({.zh = "削波样本", .en = "clipped samples"}, [](const Leg& leg) { return std::to_string(leg.clipped); });
  return table.to_string();
}

// Silences and overlaps in the order of time.
std::string events_table(const Session& session, const CallMeasures& call) {
  struct Event {
    Span span;
    Text what;
    std::optional<Role> who;
  };
  std::vector<Event> events;
  for (const auto& one : call.silences) events.push_back({one.span, {.zh = "静默", .en = "silence"}, one.turn});
  for (const auto& one : call.overlaps) events.push_back({one.span, {.zh = "抢话", .en = "overlap"}, one.interrupter});
  if (events.empty()) return {};
  std::stable_sort(events.begin(), events.end(),
                   [](const Event& a, const Event& b) { return a.span.start_ms < b.span.start_ms; });
  TextTable table({{session.say({.zh = "开始（秒）", .en = "from, s"}), Align::right},
                   {session.say({.zh = "结束（秒）", .en = "to, s"}), Align::right},
                   {session.say({.zh = "长度（秒）", .en = "length, s"}), Align::right},
                   {session.say({.zh = "事件", .en = "event"})},
                   {session.say({.zh = "轮到 / 抢话方", .en = "whose turn / who came in"})}});
  for (const Event& one : events) {
    table.add({seconds(one.span.start_ms), seconds(one.span.end_ms), seconds(one.span.length_ms()),
               session.say(one.what), one.who ? session.say(role_text(*one.who)) : "–"});
  }
  return "\n" + table.to_string();
}

std::string as_text(const Session& session, const CallMeasures& call) {
  std::string text = session.say({.zh = "时长 ", .en = "duration "}) + seconds(call.duration_ms) + " s";
  if (const auto& monologue = call.longest_monologue) {
    text += session.say({.zh = "，最长独白 ", .en = ", longest monologue "}) + seconds(monologue->span.length_ms()) +
            " s" + session.say({.zh = "（", .en = " ("}) + session.say(role_text(monologue->by)) +
            session.say({.zh = "）", .en = ")"});
  }
  return text + "\n\n" + legs_table(session, call) + events_table(session, call);
}

// --- the command -----------------------------------------------------------------------------------------------------

void print_measures(Session& session, const CallMeasures& call) {
  for (const auto& one : call.diagnostics) session.note(one.message);
  session.print(session.json ? as_json(session, call) : as_text(session, call));
}

void run_analyse(const AnalyseOptions& options, Session& session) {
  if (!options.stored.data.empty()) return analyse_stored(session, options.stored);
  const auto call =
      options.second.empty() ? audio::analyse(options.file) : audio::analyse_legs(options.file, options.second);
  if (!call.ok()) {
    // Scripts that go through many files get a document for each that is there.
    if (session.json && call.error().code == ErrorCode::invalid) {
      CallMeasures nothing;
      nothing.diagnostics.push_back({audio::DiagnosticCode::unreadable, call.error().message});
      session.print(as_json(session, nothing));
    }
    session.fail(call.error());
    return;
  }
  const bool partial = std::any_of(call->diagnostics.begin(), call->diagnostics.end(),
                                   [](const auto& one) { return audio::loses_audio(one.code); });
  if (partial) session.exit = exit_some_rejected;
  print_measures(session, *call);
}

}  // namespace

void add_analyse(CLI::App& program, Session& session) {
  auto& command = with_common_options(
      *program.add_subcommand("analyse", session.say({.zh = "一次通话的声学指标：语音、静默、抢话、占比、响度",
                                                      .en = "the acoustic measures of one call: speech, silence, "
                                                            "overlap, talk share, loudness"})),
      session);
  const auto options = std::make_shared<AnalyseOptions>();
  auto* const file = command.add_option(
      "file", options->file,
      session.say({.zh = "录音：立体声（左客户、右坐席）或单声道；给出第二个文件时为客户声道",
                   .en = "the recording: stereo (left customer, right agent) or mono; with a second file "
                         "the customer's leg"}));
  command.add_option("file2", options->second, session.say({.zh = "坐席声道", .en = "the agent's leg"}));
  auto* const data =
      command.add_option("--data", options->stored.data,
                         session.say({.zh = "不给文件，而是分析该数据目录中已存的录音",
                                      .en = "instead of a file: the stored recordings of this data directory"}));
  command
      .add_option("--from", options->stored.from,
                  session.say({.zh = "首日（含），重新分析；不写日期则分析尚未分析的",
                               .en = "first day, included, analysed anew; without days, those not analysed yet"}))
      ->needs(data);
  command.add_option("--to", options->stored.to, session.say({.zh = "末日（含）", .en = "last day, included"}))
      ->needs(data);
  data->excludes(file);
  command.callback([options, &session] {
    if (options->file.empty() && options->stored.data.empty()) {
      throw CLI::RequiredError(session.say({.zh = "录音文件或 --data", .en = "a recording, or --data"}));
    }
    run_analyse(*options, session);
  });
}

}  // namespace zh::app
