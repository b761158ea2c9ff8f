#include "rooms/contacts/recordings_import.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>
#include <system_error>

#include "base/utf8.h"
#include "rooms/contacts/import_run.h"
#include "rooms/contacts/leaving_store.h"
#include "rooms/contacts/recording_records.h"
#include "rooms/contacts/recordings_store.h"
#include "rooms/contacts/refusals.h"

namespace zh::contacts {

namespace fs = std::filesystem;

namespace {

constexpr std::size_t kKeyBytes = 200;  // of a source id, as in transcripts

struct File {
  fs::path path;
  RecordingName name;
  std::uint64_t bytes = 0;
};

Error unreadable(const fs::path& path, const std::error_code& why) {
  return error(ErrorCode::unavailable, {.zh = "无法读取：" + why.message(), .en = "cannot be read: " + why.message()},
               {.file = path.string()});
}

// Why the file's name cannot be a source id's; empty when it can.
Text name_problem(const std::string& source_id) {
  const auto is_control = [](char c) { return (c >= 0 && c < ' ') || c == '\x7F'; };
  if (!utf8::is_valid(source_id) || std::ranges::any_of(source_id, is_control)) {
    return {.zh = "文件名不是 UTF-8 或含有控制字符", .en = "the file's name is not UTF-8 or holds control characters"};
  }
  if (source_id.size() > kKeyBytes) {
    return {.zh = fmt::format("文件名超过 {} 字节", kKeyBytes),
            .en = fmt::format("the file's name is longer than {} bytes", kKeyBytes)};
  }
  return {};
}

class RecordingsImport {
 public:
  RecordingsImport(ImportRun& run, vault::Contents& contents, RecordingsFolder& folder, ImportResult& result)
      : run_(run), contents_(contents), folder_(folder), result_(result) {}

  Status read() {
    ZH_CHECK(list());
    std::ranges::sort(files_, {}, &File::path);
    for (const File& file : files_) {
      ZH_CHECK(take(file));
      ZH_CHECK(run_.count_line());
      done_ += file.bytes;
      if (folder_.progress) folder_.progress(done_, all_);
    }
    return {};
  }

  Hash content() { return content_.finish(); }
  const std::vector<Hash>& stored() const { return stored_; }
  Refusals& refusals() { return refusals_; }

 private:
  // What there is to take in; what is none is counted and passed over.
  Status list() {
    std::error_code problem;
    fs::recursive_directory_iterator at(folder_.path, problem);
    if (problem) return unreadable(folder_.path, problem);
    for (; at != fs::recursive_directory_iterator(); at.increment(problem)) {
      if (problem) return unreadable(folder_.path, problem);
      if (at->is_symlink(problem) || !at->is_regular_file(problem)) continue;
      ++result_.rows;
      auto name = recording_name(at->path().filename().string());
      if (!name) {
        ++result_.ignored;
        continue;
      }
      const std::uint64_t bytes = at->file_size(problem);
      if (problem) {
        ZH_CHECK(reject(at->path(), unreadable(at->path(), problem)));
        problem.clear();
        continue;
      }
      files_.push_back({.path = at->path(), .name = *std::move(name), .bytes = bytes});
      all_ += bytes;
    }
    return problem ? Status(unreadable(folder_.path, problem)) : Status();
  }

  Status take(const File& file) {
    const auto refuse = [&](Text why) {
      return reject(file.path, invalid(std::move(why), {.file = file.path.string()}));
    };
    if (Text why = name_problem(file.name.source_id); !why.en.empty()) return refuse(std::move(why));
    if (file.bytes == 0) return refuse({.zh = "文件是空的", .en = "the file is empty"});
    if (file.bytes > kRecordingBytes) {
      return refuse({.zh = fmt::format("文件超过 {} GB", kRecordingBytes >> 30),
                     .en = fmt::format("the file is larger than {} GB", kRecordingBytes >> 30)});
    }
    const auto open = [&file]() -> Result<std::unique_ptr<ByteSource>> {
      ZH_TRY(auto source, FileSource::open(file.path));
      return std::unique_ptr<ByteSource>(std::move(source));
    };
    // A file that cannot be read is refused; a store that cannot be written ends the import.
    if (const auto readable = open(); !readable.ok()) return reject(file.path, readable.error());
    auto put = contents_.put(open);
    if (!put.ok() && put.error().code == ErrorCode::conflict) return reject(file.path, put.error());
    if (!put.ok()) return std::move(put).error();
    state(file, *put);
    return {};
  }

  void state(const File& file, const vault::Put& put) {
    ++result_.accepted;
    const Recording recording{.leg = file.name.leg, .content = put.name, .bytes = put.bytes, .media = file.name.media};
    run_.state(store::About::recording, Source::recording, recording_key(file.name.source_id, file.name.leg),
               kept_recording(recording));
    content_.field(file.path.lexically_relative(folder_.path).string()).field(put.name.hex());
    stored_.push_back(put.name);
  }

  Status reject(const fs::path& path, Error why) {
    ++result_.rejected;
    if (why.place.file.empty()) why.place.file = path.string();
    ZH_CHECK(folder_.reject({why, path.string()}));
    // Who looks at the contact learns the file's name, not where the server keeps its folders.
    why.place.file = path.filename().string();
    const auto name = recording_name(why.place.file);
    if (name && name_problem(name->source_id).en.empty()) refusals_.add(name->source_id, why);
    return {};
  }

  ImportRun& run_;
  vault::Contents& contents_;
  RecordingsFolder& folder_;
  ImportResult& result_;
  std::vector<File> files_;
  std::vector<Hash> stored_;
  Refusals refusals_{TroubleKind::recording};
  std::uint64_t done_ = 0;
  std::uint64_t all_ = 0;
  Hasher content_;
};

// Tidying up takes the same lock: what it has not claimed by now will be there when the records that name it are.
Status check_all_there(db::Transaction& tx, std::int64_t removals_before, const std::vector<Hash>& stored) {
  ZH_TRY(const std::set<Hash> removed, store::removed_since(tx, removals_before));
  const auto is_removed = [&removed](const Hash& name) { return removed.contains(name); };
  if (std::ranges::none_of(stored, is_removed)) return {};
  return error(ErrorCode::unavailable,
               {.zh = "存储中的内容在导入期间被清理；请稍后再导入一次",
                .en = "contents were tidied away while they were taken in; import the folder again a little later"});
}

Result<std::int64_t> removals_so_far(db::Database& database) {
  ZH_TRY(auto tx, database.read());
  return store::removals_so_far(tx);
}

Status note_waiting(db::Database& database, ImportResult& result) {
  ZH_TRY(auto tx, database.read());
  ZH_TRY(const std::int64_t waiting, store::waiting_recordings(tx));
  if (waiting == 0) return {};
  result.notes.push_back(
      {.zh = fmt::format("共有 {} 个录音尚无对应的联络；导入相应的日志或对话后即归入", waiting),
       .en = fmt::format("{} recordings have no contact yet; each joins its own once a log or transcript holds it",
                         waiting)});
  return {};
}

}  // namespace

Result<ImportResult> import_recordings(db::Database& database, const Centre& centre, vault::Contents& contents,
                                       RecordingsFolder& folder) {
  ZH_TRY(const std::int64_t removals_before, removals_so_far(database));
  ZH_TRY(ImportRun run, ImportRun::open(database));
  ImportResult result;
  RecordingsImport recordings(run, contents, folder, result);
  ZH_CHECK(recordings.read());
  const auto entered = [&](db::Transaction& tx) -> Status {
    ZH_CHECK(check_all_there(tx, removals_before, recordings.stored()));
    return store::revive_staged(tx);
  };
  const BeforeEntering before = recordings.refusals().dated(folder.before_entering);
  ZH_CHECK(run.enter(
      centre, {.before = before, .last = folder.entering, .content = recordings.content(), .also = entered}, result));
  ZH_CHECK(recordings.refusals().tell(database));
  ZH_CHECK(note_waiting(database, result));
  return result;
}

}  // namespace zh::contacts
