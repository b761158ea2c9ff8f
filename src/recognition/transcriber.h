// What makes words of a voice: the one interface behind which every speech recogniser stands.
#pragma once

#include <stop_token>
#include <string>
#include <vector>

#include "recognition/segments.h"
#include "recognition/voice.h"

namespace zh::recognition {

// One thread at a time.
class Transcriber {
 public:
  Transcriber() = default;
  Transcriber(const Transcriber&) = delete;
  Transcriber& operator=(const Transcriber&) = delete;
  virtual ~Transcriber() = default;

  // Fails: invalid, limit – this voice was refused and will be again; forbidden, not_found – the settings are wrong;
  // unavailable, corrupt – the transcriber is away, too slow or says nonsense; cancelled.
  virtual Result<std::vector<Segment>> transcribe(const Voice& voice, const std::stop_token& stop) = 0;

  // How batches, the audit chain and contacts name it: "endpoint asr.internal:8443 (whisper-1)", "command asr.py".
  virtual std::string name() const = 0;
};

}  // namespace zh::recognition
