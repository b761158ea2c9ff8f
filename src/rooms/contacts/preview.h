// The beginning of a log or table as a person looks at it before importing: its cells, and what would be said of each
// row. Reads no further than that and stores nothing.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/source.h"
#include "rooms/contacts/map_draft.h"

namespace zh::contacts {

struct Map;

inline constexpr std::size_t kPreviewRows = 20;

struct PreviewRow {
  int line = 0;
  std::vector<std::string> cells;
  std::optional<Text> problem;  // why the import would reject it
};

struct Preview {
  std::vector<std::string> columns;
  std::vector<PreviewRow> rows;
  std::optional<Text> problem;    // why the file would be refused as a whole
  std::optional<MapDraft> guess;  // of a table without a map
};

// `text` is the file as UTF-8 from its beginning. Fails only when it cannot be read.
Result<Preview> preview_queue_log(ByteSource& text, const Zone& zone);
Result<Preview> preview_cdr(ByteSource& text, const Zone& zone);
// Through the map, or with a guess of one.
Result<Preview> preview_table(ByteSource& text, const Zone& zone, const Map* map);

}  // namespace zh::contacts
