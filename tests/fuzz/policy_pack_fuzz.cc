// Any bytes as the files of a pack: a pack or a list of problems, never a crash, a hang or unbounded memory. The input
// is cut at lines "%%% NAME" into files; what stands before the first is pack.yaml.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "policy/cases.h"
#include "policy/coverage.h"
#include "policy/diff.h"
#include "policy/load.h"

namespace {

zh::policy::Sources cut(std::string_view input) {
  constexpr std::string_view kMark = "%%% ";
  constexpr std::size_t kFilesMax = 12;
  zh::policy::Sources sources;
  std::string name = "pack.yaml";
  std::size_t files = 0;
  while (!input.empty() && files < kFilesMax) {
    const std::size_t end = std::min(input.find('\n'), input.size() - 1) + 1;
    const std::string_view line = input.substr(0, end);
    input.remove_prefix(end);
    if (line.starts_with(kMark)) {
      name = line.substr(kMark.size());
      while (name.ends_with('\n') || name.ends_with('\r')) name.pop_back();
      ++files;
    } else {
      auto& into = name.starts_with("cases/") ? sources.cases : sources.files;
      into[name] += line;
    }
  }
  return sources;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace zh;
  if (size > 100'000) return 0;
  const policy::Sources sources = cut({reinterpret_cast<const char*>(data), size});
  const policy::Loaded loaded = policy::load(sources);
  for (const policy::Problem& problem : loaded.problems) {
    // Each can be said in both languages.
    if (problem.to_string(Language::zh).empty() || problem.to_string(Language::en).empty()) std::abort();
  }
  if (!loaded.pack) return 0;
  // What loads is stored and comes back as it was.
  const auto back = policy::unbundle(policy::bundle(sources));
  if (!back.ok() || policy::load_pack(*back)->version != loaded.pack->version) std::abort();
  policy::coverage_of(*loaded.pack);
  policy::Problems problems;
  policy::read_cases(sources, *loaded.pack, Zone::utc(), problems);
  const policy::Composition composition = policy::compose(sources, problems);
  if (!policy::diff(composition, composition).empty()) std::abort();
  return 0;
}
