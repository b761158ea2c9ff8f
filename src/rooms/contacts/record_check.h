// Reading every recording and transcript through, to find what is damaged or missing before somebody needs it.
#pragma once

#include <cstdint>
#include <vector>

#include "db/db.h"
#include "vault/contents.h"

namespace zh::contacts {

struct RecordCheck {
  std::int64_t recordings = 0;  // read, the damaged ones included
  std::int64_t transcripts = 0;
  std::vector<Error> problems;  // the first thousand
};

// Fails when it cannot be done; what is damaged is told in `problems`.
Result<RecordCheck> check_record(db::Database& database, vault::Contents& contents);

}  // namespace zh::contacts
