// A speech recogniser that is a program of the operator: the voice is its standard input (a WAV file that can be
// seeked), its standard output is JSON as segments.h reads it. Exit 0: done; anything else: it failed, and its standard
// error's end says why.
//
//   command: [/opt/asr/recognise, --language, en, "{file}"]      {file} becomes the path of its standard input
//
// No shell. A process group of its own, limits on processor time, memory, files and output, an environment of PATH and
// LC_ALL alone, and an end with everything it started when its time is over or this process ends.
#pragma once

#include "recognition/transcriber.h"

namespace zh::recognition {

struct CommandOptions {
  std::vector<std::string> arguments = {};  // the program's absolute path and what it is given; not empty
  int timeout_seconds = 600;
  int memory_mb = 4096;  // of address space, each process of its own
  friend bool operator==(const CommandOptions&, const CommandOptions&) = default;
};

class Command final : public Transcriber {
 public:
  explicit Command(CommandOptions options) : options_(std::move(options)) {}

  // Fails: unavailable when it cannot be started, fails, is too slow or says too much; corrupt; cancelled.
  Result<std::vector<Segment>> transcribe(const Voice& voice, const std::stop_token& stop) override;
  std::string name() const override;

 private:
  CommandOptions options_;
};

}  // namespace zh::recognition
