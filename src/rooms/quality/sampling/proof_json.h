// An agent's proof as a document: what `zhiheng sample proof` writes and `zhiheng sample check` reads, on any machine.
#pragma once

#include "base/json.h"
#include "rooms/quality/sampling/sampling.h"

namespace zh::quality::sampling {

// {"commitment", "seed", "frame", "salt", "stratum", "index", "leaves", "path": […], "drawn": […]}; hashes in
// hexadecimal, the stratum as encode() writes it.
json::Value json_of(const OwnStratum& own);
// Fails (invalid) naming the member that is missing or none.
Result<OwnStratum> own_stratum_from(const json::Value& document);

}  // namespace zh::quality::sampling
