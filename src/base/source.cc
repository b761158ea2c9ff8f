#include "base/source.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace zh {

namespace {

ErrorCode code_of(int number) {
  switch (number) {
    case ENOENT:
    case ENOTDIR:
      return ErrorCode::not_found;
    case EACCES:
    case EPERM:
      return ErrorCode::forbidden;
    default:
      return ErrorCode::unavailable;
  }
}

Error cannot_read(const std::string& name, int number) {
  const std::string reason = std::generic_category().message(number);
  return error(code_of(number), {.zh = "无法读取文件：" + reason, .en = "cannot read the file: " + reason},
               {.file = name});
}

}  // namespace

Result<std::unique_ptr<FileSource>> FileSource::open(const std::filesystem::path& path) {
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0) return cannot_read(path.string(), errno);
  struct stat about{};
  std::optional<std::uint64_t> size;
  if (::fstat(descriptor, &about) == 0) {
    if (S_ISDIR(about.st_mode)) {
      ::close(descriptor);
      return invalid({.zh = "这是文件夹，请给出文件", .en = "this is a folder; name a file"}, {.file = path.string()});
    }
    if (S_ISREG(about.st_mode)) size = static_cast<std::uint64_t>(about.st_size);
  }
  return std::unique_ptr<FileSource>(new FileSource(descriptor, path.string(), size));
}

FileSource::~FileSource() { ::close(descriptor_); }

Result<std::size_t> FileSource::read(std::span<char> room) {
  for (;;) {
    const ssize_t count = ::read(descriptor_, room.data(), room.size());
    if (count >= 0) {
      position_ += static_cast<std::uint64_t>(count);
      return static_cast<std::size_t>(count);
    }
    if (errno != EINTR) return cannot_read(name_, errno);
  }
}

Result<std::size_t> TextSource::read(std::span<char> room) {
  const std::size_t count = std::min(room.size(), text_.size());
  if (count == 0) return count;
  std::memcpy(room.data(), text_.data(), count);
  text_.remove_prefix(count);
  return count;
}

Result<std::size_t> ObservedSource::read(std::span<char> room) {
  ZH_TRY(const std::size_t count, inner_.read(room));
  on_read_({room.data(), count});
  return count;
}

}  // namespace zh
