#include "http/spool.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace zh::http {

namespace {

constexpr std::string_view kPrefix = "upload-";

Error disk_problem(const std::filesystem::path& path) {
  const std::string why = std::generic_category().message(errno);
  return error(ErrorCode::unavailable, {.zh = "无法写入上传的文件：" + why, .en = "cannot write the upload: " + why},
               {.file = path.string()});
}

}  // namespace

Result<std::unique_ptr<Spool>> Spool::open(const std::filesystem::path& folder, std::uint64_t number) {
  if (folder.empty()) {
    return error(ErrorCode::unsupported,
                 {.zh = "本服务器未设置上传文件夹", .en = "this server has no folder for uploads"});
  }
  std::filesystem::path path = folder / fmt::format("{}{}-{}", kPrefix, ::getpid(), number);
  const int descriptor = ::open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (descriptor < 0) return disk_problem(path);
  return std::unique_ptr<Spool>(new Spool(std::move(path), ::fdopen(descriptor, "wb")));
}

Spool::~Spool() {
  if (file_ != nullptr) std::fclose(file_);
  std::error_code ignored;
  if (!path_.empty()) std::filesystem::remove(path_, ignored);
}

Status Spool::write(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), file_) != bytes.size()) return disk_problem(path_);
  size_ += bytes.size();
  return {};
}

Result<std::shared_ptr<Upload>> Spool::finish() {
  const bool closed = std::fclose(std::exchange(file_, nullptr)) == 0;
  if (!closed) return disk_problem(path_);
  return std::make_shared<Upload>(std::exchange(path_, {}), size_);
}

void Spool::remove_old(const std::filesystem::path& folder) {
  std::error_code ignored;
  for (const auto& entry : std::filesystem::directory_iterator(folder, ignored)) {
    if (entry.path().filename().string().starts_with(kPrefix)) std::filesystem::remove(entry.path(), ignored);
  }
}

}  // namespace zh::http
