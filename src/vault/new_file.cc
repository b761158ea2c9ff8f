#include "vault/new_file.h"

#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <system_error>
#include <utility>

namespace zh::vault {

namespace fs = std::filesystem;

namespace {

std::string random_letters() {
  std::array<unsigned char, 8> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::array<char, 2 * bytes.size() + 1> text{};
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  return text.data();
}

// A rename is safe from a power cut once the folder itself is on disk.
Status flush_folder(const fs::path& file) {
  const fs::path folder = file.has_parent_path() ? file.parent_path() : fs::path(".");
  const int descriptor = ::open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  const bool flushed = descriptor >= 0 && ::fsync(descriptor) == 0;
  const int number = errno;
  if (descriptor >= 0) ::close(descriptor);
  if (flushed) return {};
  const std::string reason = std::generic_category().message(number);
  return error(ErrorCode::unavailable,
               {.zh = "无法写入目录：" + reason, .en = "the folder cannot be written: " + reason},
               {.file = folder.string()});
}

}  // namespace

NewFile::NewFile(fs::path path, fs::path partial, int descriptor)
    : path_(std::move(path)), partial_(std::move(partial)), descriptor_(descriptor) {}

NewFile::NewFile(NewFile&& other) noexcept
    : path_(std::move(other.path_)),
      partial_(std::move(other.partial_)),
      descriptor_(std::exchange(other.descriptor_, -1)) {}

NewFile::~NewFile() {
  if (descriptor_ < 0) return;
  ::close(descriptor_);
  ::unlink(partial_.c_str());
}

Error NewFile::failed() const {
  const int number = errno;
  const std::string reason = std::generic_category().message(number);
  if (number == ENOSPC || number == EDQUOT) {
    return error(ErrorCode::unavailable,
                 {.zh = "磁盘已满；腾出空间后再试，什么都没有改变",
                  .en = "the disk is full; make room and try again, nothing has been changed"},
                 {.file = path_.string()});
  }
  return error(ErrorCode::unavailable, {.zh = "无法写入：" + reason, .en = "cannot be written: " + reason},
               {.file = path_.string()});
}

Result<NewFile> NewFile::create(const fs::path& path) {
  fs::path partial = path;
  partial += "." + random_letters();
  partial += kPartial;
  const int descriptor = ::open(partial.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR);
  NewFile file(path, std::move(partial), descriptor);
  if (descriptor < 0) return file.failed();
  return file;
}

Status NewFile::write(std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t count = ::write(descriptor_, bytes.data(), bytes.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return failed();
    bytes.remove_prefix(static_cast<std::size_t>(count));
  }
  return {};
}

Status NewFile::flush() { return ::fsync(descriptor_) == 0 ? Status() : failed(); }

Status NewFile::keep() {
  ZH_CHECK(flush());
  if (::rename(partial_.c_str(), path_.c_str()) != 0) return failed();
  ::close(std::exchange(descriptor_, -1));
  return flush_folder(path_);
}

Status NewFile::keep_as_new() {
  ZH_CHECK(flush());
  if (::link(partial_.c_str(), path_.c_str()) != 0) {
    if (errno != EEXIST) return failed();
    return error(ErrorCode::conflict, {.zh = "这个文件已经存在", .en = "this file is there already"},
                 {.file = path_.string()});
  }
  return flush_folder(path_);  // the destructor removes the other name
}

}  // namespace zh::vault
