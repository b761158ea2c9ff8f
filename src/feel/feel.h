// FEEL 1.5 (OMG DMN), the language of conditions, bands and formulas. Compile once, evaluate many times:
//
//   Scope scope;
//   const Slot handled = scope.declare("handled calls", Type::number());
//   const Slot seconds = scope.declare("talk seconds", Type::number().with_unit("seconds"));
//   const Compilation mean = compile_expression("talk seconds / handled calls", scope);
//   if (!mean.ok()) … mean.diagnostics()[0].render(Language::zh)
//   const std::vector<Value> inputs{Value::number(3), Value::number(426)};      // by slot
//   mean.expression().evaluate(inputs).value().number();                         // 142
//
//   compile_unary_tests("<= 140, [150..160)", scope, Type::number()).tests().test(Value::number(140), inputs);
//
// A compiled expression is immutable, cheap to copy and thread-safe; each thread evaluates with its own Evaluation.
// A failing operation gives null with a cause, as the standard asks, and the evaluation goes on; only limits and
// cancellation end it with an Error.
#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <stop_token>
#include <string>
#include <string_view>
#include <vector>

#include "base/instant.h"
#include "base/result.h"
#include "feel/diagnostic.h"
#include "feel/type.h"
#include "feel/value.h"

namespace zh::feel {

// ---- Names
// -----------------------------------------------------------------------------------------------------------

// Index into the inputs of an evaluation.
using Slot = std::uint32_t;

// The names that an expression may use, each with its type and the slot in which its value will be found. A copy that
// declares more is a scope within: its slots go on counting, and its names hide equal ones declared before. Names may
// hold spaces and symbols ("Student's name", "a+b", "Pre-bureau risk"); built-in functions need no declaration and can
// be hidden. Spaces in a name are compared as one.
class Scope {
 public:
  struct Variable {
    std::string name;
    Type type;
    Slot slot = 0;
  };

  Slot declare(std::string_view name, Type type = Type::any());
  // A type for `instance of` and for parameters: "tApplicant", "import.tApplicant".
  void declare_type(std::string_view name, Type type);

  // How many inputs an evaluation needs.
  std::size_t slot_count() const { return slot_count_; }
  const std::vector<Variable>& variables() const { return variables_; }  // later ones hide earlier ones
  const Variable* find(std::string_view name) const;
  const std::vector<std::pair<std::string, Type>>& types() const { return types_; }
  const Type* find_type(std::string_view name) const;

 private:
  std::vector<Variable> variables_;
  std::vector<std::pair<std::string, Type>> types_;
  std::size_t slot_count_ = 0;
};

// The name with every run of white space as one space and none at its ends: how names are compared.
std::string normalized_name(std::string_view name);

// ---- Evaluation
// ------------------------------------------------------------------------------------------------------

// What one evaluation may use up. Each has its own error (ErrorCode::limit).
struct Limits {
  std::uint64_t steps = 20'000'000;         // nodes evaluated, elements visited, 16 bytes of text made
  std::uint32_t depth = 2'000;              // nested nodes, calls included
  std::uint64_t list_length = 1'000'000;    // of one list; also bounds the weight of any value
  std::uint64_t string_length = 1'000'000;  // bytes of one string
};

// Receives the value of every named sub-expression: names, calls, context entries, filters. Steps are properly nested.
class Trace {
 public:
  struct Step {
    std::string_view text;   // the sub-expression as written; lives as long as the expression
    std::string_view name;   // of the variable, function or entry; may be empty
    std::uint32_t from = 0;  // bytes [from, to) of the expression
    std::uint32_t to = 0;
  };
  Trace() = default;
  Trace(const Trace&) = delete;
  Trace& operator=(const Trace&) = delete;
  virtual ~Trace() = default;
  virtual void enter(const Step& step) = 0;
  virtual void leave(const Step& step, const Value& value) = 0;
};

struct EvaluationOptions {
  Limits limits;
  std::stop_token cancel;           // asked every few thousand steps
  std::optional<Instant> now;       // what now() and today() give; the clock's when not set
  TimeZone zone = TimeZone::utc();  // in which now() and today() are told
  Trace* trace = nullptr;           // slows evaluation by about half
  bool collect = false;             // keep the diagnostics of all nulls that stand for an error
};

// One run: budget, diagnostics, present. Used by one thread; may span many expressions (all decisions of a model),
// which then share the budget. After a failure everything evaluates to null at once, so callers ask failed() at the
// end.
class Evaluation {
 public:
  explicit Evaluation(EvaluationOptions options = {});
  Evaluation(const Evaluation&) = delete;
  Evaluation& operator=(const Evaluation&) = delete;
  ~Evaluation();

  bool failed() const { return failure_ != nullptr; }
  // Requires failed(): limit or cancelled.
  const Error& failure() const { return *failure_; }
  // What went wrong so far, in order, when options.collect; at most 1,000 are kept.
  std::vector<Diagnostic> diagnostics() const;

  // For functions of the host and the evaluator:
  const EvaluationOptions& options() const { return options_; }
  // Counts steps; false when the budget is used up or the run was cancelled.
  bool spend(std::uint64_t steps = 1) {
    if (steps_left_ >= steps) [[likely]] {
      steps_left_ -= steps;
      return true;
    }
    return refill(steps);
  }
  // A null with a cause, reported.
  Value fail(const Cause& cause);
  // A null that says what the host found wrong, reported.
  Value fail(Text message);
  // Ends the run.
  void stop(Error error);

 private:
  friend struct EvaluationAccess;
  bool refill(std::uint64_t steps);

  EvaluationOptions options_;
  std::uint64_t steps_left_ = 0;    // until the next look at the budget and the stop token
  std::uint64_t steps_budget_ = 0;  // beyond these
  std::uint32_t depth_left_ = 0;
  std::unique_ptr<Error> failure_;
  std::vector<Value> causes_;
};

// ---- Functions
// -------------------------------------------------------------------------------------------------------

// A function value: built-in, made by `function(…)`, or of the host (a business knowledge model, a decision service).
class Function : public Shared {
 public:
  // Type::function(parameters, result): how many arguments, their names and types.
  const Type& type() const { return type_; }
  const std::string& name() const { return name_; }  // empty for a literal
  // Requires as many arguments as the type has parameters, already coerced (see call()).
  virtual Value apply(std::span<const Value> arguments, Evaluation& run) const = 0;

 protected:
  Function(std::string name, Type type) : name_(std::move(name)), type_(std::move(type)) {}

 private:
  std::string name_;
  Type type_;
};

// A function of the host.
Value make_function(std::string name, Type type, std::function<Value(std::span<const Value>, Evaluation&)> body);
// Checks the number of arguments, coerces them and the result to the function's types and applies it. Null with a cause
// when `function` is none or does not fit.
Value call(const Value& function, std::span<const Value> arguments, Evaluation& run);

// ---- Compiled expressions
// --------------------------------------------------------------------------------------------

namespace internal {
class Program;
}

class Expression {
 public:
  Expression();  // null

  // Inputs by slot: as many as scope.slot_count(); with fewer, an expression that reads a missing one fails (internal).
  // A failure of the run gives null (see Evaluation).
  Value evaluate(std::span<const Value> inputs, Evaluation& run) const;
  // The same in a run of its own: fails only by limit or cancellation.
  Result<Value> evaluate(std::span<const Value> inputs, EvaluationOptions options = {}) const;

  const std::string& text() const;
  // What the checker knows about the result.
  const Type& type() const;
  // The slots it reads: what it depends on. Sorted.
  std::span<const Slot> reads() const;
  // The value, where the expression is a constant.
  const Value* constant() const;

 private:
  friend struct ProgramAccess;
  std::shared_ptr<const internal::Program> program_;
};

// One alternative of unary tests whose ends are constants: what gap and overlap analysis works on. low = high and both
// included for a single value; a null end is without bound. `any` for "-".
struct ConstantTest {
  Value low;
  Value high;
  bool low_included = true;
  bool high_included = true;
  bool any = false;
};

class UnaryTests {
 public:
  UnaryTests();  // "-"

  // Whether the tested value (`?`) passes: true, false, or null where the standard leaves it undefined.
  Value test(const Value& tested, std::span<const Value> inputs, Evaluation& run) const;
  Result<Value> test(const Value& tested, std::span<const Value> inputs, EvaluationOptions options = {}) const;

  const std::string& text() const;
  bool is_any() const;  // "-"
  std::span<const Slot> reads() const;
  // The alternatives when all of them are constant (no names, no `?`), and whether not(…) stands around them.
  struct Constants {
    bool negated = false;
    std::vector<ConstantTest> tests;
  };
  std::optional<Constants> constants() const;

 private:
  friend struct ProgramAccess;
  std::shared_ptr<const internal::Program> program_;
};

// A constraint of these tests, for Type::with_constraint. The tests may read nothing but `?`.
std::shared_ptr<const Constraint> make_constraint(UnaryTests tests);

struct CompileOptions {
  // standard: as DMN asks: what the checker finds is reported, and becomes null at run time; only text that is no
  // expression is an error. strict: every finding is an error (policy packs).
  enum class Mode : std::uint8_t { standard, strict };
  Mode mode = Mode::standard;
  // Where the text stands; line and column of its first character.
  Place origin;
  std::size_t length_max = 1'000'000;  // bytes
};

class Compilation {
 public:
  // No error. (Warnings may be there.)
  bool ok() const;
  // The first error, for Result-style callers.
  Status status() const;
  const std::vector<Diagnostic>& diagnostics() const { return diagnostics_; }  // by place
  // Always usable; after an error in the text it evaluates to null with that error as its cause.
  const Expression& expression() const { return expression_; }
  const UnaryTests& tests() const { return tests_; }

 private:
  friend struct ProgramAccess;
  std::vector<Diagnostic> diagnostics_;
  Expression expression_;
  UnaryTests tests_;
};

Compilation compile_expression(std::string_view text, const Scope& scope, const CompileOptions& options = {});
// `tested`: the type of `?`. Also what DMN calls unary tests in input entries, allowed values and output values.
Compilation compile_unary_tests(std::string_view text, const Scope& scope, const Type& tested,
                                const CompileOptions& options = {});
// A type as written in FEEL: "list<number>", "context<a: string>", a name of the scope.
Result<Type> compile_type(std::string_view text, const Scope& scope);

}  // namespace zh::feel
