// The part `judge:` of a centre's zhiheng.yaml: which model is asked the questions of checks that ask. Without it
// nobody is, and nothing leaves. What each key means is told in docs/operating/judge.md.
//
//   judge:
//     endpoint: https://llm.internal:8443/v1      # …/chat/completions is asked; outbound: hosts lists its host
//     model: qwen2.5-32b
//     api_key: …                                  # or ZHIHENG_JUDGE_KEY of the environment
//     consent: notice of 2026-01, article 3       # where customers' consent is recorded; needed beyond this host
//     contacts_per_day: 500
//     share: 10                                   # percent
#pragma once

#include <string>

#include "judge/judge.h"
#include "rooms/inspection/judging/judging_rules.h"

namespace zh::policy::yaml {
struct Node;
}

namespace zh::app {

struct JudgeSettings {
  judge::JudgeOptions judge = {};
  inspection::JudgingLimits limits = {};
  std::string consent = {};
};

// Fails (invalid) with file:line:column.
Status read_judge(const policy::yaml::Node& node, JudgeSettings& settings);
// Whether it may be asked. Fails (forbidden, invalid).
Status check_judge(const JudgeSettings& settings, const outbound::Allowed& allowed);

}  // namespace zh::app
