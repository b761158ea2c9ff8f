// Decision: a decision of a DMN model that lies in the pack, used to score an item. Its inputs are the names that the
// item's metric gives to formulas ("value" first); its result is the score.
//
//   decision: {model: handling_time.dmn, name: Score}
//
// Immutable and shared, like Formula.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "policy/formula.h"

namespace zh::dmn {
class Model;
}

namespace zh::policy {

class Decision {
 public:
  Decision() = default;
  // `inputs`: the names of the values, in their order; empty for one that the model does not ask for.
  Decision(std::shared_ptr<const dmn::Model> model, std::string name, std::vector<std::string> inputs, Place place)
      : model_(std::move(model)), name_(std::move(name)), inputs_(std::move(inputs)), place_(std::move(place)) {}

  const std::string& name() const { return name_; }
  const Place& place() const { return place_; }

  struct Outcome {
    Decimal number;
    std::string rows;  // the rows of the table that hit: "handling_time.dmn:31"; empty where it is no table
  };
  // Requires as many values as inputs. Fails (invalid, with the place) when the decision gives no number.
  Result<Outcome> decide(std::span<const Value> values) const;

 private:
  std::shared_ptr<const dmn::Model> model_;
  std::string name_;
  std::vector<std::string> inputs_;
  Place place_;
};

}  // namespace zh::policy
