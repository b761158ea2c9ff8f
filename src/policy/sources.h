// The files of a pack, in memory: what is loaded, hashed, published and stored. Reading a folder is the only file
// access of this library; everything else works on Sources.
//
// A pack is a folder:
//   pack.yaml          id, title, include:, override:
//   <any name>.yaml    rules of one kind each; *.dmn decision models
//   cases/*.yaml       its test cases; no part of its content
// An included pack's files are named by its folder: include: [../chengdu-2014] brings in "chengdu-2014/appraisal.yaml".
#pragma once

#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "base/result.h"
#include "policy/problem.h"

namespace zh::policy {

inline constexpr std::string_view kPackFile = "pack.yaml";
inline constexpr std::size_t kFilesMax = 300;
inline constexpr std::size_t kBytesMax = 20'000'000;

struct Sources {
  std::string name;                          // of the folder, for messages: "standard"
  std::map<std::string, std::string> files;  // content: path relative to the pack → bytes
  std::map<std::string, std::string> cases;  // "cases/stars.yaml" → bytes; the pack's own only
};

// Reads the folder and the packs that it includes. What is wrong with the content is left to load(); fails (not_found)
// when there is no folder or no pack.yaml, (invalid) when included packs have the same folder name or include each
// other in a circle, (limit) past kFilesMax or kBytesMax, (unavailable) when a file cannot be read.
Result<Sources> read_sources(const std::filesystem::path& folder);

// All files in one text and back, for the database: canonical, equal for equal sources. Cases are left out.
std::string bundle(const Sources& sources);
// Fails (corrupt) on text that bundle() did not write.
Result<Sources> unbundle(std::string_view text);

}  // namespace zh::policy
