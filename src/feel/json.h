// JSON ↔ values. Numbers stay exact decimals (they never pass through binary floating point), objects become contexts
// in their order, an object's repeated key is an error. Temporal values have no JSON form: they are written as the
// strings of FEEL, and read back by coerce() to a declared type or by read_typed().
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "feel/type.h"
#include "feel/value.h"

namespace zh::feel {

// Fails (invalid, with line and column) on text that is no JSON (RFC 8259), (limit) past 200 levels of nesting.
Result<Value> from_json(std::string_view text);
// As from_json; where the type says date, time, date and time or a duration, strings are read as such.
Result<Value> from_json(std::string_view text, const Type& type);
// Strings of the value that the type declares as temporal are read as such; everything else stays as it is.
// Fails (invalid) on a string that is none.
Result<Value> read_typed(const Value& value, const Type& type);

// Compact, keys in their order, numbers in plain notation. Ranges, functions: their FEEL text as a string.
std::string to_json(const Value& value);

}  // namespace zh::feel
