#include <unistd.h>

#include <cstdio>

#include "analysis/audio/decoders/decoder.h"

namespace zh::audio {

std::int64_t read_at(const Media& media, std::int64_t position, std::span<std::uint8_t> room) {
  const ssize_t count = pread(media.descriptor, room.data(), room.size(), position);
  return count < 0 ? 0 : count;
}

std::int64_t seek_to(const Media& media, std::int64_t position, std::int64_t offset, int whence) {
  const std::int64_t base = whence == SEEK_CUR ? position : whence == SEEK_END ? media.size : 0;
  std::int64_t target = 0;
  if (__builtin_add_overflow(base, offset, &target) || target < 0 || target > media.size) return -1;
  return target;
}

}  // namespace zh::audio
