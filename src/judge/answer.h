// What a model answers: a chat completion whose content is the JSON that request.h demands. Pure.
//
//   {"choices": [{"message": {"content": "{\"answers\": […]}"}, "finish_reason": "stop"}],
//    "usage": {"total_tokens": 1234}}
//
// Around the JSON there may be a code fence, and thoughts between <think> and </think> before it. In it every question
// is answered once and nothing else; members that were not asked for are not looked at.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "judge/request.h"

namespace zh::judge {

// Words that the model says stand in a turn. Nothing is proved yet.
struct Quote {
  std::int64_t turn = 0;
  std::string text = {};
  friend bool operator==(const Quote&, const Quote&) = default;
};

struct Opinion {
  std::string question = {};  // its id
  bool found = false;
  std::vector<Quote> quotes = {};  // none where nothing was found
  friend bool operator==(const Opinion&, const Opinion&) = default;
};

struct Answer {
  std::vector<Opinion> opinions = {};       // in the order of the questions
  std::optional<std::int64_t> tokens = {};  // what it cost, where the judge says so
};

inline constexpr std::size_t kAnswerBytes = std::size_t{1} << 20;
inline constexpr std::size_t kQuotesMax = 10;  // of one question

// Fails: corrupt, saying where – no chat completion, cut off, other JSON than demanded, a question that was not asked,
// answered twice or not at all, more quotes than there may be; invalid – the model declines this conversation.
Result<Answer> parse_answer(std::string_view body, const std::vector<Question>& questions);

}  // namespace zh::judge
