// Small packs of checks and dialogues for their tests.
//
//   const Pack pack = pack_of("    forbid: {phrases: x}\n");     // one check `it`
//   Dialogue dialogue("a: x\nc: y");                             // a agent, c customer, s system
//   EXPECT_EQ(outcome(pack, dialogue.conversation), "0:0-1");
#pragma once

#include <gtest/gtest.h>

#include <sstream>
#include <string>
#include <vector>

#include "policy/checks/check_set.h"
#include "policy/load.h"

namespace zh::testing_support {

using policy::CheckSet;
using policy::Conversation;
using policy::Findings;
using policy::Hit;
using policy::Loaded;
using policy::Miss;
using policy::Pack;
using policy::Problem;
using policy::Sources;
using policy::Speaker;
using policy::SpokenTurn;

inline Loaded loaded(const std::string& checks, const std::string& phrases = {}) {
  Sources sources;
  sources.name = "checks";
  sources.files["pack.yaml"] = "id: checks\ntitle: {zh: 包, en: pack}\n";
  sources.files["clauses.yaml"] =
      "clauses:\n  A1: {title: {zh: 条, en: clause}, text: {zh: 文, en: text}, source: ours}\n";
  if (!phrases.empty()) sources.files["phrases.yaml"] = phrases;
  sources.files["checks.yaml"] = checks;
  return policy::load(sources);
}

inline const std::string kHead =
    "    label: {zh: 查, en: check}\n    clause: A1\n    item: polite\n    severity: minor\n    points: 1\n";

// A pack with one check `it` whose further lines are given.
inline Pack pack_of(const std::string& rest) {
  Loaded result = loaded("checks:\n  it:\n" + kHead + rest);
  for (const Problem& problem : result.problems) ADD_FAILURE() << problem.to_string(Language::en) << "\n" << rest;
  return result.pack ? std::move(*result.pack) : Pack();
}

// "a: 您好" lines as turns, without times: a agent, c customer, s system.
struct Dialogue {
  explicit Dialogue(const std::string& lines) {
    std::istringstream in(lines);
    for (std::string line; std::getline(in, line);) texts.push_back(line);
    for (const std::string& line : texts) {
      const Speaker speaker = line[0] == 'a' ? Speaker::agent : line[0] == 'c' ? Speaker::customer : Speaker::system;
      turns.push_back({speaker, std::nullopt, std::nullopt, std::string_view(line).substr(3)});
    }
    conversation.turns = turns;
  }
  std::vector<std::string> texts;
  std::vector<SpokenTurn> turns;
  Conversation conversation;
};

// "turn:from-to" of each hit ("turn" where no words were found, "-" for the whole contact), "missing" for a miss.
inline std::string outcome(const Pack& pack, const Conversation& conversation) {
  CheckSet::Workspace workspace;
  const Findings findings = pack.checks->inspect(conversation, workspace);
  std::string text;
  for (const Hit& hit : findings.hits) {
    text += (text.empty() ? "" : " ") + (hit.turn ? std::to_string(*hit.turn) : std::string("-"));
    if (hit.characters) text += ":" + std::to_string(hit.characters->from) + "-" + std::to_string(hit.characters->to);
  }
  for (const Miss& miss : findings.missing) text += (text.empty() ? "" : " ") + ("missing " + miss.check->id);
  return text;
}

inline std::string forbid(const std::string& condition, const std::string& lines) {
  Dialogue dialogue(lines);
  policy::measure_turns(dialogue.conversation);
  return outcome(pack_of("    forbid: " + condition + "\n"), dialogue.conversation);
}

}  // namespace zh::testing_support
