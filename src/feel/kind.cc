#include "feel/kind.h"

namespace zh::feel {

Text kind_name(Kind kind) {
  switch (kind) {
    case Kind::null:
      return verbatim("null");
    case Kind::boolean:
      return {.zh = "布尔值", .en = "boolean"};
    case Kind::number:
      return {.zh = "数字", .en = "number"};
    case Kind::string:
      return {.zh = "字符串", .en = "string"};
    case Kind::date:
      return {.zh = "日期", .en = "date"};
    case Kind::time:
      return {.zh = "时间", .en = "time"};
    case Kind::date_time:
      return {.zh = "日期时间", .en = "date and time"};
    case Kind::days_duration:
      return {.zh = "天时时长", .en = "days and time duration"};
    case Kind::months_duration:
      return {.zh = "年月时长", .en = "years and months duration"};
    case Kind::range:
      return {.zh = "区间", .en = "range"};
    case Kind::list:
      return {.zh = "列表", .en = "list"};
    case Kind::context:
      return {.zh = "上下文", .en = "context"};
    case Kind::function:
      return {.zh = "函数", .en = "function"};
  }
  return verbatim("?");
}

}  // namespace zh::feel
