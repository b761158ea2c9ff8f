// A file that is written under another name until it is complete and on disk: whoever looks sees it whole or not at
// all, whatever happens to the process or the power. Readable by its owner alone.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "base/result.h"

namespace zh::vault {

class NewFile {
 public:
  // Beside `path`, under a name of its own ("<name>.<random>.partial"). Fails (unavailable), naming the path.
  static Result<NewFile> create(const std::filesystem::path& path);
  NewFile(NewFile&& other) noexcept;
  NewFile& operator=(NewFile&&) = delete;
  ~NewFile();  // what was not kept is removed

  // Fails (unavailable) when the disk is full or gone; the file is then given up.
  Status write(std::string_view bytes);
  // Flushes to disk and puts it at its path, in place of what is there. Once.
  Status keep();
  // The same, but fails (conflict) when something is at the path.
  Status keep_as_new();

  static constexpr std::string_view kPartial = ".partial";

 private:
  NewFile(std::filesystem::path path, std::filesystem::path partial, int descriptor);
  Status flush();
  Error failed() const;

  std::filesystem::path path_;
  std::filesystem::path partial_;
  int descriptor_;
};

}  // namespace zh::vault
