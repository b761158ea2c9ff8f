// A file that takes a request's body while it comes in; removed unless it becomes an Upload.
#pragma once

#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <string_view>

#include "base/result.h"
#include "http/message.h"

namespace zh::http {

class Spool {
 public:
  // A new file in `folder`, readable by this account only. `number` tells this process's files apart. Fails:
  // unsupported (no folder is set), unavailable.
  static Result<std::unique_ptr<Spool>> open(const std::filesystem::path& folder, std::uint64_t number);
  ~Spool();
  Spool(const Spool&) = delete;
  Spool& operator=(const Spool&) = delete;

  Status write(std::string_view bytes);
  // Requires that nothing is written afterwards.
  Result<std::shared_ptr<Upload>> finish();

  // Removes what a killed server left in the folder, and nothing else.
  static void remove_old(const std::filesystem::path& folder);

 private:
  Spool(std::filesystem::path path, std::FILE* file) : path_(std::move(path)), file_(file) {}

  std::filesystem::path path_;
  std::FILE* file_;
  std::uint64_t size_ = 0;
};

}  // namespace zh::http
