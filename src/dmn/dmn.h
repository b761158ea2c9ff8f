// DMN 1.2–1.5 models: decision tables, boxed expressions, knowledge models and decision services, lowered to compiled
// FEEL. Loaded once, evaluated many times:
//
//   ZH_TRY(const Model model, Model::load_file("stars.dmn"));
//   for (const auto& problem : model.problems()) …            // what cannot be computed, and where
//   ZH_TRY(const Outcome outcome, model.evaluate("Star", {{"share", feel::Value::number(4)}}, {.derive = true}));
//   outcome.value; outcome.diagnostics; outcome.derivation->rules[0].row;
//
// A part that cannot be computed (unknown name, wrong FEEL, unsupported language) does not prevent the rest: its value
// is null, with a diagnostic, and the problem is listed. What cannot be read at all is an error of load().
//
// Null that stands for an error carries its cause; results conform to the types that the model declares (DMN 1.5,
// 10.3.2.9.4): a singleton list becomes its element and a value a singleton list where the type asks for it, a value
// that does not fit becomes null.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "feel/feel.h"

namespace zh::dmn {

namespace internal {
struct Core;
class Run;
}  // namespace internal

// A model's file: its name as messages show it, and its text.
struct Source {
  std::string file;
  std::string text;
};

enum class ElementKind : std::uint8_t { input, decision, knowledge_model, service };

// Number of an element in its model, imported models' elements included.
using ElementId = std::uint32_t;

struct Element {
  ElementKind kind = ElementKind::input;
  std::string name;
  std::string space;  // namespace of the model that defines it
  feel::Type type;    // of the value; of a knowledge model or service: a function type
  Place place;
  bool is_table = false;       // a decision whose logic is a decision table
  bool uses_external = false;  // it, or something it requires, calls a function outside FEEL (Java, PMML)
};

// How a value came about: recorded while computing.
struct Derivation {
  struct Rule {
    int row = 0;  // from 1, as the table shows it
    Place place;
    std::vector<std::string> annotations;
  };
  ElementId element = 0;
  std::string_view name;  // of the element; lives as long as the model
  feel::Value value;
  std::vector<Rule> rules;  // of a decision table: the rules that hit, in order of the result
  // What it required, in the model's order, each where it was first computed; then the calls of knowledge models and
  // services, in the order they were made, at most 1,000.
  std::vector<Derivation> children;
};

struct Outcome {
  feel::Value value;
  std::vector<feel::Diagnostic> diagnostics;  // of every null that stands for an error, in the order they arose
  std::optional<Derivation> derivation;
};

struct EvaluateOptions {
  feel::EvaluationOptions run;
  bool derive = false;
};

class Model {
 public:
  // The first source is the model; the others are those its imports may name, by namespace. Fails (invalid, limit,
  // unsupported) on text that is no DMN model, naming file:line:column, on an import or a requirement that leads
  // nowhere, and on requirements or imports that lead back to where they began.
  static Result<Model> load(std::vector<Source> sources);
  // Reads the file, and for its imports the .dmn files beside it.
  static Result<Model> load_file(const std::filesystem::path& file);

  const std::string& name() const;
  const std::string& space() const;  // its namespace
  // What cannot be computed, by file and line; the rest of the model works.
  const std::vector<Error>& problems() const;

  std::span<const Element> elements() const;
  const Element& element(ElementId id) const { return elements()[id]; }
  // By name (white space compared as one space), of the model itself or, where `space` is given, of that namespace.
  // An element of the model itself comes before an imported one.
  std::optional<ElementId> find(ElementKind kind, std::string_view name, std::string_view space = {}) const;

  // A decision or decision service by name. Inputs by name; names of decisions are accepted too and stand for their
  // result (the input decisions of a service). A service with several output decisions gives a context of their
  // results. Fails (not_found) when there is no such decision or input, (limit, cancelled) as feel::Evaluation says.
  Result<Outcome> evaluate(std::string_view name, const std::vector<std::pair<std::string, feel::Value>>& inputs,
                           const EvaluateOptions& options = {}) const;

  // Tables of the model, for analysis: see table_check.h.
  const internal::Core& core() const { return *core_; }

 private:
  friend class Session;
  explicit Model(std::shared_ptr<const internal::Core> core) : core_(std::move(core)) {}
  std::shared_ptr<const internal::Core> core_;
};

// The working memory of one thread for many evaluations of one model: the quick way.
//
//   Session session(model);
//   feel::Evaluation run;
//   session.set(share, feel::Value::number(4));
//   session.decide(star, run);                     // computes what it needs once, keeps it
//   session.clear();                               // before the next set of inputs
class Session {
 public:
  explicit Session(const Model& model);
  ~Session();
  Session(const Session&) = delete;
  Session& operator=(const Session&) = delete;

  // The value of an input, or of a decision in place of its logic. It is coerced to the element's type when it is used.
  void set(ElementId element, feel::Value value);
  // The value of a decision, or of a service applied to the inputs that are set. Unset inputs are null. Values stay
  // valid after the model is gone, functions excepted.
  feel::Value decide(ElementId element, feel::Evaluation& run);
  // As decide(), recording how; slower by about a half.
  feel::Value derive(ElementId element, feel::Evaluation& run, Derivation& derivation);
  void clear();

 private:
  std::unique_ptr<internal::Run> run_;
};

}  // namespace zh::dmn
