// What a model is asked: one conversation and the questions about it, as the body of a chat completion. Pure.
//
//   {"model": …, "messages": [{"role": "system", …}, {"role": "user", …}], "temperature": 0, "max_tokens": …,
//    "response_format": {"type": "json_object"}}
//
// The user's message is one JSON object: {"questions": [{"id", "zh", "en"}], "turns": [{"turn", "speaker", "text"}]}.
// The same input gives the same bytes.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"

namespace zh::judge {

struct Question {
  std::string id = {};
  Text text = {};  // so that yes is a fault
};

// One turn of the conversation, masked. Its number is its place in the list, from 0.
struct Line {
  std::string_view speaker = {};  // agent, customer, system
  std::string text = {};          // well-formed UTF-8
};

struct Inquiry {
  std::vector<Question> questions = {};
  std::vector<Line> lines = {};
};

// `answer_tokens`: how long the answer may be, thoughts of models that think included.
std::string request_body(const Inquiry& inquiry, const std::string& model, int answer_tokens);

// How many tokens asking may cost, for a budget that is kept before it is asked: one for each character that is sent,
// which is about right for Chinese and more than enough for English, and the longest answer.
std::int64_t tokens_at_most(std::string_view request, int answer_tokens);

}  // namespace zh::judge
