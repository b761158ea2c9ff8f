#include "judge/judge.h"

#include <fmt/format.h>

namespace zh::judge {

std::string Judge::name() const {
  return fmt::format("endpoint {} ({})", options_.address.authority(), options_.model);
}

Result<Answer> Judge::ask(const std::string& request, const std::vector<Question>& questions,
                          const std::stop_token& stop) {
  outbound::Headers headers{{"Content-Type", "application/json"}};
  if (!options_.api_key.empty()) headers.push_back({"Authorization", "Bearer " + options_.api_key});
  const std::chrono::seconds patience(options_.timeout_seconds);
  ZH_TRY(const outbound::Answer answer,
         client_.ask(options_.address,
                     {.method = outbound::Method::post,
                      .target = options_.address.path + "/chat/completions",
                      .headers = std::move(headers),
                      .body = outbound::text_body(request),
                      .repeatable = false,
                      .limits = {.idle = patience, .whole = patience, .body = kAnswerBytes}},
                     stop));
  if (answer.status != 200) return outbound::answer_problem(options_.address, answer);
  return parse_answer(answer.body, questions);
}

}  // namespace zh::judge
