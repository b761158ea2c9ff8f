// From files to elements that know each other: imports by namespace, references by id, the order in which elements can
// be lowered, and the requirements that lead back to where they began.
#pragma once

#include <string>
#include <vector>

#include "dmn/core.h"
#include "dmn/definitions.h"

namespace zh::dmn::internal {

// An element's definition; exactly one pointer is set, by its kind.
struct Origin {
  const Definitions* model = nullptr;
  const InputData* input = nullptr;
  const Decision* decision = nullptr;
  const KnowledgeModel* knowledge = nullptr;
  const DecisionService* service = nullptr;
};

// What an element requires, references resolved; what could not be is left out and reported.
struct Links {
  std::vector<ElementId> inputs;  // input data
  std::vector<ElementId> decisions;
  std::vector<ElementId> knowledge;  // knowledge models and services
  // Of a service, besides `inputs`:
  std::vector<ElementId> input_decisions;
  std::vector<ElementId> outputs;
};

struct Linked {
  std::vector<Origin> origins;   // one per element
  std::vector<Links> links;      // one per element
  std::vector<ElementId> order;  // what is required comes first; every element once
  std::vector<bool> broken;      // part of a cycle, or at the end of too long a chain: has no value
};

// Reads the models that the first source needs, into core.models; the other sources are looked at only where an import
// asks for one. Fails when the first cannot be read.
Result<void> read_models(Core& core, std::vector<Source> sources);
// Lists the elements of all models in core.elements and links them.
Linked link(Core& core);

// The names of the imports that lead from one model to another: "B", "A" for B.A; empty when none does.
std::vector<std::string> import_path(const Core& core, const Definitions& from, const Definitions& to);

}  // namespace zh::dmn::internal
