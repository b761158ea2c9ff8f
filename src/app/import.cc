#include "app/import.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <system_error>

#include "app/progress.h"
#include "app/session.h"
#include "base/utf8.h"

namespace zh::app {

namespace fs = std::filesystem;

namespace {

constexpr std::int64_t kShownRejects = 1000;  // of a file; the rest is counted and kept

Error cannot_keep(const fs::path& path, int number) {
  const std::string reason = std::generic_category().message(number);
  return error(ErrorCode::unavailable,
               {.zh = "无法保存被拒收的行：" + reason, .en = "cannot keep the rejected rows: " + reason},
               {.file = path.string()});
}

// A file that is written under another name until it is complete and on disk.
class NewFile {
 public:
  explicit NewFile(fs::path path) : path_(std::move(path)), partial_(path_.string() + ".partial") {}
  NewFile(const NewFile&) = delete;
  NewFile& operator=(const NewFile&) = delete;
  ~NewFile() {
    if (descriptor_ < 0) return;
    ::close(descriptor_);
    std::error_code ignored;
    fs::remove(partial_, ignored);
  }

  Status write(std::string_view text) {
    if (descriptor_ < 0) {
      descriptor_ = ::open(partial_.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, S_IRUSR | S_IWUSR);
      if (descriptor_ < 0) return cannot_keep(path_, errno);
    }
    buffer_ += text;
    return buffer_.size() < kBuffer ? Status() : flush();
  }

  Status keep() {
    ZH_CHECK(flush());
    if (::fsync(descriptor_) != 0 || ::rename(partial_.c_str(), path_.c_str()) != 0) return cannot_keep(path_, errno);
    ::close(std::exchange(descriptor_, -1));
    return {};
  }

  const fs::path& path() const { return path_; }

 private:
  static constexpr std::size_t kBuffer = std::size_t{1} << 16;

  Status flush() {
    std::string_view rest = buffer_;
    while (!rest.empty()) {
      const ssize_t count = ::write(descriptor_, rest.data(), rest.size());
      if (count < 0 && errno == EINTR) continue;
      if (count < 0) return cannot_keep(path_, errno);
      rest.remove_prefix(static_cast<std::size_t>(count));
    }
    buffer_.clear();
    return {};
  }

  fs::path path_;
  fs::path partial_;
  int descriptor_ = -1;
  std::string buffer_;
};

// "20261112T093000Z-facts-october.csv", and with "-2", "-3" … before the file's name where that is taken.
std::string rejects_name(const fs::path& folder, std::string_view kind, const fs::path& file) {
  std::string stamp = Zone::utc().format({.us = system_now().seconds() * 1'000'000});
  std::erase_if(stamp, [](char c) { return c == '-' || c == ':'; });
  stamp = stamp.substr(0, stamp.find('+')) + "Z";
  for (int number = 1;; ++number) {
    const std::string infix = number == 1 ? "" : fmt::format("-{}", number);
    std::string name = fmt::format("{}-{}{}-{}", stamp, kind, infix, file.filename().string());
    std::error_code unknown;
    if (!fs::exists(folder / name, unknown) && !fs::exists(folder / (name + ".partial"), unknown)) return name;
  }
}

// The file, told about as it is read, and at its end as soon as somebody asks for that.
class WatchedSource final : public ByteSource {
 public:
  WatchedSource(FileSource& file, std::function<void(std::string_view)> on_read, std::stop_token stop)
      : file_(file), on_read_(std::move(on_read)), stop_(std::move(stop)) {}

  Result<std::size_t> read(std::span<char> room) override {
    if (stop_.stop_requested()) {
      return error(ErrorCode::cancelled, {.zh = "导入已取消", .en = "the import was cancelled"});
    }
    ZH_TRY(const std::size_t count, file_.read(room));
    if (count > 0) on_read_({room.data(), count});
    return count;
  }

 private:
  FileSource& file_;
  std::function<void(std::string_view)> on_read_;
  std::stop_token stop_;
};

}  // namespace

// Two files: the rows as they stood, under their header, to be mended and imported again; and beside it the reasons.
struct ImportRun::RejectsFile {
  NewFile rows;
  NewFile reasons;
  bool kept = false;

  RejectsFile(const fs::path& folder, const std::string& name)
      : rows(folder / name), reasons(folder / (name + ".reasons")) {}
};

ImportTally& ImportTally::operator+=(const ImportTally& other) {
  rows += other.rows;
  accepted += other.accepted;
  unchanged += other.unchanged;
  rejected += other.rejected;
  ignored += other.ignored;
  return *this;
}

ImportRun::ImportRun(Session& session, Centre& centre, std::string_view kind, fs::path file)
    : session_(session), centre_(centre), kind_(kind), path_(std::move(file)) {
  outcome_.file = path_.string();
}

ImportRun::~ImportRun() = default;

void ImportRun::go_with(ImportCompany company) {
  if (!company.name.empty()) outcome_.file = company.name;
  company_ = std::move(company);
}

Status ImportRun::open() {
  ZH_TRY(source_, FileSource::open(path_));
  progress_ = std::make_unique<ProgressBar>(outcome_.file, source_->size());
  const auto on_read = [this](std::string_view bytes) {
    content_.stream(bytes);
    if (!company_) return progress_->reached(source_->position());
    if (company_->progress) company_->progress(source_->position(), source_->size());
  };
  observed_ = std::make_unique<WatchedSource>(*source_, on_read, company_ ? company_->stop : std::stop_token());
  return {};
}

Status ImportRun::open_folder() {
  std::error_code problem;
  const auto found = fs::status(path_, problem);
  if (fs::is_directory(found)) return {};
  if (fs::exists(found)) {
    return invalid(
        {.zh = "这不是目录；请给出存放录音的目录", .en = "this is no folder; name the one that holds the files"},
        {.file = outcome_.file});
  }
  return error(ErrorCode::not_found, {.zh = "没有这个目录", .en = "there is no such folder"}, {.file = outcome_.file});
}

void ImportRun::progress(std::uint64_t done, std::uint64_t all) {
  if (progress_ == nullptr) progress_ = std::make_unique<ProgressBar>(outcome_.file, all);
  progress_->reached(done);
}

ByteSource& ImportRun::bytes() { return *observed_; }

ByteSource& ImportRun::text(Encoding encoding) {
  text_ = std::make_unique<Utf8Source>(*observed_, encoding);
  return *text_;
}

ledger::NewBatch ImportRun::batch() const {
  const ImportTally& tally = outcome_.tally;
  Hasher content = content_;
  return {.kind = std::string(kind_),
          .files = {outcome_.file},
          .content = content.finish(),
          .actor = company_ ? company_->actor : centre_.actor,
          .at = system_now(),
          .accepted = tally.rows - tally.rejected - tally.ignored,
          .rejected = tally.rejected,
          .ignored = tally.ignored};
}

Status ImportRun::open_rejects() {
  if (rejects_ != nullptr) return {};
  const fs::path folder = centre_.dir / "rejects";
  std::error_code problem;
  fs::create_directories(folder, problem);
  if (!problem) fs::permissions(folder, fs::perms::owner_all, problem);
  if (problem) return cannot_keep(folder, problem.value());
  const std::string name = rejects_name(folder, kind_, outcome_.file);
  rejects_ = std::make_unique<RejectsFile>(folder, name);
  outcome_.rejects_file = (fs::path("rejects") / name).string();
  if (!header_.empty()) return rejects_->rows.write(header_ + "\n");
  return {};
}

void ImportRun::say_rejected(const std::string& reason) {
  if (outcome_.tally.rejected <= kShownRejects) {
    if (progress_ != nullptr) progress_->clear();
    session_.note(verbatim(reason));
  }
  if (outcome_.tally.rejected == kShownRejects + 1) {
    if (progress_ != nullptr) progress_->clear();
    session_.note({.zh = fmt::format("{}：还有更多行被拒收，见拒收文件", outcome_.file),
                   .en = fmt::format("{}: more rows are rejected; see the file of rejects", outcome_.file)});
  }
}

Status ImportRun::entering(db::Transaction& tx) {
  return company_ && company_->entering ? company_->entering(tx, *this) : Status();
}

Status ImportRun::reject(const Reject& reject) {
  outcome_.tally.rejected += 1;
  const std::string reason = reject.why.to_string(session_.language);
  if (!company_) say_rejected(reason);
  ZH_CHECK(open_rejects());
  ZH_CHECK(rejects_->rows.write(std::string(reject.raw) + "\n"));
  return rejects_->reasons.write(reason + "\n");
}

OnReject ImportRun::on_reject() {
  return [this](const Reject& rejected) { return reject(rejected); };
}

Status ImportRun::keep_rejects() {
  if (rejects_ == nullptr || rejects_->kept) return {};
  ZH_CHECK(rejects_->reasons.keep());
  ZH_CHECK(rejects_->rows.keep());
  rejects_->kept = true;
  return {};
}

}  // namespace zh::app
