#include "rooms/contacts/acoustics/sound_file.h"

#include <fmt/format.h>
#include <sys/mman.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

namespace zh::contacts {

namespace {

constexpr std::uint64_t kPieceBytes = vault::kChunkBytes;  // a damaged chunk takes nothing else along

// A file that is nowhere but in memory.
class MemoryFile {
 public:
  MemoryFile() : descriptor_(::memfd_create("recording", MFD_CLOEXEC)) {}
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }

  Status write(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t count = ::write(descriptor_, bytes.data(), bytes.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) {
        const std::string why = std::generic_category().message(errno);
        return error(ErrorCode::unavailable,
                     {.zh = "内存不足以打开录音：" + why, .en = "no memory to open the recording: " + why});
      }
      bytes.remove_prefix(static_cast<std::size_t>(count));
    }
    return {};
  }
  int release() { return std::exchange(descriptor_, -1); }

 private:
  int descriptor_;
};

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
  MemoryFile file;
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
