// The job behind POST /imports: what it is told and what it tells.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/import.h"
#include "base/hash.h"

namespace zh::app {

inline constexpr std::string_view kImportJob = "import";

// The payload of the job.
struct ImportOrder {
  std::string upload;  // its ref
  std::string kind;
  std::string name;                  // of the file, as people call it
  std::optional<Hash> map = {};      // content of its map file (uploads.h)
  Language language = Language::zh;  // of the reasons beside the rejected rows
};
std::string to_json(const ImportOrder& order);
Result<ImportOrder> parse_import_order(std::string_view json);

// The job's result: counts, batch, the name of the file of rejects, and the names that nobody knows.
std::string result_json(const ImportRun::Outcome& outcome);

const ImportKind* find_import_kind(std::string_view name);

}  // namespace zh::app
