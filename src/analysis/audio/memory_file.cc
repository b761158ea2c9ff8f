#include "analysis/audio/memory_file.h"

#include <sys/mman.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace zh::audio {

MemoryFile::MemoryFile() : descriptor_(::memfd_create("recording", MFD_CLOEXEC)) {}

MemoryFile::~MemoryFile() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

Status MemoryFile::write(std::string_view bytes) {
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

void MemoryFile::rewind() const { ::lseek(descriptor_, 0, SEEK_SET); }

int MemoryFile::release() { return std::exchange(descriptor_, -1); }

}  // namespace zh::audio
