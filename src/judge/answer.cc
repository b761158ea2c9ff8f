#include "judge/answer.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"

namespace zh::judge {

namespace {

constexpr std::int64_t kTokensMax = 100'000'000;  // more than that no judge can mean

Error not_as_agreed(const std::string& where, const Text& why) {
  return error(ErrorCode::corrupt, {.zh = fmt::format("模型的回答无法使用（{}）：{}", where, why.zh),
                                    .en = fmt::format("the judge's answer cannot be used ({}): {}", where, why.en)});
}

std::string_view trimmed(std::string_view text) {
  constexpr std::string_view kSpace = " \t\r\n";
  const std::size_t begin = text.find_first_not_of(kSpace);
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(kSpace) - begin + 1);
}

// The content without thoughts before it and the fence around it.
std::string_view bare(std::string_view content) {
  constexpr std::string_view kThought = "<think>";
  constexpr std::string_view kThoughtEnd = "</think>";
  constexpr std::string_view kFence = "```";
  content = trimmed(content);
  if (content.starts_with(kThought)) {
    const std::size_t end = content.find(kThoughtEnd);
    if (end == std::string_view::npos) return {};
    content = trimmed(content.substr(end + kThoughtEnd.size()));
  }
  if (!content.starts_with(kFence) || !content.ends_with(kFence)) return content;
  const std::size_t line = content.find('\n');  // "```json"
  if (line == std::string_view::npos) return content;
  return trimmed(content.substr(line, content.size() - kFence.size() - line));
}

const std::string* text_at(const json::Value* value, std::string_view name) {
  const json::Value* const member = value == nullptr ? nullptr : value->find(name);
  return member == nullptr ? nullptr : member->text();
}

const json::Array* list_at(const json::Value& value, std::string_view name) {
  const json::Value* const member = value.find(name);
  return member == nullptr ? nullptr : member->array();
}

// What the model wrote, as the completion holds it.
Result<std::string> content_of(const json::Value& completion) {
  const json::Array* const choices = list_at(completion, "choices");
  if (choices == nullptr || choices->empty()) {
    return not_as_agreed("/choices", {.zh = "没有回答", .en = "there is no answer"});
  }
  const json::Value& choice = choices->front();
  const std::string* const finish = text_at(&choice, "finish_reason");
  if (finish != nullptr && *finish == "length") {
    return not_as_agreed("/choices/0", {.zh = "回答没有写完；可调大 judge: answer_tokens",
                                        .en = "it ended before it was whole; raise judge: answer_tokens"});
  }
  const json::Value* const message = choice.find("message");
  if ((finish != nullptr && *finish == "content_filter") || text_at(message, "refusal") != nullptr) {
    return invalid({.zh = "模型拒绝评判这段对话", .en = "the judge declines this conversation"});
  }
  const std::string* const content = text_at(message, "content");
  if (content == nullptr) return not_as_agreed("/choices/0/message", {.zh = "没有内容", .en = "it has no content"});
  return *content;
}

Result<std::vector<Quote>> quotes_of(const json::Value& answer, const std::string& where) {
  const json::Array* const evidence = list_at(answer, "evidence");
  if (evidence == nullptr) return not_as_agreed(where, {.zh = "缺少 evidence", .en = "evidence is missing"});
  if (evidence->size() > kQuotesMax) {
    return not_as_agreed(where, {.zh = fmt::format("引文超过 {} 处", kQuotesMax),
                                 .en = fmt::format("there are more than {} quotes", kQuotesMax)});
  }
  std::vector<Quote> quotes;
  for (const json::Value& it : *evidence) {
    const json::Value* const turn = it.find("turn");
    const std::optional<std::int64_t> number = turn == nullptr ? std::nullopt : turn->integer();
    const std::string* const words = text_at(&it, "quote");
    if (!number || words == nullptr) {
      return not_as_agreed(where, {.zh = "引文应有 turn（整数）和 quote", .en = "a quote has a turn and the words"});
    }
    quotes.push_back({.turn = *number, .text = *words});
  }
  return quotes;
}

// Puts the answer to its question's place.
Status put_opinion(const json::Value& answer, const std::string& where, std::vector<std::optional<Opinion>>& into,
                   const std::vector<Question>& questions) {
  const std::string* const id = text_at(&answer, "question");
  const auto asked = id == nullptr ? questions.end() : std::ranges::find(questions, *id, &Question::id);
  if (asked == questions.end()) {
    return not_as_agreed(where, {.zh = "没有问过这个问题", .en = "that question was not asked"});
  }
  std::optional<Opinion>& place = into[static_cast<std::size_t>(asked - questions.begin())];
  if (place) return not_as_agreed(where, {.zh = "回答了两次", .en = "it is answered twice"});
  const json::Value* const found = answer.find("found");
  const std::optional<bool> yes = found == nullptr ? std::nullopt : found->boolean();
  if (!yes) return not_as_agreed(where, {.zh = "found 应为 true 或 false", .en = "found is true or false"});
  ZH_TRY(std::vector<Quote> quotes, quotes_of(answer, where));
  if (!*yes) quotes.clear();
  place = Opinion{.question = *id, .found = *yes, .quotes = std::move(quotes)};
  return {};
}

std::optional<std::int64_t> tokens_of(const json::Value& completion) {
  const json::Value* const usage = completion.find("usage");
  const json::Value* const total = usage == nullptr ? nullptr : usage->find("total_tokens");
  const auto tokens = total == nullptr ? std::nullopt : total->integer();
  return tokens && *tokens >= 0 && *tokens <= kTokensMax ? tokens : std::nullopt;
}

}  // namespace

Result<Answer> parse_answer(std::string_view body, const std::vector<Question>& questions) {
  constexpr std::size_t kDepth = 32;
  const auto completion = json::parse(body, {.bytes = kAnswerBytes, .depth = kDepth});
  if (!completion.ok()) return not_as_agreed("JSON", completion.error().message);
  ZH_TRY(const std::string content, content_of(*completion));
  const auto written = json::parse(bare(content), {.bytes = kAnswerBytes, .depth = kDepth});
  if (!written.ok()) {
    // Where, and not what: nothing that a model writes is shown.
    const Place& place = written.error().place;
    return not_as_agreed(fmt::format("content {}:{}", place.line, place.column),
                         {.zh = "不是约定的 JSON", .en = "it is not the JSON that was asked for"});
  }
  const json::Array* const answers = list_at(*written, "answers");
  if (answers == nullptr) return not_as_agreed("/", {.zh = "缺少 answers", .en = "answers is missing"});
  std::vector<std::optional<Opinion>> opinions(questions.size());
  for (std::size_t i = 0; i < answers->size(); ++i) {
    ZH_CHECK(put_opinion((*answers)[i], fmt::format("/answers/{}", i), opinions, questions));
  }
  Answer answer{.opinions = {}, .tokens = tokens_of(*completion)};
  for (std::size_t i = 0; i < opinions.size(); ++i) {
    if (!opinions[i]) {
      return not_as_agreed("/answers", {.zh = fmt::format("没有回答 `{}`", questions[i].id),
                                        .en = fmt::format("`{}` is not answered", questions[i].id)});
    }
    answer.opinions.push_back(*std::move(opinions[i]));
  }
  return answer;
}

}  // namespace zh::judge
