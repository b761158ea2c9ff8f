#include "app/shipped.h"

#include <system_error>
#include <vector>

namespace zh::app {

namespace fs = std::filesystem;

std::optional<fs::path> find_shipped(const fs::path& relative) {
  std::error_code problem;
  const fs::path program = fs::read_symlink("/proc/self/exe", problem).parent_path();
  std::vector<fs::path> places{program.parent_path() / "share" / "zhiheng"};
  for (const fs::path& start : {program, fs::current_path(problem)}) {
    for (fs::path at = start; !at.empty(); at = at.parent_path()) {
      places.push_back(at);
      if (at == at.root_path()) break;
    }
  }
  for (const auto& place : places) {
    if (fs::exists(place / relative, problem)) return place / relative;
  }
  return std::nullopt;
}

}  // namespace zh::app
