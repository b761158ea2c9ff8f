// A month's figures as bytes, to stand as they were submitted. Private to the room.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "rooms/quality/month/report.h"

namespace zh::quality {

std::string encode(const MonthFigures& figures);
Result<MonthFigures> decode_figures(std::string_view bytes);  // corrupt

}  // namespace zh::quality
