// The kinds of values of FEEL and what they are called.
#pragma once

#include <cstdint>

#include "base/text.h"

namespace zh::feel {

enum class Kind : std::uint8_t {
  null,
  boolean,
  number,
  string,
  date,
  time,
  date_time,
  days_duration,
  months_duration,
  range,
  list,
  context,
  function,
};

// "number", "date and time", …; 数字, 日期时间, …
Text kind_name(Kind kind);

}  // namespace zh::feel
