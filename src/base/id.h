// Ids are types, not integers: a contact's number cannot be passed where a person's is asked for.
//   using BatchId = Id<struct BatchTag>;
#pragma once

#include <compare>
#include <cstdint>
#include <functional>

namespace zh {

template <class Tag>
struct Id {
  std::int64_t value = 0;  // 0 = none; a database sequence number, never printed in results

  explicit operator bool() const { return value != 0; }
  friend auto operator<=>(const Id&, const Id&) = default;
};

}  // namespace zh

template <class Tag>
struct std::hash<zh::Id<Tag>> {
  std::size_t operator()(const zh::Id<Tag>& id) const noexcept { return std::hash<std::int64_t>{}(id.value); }
};
