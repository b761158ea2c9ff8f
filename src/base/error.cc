#include "base/error.h"

#include <fmt/format.h>

namespace zh {

std::string Place::to_string() const {
  std::string result = file;
  if (line > 0) result += fmt::format("{}{}", result.empty() ? "" : ":", line);
  if (line > 0 && column > 0) result += fmt::format(":{}", column);
  return result;
}

std::string Error::to_string(Language language) const {
  std::string result = place.to_string();
  if (!result.empty()) result += ": ";
  result += message.in(language);
  if (!clause.empty()) result += fmt::format(" ({})", clause);
  return result;
}

}  // namespace zh
