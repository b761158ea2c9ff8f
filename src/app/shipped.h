// Files that come with the program: the standard pack, the desk.
#pragma once

#include <filesystem>
#include <optional>

namespace zh::app {

// The file of that relative path beside the program's share/zhiheng, or in the source tree above the program or the
// working directory; nothing when there is none.
std::optional<std::filesystem::path> find_shipped(const std::filesystem::path& relative);

}  // namespace zh::app
