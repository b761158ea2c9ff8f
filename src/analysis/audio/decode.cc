#include "analysis/audio/decode.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <string_view>

#include "analysis/audio/decoder_process.h"
#include "analysis/audio/wire_reader.h"

namespace zh::audio {

namespace {

using Library = DecoderProcess::Library;

// Formats without a header are told by the extension that Asterisk and FreeSWITCH give them.
std::string headerless_format(const std::string& name) {
  std::string extension = std::filesystem::path(name).extension().string();
  std::transform(extension.begin(), extension.end(), extension.begin(),
                 [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; });
  for (const std::string_view known :
       {".ulaw", ".ul", ".pcmu", ".mulaw", ".alaw", ".al", ".pcma", ".sln", ".sln16", ".raw", ".g722", ".g729"}) {
    if (extension == known) return extension.substr(1);
  }
  return {};
}

// The libraries to try, the likelier one first. Only libsndfile starts fast; only FFmpeg knows everything.
std::vector<Library> libraries_for(int media) {
  std::array<char, 12> start{};
  const ssize_t count = pread(media, start.data(), start.size(), 0);
  const std::string_view bytes(start.data(), count < 0 ? 0 : static_cast<std::size_t>(count));
  const bool mpeg = bytes.size() > 1 && bytes[0] == '\xff' && (bytes[1] & '\xe0') == '\xe0';
  for (const std::string_view magic : {"RIFF", "RF64", "RIFX", "FORM", ".snd", "ID3"}) {
    if (mpeg || bytes.starts_with(magic)) return {Library::sndfile, Library::ffmpeg};
  }
  return {Library::ffmpeg};
}

Status check_media(int media, const std::string& name) {
  struct stat status{};
  if (fstat(media, &status) != 0 || !S_ISREG(status.st_mode)) {
    return invalid({.zh = "不是普通文件，无法作为录音读取", .en = "no regular file, cannot be read as a recording"},
                   {.file = name});
  }
  if (status.st_size == 0) return invalid({.zh = "文件为空", .en = "the file is empty"}, {.file = name});
  return {};
}

Error cannot_open(int code, const std::string& name) {
  if (code == ENOENT || code == ENOTDIR) {
    return error(ErrorCode::not_found, {.zh = "文件不存在", .en = "there is no such file"}, {.file = name});
  }
  if (code == EACCES || code == EPERM) {
    return error(ErrorCode::forbidden, {.zh = "无权读取该文件", .en = "no permission to read the file"},
                 {.file = name});
  }
  return error(ErrorCode::unavailable, {.zh = "无法打开文件", .en = "cannot open the file"}, {.file = name});
}

}  // namespace

Recording::Recording(std::unique_ptr<WireReader> reader) : reader_(std::move(reader)) {}
Recording::Recording(Recording&&) noexcept = default;
Recording& Recording::operator=(Recording&&) noexcept = default;
Recording::~Recording() = default;

Result<Recording> Recording::open(const std::filesystem::path& path, const DecodeLimits& limits) {
  // Not to wait for the other end where the path is a pipe; for regular files this changes nothing.
  const int media = ::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK);
  if (media < 0) return cannot_open(errno, path.string());
  return adopt(media, path.string(), limits);
}

Result<Recording> Recording::adopt(int descriptor, std::string name, const DecodeLimits& limits) {
  const Descriptor media(descriptor);
  ZH_CHECK(check_media(media.number(), name));
  const std::string format = headerless_format(name);
  for (const Library library : format.empty() ? libraries_for(media.number()) : std::vector{Library::ffmpeg}) {
    ZH_TRY(auto process, DecoderProcess::start(library, media.number(), format, limits.patience));
    auto reader = std::make_unique<WireReader>(std::move(process), limits.duration);
    if (reader->begin()) return Recording(std::move(reader));
  }
  return invalid({.zh = "没有可以读取的音频", .en = "no audio that can be read"}, {.file = std::move(name)});
}

int Recording::rate() const { return static_cast<int>(reader_->format().rate); }
int Recording::channels() const { return static_cast<int>(reader_->format().channels); }
std::span<const std::int16_t> Recording::next() {
  const auto block = reader_->next();
  if (listener_ && !block.empty()) listener_(block);
  return block;
}
const std::vector<Diagnostic>& Recording::diagnostics() const { return reader_->diagnostics(); }

}  // namespace zh::audio
