// YAML read strictly: yaml-cpp's parser with everything refused that it would let pass in silence or that a person
// would not expect. Duplicate keys, anchors and aliases, merge keys, tags, several documents in a file, keys that are
// no plain text, invalid UTF-8, files that are too large or nested too deeply are problems with their place. Scalars
// stay the text they are: `no` is the text "no", never false, and 1.10 is not 1.1.
//
//   Problems problems;
//   const auto root = yaml::read(text, "appraisal.yaml", problems);   // nothing when the text is no YAML
//
// Nodes know the line and column (in code points) they begin at.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "policy/problem.h"

namespace zh::policy::yaml {

inline constexpr std::size_t kFileBytesMax = 1'000'000;
inline constexpr int kDepthMax = 40;

struct Entry;

struct Node {
  enum class Kind { null, scalar, list, map };
  Kind kind = Kind::null;
  Place place;
  std::string scalar;          // of a scalar
  bool quoted = false;         // of a scalar: written in quotes or as a block
  std::vector<Node> items;     // of a list
  std::vector<Entry> entries;  // of a map, in the order of the file

  static Node null(Place place);
  static Node map(Place place);
  static Node of(Kind kind, Place place);

  bool is_scalar() const { return kind == Kind::scalar; }
  bool is_list() const { return kind == Kind::list; }
  bool is_map() const { return kind == Kind::map; }
  const Entry* find(std::string_view key) const;  // of a map; nullptr when there is none
  Entry* find(std::string_view key);
};

struct Entry {
  std::string key;
  Place place;  // of the key
  Node value;
};

// The file's one document; nothing when it has problems that leave no tree. An empty file is a null node.
std::optional<Node> read(std::string_view text, const std::string& file, Problems& problems);

// JSON without white space, keys sorted by bytes, scalars as strings, null as null: what is hashed. Lists keep their
// order.
std::string canonical(const Node& node);

}  // namespace zh::policy::yaml
