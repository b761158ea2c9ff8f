#include "vault/directory_shelf.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>
#include <vector>

#include "vault/new_file.h"

namespace zh::vault {

namespace fs = std::filesystem;

namespace {

Error failed(const fs::path& path, int number) {
  const std::string reason = std::generic_category().message(number);
  return error(ErrorCode::unavailable,
               {.zh = "录音存储出错：" + reason, .en = "the store of recordings failed: " + reason},
               {.file = path.string()});
}

class IncomingFile final : public Shelf::Incoming {
 public:
  explicit IncomingFile(NewFile file) : file_(std::move(file)) {}
  Status write(std::string_view bytes) override { return file_.write(bytes); }
  Status keep() override { return file_.keep(); }

 private:
  NewFile file_;
};

class StoredFile final : public Shelf::Thing {
 public:
  StoredFile(fs::path path, int descriptor, std::uint64_t size)
      : path_(std::move(path)), descriptor_(descriptor), size_(size) {}
  ~StoredFile() override { ::close(descriptor_); }
  StoredFile(const StoredFile&) = delete;
  StoredFile& operator=(const StoredFile&) = delete;

  std::uint64_t size() const override { return size_; }

  Result<std::string> read(std::uint64_t offset, std::size_t length) override {
    std::string bytes(length, '\0');
    std::size_t got = 0;
    while (got < length) {
      const ssize_t count = ::pread(descriptor_, bytes.data() + got, length - got, static_cast<off_t>(offset + got));
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return failed(path_, errno);
      if (count == 0) break;
      got += static_cast<std::size_t>(count);
    }
    bytes.resize(got);
    return bytes;
  }

 private:
  fs::path path_;
  int descriptor_;
  std::uint64_t size_;
};

Status make_folder(const fs::path& folder) {
  std::error_code problem;
  if (fs::create_directories(folder, problem)) fs::permissions(folder, fs::perms::owner_all, problem);
  return problem ? Status(failed(folder, problem.value())) : Status();
}

// The entries of a folder by name; none when it is not there.
Result<std::vector<fs::path>> entries_of(const fs::path& folder) {
  std::error_code problem;
  fs::directory_iterator at(folder, problem);
  std::vector<fs::path> found;
  if (problem == std::errc::no_such_file_or_directory) return found;
  for (; !problem && at != fs::directory_iterator(); at.increment(problem)) found.push_back(at->path());
  if (problem) return failed(folder, problem.value());
  std::ranges::sort(found);
  return found;
}

// When the file was last written; nothing when it has gone meanwhile.
std::optional<Instant> written_at(const fs::path& path) {
  struct stat found{};
  if (::stat(path.c_str(), &found) != 0) return std::nullopt;
  return Instant{std::int64_t{found.st_mtim.tv_sec} * 1'000'000 + found.st_mtim.tv_nsec / 1000};
}

}  // namespace

fs::path DirectoryShelf::path_of(const Hash& name) const {
  const std::string hex = name.hex();
  return folder_ / hex.substr(0, 2) / hex;
}

Result<std::unique_ptr<Shelf::Incoming>> DirectoryShelf::create(const Hash& name) {
  const fs::path path = path_of(name);
  ZH_CHECK(make_folder(folder_));
  ZH_CHECK(make_folder(path.parent_path()));
  ZH_TRY(NewFile file, NewFile::create(path));
  return std::unique_ptr<Incoming>(std::make_unique<IncomingFile>(std::move(file)));
}

Result<std::unique_ptr<Shelf::Thing>> DirectoryShelf::find(const Hash& name) {
  const fs::path path = path_of(name);
  const int descriptor = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (descriptor < 0 && errno == ENOENT) return std::unique_ptr<Thing>();
  if (descriptor < 0) return failed(path, errno);
  struct stat found{};
  if (::fstat(descriptor, &found) != 0) {
    const int number = errno;
    ::close(descriptor);
    return failed(path, number);
  }
  return std::unique_ptr<Thing>(
      std::make_unique<StoredFile>(path, descriptor, static_cast<std::uint64_t>(found.st_size)));
}

Result<bool> DirectoryShelf::remove(const Hash& name) {
  const fs::path path = path_of(name);
  std::error_code problem;
  const bool removed = fs::remove(path, problem);
  if (problem) return failed(path, problem.value());
  return removed;
}

Status DirectoryShelf::each(const std::function<Status(const Hash&, Instant)>& visit) {
  ZH_TRY(const auto folders, entries_of(folder_));
  for (const fs::path& folder : folders) {
    ZH_TRY(const auto files, entries_of(folder));
    for (const fs::path& file : files) {
      const auto name = Hash::parse(file.filename().string());
      const auto at = written_at(file);
      if (name.ok() && at) ZH_CHECK(visit(*name, *at));
    }
  }
  return {};
}

Result<std::int64_t> DirectoryShelf::tidy(Instant before) {
  std::int64_t removed = 0;
  ZH_TRY(const auto folders, entries_of(folder_));
  for (const fs::path& folder : folders) {
    ZH_TRY(const auto files, entries_of(folder));
    for (const fs::path& file : files) {
      const auto at = written_at(file);
      if (!file.string().ends_with(NewFile::kPartial) || !at || !(*at < before)) continue;
      std::error_code problem;
      removed += fs::remove(file, problem) ? 1 : 0;
      if (problem) return failed(file, problem.value());
    }
  }
  return removed;
}

}  // namespace zh::vault
