// What people write into the room: reasons, comments, records of talks. Pure.
//
//   ZH_CHECK(check_text(reason, {.what = {.zh = "理由", .en = "a reason"}, .length_max = 2000}, "Q1.3"));
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "base/result.h"

namespace zh::quality {

struct Wanted {
  Text what;                   // "a reason"
  std::size_t length_max = 0;  // code points
};

bool is_blank(std::string_view text);
// Why it is no such text: blank, not UTF-8, with a NUL, too long. Nothing when it is one.
std::optional<Text> fault_of_text(std::string_view text, const Wanted& wanted);
// The same as a refusal (invalid).
Status check_text(std::string_view text, const Wanted& wanted, std::string_view clause);

}  // namespace zh::quality
