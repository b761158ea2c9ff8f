// A text as one Zstandard frame with its length and a checksum. Private to the ledger.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"

namespace zh::ledger {

// Empty text gives empty bytes.
std::string compressed(std::string_view text);
// Fails (corrupt) on bytes that compressed() did not make.
Result<std::string> decompressed(std::string_view bytes);

}  // namespace zh::ledger
