// Where bytes come from: a file read in blocks, or a text in memory. Importers stream from it, so that memory does not
// grow with the file. One reader, one thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "base/result.h"

namespace zh {

class ByteSource {
 public:
  ByteSource() = default;
  ByteSource(const ByteSource&) = delete;
  ByteSource& operator=(const ByteSource&) = delete;
  virtual ~ByteSource() = default;

  // Fills the front of `room` and gives the number of bytes; 0 means the end, and it stays the end.
  // Fails (unavailable) when the file cannot be read; what was given so far stands. Requires a room that is not empty.
  virtual Result<std::size_t> read(std::span<char> room) = 0;
};

// A file, pipe or device by its path.
class FileSource final : public ByteSource {
 public:
  // Fails (not_found, forbidden, invalid for a folder, unavailable), naming the path.
  static Result<std::unique_ptr<FileSource>> open(const std::filesystem::path& path);
  ~FileSource() override;

  Result<std::size_t> read(std::span<char> room) override;
  // Bytes given so far, and the size of a regular file (nothing for pipes): what a progress bar needs.
  std::uint64_t position() const { return position_; }
  std::optional<std::uint64_t> size() const { return size_; }

 private:
  FileSource(int descriptor, std::string name, std::optional<std::uint64_t> size)
      : descriptor_(descriptor), name_(std::move(name)), size_(size) {}

  int descriptor_;
  std::string name_;
  std::optional<std::uint64_t> size_;
  std::uint64_t position_ = 0;
};

// A text in memory, which must outlive the source. For tests and for what was uploaded.
class TextSource final : public ByteSource {
 public:
  explicit TextSource(std::string_view text) : text_(text) {}
  Result<std::size_t> read(std::span<char> room) override;

 private:
  std::string_view text_;
};

// The bytes of another source, told to `on_read` as they pass: the progress bar's ear.
class ObservedSource final : public ByteSource {
 public:
  // `inner` must outlive this.
  ObservedSource(ByteSource& inner, std::function<void(std::string_view)> on_read)
      : inner_(inner), on_read_(std::move(on_read)) {}
  Result<std::size_t> read(std::span<char> room) override;

 private:
  ByteSource& inner_;
  std::function<void(std::string_view)> on_read_;
};

}  // namespace zh
