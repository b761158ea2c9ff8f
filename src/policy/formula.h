// Formula: a FEEL expression or unary test of a pack, compiled once when the pack is loaded, with the place it stands
// at. Immutable and shared: copies are cheap, and any number of threads may evaluate one at the same time.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "base/decimal.h"
#include "base/fraction.h"
#include "base/result.h"

namespace zh::policy {

// What a name in a formula may stand for: null, a truth value, a number, a text. Numbers enter FEEL as the nearest
// decimal128 (half even).
using Value = std::variant<std::monostate, bool, Fraction, std::string>;

class Formula {
 public:
  // An empty formula; evaluating it is a bug.
  Formula() = default;

  const std::string& text() const { return text_; }
  const Place& place() const { return place_; }

  // For tests ("<= 140"), the value tested; for expressions, the values in the order of the names it was compiled
  // with (vocabulary.h).
  // A null or an error inside is an Error with this formula's place, never 0 and never false.
  Result<Decimal> number(std::span<const Value> values) const;
  Result<bool> truth(std::span<const Value> values) const;

  // The text with the values of the names that it reads: "total < 88 (total = 87.50)". For derivations.
  std::string with_values(std::span<const Value> values) const;

  // What it was compiled to; nullptr for an empty formula. For the compiler of formulas (formula_compile.h).
  class Code;
  const Code* code() const { return code_.get(); }
  Formula(std::string text, Place place, std::shared_ptr<const Code> code)
      : text_(std::move(text)), place_(std::move(place)), code_(std::move(code)) {}

 private:
  std::string text_;
  Place place_;
  std::shared_ptr<const Code> code_;
};

}  // namespace zh::policy
