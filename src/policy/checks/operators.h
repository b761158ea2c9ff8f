// What conditions can be made of: every operator with its keys, and the keys that say where it looks. Editors build
// their forms from this table; the reader of checks knows no other operators.
#pragma once

#include <span>
#include <string_view>

#include "base/text.h"

namespace zh::policy {

// What stands behind a key.
enum class InputKind {
  words,       // a list of phrases, "@list" among them
  sentences,   // a list of sentences
  text,        // one line
  count,       // a whole number
  seconds,     // with up to three decimals
  percent,     // 0 to 100
  flag,        // true or false
  choice,      // one of `choices`
  choices,     // some of `choices`
  formula,     // FEEL over measures
  reach,       // {turns: n} or {seconds: s}
  turns,       // [from, to]
  condition,   // one condition
  conditions,  // a list of conditions
  steps,       // a list of steps
  name,        // of a condition of `let`, or {hit_of, nth, turns, seconds}
  fields       // fields of the contact
};
std::string_view name_of(InputKind kind);

struct KeyInfo {
  std::string_view key;
  InputKind kind;
  std::string_view zh;
  std::string_view en;
  bool required = false;
  std::span<const std::string_view> choices = {};
};

struct OperatorInfo {
  std::string_view name;
  std::string_view zh;
  std::string_view en;
  InputKind value;  // of the operator itself; `text` with keys where its value is a mapping
  std::span<const KeyInfo> keys;
  bool scoped = false;   // takes the keys of scope_keys()
  bool counted = false;  // and `how_many`
  std::span<const std::string_view> choices = {};
};

// In the order in which editors show them.
std::span<const OperatorInfo> operators();
const OperatorInfo* find_operator(std::string_view name);
std::span<const KeyInfo> scope_keys();

}  // namespace zh::policy
