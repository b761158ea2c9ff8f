// Reader: one mapping of a pack being read. Every key is asked for by name and type; a missing, mistyped or unknown one
// becomes a problem with its place, and reading goes on, so that all problems are found at once.
//
//   Reader item(node, problems, {.zh = "考核项", .en = "an item"});
//   head.id = item.word("id");
//   weight = item.number("weight", {.zh = "写明权重，如 `weight: 25`", …});
//   item.done();                                    // what nobody asked for is an unknown key
#pragma once

#include <initializer_list>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "policy/problem.h"
#include "policy/yaml.h"

namespace zh::policy {

class Reader {
 public:
  // `what` is read, for messages. A node that is no mapping is a problem; every key of it then counts as missing
  // without a further word.
  Reader(const yaml::Node& node, Problems& problems, Text what);

  // False when the node is no mapping.
  bool readable() const { return node_.is_map(); }
  const Place& place() const { return node_.place; }
  Problems& problems() { return problems_; }

  // The key's value; nullptr when it is missing. `require` reports that.
  const yaml::Node* find(std::string_view key);
  const yaml::Node* require(std::string_view key, const Text& mend);
  Place place_of(std::string_view key) const;  // of the value; of the mapping when the key is missing
  bool has(std::string_view key) const { return node_.is_map() && node_.find(key) != nullptr; }

  // Text on one line, not empty; "" after a problem.
  std::string word(std::string_view key, const Text& mend = {});
  std::optional<std::string> optional_word(std::string_view key);
  // {zh: …, en: …}, both written.
  Text text(std::string_view key, const Text& mend = {});
  // A number in plain notation; 0 after a problem.
  Decimal number(std::string_view key, const Text& mend = {});
  std::optional<Decimal> optional_number(std::string_view key);
  // A whole number from 0 to a million.
  std::optional<std::int64_t> optional_count(std::string_view key);
  // true or false; YAML 1.1's yes and no are refused with a word.
  bool flag(std::string_view key, bool otherwise);
  // One of the words; the first after a problem.
  std::string choice(std::string_view key, std::initializer_list<std::string_view> words,
                     std::optional<std::string_view> otherwise = std::nullopt);
  // A list of one-line texts; a single text counts as a list of one.
  std::vector<std::string> words(std::string_view key);
  // The entries of a list; empty when the key is missing.
  const std::vector<yaml::Node>& list(std::string_view key);
  const std::vector<yaml::Node>& required_list(std::string_view key, const Text& mend);

  // Reports the keys that nobody asked for.
  void done();

 private:
  const yaml::Node* scalar(std::string_view key, const yaml::Node* node);
  void wrong(const yaml::Node& node, std::string_view key, const Text& expected);

  const yaml::Node& node_;
  Problems& problems_;
  Text what_;
  std::vector<std::string> known_;
};

// Plain notation: optional sign, digits with an optional point.
std::optional<Decimal> read_number(std::string_view text);
// {zh: …, en: …}
Text read_text(const yaml::Node& node, Problems& problems, const Text& what);

}  // namespace zh::policy
