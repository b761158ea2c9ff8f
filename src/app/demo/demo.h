// The demo centre: people, facts, a telephone log and transcripts of 2026-09-20 … 2026-11-10 as files in the import
// formats, so that a demo goes through the real import. Everything comes from a fixed seed by an algorithm that is
// written down here and in random.h: the files are the same on every machine.
//
// What is in it on purpose: three groups, a shift leader each, and the other positions; a person on probation, a
// leaver, a joiner and a change of group; two agents with the same total; phone ids that nobody holds; a fact that
// comes late, a score corrected after an appeal; praises, complaints, a shift leader who misses "excellent"; sales and
// targets.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "app/demo/dialogues.h"
#include "base/result.h"

namespace zh::app::demo {

struct DemoFile {
  std::string kind;  // KIND of zhiheng import
  std::filesystem::path path;
};

// Writes the files, in the order in which they are imported. Fails (unavailable) when the folder cannot be written.
Result<std::vector<DemoFile>> write_files(const std::filesystem::path& folder);

// What was said in these calls, and the sound of a few: the shortest of all and of those that come last. Of the last
// one the customer's leg breaks off. Again files in the order of their import.
Result<std::vector<DemoFile>> write_records(const std::filesystem::path& folder, const std::vector<Spoken>& calls);

}  // namespace zh::app::demo
