// A DMN model as its file states it: plain structs, one per element of the standard's schema (DMN 1.2–1.5), nothing
// resolved and nothing evaluated yet. Every element keeps its place in the file for messages.
//
// Diagrams, extension elements, knowledge sources, text annotations and authority requirements carry no decision logic
// and are left out.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/result.h"
#include "dmn/xml.h"

namespace zh::dmn {

// FEEL text and where each of its characters stands in the file.
struct SourceText {
  std::string text;
  xml::Element element;  // the <text>; lives as long as the document that Definitions keeps
  Place place;           // of the element that holds the text
};

// A type by name, as written: "number", "tPerson", "imported.tPerson". Empty: no type stated.
struct TypeName {
  std::string name;
  Place place;
};

// A named, typed thing: variable, parameter, column.
struct InformationItem {
  std::string name;
  TypeName type;
  Place place;
};

// A reference to another element: "#id" here, "namespace#id" in an imported model.
struct Reference {
  std::string space;  // empty: this model
  std::string id;
  Place place;
};

struct Expression;
using ExpressionPtr = std::unique_ptr<Expression>;  // null: the element states no expression

struct LiteralExpression {
  SourceText text;
  bool foreign = false;  // in another expression language than FEEL, or imported values
};

struct ContextEntry {
  std::optional<InformationItem> variable;  // none: the entry is the context's result
  ExpressionPtr value;
  Place place;
};

struct BoxedContext {
  std::vector<ContextEntry> entries;
};

struct Binding {
  InformationItem parameter;
  ExpressionPtr value;
};

struct Invocation {
  ExpressionPtr function;
  std::vector<Binding> bindings;
};

struct BoxedList {
  std::vector<ExpressionPtr> items;
};

struct Relation {
  struct Row {
    std::vector<ExpressionPtr> cells;
    Place place;
  };
  std::vector<InformationItem> columns;
  std::vector<Row> rows;
};

enum class FunctionKind { feel, java, pmml };

struct FunctionDefinition {
  FunctionKind kind = FunctionKind::feel;
  std::vector<InformationItem> parameters;
  ExpressionPtr body;
};

struct Conditional {
  ExpressionPtr condition;
  ExpressionPtr then;
  ExpressionPtr otherwise;
};

struct BoxedFilter {
  ExpressionPtr list;
  ExpressionPtr match;
};

enum class IteratorKind { collect, some, every };

// for, some, every.
struct Iterator {
  IteratorKind kind = IteratorKind::collect;
  std::string variable;
  ExpressionPtr list;
  TypeName list_type;
  ExpressionPtr body;
};

enum class HitPolicy { unique, any, priority, first, rule_order, output_order, collect };
enum class Aggregation { none, sum, min, max, count };

struct InputClause {
  SourceText expression;
  TypeName type;
  std::optional<SourceText> allowed;  // inputValues
  Place place;
};

struct OutputClause {
  std::string name;
  TypeName type;
  std::optional<SourceText> allowed;   // outputValues, in order of priority
  std::optional<SourceText> standard;  // defaultOutputEntry
  Place place;
};

struct TableRule {
  std::string id;
  std::vector<SourceText> inputs;   // unary tests, one per input clause
  std::vector<SourceText> outputs;  // expressions, one per output clause
  std::vector<std::string> annotations;
  Place place;
};

struct DecisionTable {
  HitPolicy hit_policy = HitPolicy::unique;
  Aggregation aggregation = Aggregation::none;
  std::vector<InputClause> inputs;
  std::vector<OutputClause> outputs;
  std::vector<TableRule> rules;
};

// A boxed expression of any kind.
struct Expression {
  Place place;
  TypeName type;
  std::variant<LiteralExpression, BoxedContext, Invocation, BoxedList, Relation, FunctionDefinition, Conditional,
               BoxedFilter, Iterator, DecisionTable>
      body;
};

struct ItemDefinition {
  std::string name;
  TypeName base;  // typeRef; empty when it has components or is a function
  bool is_collection = false;
  std::optional<SourceText> allowed;     // allowedValues: of each element
  std::optional<SourceText> constraint;  // typeConstraint: of the whole value
  std::vector<ItemDefinition> components;
  bool is_function = false;
  std::vector<InformationItem> parameters;  // of a functionItem
  TypeName output;
  Place place;
};

struct InputData {
  std::string id;
  InformationItem variable;
  std::string name;
  Place place;
};

struct Decision {
  std::string id;
  std::string name;
  InformationItem variable;
  std::vector<Reference> required_inputs;
  std::vector<Reference> required_decisions;
  std::vector<Reference> required_knowledge;
  ExpressionPtr logic;
  std::string question;
  Place place;
};

struct KnowledgeModel {
  std::string id;
  std::string name;
  InformationItem variable;
  std::optional<FunctionDefinition> logic;
  TypeName logic_type;
  std::vector<Reference> required_knowledge;
  Place place;
};

struct DecisionService {
  std::string id;
  std::string name;
  InformationItem variable;
  std::vector<Reference> output_decisions;
  std::vector<Reference> encapsulated_decisions;
  std::vector<Reference> input_decisions;
  std::vector<Reference> input_data;
  Place place;
};

struct Import {
  std::string name;
  std::string space;
  std::string type;
  Place place;
};

struct Definitions {
  std::shared_ptr<const xml::Document> document;
  std::string name;
  std::string space;
  std::vector<Import> imports;
  std::vector<ItemDefinition> items;
  std::vector<InputData> inputs;
  std::vector<Decision> decisions;
  std::vector<KnowledgeModel> knowledge_models;
  std::vector<DecisionService> services;
  Place place;
};

// Reads a model file. Fails (invalid, limit) on text that is no DMN 1.2–1.5 model: unreadable XML, another root or
// namespace, an attribute with a value outside its list, a rule with too few or too many cells; the place is named.
Result<Definitions> read_definitions(std::string file, std::string text);

}  // namespace zh::dmn
