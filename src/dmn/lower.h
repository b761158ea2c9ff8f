// Boxed expressions to nodes: names become slots, texts become compiled FEEL, declared types become conversions.
#pragma once

#include <string>
#include <vector>

#include "dmn/core.h"
#include "dmn/definitions.h"
#include "dmn/node.h"
#include "dmn/types.h"

namespace zh::dmn::internal {

// Lowers the expressions of one element.
class Lowering {
 public:
  struct Sinks {
    std::vector<Error>& problems;
    std::vector<NamedTable>& tables;
  };
  // `owner`: the element's name.
  Lowering(const Definitions& model, Types& types, Sinks sinks, std::string owner)
      : model_(model), types_(types), sinks_(sinks), owner_(std::move(owner)) {}

  // Never null. What cannot be lowered is reported and becomes a node that fails.
  NodePtr lower(const Expression& expression, const feel::Scope& scope);
  NodePtr lower(const ExpressionPtr& expression, const feel::Scope& scope);

  // After lowering: how many slots a frame needs, and whether a function outside FEEL is called.
  std::size_t slot_count() const { return slot_count_; }
  bool uses_external() const { return uses_external_; }
  // Makes room for the slots of a scope.
  void reserve(const feel::Scope& scope);

 private:
  NodePtr lower_body(const LiteralExpression& literal, const Expression& whole, const feel::Scope& scope);
  NodePtr lower_body(const BoxedContext& context, const Expression& whole, const feel::Scope& scope);
  NodePtr lower_body(const Invocation& invocation, const Expression& whole, const feel::Scope& scope);
  NodePtr lower_body(const BoxedList& list, const Expression& whole, const feel::Scope& scope);
  NodePtr lower_body(const Relation& relation, const Expression& whole, const feel::Scope& scope);
  NodePtr lower_body(const FunctionDefinition& function, const Expression& whole, const feel::Scope& scope);
  NodePtr lower_body(const Conditional& conditional, const Expression& whole, const feel::Scope& scope);
  NodePtr lower_body(const BoxedFilter& filter, const Expression& whole, const feel::Scope& scope);
  NodePtr lower_body(const Iterator& iterator, const Expression& whole, const feel::Scope& scope);
  NodePtr lower_body(const DecisionTable& table, const Expression& whole, const feel::Scope& scope);

  TableInput lower_input(const InputClause& clause, const feel::Scope& scope);
  TableOutput lower_output(const OutputClause& clause, const DecisionTable& table, const feel::Scope& scope);
  TableRow lower_rule(const TableRule& rule, const TableParts& parts, const feel::Scope& scope);
  feel::Type type_of(const TableParts& parts) const;

  NodePtr text_node(const SourceText& text, const feel::Scope& scope);
  feel::UnaryTests unary_tests(const SourceText& text, const feel::Type& tested, const feel::Scope& scope);
  NodePtr coerced(NodePtr node, const feel::Type& type) const;
  NodePtr failure(Text message, const Place& place);
  feel::Slot declare(feel::Scope& scope, const std::string& name, const feel::Type& type);

  const Definitions& model_;
  Types& types_;
  Sinks sinks_;
  std::string owner_;
  std::string own_name_;  // of the context entry that is being lowered
  std::size_t slot_count_ = 0;
  bool uses_external_ = false;
};

}  // namespace zh::dmn::internal
