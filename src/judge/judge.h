// A model behind OpenAI's POST …/chat/completions, which vLLM, llama.cpp, Ollama and most services speak too.
//
//   Judge judge({.address = …, .model = "qwen2.5-32b"}, {.hosts = {"llm.internal:8443"}});
//   ZH_TRY(const Answer answer, judge.ask(judge.request(inquiry), inquiry.questions, stop));
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "judge/answer.h"
#include "judge/request.h"
#include "outbound/client.h"

namespace zh::judge {

struct JudgeOptions {
  outbound::Address address = {};  // its path is the base: "/v1"
  std::string model = {};
  std::string api_key = {};   // empty: none is sent
  int answer_tokens = 2'000;  // of one answer, thoughts of models that think included
  int timeout_seconds = 120;  // for one conversation
  friend bool operator==(const JudgeOptions&, const JudgeOptions&) = default;
};

// One thread at a time.
class Judge {
 public:
  Judge(JudgeOptions options, outbound::Allowed allowed, outbound::RetryRule rule = kPatience)
      : options_(std::move(options)), client_(std::move(allowed), rule) {}

  // What ask() would send.
  std::string request(const Inquiry& inquiry) const {
    return request_body(inquiry, options_.model, options_.answer_tokens);
  }
  // What asking may cost.
  std::int64_t tokens_at_most(std::string_view request) const {
    return judge::tokens_at_most(request, options_.answer_tokens);
  }

  // Fails: invalid, limit – this conversation was refused and will be again; forbidden, not_found – the settings are
  // wrong; unavailable, corrupt – the judge is away, too slow or says nonsense; cancelled.
  Result<Answer> ask(const std::string& request, const std::vector<Question>& questions, const std::stop_token& stop);

  const std::string& model() const { return options_.model; }
  // How the audit chain names it: "endpoint llm.internal:8443 (qwen2.5-32b)".
  std::string name() const;

  // Few tries at once: what fails waits in the queue.
  static constexpr outbound::RetryRule kPatience{.attempts = 2};

 private:
  JudgeOptions options_;
  outbound::Client client_;
};

}  // namespace zh::judge
