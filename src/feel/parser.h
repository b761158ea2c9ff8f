// Parser: text → nodes, by recursive descent. Names are resolved while reading, because only the scope tells where a
// name with spaces and symbols ends. The first error ends the reading; nodes are never null, so that no caller has to
// check.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "feel/builder.h"
#include "feel/lexer.h"
#include "feel/names.h"

namespace zh::feel::internal {

class Parser {
 public:
  static constexpr std::uint32_t kNestingMax = 200;  // brackets within brackets

  Parser(Program& program, Builder& builder, const Scope& scope);

  // The whole text as one expression; as unary tests on a value of type `tested`; as a type.
  void expression();
  void unary_tests(const Type& tested);
  Type type_alone();

 private:
  using Span = Builder::Span;

  // One function literal around what is being read; the first is the expression itself.
  struct Level {
    FunctionLiteral* literal = nullptr;
    std::uint32_t locals = 0;
    std::vector<std::pair<Binding, std::uint32_t>> captured;
  };
  // One filter around what is being read: names may be entries of its item.
  struct ItemScope {
    Binding item;
    std::size_t mark;  // names declared from here on are inside the filter
  };
  // Counts nesting while it lives.
  class Nesting {
   public:
    explicit Nesting(Parser& parser) : parser_(parser) { ++parser_.nesting_; }
    Nesting(const Nesting&) = delete;
    Nesting& operator=(const Nesting&) = delete;
    ~Nesting() { --parser_.nesting_; }

   private:
    Parser& parser_;
  };

  // ---- parser.cc: operators and control, from the loosest binding to the tightest
  NodeRef any_expression();
  NodeRef disjunction();
  NodeRef conjunction();
  NodeRef comparison();
  NodeRef comparison_of(std::size_t from, NodeRef left);
  NodeRef additive();
  NodeRef additive_of(std::size_t from, NodeRef left);
  NodeRef multiplicative();
  NodeRef multiplicative_of(std::size_t from, NodeRef left);
  NodeRef power();
  NodeRef power_of(std::size_t from, NodeRef left);
  NodeRef unary();
  NodeRef instance_of();
  NodeRef instance_of_of(std::size_t from, NodeRef left);
  NodeRef if_expression();
  NodeRef for_expression();
  NodeRef quantified_expression(Tri absorbing);
  std::vector<Iterator> iterators();
  NodeRef in_expression(std::size_t from, NodeRef value);
  std::vector<const Test*> parenthesized_tests(const Type& tested, NodeRef& continued);
  const Test* unary_test(const Type& tested, ValueTest::Mode mode);
  std::optional<Comparison> comparison_sign(bool with_equality);

  // ---- parser_primary.cc: literals, brackets, names, calls
  NodeRef postfix();
  NodeRef postfix_of(std::size_t from, NodeRef base);
  NodeRef primary();
  NodeRef number_literal();
  NodeRef string_literal();
  NodeRef at_expression();
  NodeRef parenthesized();
  NodeRef bracketed();
  NodeRef open_range(std::size_t from);
  bool closes_range();
  NodeRef range_from(std::size_t from, NodeRef low, bool low_included);
  NodeRef context_literal();
  std::optional<std::string> context_key();
  NodeRef function_literal();
  NodeRef path_of(std::size_t from, NodeRef base);
  NodeRef filter_of(std::size_t from, NodeRef base);
  NodeRef call_of(std::size_t from, NodeRef function);
  NodeRef name_expression();
  bool calls_builtin(std::size_t end, const Names::Match& known) const;
  NodeRef known_name(std::size_t from, const Names::Match& match);
  NodeRef builtin_name(std::size_t from, std::string_view name);
  NodeRef unknown_name(std::size_t from);
  NodeRef maybe_item_entry(Span span, std::string_view name, std::size_t order, NodeRef otherwise);
  NodeRef resolved(Span span, const std::string& name, const Binding& binding, std::size_t level);
  std::uint32_t captured(const std::string& name, const Binding& binding, std::size_t level);
  struct Arguments {
    std::vector<NodeRef> values;
    std::vector<std::string> names;
  };
  Arguments arguments();
  std::optional<std::string> argument_name();

  // ---- parser_types.cc
  Type type();
  Type generic_type(std::string_view name);
  Type function_type();
  Type context_type();
  std::string declared_name(std::string_view ends);

  // ---- small steps
  std::size_t here();
  Span span_from(std::size_t from);
  NodeRef error(Problem problem, Span span, Text message);
  NodeRef expected(const Text& what);
  bool require(std::string_view symbol);
  bool require_word(std::string_view word);
  bool at_sign(std::string_view sign);
  std::uint32_t new_local() { return levels_.back().locals++; }
  Binding local_binding(std::uint32_t index, Type type) const;
  bool too_deep();
  NodeRef nothing();
  void require_end();
  void finish(NodeRef root);

  Program& program_;
  Builder& builder_;
  const Scope& scope_;
  Cursor cursor_;
  Names names_;
  std::vector<Level> levels_;
  std::vector<ItemScope> items_;
  Type tested_;
  bool in_tests_ = false;
  bool range_end_ = false;     // the high end of a range is being read
  std::string pending_entry_;  // key of the context entry whose value begins here
  bool asks_tested_ = false;   // `?` was read in the current test
  bool unknown_type_ = false;  // the type just read does not exist
  bool uses_partial_ = false;  // `partial` was read in the current for
  std::uint32_t nesting_ = 0;
};

}  // namespace zh::feel::internal
