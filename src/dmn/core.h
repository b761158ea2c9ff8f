// A loaded model: its elements, imported ones included, each with its lowered logic and what it requires.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "dmn/definitions.h"
#include "dmn/dmn.h"
#include "dmn/node.h"
#include "dmn/table.h"

namespace zh::dmn::internal {

// A context of required elements of an imported model, as `import.element`; imports of imports nest.
struct ImportedNames {
  struct Entry {
    std::string name;
    std::variant<ElementId, std::unique_ptr<ImportedNames>> what;
  };
  std::vector<Entry> entries;
};

// What a slot holds before the logic runs.
struct SlotFilling {
  feel::Slot slot = 0;
  std::variant<ElementId, std::unique_ptr<ImportedNames>> what;
};

struct Logic {
  NodePtr body;  // null: the element states no logic
  std::size_t slot_count = 0;
  std::vector<SlotFilling> fillings;
};

struct Compiled {
  feel::Type value_type;                // to which the value is coerced
  std::vector<ElementId> requirements;  // inputs and decisions, in the model's order
  Logic logic;
  feel::Value function;  // of a knowledge model or a service; refers to the Core, does not own it
  // Of a service:
  std::vector<ElementId> parameters;  // input data, then input decisions
  std::vector<ElementId> outputs;
  std::shared_ptr<const feel::Shape> output_names;  // of several outputs
  // Of a knowledge model: the slots of its parameters, and all its slots as they are before a call.
  std::vector<feel::Slot> parameter_slots;
  std::vector<feel::Value> initial_slots;
};

struct NamedTable {
  std::string name;  // of the element that holds it
  const TableNode* table = nullptr;
};

struct Core {
  std::vector<Definitions> models;  // the model first
  std::vector<Element> elements;
  std::vector<Compiled> compiled;  // one per element
  std::vector<NamedTable> tables;
  std::vector<Error> problems;

  Core() = default;
  Core(const Core&) = delete;
  Core& operator=(const Core&) = delete;
  ~Core() = default;
};

// Computes the values of one set of inputs; keeps each it has computed.
class Run {
 public:
  explicit Run(const Core& core);

  void set(ElementId element, feel::Value value);
  // The value of an element for its caller outside the model: a service is applied to what is set, its input decisions
  // that are not set are null. How it came about goes to `derivation` where one is given.
  feel::Value evaluate(ElementId element, feel::Evaluation& run, Derivation* derivation = nullptr);
  // The value of a required input or decision; a knowledge model or a service is its function.
  feel::Value value(ElementId element, feel::Evaluation& run);
  void clear();

 private:
  enum class State : std::uint8_t { unset, given, computing, computed };

  feel::Value compute(ElementId element, feel::Evaluation& run);
  feel::Value decide(ElementId element, feel::Evaluation& run);
  feel::Value serve(ElementId service, feel::Evaluation& run);

  const Core& core_;
  std::vector<feel::Value> values_;
  std::vector<State> states_;
  std::vector<ElementId> touched_;
  std::vector<std::vector<feel::Value>> frames_;  // one per decision, kept for the next set of inputs
};

// Makes the functions of knowledge models and services, once all elements are lowered.
void make_functions(Core& core);

}  // namespace zh::dmn::internal
