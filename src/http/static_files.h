// The desk's files, read once at start and served from memory: compressed, with entity tags, hashed names cached for
// ever. Requests find files by table, never by the file system, so there is no path to trick.
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

#include "http/message.h"

namespace zh::http {

constexpr std::uint64_t kStaticBytesMax = std::uint64_t{64} << 20;  // of one folder, all files together

// Thread-safe once loaded.
class StaticFiles {
 public:
  // Reads every regular file below `folder` (links are not followed, names with a leading dot are left out). A file
  // `x.gz` or `x.br` beside `x` is its compressed form; other text is compressed when it is first asked for. Fails:
  // not_found, unavailable, limit.
  static Result<StaticFiles> load(const std::filesystem::path& folder);

  // Answers GET and HEAD of a decoded path. One that names no file is a page of the desk (index.html) if it has no dot
  // in its last segment or HTML is asked for by name, nothing below /assets/. Nothing: there is no such file.
  std::optional<Response> answer(const Request& request) const;
  std::size_t count() const { return files_.size(); }

 private:
  struct File {
    std::string content_type;
    std::string etag;  // with quotes, of the plain bytes
    bool immutable = false;
    bool compresses = false;
    std::shared_ptr<const std::string> plain;
    std::shared_ptr<const std::string> brotli;  // nullptr where there is none
    mutable std::once_flag gzip_once;
    mutable std::shared_ptr<const std::string> gzip;  // nullptr where there is none or it does not pay

    const std::shared_ptr<const std::string>& gzipped() const;
  };
  static Response respond(const Request& request, const File& file);

  std::map<std::string, std::unique_ptr<File>, std::less<>> files_;  // by path with leading slash
};

// "text/html; charset=utf-8" by the extension; application/octet-stream for unknown ones.
std::string_view content_type_of(std::string_view file_name);
// "app-B7xZ09aQ.js": a name with eight or more letters and digits before its extension, as Vite makes them.
bool has_hashed_name(std::string_view file_name);
// Whether an Accept-Encoding header takes the coding (its q is above 0).
bool accepts_coding(std::string_view accept_encoding, std::string_view coding);

}  // namespace zh::http
