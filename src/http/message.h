// Requests and responses as plain values: what handlers see and give back. Nothing here knows a socket or a library.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/instant.h"
#include "base/result.h"

namespace zh::http {

enum class Method { get, head, post, put, patch, del, options };

std::string_view to_string(Method method);
std::optional<Method> parse_method(std::string_view name);  // upper case as on the wire
// GET, HEAD and OPTIONS change nothing, so they need no proof that our own page sent them.
constexpr bool is_safe(Method method) {
  return method == Method::get || method == Method::head || method == Method::options;
}

// Header fields in the order they came; names compare without case.
class Headers {
 public:
  // The first field of that name, or nullptr.
  const std::string* find(std::string_view name) const;
  // The same, "" where there is none.
  std::string_view get(std::string_view name) const;
  std::size_t count(std::string_view name) const;
  // Control characters in a value become spaces, so that nothing a handler copies can begin a new header line.
  void add(std::string name, std::string_view value);
  void set(std::string name, std::string_view value);  // in place of all fields of that name
  void remove(std::string_view name);

  auto begin() const { return fields_.begin(); }
  auto end() const { return fields_.end(); }

 private:
  std::vector<std::pair<std::string, std::string>> fields_;
};

// A request body that was written to a file of its own while it came in. The file goes with the last owner unless it
// was moved elsewhere with keep_as().
class Upload {
 public:
  Upload(std::filesystem::path path, std::uint64_t size) : path_(std::move(path)), size_(size) {}
  ~Upload();
  Upload(const Upload&) = delete;
  Upload& operator=(const Upload&) = delete;

  const std::filesystem::path& path() const { return path_; }
  std::uint64_t size() const { return size_; }
  // Renames the file within its file system; fails (unavailable) and keeps it where it was when that cannot be done.
  Status keep_as(const std::filesystem::path& target);

 private:
  std::filesystem::path path_;
  std::uint64_t size_;
};

struct Request {
  Method method = Method::get;
  std::string path = "/";  // decoded, without empty, "." or ".." segments: what routes and files are found by
  std::vector<std::pair<std::string, std::string>> query;  // decoded, in the order sent
  Headers headers;
  std::string body;                // of routes that take JSON
  std::shared_ptr<Upload> upload;  // of routes that take a file
  std::string client;              // address without port, that of the client behind a trusted proxy
  bool secure = false;             // came over TLS, to us or to a trusted proxy
  bool local = false;              // from this host itself and through no proxy
  std::string id;                  // names the request in the log and in problem documents
  Instant received_at;
  std::stop_token stop;  // asked to stop when the server ends and the time for running requests is over

  // The first query parameter of that name, or nullptr.
  const std::string* query_value(std::string_view name) const;
};

// A body that is made while it is sent. next() is called on worker threads, never two calls at once.
class Stream {
 public:
  virtual ~Stream() = default;
  // The next bytes (64 to 256 KiB is a good size); empty is the end. An error cuts the connection, so that the client
  // cannot take half a body for the whole.
  virtual Result<std::string> next() = 0;
};

struct StreamBody {
  std::unique_ptr<Stream> stream;
  std::optional<std::uint64_t> length;  // sent as Content-Length where known, else the body goes in chunks
};

// Bytes that many responses share without copying them.
struct SharedBody {
  std::shared_ptr<const std::string> bytes;
  std::size_t offset = 0;
  std::size_t length = 0;
};

class Subscription;  // events.h

using BodyContent = std::variant<std::string, SharedBody, StreamBody, std::shared_ptr<Subscription>>;

struct Response {
  int status = 200;
  Headers headers;
  BodyContent body;
  // For the log, never sent: whose request it was, and an internal error's true cause.
  std::string account = {};
  std::string log_note = {};

  static Response empty(int status);
  static Response text(int status, std::string_view content_type, std::string body);
  static Response json(int status, std::string body);
};

// A Content-Disposition that makes the browser save the body under that name, whatever letters it has (RFC 6266).
std::string attachment(std::string_view file_name);

}  // namespace zh::http
