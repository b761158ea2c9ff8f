// From XML elements to the plain structs of definitions.h.
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "dmn/definitions.h"

namespace zh::dmn {

namespace {

using xml::Element;

// The namespaces of the model elements, by version of the standard.
constexpr std::array<std::string_view, 4> kModelSpaces = {
    "http://www.omg.org/spec/DMN/20180521/MODEL/",   // 1.2
    "https://www.omg.org/spec/DMN/20191111/MODEL/",  // 1.3
    "https://www.omg.org/spec/DMN/20211108/MODEL/",  // 1.4
    "https://www.omg.org/spec/DMN/20230324/MODEL/",  // 1.5
};

// Boxed expressions inside boxed expressions; the document's own depth is limited already.
constexpr int kBoxDepthMax = 60;
constexpr std::size_t kElementsMax = 10'000;     // inputs, decisions, knowledge models and services of one model
constexpr std::size_t kItemsMax = 2'000;         // item definitions
constexpr std::size_t kRequirementsMax = 1'000;  // of one element

template <class Value>
struct Word {
  std::string_view word;
  Value value;
};

constexpr std::array kHitPolicies = {
    Word<HitPolicy>{"UNIQUE", HitPolicy::unique},         Word<HitPolicy>{"ANY", HitPolicy::any},
    Word<HitPolicy>{"PRIORITY", HitPolicy::priority},     Word<HitPolicy>{"FIRST", HitPolicy::first},
    Word<HitPolicy>{"RULE ORDER", HitPolicy::rule_order}, Word<HitPolicy>{"OUTPUT ORDER", HitPolicy::output_order},
    Word<HitPolicy>{"COLLECT", HitPolicy::collect},
};
constexpr std::array kAggregations = {
    Word<Aggregation>{"SUM", Aggregation::sum},
    Word<Aggregation>{"MIN", Aggregation::min},
    Word<Aggregation>{"MAX", Aggregation::max},
    Word<Aggregation>{"COUNT", Aggregation::count},
};
constexpr std::array kFunctionKinds = {
    Word<FunctionKind>{"FEEL", FunctionKind::feel},
    Word<FunctionKind>{"Java", FunctionKind::java},
    Word<FunctionKind>{"PMML", FunctionKind::pmml},
};
constexpr std::array<std::string_view, 10> kExpressionElements = {
    "literalExpression",  "context",     "invocation", "list", "relation",
    "functionDefinition", "conditional", "filter",     "for",  "decisionTable"};

bool is_expression(std::string_view name) {
  return std::find(kExpressionElements.begin(), kExpressionElements.end(), name) != kExpressionElements.end() ||
         name == "some" || name == "every";
}

bool is_feel(std::string_view language) {
  return language.empty() || language == "feel" || language == "FEEL" ||
         (language.find("omg.org/spec/") != std::string_view::npos && language.find("FEEL") != std::string_view::npos);
}

class Reader {
 public:
  explicit Reader(std::shared_ptr<const xml::Document> document) : document_(std::move(document)) {}

  Result<Definitions> read();

 private:
  Place place(Element element) const { return document_->place(element); }

  Result<void> read_member(Element element, Definitions& into);
  Result<ItemDefinition> read_item(Element element, int depth);
  Result<Decision> read_decision(Element element);
  Result<KnowledgeModel> read_knowledge_model(Element element);
  DecisionService read_service(Element element) const;
  Reference reference(Element element) const;
  std::vector<Reference> required(Element element, std::string_view requirement, std::string_view what) const;
  InformationItem information_item(Element element) const;
  InformationItem variable_of(Element element) const;
  TypeName type_of(Element element, std::string_view attribute = "typeRef") const;
  SourceText source_text(Element element) const;
  std::optional<SourceText> optional_text(Element element) const;

  // The first boxed expression among the element's children; null when there is none.
  Result<ExpressionPtr> child_expression(Element element, int depth);
  // The boxed expression inside the named child ("in", "then" …).
  Result<ExpressionPtr> part(Element element, std::string_view name, int depth);
  Result<ExpressionPtr> read_expression(Element element, int depth);
  Result<BoxedContext> read_context(Element element, int depth);
  Result<Invocation> read_invocation(Element element, int depth);
  Result<BoxedList> read_list(Element element, int depth);
  Result<Relation> read_relation(Element element, int depth);
  Result<FunctionDefinition> read_function(Element element, int depth);
  Result<Conditional> read_conditional(Element element, int depth);
  Result<BoxedFilter> read_filter(Element element, int depth);
  Result<Iterator> read_iterator(Element element, IteratorKind kind, int depth);
  Result<DecisionTable> read_table(Element element);
  Result<TableRule> read_rule(Element element, const DecisionTable& table);

  template <class Value, std::size_t n>
  Result<Value> word(Element element, std::string_view attribute, const std::array<Word<Value>, n>& words,
                     Value otherwise) const;

  std::shared_ptr<const xml::Document> document_;
  std::string default_language_;
};

template <class Value, std::size_t n>
Result<Value> Reader::word(Element element, std::string_view attribute, const std::array<Word<Value>, n>& words,
                           Value otherwise) const {
  if (!element.has_attribute(attribute)) return otherwise;
  const auto written = element.attribute(attribute);
  std::string known;
  for (const auto& candidate : words) {
    if (candidate.word == written) return candidate.value;
    known += fmt::format("{}{}", known.empty() ? "" : ", ", candidate.word);
  }
  return invalid({.zh = fmt::format("{}=\"{}\" 不是可用的值；可用：{}", attribute, written, known),
                  .en = fmt::format("{}=\"{}\" is not a known value; known are {}", attribute, written, known)},
                 place(element));
}

Result<Definitions> Reader::read() {
  const Element root = document_->root();
  if (root.name() != "definitions") {
    return invalid({.zh = fmt::format("根元素是 <{}>，DMN 模型应为 <definitions>", root.name()),
                    .en = fmt::format("the root element is <{}>; a DMN model begins with <definitions>", root.name())},
                   place(root));
  }
  if (std::find(kModelSpaces.begin(), kModelSpaces.end(), root.space()) == kModelSpaces.end()) {
    return error(ErrorCode::unsupported,
                 {.zh = fmt::format("命名空间 \"{}\" 不是 DMN 1.2–1.5；请以 DMN 1.5 导出模型", root.space()),
                  .en = fmt::format("the namespace \"{}\" is not one of DMN 1.2–1.5; export the model as DMN 1.5",
                                    root.space())},
                 place(root));
  }
  Definitions definitions;
  definitions.document = document_;
  definitions.name = root.attribute("name");
  definitions.space = root.attribute("namespace");
  definitions.place = place(root);
  default_language_ = root.attribute("expressionLanguage");
  for (const auto& child : root.children()) ZH_CHECK(read_member(child, definitions));
  const std::size_t elements = definitions.inputs.size() + definitions.decisions.size() +
                               definitions.knowledge_models.size() + definitions.services.size();
  if (elements > kElementsMax || definitions.items.size() > kItemsMax) {
    return error(
        ErrorCode::limit,
        {.zh = fmt::format("模型过大：最多 {} 个元素、{} 个类型定义；请拆分并用导入连接", kElementsMax, kItemsMax),
         .en = fmt::format("the model is too large: at most {} elements and {} item definitions; split it and "
                           "use imports",
                           kElementsMax, kItemsMax)},
        definitions.place);
  }
  return definitions;
}

Result<void> Reader::read_member(Element element, Definitions& into) {
  const auto name = element.name();
  if (name == "import") {
    into.imports.push_back({.name = std::string(element.attribute("name")),
                            .space = std::string(element.attribute("namespace")),
                            .type = std::string(element.attribute("importType")),
                            .place = place(element)});
  } else if (name == "itemDefinition") {
    ZH_TRY(auto item, read_item(element, 0));
    into.items.push_back(std::move(item));
  } else if (name == "inputData") {
    into.inputs.push_back({.id = std::string(element.attribute("id")),
                           .variable = variable_of(element),
                           .name = std::string(element.attribute("name")),
                           .place = place(element)});
  } else if (name == "decision") {
    ZH_TRY(auto decision, read_decision(element));
    into.decisions.push_back(std::move(decision));
  } else if (name == "businessKnowledgeModel") {
    ZH_TRY(auto knowledge_model, read_knowledge_model(element));
    into.knowledge_models.push_back(std::move(knowledge_model));
  } else if (name == "decisionService") {
    into.services.push_back(read_service(element));
  }
  return {};
}

Result<ItemDefinition> Reader::read_item(Element element, int depth) {
  if (depth > kBoxDepthMax) {
    return error(ErrorCode::limit, {.zh = "类型定义嵌套过深", .en = "the item definition is nested too deeply"},
                 place(element));
  }
  ItemDefinition item;
  item.name = element.attribute("name");
  item.place = place(element);
  item.is_collection = element.attribute("isCollection") == "true" || element.attribute("isCollection") == "1";
  if (const auto base = element.child("typeRef")) item.base = {.name = base.text(), .place = place(base)};
  item.allowed = optional_text(element.child("allowedValues"));
  item.constraint = optional_text(element.child("typeConstraint"));
  for (const auto& child : element.children("itemComponent")) {
    ZH_TRY(auto component, read_item(child, depth + 1));
    item.components.push_back(std::move(component));
  }
  if (const auto function = element.child("functionItem")) {
    item.is_function = true;
    item.output = type_of(function, "outputTypeRef");
    for (const auto& parameter : function.children("parameters")) {
      item.parameters.push_back(information_item(parameter));
    }
  }
  return item;
}

Result<Decision> Reader::read_decision(Element element) {
  Decision decision;
  decision.id = element.attribute("id");
  decision.name = element.attribute("name");
  decision.place = place(element);
  decision.variable = variable_of(element);
  decision.question = element.child("question").text();
  decision.required_inputs = required(element, "informationRequirement", "requiredInput");
  decision.required_decisions = required(element, "informationRequirement", "requiredDecision");
  decision.required_knowledge = required(element, "knowledgeRequirement", "requiredKnowledge");
  const std::size_t required_count =
      decision.required_inputs.size() + decision.required_decisions.size() + decision.required_knowledge.size();
  if (required_count > kRequirementsMax) {
    return error(ErrorCode::limit,
                 {.zh = fmt::format("决策的依赖多于 {} 个", kRequirementsMax),
                  .en = fmt::format("the decision has more than {} requirements", kRequirementsMax)},
                 decision.place);
  }
  ZH_TRY(decision.logic, child_expression(element, 0));
  return decision;
}

Result<KnowledgeModel> Reader::read_knowledge_model(Element element) {
  KnowledgeModel model;
  model.id = element.attribute("id");
  model.name = element.attribute("name");
  model.place = place(element);
  model.variable = variable_of(element);
  model.required_knowledge = required(element, "knowledgeRequirement", "requiredKnowledge");
  if (const auto logic = element.child("encapsulatedLogic")) {
    model.logic_type = type_of(logic);
    ZH_TRY(model.logic, read_function(logic, 0));
  }
  return model;
}

DecisionService Reader::read_service(Element element) const {
  DecisionService service;
  service.id = element.attribute("id");
  service.name = element.attribute("name");
  service.place = place(element);
  service.variable = variable_of(element);
  for (const auto& child : element.children()) {
    if (child.name() == "outputDecision") service.output_decisions.push_back(reference(child));
    if (child.name() == "encapsulatedDecision") service.encapsulated_decisions.push_back(reference(child));
    if (child.name() == "inputDecision") service.input_decisions.push_back(reference(child));
    if (child.name() == "inputData") service.input_data.push_back(reference(child));
  }
  return service;
}

Reference Reader::reference(Element element) const {
  const std::string href(element.attribute("href"));
  const auto hash = href.rfind('#');
  Reference reference{.space = {}, .id = href, .place = place(element)};
  if (hash != std::string::npos) {
    reference.space = href.substr(0, hash);
    reference.id = href.substr(hash + 1);
  }
  return reference;
}

std::vector<Reference> Reader::required(Element element, std::string_view requirement, std::string_view what) const {
  std::vector<Reference> references;
  for (const auto& child : element.children(requirement)) {
    if (const auto target = child.child(what)) references.push_back(reference(target));
  }
  return references;
}

InformationItem Reader::information_item(Element element) const {
  return {.name = std::string(element.attribute("name")), .type = type_of(element), .place = place(element)};
}

// The variable that carries an element's value; it has the element's name where the file states none.
InformationItem Reader::variable_of(Element element) const {
  const auto variable = element.child("variable");
  auto item = variable ? information_item(variable) : InformationItem{.name = {}, .type = {}, .place = place(element)};
  if (item.name.empty()) item.name = element.attribute("name");
  return item;
}

TypeName Reader::type_of(Element element, std::string_view attribute) const {
  return {.name = std::string(element.attribute(attribute)), .place = place(element)};
}

SourceText Reader::source_text(Element element) const {
  const auto text = element.child("text");
  return {.text = text.text(), .element = text, .place = place(text ? text : element)};
}

std::optional<SourceText> Reader::optional_text(Element element) const {
  if (!element) return std::nullopt;
  auto text = source_text(element);
  if (text.text.find_first_not_of(" \t\r\n") == std::string::npos) return std::nullopt;
  return text;
}

Result<ExpressionPtr> Reader::child_expression(Element element, int depth) {
  for (const auto& child : element.children()) {
    if (is_expression(child.name())) return read_expression(child, depth);
  }
  return ExpressionPtr();
}

Result<ExpressionPtr> Reader::part(Element element, std::string_view name, int depth) {
  const auto child = element.child(name);
  if (!child) {
    return invalid({.zh = fmt::format("<{}> 缺少 <{}>", element.name(), name),
                    .en = fmt::format("<{}> lacks its <{}>", element.name(), name)},
                   place(element));
  }
  return child_expression(child, depth);
}

Result<ExpressionPtr> Reader::read_expression(Element element, int depth) {
  if (depth > kBoxDepthMax) {
    return error(ErrorCode::limit,
                 {.zh = fmt::format("框式表达式嵌套超过 {} 层", kBoxDepthMax),
                  .en = fmt::format("boxed expressions are nested more than {} deep", kBoxDepthMax)},
                 place(element));
  }
  auto expression = std::make_unique<Expression>();
  expression->place = place(element);
  expression->type = type_of(element);
  const auto name = element.name();
  auto& body = expression->body;
  const int inner = depth + 1;
  if (name == "literalExpression") {
    std::string language(element.attribute("expressionLanguage"));
    if (language.empty()) language = default_language_;
    body = LiteralExpression{.text = source_text(element),
                             .foreign = !is_feel(language) || element.child("importedValues")};
  } else if (name == "context") {
    ZH_TRY(body, read_context(element, inner));
  } else if (name == "invocation") {
    ZH_TRY(body, read_invocation(element, inner));
  } else if (name == "list") {
    ZH_TRY(body, read_list(element, inner));
  } else if (name == "relation") {
    ZH_TRY(body, read_relation(element, inner));
  } else if (name == "functionDefinition") {
    ZH_TRY(body, read_function(element, inner));
  } else if (name == "conditional") {
    ZH_TRY(body, read_conditional(element, inner));
  } else if (name == "filter") {
    ZH_TRY(body, read_filter(element, inner));
  } else if (name == "decisionTable") {
    ZH_TRY(body, read_table(element));
  } else {
    const auto kind = name == "some"    ? IteratorKind::some
                      : name == "every" ? IteratorKind::every
                                        : IteratorKind::collect;
    ZH_TRY(body, read_iterator(element, kind, inner));
  }
  return expression;
}

Result<BoxedContext> Reader::read_context(Element element, int depth) {
  BoxedContext context;
  for (const auto& child : element.children("contextEntry")) {
    ContextEntry entry;
    entry.place = place(child);
    if (const auto variable = child.child("variable")) entry.variable = information_item(variable);
    ZH_TRY(entry.value, child_expression(child, depth));
    context.entries.push_back(std::move(entry));
  }
  return context;
}

Result<Invocation> Reader::read_invocation(Element element, int depth) {
  Invocation invocation;
  ZH_TRY(invocation.function, child_expression(element, depth));
  for (const auto& child : element.children("binding")) {
    Binding binding;
    binding.parameter = information_item(child.child("parameter"));
    ZH_TRY(binding.value, child_expression(child, depth));
    invocation.bindings.push_back(std::move(binding));
  }
  return invocation;
}

Result<BoxedList> Reader::read_list(Element element, int depth) {
  BoxedList list;
  for (const auto& child : element.children()) {
    if (!is_expression(child.name())) continue;
    ZH_TRY(auto item, read_expression(child, depth));
    list.items.push_back(std::move(item));
  }
  return list;
}

Result<Relation> Reader::read_relation(Element element, int depth) {
  Relation relation;
  for (const auto& column : element.children("column")) relation.columns.push_back(information_item(column));
  for (const auto& child : element.children("row")) {
    ZH_TRY(auto cells, read_list(child, depth));
    if (cells.items.size() != relation.columns.size()) {
      return invalid(
          {.zh = fmt::format("关系表的这一行有 {} 格，列有 {} 个", cells.items.size(), relation.columns.size()),
           .en = fmt::format("this row of the relation has {} cells for {} columns", cells.items.size(),
                             relation.columns.size())},
          place(child));
    }
    relation.rows.push_back({.cells = std::move(cells.items), .place = place(child)});
  }
  return relation;
}

Result<FunctionDefinition> Reader::read_function(Element element, int depth) {
  FunctionDefinition function;
  ZH_TRY(function.kind, word(element, "kind", kFunctionKinds, FunctionKind::feel));
  for (const auto& parameter : element.children("formalParameter")) {
    function.parameters.push_back(information_item(parameter));
  }
  ZH_TRY(function.body, child_expression(element, depth));
  return function;
}

Result<Conditional> Reader::read_conditional(Element element, int depth) {
  Conditional conditional;
  ZH_TRY(conditional.condition, part(element, "if", depth));
  ZH_TRY(conditional.then, part(element, "then", depth));
  ZH_TRY(conditional.otherwise, part(element, "else", depth));
  return conditional;
}

Result<BoxedFilter> Reader::read_filter(Element element, int depth) {
  BoxedFilter filter;
  ZH_TRY(filter.list, part(element, "in", depth));
  ZH_TRY(filter.match, part(element, "match", depth));
  return filter;
}

Result<Iterator> Reader::read_iterator(Element element, IteratorKind kind, int depth) {
  Iterator iterator;
  iterator.kind = kind;
  iterator.variable = element.attribute("iteratorVariable");
  iterator.list_type = type_of(element.child("in"));
  ZH_TRY(iterator.list, part(element, "in", depth));
  ZH_TRY(iterator.body, part(element, kind == IteratorKind::collect ? "return" : "satisfies", depth));
  return iterator;
}

Result<DecisionTable> Reader::read_table(Element element) {
  DecisionTable table;
  ZH_TRY(table.hit_policy, word(element, "hitPolicy", kHitPolicies, HitPolicy::unique));
  ZH_TRY(table.aggregation, word(element, "aggregation", kAggregations, Aggregation::none));
  for (const auto& child : element.children("input")) {
    const auto expression = child.child("inputExpression");
    table.inputs.push_back({.expression = source_text(expression),
                            .type = type_of(expression),
                            .allowed = optional_text(child.child("inputValues")),
                            .place = place(child)});
  }
  for (const auto& child : element.children("output")) {
    table.outputs.push_back({.name = std::string(child.attribute("name")),
                             .type = type_of(child),
                             .allowed = optional_text(child.child("outputValues")),
                             .standard = optional_text(child.child("defaultOutputEntry")),
                             .place = place(child)});
  }
  if (table.outputs.empty()) {
    return invalid({.zh = "决策表没有输出列", .en = "the decision table has no output column"}, place(element));
  }
  for (const auto& child : element.children("rule")) {
    ZH_TRY(auto rule, read_rule(child, table));
    table.rules.push_back(std::move(rule));
  }
  return table;
}

Result<TableRule> Reader::read_rule(Element element, const DecisionTable& table) {
  TableRule rule;
  rule.id = element.attribute("id");
  rule.place = place(element);
  for (const auto& cell : element.children("inputEntry")) rule.inputs.push_back(source_text(cell));
  for (const auto& cell : element.children("outputEntry")) rule.outputs.push_back(source_text(cell));
  for (const auto& note : element.children("annotationEntry")) {
    rule.annotations.push_back(note.child("text").text());
  }
  if (rule.inputs.size() != table.inputs.size() || rule.outputs.size() != table.outputs.size()) {
    return invalid(
        {.zh = fmt::format("规则有 {} 个条件、{} 个结果；表有 {} 个输入列、{} 个输出列", rule.inputs.size(),
                           rule.outputs.size(), table.inputs.size(), table.outputs.size()),
         .en = fmt::format("the rule has {} conditions and {} outcomes; the table has {} input and {} output columns",
                           rule.inputs.size(), rule.outputs.size(), table.inputs.size(), table.outputs.size())},
        place(element));
  }
  return rule;
}

}  // namespace

Result<Definitions> read_definitions(std::string file, std::string text) {
  ZH_TRY(auto document, xml::Document::parse(std::move(file), std::move(text)));
  return Reader(std::move(document)).read();
}

}  // namespace zh::dmn
