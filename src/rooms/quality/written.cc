#include "rooms/quality/written.h"

#include <fmt/format.h>

#include <string>
#include <utility>

#include "base/utf8.h"

namespace zh::quality {

bool is_blank(std::string_view text) { return text.find_first_not_of(" \t\r\n") == std::string_view::npos; }

std::optional<Text> fault_of_text(std::string_view text, const Wanted& wanted) {
  const bool plain = utf8::is_valid(text) && text.find('\0') == std::string_view::npos;
  if (plain && !is_blank(text) && utf8::length(text) <= wanted.length_max) return std::nullopt;
  return Text{.zh = fmt::format("写明{}，最多 {} 个字符", wanted.what.zh, wanted.length_max),
              .en = fmt::format("write {} of at most {} characters", wanted.what.en, wanted.length_max)};
}

Status check_text(std::string_view text, const Wanted& wanted, std::string_view clause) {
  auto fault = fault_of_text(text, wanted);
  if (!fault) return {};
  return error(ErrorCode::invalid, *std::move(fault), {}, std::string(clause));
}

}  // namespace zh::quality
