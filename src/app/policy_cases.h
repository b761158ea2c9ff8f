// Running a pack's test cases: what `zhiheng policy test` does, and what simulation will do with a draft.
#pragma once

#include "base/json.h"
#include "policy/cases.h"

namespace zh::app {

// The people rows of the month that the case describes, as `close --json` would print them. Facts are checked against
// the pack as an import would. Fails (invalid) on a fact that the pack does not allow, and as pay::compute_month.
Result<json::Array> run_case(const policy::Pack& pack, const policy::Case& it, const Zone& zone);

}  // namespace zh::app
