#include "feel/parser.h"

#include <fmt/format.h>

#include "base/utf8.h"

namespace zh::feel::internal {

Parser::Parser(Program& program, Builder& builder, const Scope& scope)
    : program_(program), builder_(builder), scope_(scope), cursor_(program.source().text()) {
  levels_.emplace_back();
  for (const Scope::Variable& variable : scope.variables()) {
    names_.declare(variable.name,
                   {.kind = Binding::Kind::input, .index = variable.slot, .level = 0, .type = variable.type});
  }
}

// ---- Small steps
// -----------------------------------------------------------------------------------------------------

std::size_t Parser::here() {
  cursor_.skip_space();
  return cursor_.at();
}

Parser::Span Parser::span_from(std::size_t from) { return {from, cursor_.at()}; }

NodeRef Parser::nothing() { return builder_.constant({cursor_.at(), cursor_.at()}, Value()); }

NodeRef Parser::error(Problem problem, Span span, Text message) {
  builder_.syntax_error(problem, span, std::move(message));
  cursor_.move_to(cursor_.text().size());  // nothing more is read
  return nothing();
}

// What was found in place of what had to come.
NodeRef Parser::expected(const Text& what) {
  const std::size_t at = here();
  if (cursor_.done()) {
    return error(Problem::syntax, {at, at},
                 {.zh = fmt::format("表达式在这里结束了，还缺{}", what.zh),
                  .en = fmt::format("the expression ends here, but {} is missing", what.en)});
  }
  std::size_t next = at;
  const char32_t code_point = utf8::next(cursor_.text(), next);
  const std::string_view word = cursor_.word();
  if (!word.empty()) next = at + word.size();
  const std::string found = utf8::sanitized(cursor_.text().substr(at, next - at));
  const bool full_width = (code_point >= 0x3001 && code_point <= 0x3011) ||
                          (code_point >= 0xFF01 && code_point <= 0xFF5E) ||
                          (code_point >= 0x2018 && code_point <= 0x201D);
  const Text hint = full_width ? Text{.zh = "；请改用半角符号", .en = "; use the ASCII character instead"} : Text{};
  return error(Problem::syntax, {at, next},
               {.zh = fmt::format("这里应为{}，却是“{}”{}", what.zh, found, hint.zh),
                .en = fmt::format("{} is expected here, not `{}`{}", what.en, found, hint.en)});
}

bool Parser::require(std::string_view symbol) {
  if (cursor_.accept(symbol)) return true;
  expected({.zh = fmt::format("“{}”", symbol), .en = fmt::format("`{}`", symbol)});
  return false;
}

bool Parser::require_word(std::string_view word) {
  if (cursor_.accept_word(word)) return true;
  expected({.zh = fmt::format("“{}”", word), .en = fmt::format("`{}`", word)});
  return false;
}

// A sign that is not the beginning of a longer one: "<" is not "<=", "*" is not "**".
bool Parser::at_sign(std::string_view sign) {
  here();
  if (!cursor_.text().substr(cursor_.at()).starts_with(sign)) return false;
  const char next = cursor_.peek(sign.size());
  if ((sign == "<" || sign == ">" || sign == "!") && next == '=') return false;
  return sign != "*" || next != '*';
}

Binding Parser::local_binding(std::uint32_t index, Type type) const {
  return {.kind = Binding::Kind::local,
          .index = index,
          .level = static_cast<std::uint32_t>(levels_.size() - 1),
          .type = std::move(type)};
}

bool Parser::too_deep() {
  if (nesting_ <= kNestingMax) return false;
  const std::size_t at = here();
  error(Problem::too_deep, {at, at},
        {.zh = fmt::format("嵌套超过 {} 层，请拆成几个表达式", kNestingMax),
         .en = fmt::format("nested deeper than {} levels; split the expression", kNestingMax)});
  return true;
}

void Parser::require_end() {
  here();
  if (cursor_.done() || builder_.has_syntax_error()) return;
  expected({.zh = "表达式的结尾或运算符", .en = "an operator or the end of the expression"});
}

void Parser::finish(NodeRef root) {
  program_.root = root;
  program_.type = root->type;
  program_.local_count = levels_.front().locals;
  for (const auto& node : program_.nodes) program_.height = std::max(program_.height, node->height);
}

// ---- Whole texts
// -----------------------------------------------------------------------------------------------------

void Parser::expression() {
  const NodeRef root = any_expression();
  require_end();
  finish(root);
}

void Parser::unary_tests(const Type& tested) {
  tested_ = tested;
  in_tests_ = true;
  const std::size_t start = here();
  if (cursor_.accept("-") && (here(), cursor_.done())) {
    finish(nothing());
    program_.root = nullptr;
    return;
  }
  cursor_.move_to(start);
  // not(…) stands around tests only when nothing follows it; otherwise it is the function.
  if (cursor_.accept_word("not") && cursor_.accept("(")) {
    std::vector<const Test*> tests;
    do tests.push_back(unary_test(tested, ValueTest::Mode::either));
    while (cursor_.accept(","));
    if (cursor_.accept(")") && (here(), cursor_.done()) && !builder_.has_syntax_error()) {
      program_.alternatives = std::move(tests);
      program_.negated = true;
      finish(nothing());
      return;
    }
    if (builder_.has_syntax_error()) {
      finish(nothing());
      return;
    }
  }
  cursor_.move_to(start);
  do program_.alternatives.push_back(unary_test(tested, ValueTest::Mode::either));
  while (cursor_.accept(","));
  require_end();
  finish(nothing());
}

Type Parser::type_alone() {
  Type read = type();
  require_end();
  return read;
}

// ---- Operators
// -------------------------------------------------------------------------------------------------------

NodeRef Parser::any_expression() {
  const Nesting nesting(*this);
  if (too_deep()) return nothing();
  return disjunction();
}

NodeRef Parser::disjunction() {
  const std::size_t from = here();
  std::vector<NodeRef> parts{conjunction()};
  while (cursor_.accept_word("or")) parts.push_back(conjunction());
  if (parts.size() == 1) return parts.front();
  return builder_.junction(span_from(from), Tri::yes, std::move(parts));
}

NodeRef Parser::conjunction() {
  const std::size_t from = here();
  std::vector<NodeRef> parts{comparison()};
  while (cursor_.accept_word("and")) parts.push_back(comparison());
  if (parts.size() == 1) return parts.front();
  return builder_.junction(span_from(from), Tri::no, std::move(parts));
}

std::optional<Comparison> Parser::comparison_sign(bool with_equality) {
  here();
  if (cursor_.accept("<=")) return Comparison::less_equal;
  if (cursor_.accept(">=")) return Comparison::greater_equal;
  if (cursor_.accept("<")) return Comparison::less;
  if (cursor_.accept(">")) return Comparison::greater;
  if (!with_equality) return std::nullopt;
  if (cursor_.accept("!=")) return Comparison::unequal;
  if (cursor_.accept("=")) return Comparison::equal;
  return std::nullopt;
}

NodeRef Parser::comparison() {
  const std::size_t from = here();
  return comparison_of(from, additive());
}

NodeRef Parser::comparison_of(std::size_t from, NodeRef left) {
  while (!builder_.has_syntax_error()) {
    if (const auto sign = comparison_sign(true)) {
      const NodeRef right = additive();
      left = builder_.comparison(span_from(from), *sign, left, right);
    } else if (cursor_.accept_word("between")) {
      const NodeRef low = additive();
      require_word("and");
      const NodeRef high = additive();
      left = builder_.between(span_from(from), left, low, high);
    } else if (cursor_.accept_word("in")) {
      left = in_expression(from, left);
    } else {
      return left;
    }
  }
  return left;
}

NodeRef Parser::additive() {
  const std::size_t from = here();
  return additive_of(from, multiplicative());
}

NodeRef Parser::additive_of(std::size_t from, NodeRef left) {
  while (!builder_.has_syntax_error()) {
    if (cursor_.accept("+")) {
      const NodeRef right = multiplicative();
      left = builder_.arithmetic(span_from(from), Arithmetic::add, left, right);
    } else if (cursor_.accept("-")) {
      const NodeRef right = multiplicative();
      left = builder_.arithmetic(span_from(from), Arithmetic::subtract, left, right);
    } else {
      return left;
    }
  }
  return left;
}

NodeRef Parser::multiplicative() {
  const std::size_t from = here();
  return multiplicative_of(from, power());
}

NodeRef Parser::multiplicative_of(std::size_t from, NodeRef left) {
  while (!builder_.has_syntax_error()) {
    if (at_sign("*")) {
      cursor_.accept("*");
      const NodeRef right = power();
      left = builder_.arithmetic(span_from(from), Arithmetic::multiply, left, right);
    } else if (cursor_.accept("/")) {
      const NodeRef right = power();
      left = builder_.arithmetic(span_from(from), Arithmetic::divide, left, right);
    } else {
      return left;
    }
  }
  return left;
}

NodeRef Parser::power() {
  const std::size_t from = here();
  return power_of(from, unary());
}

// From the left, as the grammar's order says: 3 ** 4 ** 5 is (3 ** 4) ** 5.
NodeRef Parser::power_of(std::size_t from, NodeRef left) {
  while (!builder_.has_syntax_error() && cursor_.accept("**")) {
    const NodeRef right = unary();
    left = builder_.arithmetic(span_from(from), Arithmetic::power, left, right);
  }
  return left;
}

NodeRef Parser::unary() {
  const std::size_t from = here();
  if (!cursor_.accept("-")) return instance_of();
  const Nesting nesting(*this);
  if (too_deep()) return nothing();
  const NodeRef operand = unary();
  return builder_.negation(span_from(from), operand);
}

NodeRef Parser::instance_of() {
  const std::size_t from = here();
  return instance_of_of(from, postfix());
}

NodeRef Parser::instance_of_of(std::size_t from, NodeRef left) {
  while (!builder_.has_syntax_error() && cursor_.accept_word("instance")) {
    require_word("of");
    unknown_type_ = false;
    Type asked = type();
    left = unknown_type_ ? builder_.failure(span_from(from), Problem::unknown_type)
                         : builder_.instance_of(span_from(from), left, std::move(asked));
  }
  return left;
}

// ---- Tests
// -----------------------------------------------------------------------------------------------------------

NodeRef Parser::in_expression(std::size_t from, NodeRef value) {
  std::vector<const Test*> tests;
  here();
  if (cursor_.peek() == '(') {
    NodeRef continued = nullptr;
    tests = parenthesized_tests(value->type, continued);
    if (continued != nullptr) {
      tests = {
          builder_.value_test({continued->from, continued->to}, continued, value->type, ValueTest::Mode::criterion)};
    }
  } else {
    tests.push_back(unary_test(value->type, ValueTest::Mode::criterion));
  }
  return builder_.in(span_from(from), value, std::move(tests));
}

// What stands in parentheses after `in`: tests, or the beginning of an expression, which is then read to its end and
// given in `continued`.
std::vector<const Test*> Parser::parenthesized_tests(const Type& tested, NodeRef& continued) {
  const Nesting nesting(*this);
  if (too_deep()) return {};
  const std::size_t from = here();
  cursor_.accept("(");
  std::vector<const Test*> tests;
  if (const auto sign = comparison_sign(true)) {
    const std::size_t start = here();
    const NodeRef end = additive();
    tests.push_back(builder_.comparison_test(span_from(start), *sign, end, tested));
  } else {
    const NodeRef first = any_expression();
    if (cursor_.accept("..")) {
      const NodeRef range = range_from(from, first, false);
      continued =
          additive_of(from, multiplicative_of(from, power_of(from, instance_of_of(from, postfix_of(from, range)))));
      return tests;
    }
    here();
    if (cursor_.peek() == ')') {
      cursor_.accept(")");
      continued =
          additive_of(from, multiplicative_of(from, power_of(from, instance_of_of(from, postfix_of(from, first)))));
      return tests;
    }
    tests.push_back(builder_.value_test({first->from, first->to}, first, tested, ValueTest::Mode::criterion));
  }
  while (cursor_.accept(",")) tests.push_back(unary_test(tested, ValueTest::Mode::criterion));
  require(")");
  return tests;
}

const Test* Parser::unary_test(const Type& tested, ValueTest::Mode mode) {
  const std::size_t from = here();
  if (const auto sign = comparison_sign(true)) {
    const NodeRef end = additive();
    return builder_.comparison_test(span_from(from), *sign, end, tested);
  }
  if (mode == ValueTest::Mode::criterion) {
    const NodeRef value = additive();
    return builder_.value_test(span_from(from), value, tested, mode);
  }
  asks_tested_ = false;
  const NodeRef value = any_expression();
  return builder_.value_test(span_from(from), value, tested, asks_tested_ ? ValueTest::Mode::answer : mode);
}

// ---- Control
// ---------------------------------------------------------------------------------------------------------

NodeRef Parser::if_expression() {
  const std::size_t from = here();
  std::vector<If::Branch> branches;
  while (cursor_.accept_word("if")) {
    If::Branch branch{};
    branch.condition = any_expression();
    require_word("then");
    branch.value = any_expression();
    branches.push_back(branch);
    require_word("else");
    here();
    if (builder_.has_syntax_error() || !cursor_.is_at_word("if")) break;
    // A variable may be called "if …".
    if (names_.longest(cursor_.text(), cursor_.at())) break;
  }
  const NodeRef otherwise = any_expression();
  return builder_.if_then(span_from(from), std::move(branches), otherwise);
}

std::vector<Iterator> Parser::iterators() {
  std::vector<Iterator> result;
  do {
    Iterator iterator;
    const std::string name = declared_name("in");
    require_word("in");
    iterator.domain = any_expression();
    if (cursor_.accept("..")) iterator.last = any_expression();
    iterator.local = new_local();
    Type type = builder_.domain_type(iterator);
    names_.declare(name, local_binding(iterator.local, std::move(type)));
    result.push_back(iterator);
  } while (!builder_.has_syntax_error() && cursor_.accept(","));
  return result;
}

NodeRef Parser::for_expression() {
  const std::size_t from = here();
  cursor_.accept_word("for");
  const std::size_t mark = names_.mark();
  std::vector<Iterator> loops = iterators();
  require_word("return");
  const std::uint32_t partial = new_local();
  names_.declare("partial", local_binding(partial, Type::list(Type::any())));
  const bool outer = uses_partial_;
  uses_partial_ = false;
  const NodeRef body = any_expression();
  const bool used = uses_partial_;
  uses_partial_ = outer || used;
  names_.restore(mark);
  return builder_.for_in(span_from(from), std::move(loops), body, used ? partial : For::kNoPartial);
}

NodeRef Parser::quantified_expression(Tri absorbing) {
  const std::size_t from = here();
  cursor_.accept_word(absorbing == Tri::yes ? "some" : "every");
  const std::size_t mark = names_.mark();
  std::vector<Iterator> loops = iterators();
  require_word("satisfies");
  const NodeRef condition = any_expression();
  names_.restore(mark);
  return builder_.quantified(span_from(from), absorbing, std::move(loops), condition);
}

}  // namespace zh::feel::internal
