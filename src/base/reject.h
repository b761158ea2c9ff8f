// An input row that broke a rule: where it stands, what is wrong, and the row itself. The rest of the file goes in.
#pragma once

#include <functional>
#include <string_view>

#include "base/result.h"

namespace zh {

struct Reject {
  const Error& why;      // with file and line
  std::string_view raw;  // the row as it stood, possibly shortened
};

// Takes rejects as they are found. Fails when they cannot be kept, which ends the import: no reject is ever lost.
using OnReject = std::function<Status(const Reject&)>;

}  // namespace zh
