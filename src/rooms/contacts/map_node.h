// What the YAML maps of this room are read with: strict keys, every mistake with its place.
#pragma once

#include <yaml-cpp/yaml.h>

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/error.h"
#include "base/result.h"

namespace zh::contacts {

// One mapping of the file: gives out its members and knows which keys there may be.
class MapNode {
 public:
  MapNode(const YAML::Node& node, const std::string& file) : node_(node), file_(file) {}

  Place place() const { return place_of(node_); }
  Place place_of(const YAML::Node& node) const {
    const YAML::Mark mark = node.Mark();
    return mark.is_null() ? Place{.file = file_}
                          : Place{.file = file_, .line = mark.line + 1, .column = mark.column + 1};
  }

  // That this is a mapping of known keys, each once.
  Status check(const std::vector<std::string_view>& known) const;

  bool has(const char* key) const { return static_cast<bool>(node_[key]); }
  YAML::Node at(const char* key) const { return node_[key]; }
  const YAML::Node& node() const { return node_; }

  // A plain value as it is written.
  Result<std::string> text(const YAML::Node& node) const;
  Result<std::vector<std::string>> texts(const YAML::Node& node) const;

 private:
  Error unknown_key(const std::string& key, const YAML::Node& node, const std::vector<std::string_view>& known) const;

  YAML::Node node_;
  const std::string& file_;
};

// Reads a document. Fails (invalid) when it is no UTF-8 or YAML, or more than 1 MB.
Result<YAML::Node> load_map(std::string_view yaml, const std::string& file);

}  // namespace zh::contacts
