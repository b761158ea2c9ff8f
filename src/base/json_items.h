// A document around one long list, read without ever holding the list: what has a million items is read in the memory
// of one.
//
//   parse_items(R"({"id":"7","turns":[{"a":1},{"a":2}]})", "turns", take)
//     take({"a":1}) · take({"a":2}) · result {"id":"7","turns":[]}
#pragma once

#include <functional>
#include <string_view>

#include "base/json.h"

namespace zh::json {

// As parse(), but the items of the list that is the root object's member `list` are handed to `take`, in their order,
// as soon as each is read, and the list in the result is empty. What is no list stays as it is. When the document turns
// out not to be JSON, some of its items have been handed over.
Result<Value> parse_items(std::string_view text, std::string_view list, const std::function<void(Value)>& take,
                          const Limits& limits = {}, std::string_view file = {});

}  // namespace zh::json
