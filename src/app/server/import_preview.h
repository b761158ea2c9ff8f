// The beginning of an uploaded file before it is imported, whatever its kind.
#pragma once

#include <filesystem>
#include <optional>

#include "app/centre.h"
#include "base/encoding.h"
#include "rooms/contacts/map.h"
#include "rooms/contacts/preview.h"

namespace zh::app {

struct FilePreview {
  contacts::Preview content;
  Encoding encoding = Encoding::automatic;  // automatic: nothing but ASCII was seen
};

// `map` is for tables of calls. A file that cannot be read as text is a problem of the preview, not a failure. Fails
// (unavailable) when the file or the database cannot be read.
Result<FilePreview> preview_file(const Centre& centre, std::string_view kind, const std::filesystem::path& file,
                                 const contacts::Map* map);

}  // namespace zh::app
