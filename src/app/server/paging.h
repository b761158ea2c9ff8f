// What the server's own lists share: a page's size and its place in the list.
#pragma once

#include <array>
#include <charconv>
#include <optional>
#include <string>
#include <string_view>

#include "http/call.h"

namespace zh::app {

// Where a list that goes down by a number or a ref is cut. A list is named with its filter, so that a cursor of another
// one is refused. Faults go into the call.
class Paging {
 public:
  Paging(http::Call& call, std::string list, const std::optional<std::string>& cursor, const std::optional<int>& limit)
      : call_(call), list_(std::move(list)), limit_(limit.value_or(http::kPageSize)) {
    if (limit_ < 1 || limit_ > http::kPageSizeMax) {
      call_.reject_parameter("limit", {.zh = "应为 1 至 " + std::to_string(http::kPageSizeMax),
                                       .en = "expected 1 to " + std::to_string(http::kPageSizeMax)});
    }
    if (!cursor) return;
    const auto position = call_.cursors->decode(list_, *cursor);
    if (position.ok() && position->size() == 1) {
      place_ = position->front();
    } else {
      call_.reject_parameter(
          "cursor", {.zh = "这个位置不属于此列表；请从头开始", .en = "this place is not of this list; begin anew"});
    }
  }

  // Rows to ask for: one more than the page shows, to know whether there are others.
  int wanted() const { return limit_ + 1; }
  // The place to begin after; nothing at the beginning.
  const std::optional<std::string>& place() const { return place_; }
  std::int64_t number() const {
    std::int64_t number = 0;
    if (place_) std::from_chars(place_->data(), place_->data() + place_->size(), number);
    return number;
  }
  // Cuts the row too many off and says where the next page begins.
  template <class Row, class PlaceOf>
  std::optional<std::string> cut(std::vector<Row>& rows, PlaceOf place_of) const {
    if (rows.size() <= static_cast<std::size_t>(limit_)) return std::nullopt;
    rows.pop_back();
    const std::array<std::string, 1> position{place_of(rows.back())};
    return call_.cursors->encode(list_, position);
  }

 private:
  http::Call& call_;
  std::string list_;
  int limit_;
  std::optional<std::string> place_;
};

}  // namespace zh::app
