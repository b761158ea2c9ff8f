// What is said may be any bytes: normalised text is well-formed, spans lie in the original, checks come to an end.
#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "analysis/text/normalise.h"
#include "base/utf8.h"
#include "policy/checks/explain.h"
#include "policy/load.h"

namespace {

using namespace zh::policy;

const Pack& pack() {
  static const Pack kPack = [] {
    Sources sources;
    sources.files["pack.yaml"] = "id: p\ntitle: {zh: 包, en: pack}\n";
    sources.files["clauses.yaml"] = "clauses:\n  A1: {title: {zh: 条, en: c}, text: {zh: 文, en: t}, source: s}\n";
    sources.files["checks.yaml"] =
        "checks:\n"
        "  words: {label: {zh: 一, en: a}, clause: A1, item: i, severity: s, points: 1,"
        " forbid: {phrases: {any: [a, 电话, sorry, ss], but_not: [ab]}}}\n"
        "  pattern: {label: {zh: 二, en: b}, clause: A1, item: i, severity: s, points: 1,"
        " forbid: {patterns: [\"[0-9]{3,}\", \"a.{0,5}b\"]}}\n"
        "  near: {label: {zh: 三, en: c}, clause: A1, item: i, severity: s, points: 1,"
        " forbid: {near: {first: [a], then: [b, 话], within: 3, order: any}}}\n"
        "  again: {label: {zh: 四, en: d}, clause: A1, item: i, severity: s, points: 1,"
        " forbid: {repeated: {characters: 2, times: 2}}}\n"
        "  alike: {label: {zh: 五, en: e}, clause: A1, item: i, severity: s, points: 1,"
        " forbid: {similar: {to: [abab, 电话号码], percent: 50}}}\n"
        "  steps: {label: {zh: 六, en: f}, clause: A1, item: i, severity: s, points: 1,"
        " forbid: {flow: [{is: {phrases: a}}, {is: {phrases: 话}, optional: true},"
        " {either: [[{is: {phrases: b}, within: {turns: 2}}], [{is: {patterns: \"[0-9]\"}}]]}]}}\n"
        "  quiet: {label: {zh: 七, en: g}, clause: A1, item: i, severity: s, points: 1,"
        " forbid: {overlap: {seconds: 0.2, times: 2, total: 1, share: 10}}}\n";
    return load_pack(sources).value();
  }();
  return kPack;
}

void must(bool holds) {
  if (!holds) std::abort();
}

}  // namespace

// Lines are turns; a line's first byte says who speaks.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  std::string_view rest(reinterpret_cast<const char*>(data), size);
  std::vector<SpokenTurn> turns;
  while (!rest.empty()) {
    const std::string_view line = rest.substr(0, rest.find('\n'));
    rest.remove_prefix(std::min(line.size() + 1, rest.size()));
    const auto speaker = line.empty() ? Speaker::system : static_cast<Speaker>(static_cast<unsigned char>(line[0]) % 3);
    const auto at = static_cast<std::int64_t>(turns.size()) * 1'000;
    turns.push_back({speaker, at, at + 1'500, line.empty() ? line : line.substr(1)});
  }
  Conversation conversation;
  conversation.turns = turns;
  measure_turns(conversation);
  CheckSet::Workspace workspace;
  const Findings findings = pack().checks->inspect(conversation, workspace);
  for (const Hit& hit : findings.hits) {
    if (!hit.characters) continue;
    must(hit.turn.has_value());
    must(hit.characters->from < hit.characters->to);
    must(hit.characters->to <= zh::utf8::length(turns[*hit.turn].text));
  }
  // What the bench is told is what a run finds.
  for (const Check& check : pack().checks->checks()) {
    const auto found = std::ranges::count(findings.hits, &check, &Hit::check);
    must(explain(*pack().checks, check, conversation, workspace).hits.size() == static_cast<std::size_t>(found));
  }
  for (const SpokenTurn& turn : turns) {
    must(zh::utf8::is_valid(zh::text::Normaliser::shared().value()->normalise(turn.text)));
  }
  return 0;
}
