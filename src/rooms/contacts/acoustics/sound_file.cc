#include "rooms/contacts/acoustics/sound_file.h"

#include <fmt/format.h>

#include <algorithm>

#include "analysis/audio/memory_file.h"

namespace zh::contacts {

namespace {

constexpr std::uint64_t kPieceBytes = vault::kChunkBytes;  // a damaged chunk takes nothing else along

audio::Diagnostic too_long() {
  return {audio::DiagnosticCode::too_long,
          {.zh = fmt::format("录音超过 {} GB，只分析开头部分", kMeasuredBytes >> 30),
           .en = fmt::format("the recording is larger than {} GB: its beginning was "
                             "measured, the rest was left out",
                             kMeasuredBytes >> 30)}};
}

}  // namespace

Result<SoundFile> open_sound(vault::Contents& contents, const Hash& content, std::string name) {
  ZH_TRY(vault::ContentReader reader, contents.open(content));
  audio::MemoryFile file;
  std::vector<audio::Diagnostic> diagnostics;
  const std::uint64_t size = std::min(reader.size(), kMeasuredBytes);
  if (size < reader.size()) diagnostics.push_back(too_long());
  for (std::uint64_t at = 0; at < size;) {
    const auto piece = reader.read(at, std::min(kPieceBytes, size - at));
    if (!piece.ok() && (at == 0 || piece.error().code != ErrorCode::corrupt)) return piece.error();
    if (!piece.ok()) {
      diagnostics.push_back(
          {audio::DiagnosticCode::damaged,
           {.zh = "存储的录音从某处起已损坏，之后的部分没有分析：" + piece.error().message.zh,
            .en = "the stored recording is damaged and was not measured from there on: " + piece.error().message.en}});
      break;
    }
    ZH_CHECK(file.write(*piece));
    at += piece->size();
  }
  ZH_TRY(audio::Recording recording, audio::Recording::adopt(file.release(), std::move(name)));
  return SoundFile{.recording = std::move(recording), .diagnostics = std::move(diagnostics)};
}

}  // namespace zh::contacts
