// A pack's examples for its checks (cases/*.yaml): dialogues in which a check must speak up, and near misses in which
// it must not.
//
//   examples:
//     no_shirking:
//       fires:
//         - 这不归我管                                          # a text alone is one turn of the agent
//         - [{customer: 能退吗？}, {agent: 我也没办法。}]
//       passes:
//         - {channel: chat, turns: [{agent: 我帮您问一下, at: 3.5}], measures: {ring: 4}, contact: {ended_by:
//         customer}}
//
// A check that forbids speaks up by a hit, one that requires by a miss. Of one that asks it is tried whether its
// question would be put; what is answered only a judge knows.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "policy/checks/check_set.h"
#include "policy/pack.h"
#include "policy/problem.h"
#include "policy/sources.h"

namespace zh::policy {

struct Example {
  struct Turn {
    Speaker speaker = Speaker::agent;
    std::optional<std::int64_t> start_ms;
    std::optional<std::int64_t> end_ms;
    std::string text;
  };
  std::string check;
  bool fires = true;
  std::string channel;  // empty = the first of the check's
  std::vector<Turn> turns;
  Measures measures;
  std::vector<std::pair<std::string, std::string>> fields;
  Place place;
};

// All examples of the sources, by file and place; what is wrong with them becomes problems.
std::vector<Example> read_examples(const Sources& sources, const Pack& pack, Problems& problems);

// Whether the check does in this example what it must; a problem `example_failed` where it does not. Requires
// pack.checks and a check of that name.
bool run_example(const Pack& pack, const Example& example, CheckSet::Workspace& workspace, Problems& problems);

}  // namespace zh::policy
