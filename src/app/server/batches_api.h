// What became of imports: batches and their undoing, rejected rows, and whether a log has fallen silent.
#pragma once

#include "app/server/serving.h"

namespace zh::app {

// What a machine's token needs for all of this.
inline constexpr std::string_view kImportScope = "imports:write";

// Who takes files in.
http::Access importers();

void add_batch_routes(http::Site& site, const Serving& serving);

}  // namespace zh::app
