// Importing a folder of recordings: every file is put into the content store, then one short transaction says which
// content is whose leg. A process that is killed leaves contents that nothing names, which tidying up removes
// (retention.h) and the next import of the folder finds.
#pragma once

#include <filesystem>
#include <functional>
#include <string>

#include "rooms/contacts/contacts_import.h"
#include "vault/contents.h"

namespace zh::contacts {

// The largest recording there may be: two days of stereo at 8 kHz and 16 bits.
inline constexpr std::uint64_t kRecordingBytes = std::uint64_t{4} << 30;

struct RecordingsFolder {
  std::filesystem::path path;
  std::string name;  // as errors show it
  OnReject reject;   // told a file that cannot be taken in, by its path
  // Bytes taken in so far, of all there are. May be empty.
  std::function<void(std::uint64_t done, std::uint64_t all)> progress;
  // As ImportFile's; `content` of the counts is the hash of the files' names and contents.
  BeforeEntering before_entering;
  AtEntering entering = {};
};

// Takes in every recording of the folder and the folders below it, in the order of their paths; symbolic links are not
// followed. Files whose ending is of no recording are ignored. A file that states a leg again is a correction.
Result<ImportResult> import_recordings(db::Database& database, const Centre& centre, vault::Contents& contents,
                                       RecordingsFolder& folder);

}  // namespace zh::contacts
