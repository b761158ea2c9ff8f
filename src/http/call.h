// One call of a route, as its handler sees it; and what handlers take and give, from which the JSON, the OpenAPI
// document and the desk's types are made.
//
//   arguments   Query<Q>   the query string as a record         Body<B>   the JSON body as a record
//               Uploaded   a file, streamed to disk before the handler runs
//   results     Result<T> of: void → 204 · a record → 200 · std::vector<record> · Page<record> · Created<record> → 201
//               Versioned<record> → 200 with ETag · Response → as it is
#pragma once

#include <cassert>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "http/access.h"
#include "http/cursor.h"
#include "http/fields_json.h"
#include "http/message.h"
#include "http/problem.h"

namespace zh::http {

// A value of the path, already checked against its type in the template.
struct PathValue {
  std::string_view name;
  std::string text;
};

struct Call {
  const Request& request;
  const Principal& principal;  // a stranger's account is empty; only open routes meet one
  Reach reach;                 // whom this call may look at; pass it to the query
  Viewer viewer;               // which fields the answer shows
  Language language = Language::zh;
  Instant now;
  std::string idempotency_key;  // of a create, empty where none was sent
  std::vector<PathValue> path_values;
  const CursorCodec* cursors = nullptr;

  // Faults a handler finds itself beyond the types. It collects them all, then returns refused():
  //   if (body.to < body.from) call.reject("/to", {...});
  //   if (call.has_faults()) return call.refused();
  std::vector<FieldError> faults;
  void reject(std::string pointer, Text detail) { faults.push_back({std::move(pointer), {}, std::move(detail)}); }
  void reject_parameter(std::string name, Text detail) { faults.push_back({{}, std::move(name), std::move(detail)}); }
  bool has_faults() const { return !faults.empty(); }
  Error refused() const;

  // The path's value of that name, e.g. path<Month>("month"). Requires that the template has it with that type.
  template <class T>
  T path(std::string_view name) const {
    T value{};
    [[maybe_unused]] const Text problem = read_scalar(path_text(name), shape_of<T>(), &value);
    assert(problem.en.empty());
    return value;
  }
  const std::string& path_text(std::string_view name) const;

  // The version the client read, from If-Match. Fails with ErrorCode::stale when it is not `current`; a route that
  // demands If-Match (RouteInfo::if_match) has already refused its absence.
  Status check_version(std::string_view current) const;
  std::optional<std::string> expected_version() const;
};

template <class T>
struct Query {
  using Record = T;
  T value;
  const T* operator->() const { return &value; }
  const T& operator*() const { return value; }
};

template <class T>
struct Body {
  using Record = T;
  T value;
  const T* operator->() const { return &value; }
  const T& operator*() const { return value; }
};

struct Uploaded {
  std::shared_ptr<Upload> file;
  std::string name;  // as the client calls it (query parameter `name`), without any folder; to show, not to open
};

// One page of a list. `next` continues it: an opaque text made by CursorCodec, null on the last page. `total` is the
// number of rows of the whole list where it is cheap to know.
template <class T>
struct Page {
  using Record = T;
  std::vector<T> items;
  std::optional<std::string> next = {};
  std::optional<std::int64_t> total = {};
};

template <class T>
struct Created {
  using Record = T;
  T value;
  std::string location;  // path of the new thing
};

// A record with the version that If-Match must name to change it.
template <class T>
struct Versioned {
  using Record = T;
  T value;
  std::string version;
};

}  // namespace zh::http
