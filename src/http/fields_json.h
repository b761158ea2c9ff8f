// JSON ↔ records through their field tables. The reader finds all faults at once, each with its JSON pointer:
//   /tags/1/weight: expected number, got string        /staffno: unknown field, did you mean staff_no?
// Absent and null are the same for std::optional and an error for everything else; unknown and doubled keys are errors.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "http/access.h"
#include "http/problem.h"
#include "http/shape.h"

namespace zh::http {

constexpr int kJsonDepthMax = 32;
constexpr std::size_t kFieldErrorsMax = 100;  // the reader stops looking there

// Reads `json` into `record`, an object of `shape`. An empty result is success; otherwise the record is half filled and
// must be thrown away. Bounded by kJsonDepthMax and by the text's own size.
std::vector<FieldError> read_json(std::string_view json, const Shape& shape, void* record);
template <class T>
std::vector<FieldError> read_json(std::string_view json, T& record) {
  return read_json(json, shape_of<T>(), &record);
}

// Reads query parameters into a record of scalars, optional scalars and lists of scalars (a parameter given several
// times). Unknown, doubled and ill-formed parameters are errors.
std::vector<FieldError> read_query(const std::vector<std::pair<std::string, std::string>>& query, const Shape& shape,
                                   void* record);

// One scalar from text, as in paths and queries. The message is empty on success.
Text read_scalar(std::string_view text, const Shape& shape, void* value);

// Writes what `viewer` may see; other fields are left out. Keys in the table's order, no spaces.
void write_json(std::string& out, const Shape& shape, const void* value, const Viewer& viewer);
template <class T>
std::string to_json(const T& value, const Viewer& viewer) {
  std::string out;
  write_json(out, shape_of<T>(), &value, viewer);
  return out;
}

}  // namespace zh::http
