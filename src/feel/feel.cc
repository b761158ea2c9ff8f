// The public face: scopes, compilation, compiled expressions.
#include "feel/feel.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"
#include "feel/builder.h"
#include "feel/parser.h"

namespace zh::feel {

using internal::Builder;
using internal::Parser;
using internal::Program;

// ---- Scope
// -----------------------------------------------------------------------------------------------------------

Slot Scope::declare(std::string_view name, Type type) {
  const auto slot = static_cast<Slot>(slot_count_++);
  variables_.push_back({normalized_name(name), std::move(type), slot});
  return slot;
}

void Scope::declare_type(std::string_view name, Type type) {
  types_.emplace_back(normalized_name(name), std::move(type));
}

const Scope::Variable* Scope::find(std::string_view name) const {
  const auto found = std::find_if(variables_.rbegin(), variables_.rend(),
                                  [&](const Variable& variable) { return variable.name == name; });
  return found == variables_.rend() ? nullptr : &*found;
}

const Type* Scope::find_type(std::string_view name) const {
  const auto found =
      std::find_if(types_.rbegin(), types_.rend(), [&](const auto& declared) { return declared.first == name; });
  return found == types_.rend() ? nullptr : &found->second;
}

// ---- Compilation
// -----------------------------------------------------------------------------------------------------

struct ProgramAccess {
  template <class Read>
  static Compilation compile(std::string_view text, const CompileOptions& options, const Scope& scope, Read read) {
    auto program = std::make_shared<Program>(new Source(std::string(text), options.origin));
    Builder builder(*program, options.mode);
    if (check_text(text, options, builder)) {
      Parser parser(*program, builder, scope);
      read(parser);
    }
    Compilation result;
    const bool broken = builder.has_syntax_error();
    result.diagnostics_ = builder.take_diagnostics();
    if (broken) break_program(*program, result.diagnostics_);
    result.expression_.program_ = program;
    result.tests_.program_ = program;
    return result;
  }

 private:
  static bool check_text(std::string_view text, const CompileOptions& options, Builder& builder) {
    if (text.size() > options.length_max) {
      builder.syntax_error(
          Problem::too_long, {0, 0},
          {.zh = fmt::format("表达式长 {} 字节，上限为 {}", text.size(), options.length_max),
           .en = fmt::format("the expression has {} bytes; the limit is {}", text.size(), options.length_max)});
      return false;
    }
    if (utf8::is_valid(text)) return true;
    std::size_t at = 0;
    while (at < text.size()) {
      std::size_t next = at;
      const bool wrong = utf8::next(text, next) == utf8::kReplacement && text.substr(at, 3) != "\xEF\xBF\xBD";
      if (wrong) break;
      at = next;
    }
    builder.syntax_error(Problem::syntax, {at, at + 1},
                         {.zh = "表达式不是有效的 UTF-8", .en = "the expression is not valid UTF-8"});
    return false;
  }

  // Text that is no expression: whatever was read of it gives null with the error as its cause.
  static void break_program(Program& program, const std::vector<Diagnostic>& diagnostics) {
    const auto found = std::find_if(diagnostics.begin(), diagnostics.end(),
                                    [](const Diagnostic& one) { return one.severity == Severity::error; });
    auto node = std::make_unique<internal::Failure>(found->problem, Kind::null, Kind::null, 0);
    node->from = found->from;
    node->to = found->to;
    program.root = node.get();
    program.alternatives.clear();
    program.negated = false;
    program.height = 1;
    program.reads.clear();
    program.type = Type::null();
    program.nodes.push_back(std::move(node));
  }
};

bool Compilation::ok() const {
  return std::none_of(diagnostics_.begin(), diagnostics_.end(),
                      [](const Diagnostic& one) { return one.severity == Severity::error; });
}

Status Compilation::status() const {
  for (const Diagnostic& one : diagnostics_) {
    if (one.severity == Severity::error) return one.to_error();
  }
  return {};
}

Compilation compile_expression(std::string_view text, const Scope& scope, const CompileOptions& options) {
  return ProgramAccess::compile(text, options, scope, [](Parser& parser) { parser.expression(); });
}

Compilation compile_unary_tests(std::string_view text, const Scope& scope, const Type& tested,
                                const CompileOptions& options) {
  return ProgramAccess::compile(text, options, scope, [&](Parser& parser) { parser.unary_tests(tested); });
}

Result<Type> compile_type(std::string_view text, const Scope& scope) {
  Type type;
  CompileOptions options;
  options.mode = CompileOptions::Mode::strict;
  const Compilation compiled =
      ProgramAccess::compile(text, options, scope, [&](Parser& parser) { type = parser.type_alone(); });
  ZH_CHECK(compiled.status());
  return type;
}

// ---- Compiled
// --------------------------------------------------------------------------------------------------------

namespace {

const std::shared_ptr<const Program>& empty_program() {
  static const auto program = std::make_shared<const Program>(new Source({}, {}));
  return program;
}

}  // namespace

Expression::Expression() : program_(empty_program()) {}

Value Expression::evaluate(std::span<const Value> inputs, Evaluation& run) const {
  if (program_->root == nullptr) return {};
  return program_->evaluate(inputs, nullptr, run);
}

Result<Value> Expression::evaluate(std::span<const Value> inputs, EvaluationOptions options) const {
  Evaluation run(std::move(options));
  Value value = evaluate(inputs, run);
  if (run.failed()) return run.failure();
  return value;
}

const std::string& Expression::text() const { return program_->source().text(); }
const Type& Expression::type() const { return program_->type; }
std::span<const Slot> Expression::reads() const { return program_->reads; }

const Value* Expression::constant() const { return program_->root == nullptr ? nullptr : program_->root->constant(); }

UnaryTests::UnaryTests() : program_(empty_program()) {}

Value UnaryTests::test(const Value& tested, std::span<const Value> inputs, Evaluation& run) const {
  const internal::Tri result = program_->test(tested, inputs, run);
  if (result == internal::Tri::undefined) return {};
  return Value::boolean(result == internal::Tri::yes);
}

Result<Value> UnaryTests::test(const Value& tested, std::span<const Value> inputs, EvaluationOptions options) const {
  Evaluation run(std::move(options));
  Value value = test(tested, inputs, run);
  if (run.failed()) return run.failure();
  return value;
}

const std::string& UnaryTests::text() const { return program_->source().text(); }
bool UnaryTests::is_any() const { return program_->alternatives.empty() && program_->root == nullptr; }
std::span<const Slot> UnaryTests::reads() const { return program_->reads; }

std::optional<UnaryTests::Constants> UnaryTests::constants() const {
  Constants result;
  result.negated = program_->negated;
  if (is_any()) {
    result.tests.push_back({.low = {}, .high = {}, .any = true});
    return result;
  }
  if (program_->alternatives.empty()) return std::nullopt;
  for (const internal::Test* const alternative : program_->alternatives) {
    auto test = alternative->constant();
    if (!test) return std::nullopt;
    result.tests.push_back(std::move(*test));
  }
  return result;
}

namespace {

class TestsConstraint final : public Constraint {
 public:
  explicit TestsConstraint(UnaryTests tests) : tests_(std::move(tests)) {}
  bool allows(const Value& value, Evaluation& run) const override { return tests_.test(value, {}, run).is_true(); }
  std::string text() const override { return tests_.text(); }

 private:
  UnaryTests tests_;
};

}  // namespace

std::shared_ptr<const Constraint> make_constraint(UnaryTests tests) {
  return std::make_shared<const TestsConstraint>(std::move(tests));
}

}  // namespace zh::feel
