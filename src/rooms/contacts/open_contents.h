// How routes get at what a centre keeps encrypted.
#pragma once

#include <functional>

#include "base/result.h"
#include "vault/contents.h"

namespace zh::contacts {

// Opens the centre's contents with its keys when they are first asked for: a key file that is gone ends the hearing and
// nothing else. What it gives lives as long as the site; any thread.
using OpenContents = std::function<Result<vault::Contents*>()>;

}  // namespace zh::contacts
