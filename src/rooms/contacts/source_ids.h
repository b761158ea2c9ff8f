// A set of source ids, for millions of them: their bytes stand side by side in memory of its own, given back at once.
#pragma once

#include <algorithm>
#include <boost/unordered/unordered_flat_set.hpp>
#include <memory>
#include <memory_resource>
#include <string_view>

namespace zh::contacts {

class SourceIds {
 public:
  void insert(std::string_view id) {
    if (ids_.contains(id)) return;
    auto* const bytes = static_cast<char*>(memory_->allocate(id.size(), 1));
    std::ranges::copy(id, bytes);
    ids_.insert({bytes, id.size()});
  }
  bool contains(std::string_view id) const { return ids_.contains(id); }
  std::size_t size() const { return ids_.size(); }

 private:
  std::unique_ptr<std::pmr::monotonic_buffer_resource> memory_ =
      std::make_unique<std::pmr::monotonic_buffer_resource>();
  boost::unordered_flat_set<std::string_view> ids_;  // views into `memory_`
};

}  // namespace zh::contacts
