// Derivation: how a figure came about, recorded while it is computed. What "why?" shows on the command line, in the API
// and on the desk is this tree; nothing else explains.
//
//   Derivation item{caption_of(pack_item)};                 // label, unit, clause and rule:line, shared by everybody
//   item.inputs.push_back({fact.hash, "exam", fact.occurred_at, fact.value});
//   item.figure = Fraction(187, 2);
//   item.arithmetic = "(95 + 92) / 2";
//   sheet.children.push_back(std::move(item));
//
// A value type: build it bottom up and move it into its parent. What is the same for everybody (the Caption) is made
// once per rule and shared, so a node costs one reference count and whatever inputs it lists. Not synchronised; a
// finished tree may be read by any number of threads.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "base/calendar.h"
#include "base/decimal.h"
#include "base/fraction.h"
#include "base/hash.h"
#include "base/json.h"
#include "base/result.h"

namespace zh::policy {

// What a node says about itself whoever it is computed for.
struct Caption {
  Text label;
  std::string unit;    // as units.h names them: "points", "seconds", "yuan" …; empty where there is none
  std::string clause;  // clause id; empty where the rule is ours
  std::string rule;    // "appraisal.yaml:41", relative to the pack; empty where no rule of the pack is behind it
  std::string id;  // the rule's id as results print it ("recording", "base"), by which `why` finds the node; or empty

  friend bool operator==(const Caption&, const Caption&) = default;
};
using CaptionPtr = std::shared_ptr<const Caption>;

// A caption for a node that no rule of the pack stands behind (one product's mean, one day's largest value).
CaptionPtr caption(Text label, std::string unit = {}, std::string clause = {}, std::string rule = {},
                   std::string id = {});

// A figure on its way: no data, a number exact or in decimal128, a truth value, a text (a date, a name).
using Figure = std::variant<std::monostate, Decimal, Fraction, bool, std::string>;

// As FORMATS.md prints figures: decimals in plain notation as they stand; fractions half even to 20 significant digits;
// "true"/"false"; text as it is; nothing for no data.
std::optional<std::string> plain(const Figure& figure);

// A fact that went in.
struct Input {
  Hash fact;
  std::string kind;
  Instant occurred_at;
  std::optional<Decimal> value;  // none where the kind has none

  friend bool operator==(const Input&, const Input&) = default;
};

struct Derivation {
  CaptionPtr caption;
  // Which one, where a rule yields several nodes: a product, a day, a round. The same in both languages; follows the
  // label when shown.
  std::string detail;
  Figure figure;
  // The step from inputs and children to the figure, in figures: "(95 + 92) / 2", "130 s: <= 140". May be empty.
  std::string arithmetic;
  std::vector<Input> inputs;
  std::vector<Derivation> children;

  Derivation() = default;
  explicit Derivation(CaptionPtr caption_) : caption(std::move(caption_)) {}
  Derivation(CaptionPtr caption_, Figure figure_) : caption(std::move(caption_)), figure(std::move(figure_)) {}

  // The child, moved in; a reference valid until the next one is added.
  Derivation& add(Derivation child);
};

// Equal in all that is shown; captions are compared by content.
bool operator==(const Derivation& a, const Derivation& b);

// {id, label:{zh,en}, value, unit, clause, rule, arithmetic, inputs:[{fact, kind, occurred_at, value}], children:[…]},
// keys always present and in this order; figures are strings or null, occurred_at is in `zone`, empty unit, clause,
// rule and arithmetic are "".
json::Value to_json(const Derivation& derivation, const Zone& zone);

// The tree as a person reads it, ending in a newline; inputs follow their node:
//   平均时长：95 分  ［C3.1a · appraisal.yaml:31］
//   │  143 seconds [141..145] → 95
//   └─ 产品平均 · support：142.5 秒
//      ← handle_time 140  2026-10-03T10:00:00+08:00  3fa94c01
// At most `inputs_shown` facts per node are listed, then how many more there are.
std::string to_text(const Derivation& derivation, const Zone& zone, Language language, std::size_t inputs_shown = 10);

// For storage: requires nesting within kDerivationDepthMax. Self-contained bytes (captions and kinds once each, then
// the nodes), the same for equal trees, so that they can be hashed; compress them where they are stored. Reading needs
// neither the pack nor the facts.
std::string encode(const Derivation& derivation);
// Fails (corrupt) on bytes that encode() did not write. Nesting is limited to kDerivationDepthMax.
Result<Derivation> decode(std::string_view bytes);
inline constexpr int kDerivationDepthMax = 64;

}  // namespace zh::policy
