// Item definitions as FEEL types: components, collections, allowed values, function types; named "tLoan" in their own
// model and "import.tLoan" in one that imports it.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "dmn/definitions.h"
#include "feel/feel.h"

namespace zh::dmn::internal {

class Types {
 public:
  // Resolves the definitions of `models`; what is wrong with one is added to `problems` and it becomes Any.
  Types(const std::vector<Definitions>& models, std::vector<Error>& problems);

  // The type of a name as written in the model; Any for no name. Unknown names are reported.
  feel::Type resolve(const TypeName& name, const Definitions& model);
  // A scope with the types that expressions of the model may name, and no variables.
  feel::Scope scope_of(const Definitions& model) const;

 private:
  enum class State { open, resolving, done };
  struct Entry {
    const ItemDefinition* item = nullptr;
    State state = State::open;
    feel::Type type;
  };
  using Entries = std::map<std::string, Entry, std::less<>>;

  feel::Type resolve_entry(Entry& entry, const Definitions& model);
  feel::Type build(const ItemDefinition& item, const Definitions& model);
  feel::Type base_of(const ItemDefinition& item, const Definitions& model);
  feel::Type constrained(const feel::Type& type, const std::optional<SourceText>& tests, const Definitions& model);
  const Definitions* model_of(std::string_view space) const;

  const std::vector<Definitions>& models_;
  std::vector<Error>& problems_;
  std::map<const Definitions*, Entries> entries_;
  int depth_ = 0;  // of definitions that refer to definitions
};

// The type, or Any when it holds too many others: an inferred type that uses another one twice doubles it, and chains
// of such expressions would grow beyond all bounds.
feel::Type bounded(const feel::Type& type);

// The diagnostics of a compiled text, warnings too, as errors at their places in the file: what the checker doubts is
// null when it is computed. `prefix`: bytes before the text that were
// added to it.
void report(const std::vector<feel::Diagnostic>& diagnostics, const SourceText& text, const xml::Document& document,
            std::vector<Error>& problems, std::size_t prefix = 0);

}  // namespace zh::dmn::internal
