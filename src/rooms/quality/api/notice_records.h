// What the routes about notices take and give. Private to the api.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "rooms/quality/api/record_fields.h"

namespace zh::quality::api {

struct NoticeJson {
  std::int64_t number = 0;
  std::string about = {};
  std::string object = {};  // the inspection, "3-1-17/2", batch "3001/4", plan or month it is about; empty: several
  std::int64_t count = 1;
  std::string by = {};
  std::optional<std::string> by_name = {};
  Instant at = {};
  std::optional<Instant> read_at = {};
};
struct NoticesQuery {
  std::optional<bool> all = {};  // also what is read
};
struct ReadNotices {
  std::vector<std::int64_t> numbers = {};
};

}  // namespace zh::quality::api

ZH_RECORD(NoticeJson, "QualityNotice", ZH_PLAIN(number, "number"), ZH_PLAIN(about, "about"), ZH_PLAIN(object, "object"),
          ZH_PLAIN(count, "count"), ZH_PLAIN(by, "by"), ZH_ABOUT(by_name, "by_name", Unit::none), ZH_PLAIN(at, "at"),
          ZH_PLAIN(read_at, "read_at"));
ZH_RECORD(NoticesQuery, "QualityNoticesQuery", http::input(&R::all, "all"));
ZH_RECORD(ReadNotices, "ReadQualityNotices", http::input(&R::numbers, "numbers"));
