#include "recognition/command.h"

#include <filesystem>

#include "analysis/audio/memory_file.h"
#include "recognition/child.h"

namespace zh::recognition {

namespace {

constexpr std::string_view kFile = "{file}";

}  // namespace

std::string Command::name() const {
  return "command " + std::filesystem::path(options_.arguments.front()).filename().string();
}

Result<std::vector<Segment>> Command::transcribe(const Voice& voice, const std::stop_token& stop) {
  audio::MemoryFile file;
  ZH_CHECK(file.write(voice.wav));
  file.rewind();
  ChildOrder order{.arguments = options_.arguments,
                   .input = file.descriptor(),
                   .time = std::chrono::seconds(options_.timeout_seconds),
                   .memory_bytes = std::uint64_t(options_.memory_mb) << 20,
                   .output_bytes = kAnswerBytes};
  for (std::string& argument : order.arguments) {
    if (argument == kFile) argument = "/dev/stdin";
  }
  ZH_TRY(const std::string said, run_child(order, stop));
  return parse_segments(said, voice.duration_ms);
}

}  // namespace zh::recognition
