#include "app/import_kinds.h"

#include <array>

namespace zh::app {

std::span<const ImportKind> import_kinds() {
  static const std::array kinds{
      ImportKind{.name = "people", .label = {"人员", "people"}, .run = import_people},
      ImportKind{.name = "facts", .label = {"事实", "facts"}, .run = import_facts},
  };
  return kinds;
}

}  // namespace zh::app
