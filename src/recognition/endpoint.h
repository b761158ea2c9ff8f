// A speech recogniser behind OpenAI's POST …/audio/transcriptions, which FunASR, whisper.cpp, vLLM and others speak
// too.
//
//   multipart/form-data: file (voice.wav), model, response_format=verbose_json, temperature=0 and, where set, language
#pragma once

#include "outbound/client.h"
#include "recognition/transcriber.h"

namespace zh::recognition {

struct EndpointOptions {
  outbound::Address address = {};  // its path is the base: "/v1"
  std::string model = {};
  std::string api_key = {};   // empty: none is sent
  std::string language = {};  // "zh"; empty: it finds out
  int timeout_seconds = 600;  // for one voice
  friend bool operator==(const EndpointOptions&, const EndpointOptions&) = default;
};

class Endpoint final : public Transcriber {
 public:
  Endpoint(EndpointOptions options, outbound::Allowed allowed, outbound::RetryRule rule = kPatience)
      : options_(std::move(options)), client_(std::move(allowed), rule) {}

  Result<std::vector<Segment>> transcribe(const Voice& voice, const std::stop_token& stop) override;
  std::string name() const override;

  // Few tries at once: what fails waits in the queue.
  static constexpr outbound::RetryRule kPatience{.attempts = 2};

 private:
  EndpointOptions options_;
  outbound::Client client_;
};

}  // namespace zh::recognition
