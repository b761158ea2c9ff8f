// Parser: literals, brackets, names and calls.
#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"
#include "feel/parser.h"
#include "feel/properties.h"

namespace zh::feel::internal {

namespace {

// The longest built-in function that stands at a place of the text; empty when there is none.
std::string_view longest_builtin(std::string_view text, std::size_t at) {
  struct Index {
    std::unordered_map<std::string_view, std::vector<std::string_view>> by_first_word;
    Index() {
      for (const std::string_view name : BuiltinTable::standard().names()) {
        by_first_word[first_word(name)].push_back(name);
      }
    }
  };
  static const Index index;
  std::string_view best;
  const auto found = index.by_first_word.find(first_word(text.substr(at)));
  if (found == index.by_first_word.end()) return best;
  for (const std::string_view name : found->second) {
    if (name.size() > best.size() && match_name(text, at, name)) best = name;
  }
  return best;
}

}  // namespace

NodeRef Parser::postfix() {
  const std::size_t from = here();
  return postfix_of(from, primary());
}

NodeRef Parser::postfix_of(std::size_t from, NodeRef base) {
  while (!builder_.has_syntax_error()) {
    const char next = (here(), cursor_.peek());
    if (next == '.' && cursor_.peek(1) != '.') {
      base = path_of(from, base);
    } else if (next == '(') {
      base = call_of(from, base);
    } else if (next == '[' && !closes_range()) {
      base = filter_of(from, base);
    } else {
      return base;
    }
  }
  return base;
}

// In the end of a range, `[` may close it: [1..10[. It is a filter only if an expression can begin after it.
bool Parser::closes_range() {
  if (!range_end_) return false;
  Cursor ahead = cursor_;
  ahead.move_to(ahead.at() + 1);
  ahead.skip_space();
  const char next = ahead.peek();
  if (next == '"' || next == '@' || next == '(' || next == '[' || next == '{' || next == '-') return false;
  if ((next >= '0' && next <= '9') || (next == '.' && ahead.peek(1) >= '0' && ahead.peek(1) <= '9')) return false;
  const std::string_view word = ahead.word();
  if (word.empty()) return true;
  return is_keyword(word) && word != "not" && word != "true" && word != "false" && word != "null" && word != "if" &&
         word != "for" && word != "some" && word != "every" && word != "function";
}

NodeRef Parser::primary() {
  const std::size_t from = here();
  if (cursor_.done()) return expected({.zh = "一个值", .en = "a value"});
  switch (cursor_.peek()) {
    case '"':
      return string_literal();
    case '@':
      return at_expression();
    case '(':
      return parenthesized();
    case '[':
      return bracketed();
    case ']':
      cursor_.accept("]");
      return open_range(from);
    case '{':
      return context_literal();
    default:
      break;
  }
  if (const auto known = names_.longest(cursor_.text(), from)) {
    const std::string_view word = cursor_.word();
    if (known->end > from + word.size() || !is_keyword(word)) return name_expression();
  }
  if (cursor_.is_at_word("if")) return if_expression();
  if (cursor_.is_at_word("for")) return for_expression();
  if (cursor_.is_at_word("some")) return quantified_expression(Tri::yes);
  if (cursor_.is_at_word("every")) return quantified_expression(Tri::no);
  if (cursor_.is_at_word("function")) return function_literal();
  if (cursor_.accept_word("true")) return builder_.constant(span_from(from), Value::boolean(true));
  if (cursor_.accept_word("false")) return builder_.constant(span_from(from), Value::boolean(false));
  if (cursor_.accept_word("null")) return builder_.constant(span_from(from), Value());
  const char next = cursor_.peek();
  if ((next >= '0' && next <= '9') || next == '.') return number_literal();
  return name_expression();
}

NodeRef Parser::number_literal() {
  const std::size_t from = here();
  const auto text = cursor_.number();
  if (!text) return expected({.zh = "一个值", .en = "a value"});
  auto value = Decimal::parse(*text);
  if (!value.ok()) return error(Problem::bad_literal, span_from(from), value.error().message);
  return builder_.constant(span_from(from), Value::number(*value));
}

NodeRef Parser::string_literal() {
  const std::size_t from = here();
  const auto text = cursor_.quoted();
  if (!text) {
    return error(Problem::bad_literal, {from, from + 1},
                 {.zh = "字符串没有结束的引号，或其中的转义有误",
                  .en = "the string has no closing quote, or an escape in it is wrong"});
  }
  if (!utf8::is_valid(*text)) {
    return error(Problem::bad_literal, span_from(from),
                 {.zh = "字符串不是有效的 UTF-8", .en = "the string is not valid UTF-8"});
  }
  return builder_.constant(span_from(from), Value::string(*text));
}

NodeRef Parser::at_expression() {
  const std::size_t from = here();
  cursor_.accept("@");
  here();
  const auto text = cursor_.peek() == '"' ? cursor_.quoted() : std::nullopt;
  if (!text) return expected({.zh = "带引号的日期、时间或时长", .en = "a date, time or duration in quotes"});
  if (auto value = at_literal(*text)) return builder_.constant(span_from(from), std::move(*value));
  builder_.finding(Problem::bad_literal, span_from(from),
                   {.zh = fmt::format("@\"{}\" 不是日期、时间或时长", *text),
                    .en = fmt::format("@\"{}\" is no date, time or duration", *text)});
  return builder_.failure(span_from(from), Problem::bad_literal);
}

// ---- Brackets
// --------------------------------------------------------------------------------------------------------

// (expression), (a..b] or (< end)
NodeRef Parser::parenthesized() {
  const std::size_t from = here();
  cursor_.accept("(");
  const bool outer = std::exchange(range_end_, false);
  NodeRef node = nullptr;
  if (const auto sign = comparison_sign(true)) {
    const NodeRef end = additive();
    require(")");
    node = builder_.comparison_range(span_from(from), *sign, end);
  } else {
    node = any_expression();
    if (cursor_.accept("..")) {
      node = range_from(from, node, false);
    } else {
      require(")");
    }
  }
  range_end_ = outer;
  return node;
}

// [], [a, b] or [a..b]
NodeRef Parser::bracketed() {
  const std::size_t from = here();
  cursor_.accept("[");
  const bool outer = std::exchange(range_end_, false);
  std::vector<NodeRef> items;
  if (!cursor_.accept("]")) {
    items.push_back(any_expression());
    if (cursor_.accept("..")) {
      const NodeRef range = range_from(from, items.front(), true);
      range_end_ = outer;
      return range;
    }
    while (!builder_.has_syntax_error() && cursor_.accept(",")) items.push_back(any_expression());
    require("]");
  }
  range_end_ = outer;
  return builder_.list(span_from(from), std::move(items));
}

// ]a..b]
NodeRef Parser::open_range(std::size_t from) {
  const bool outer = std::exchange(range_end_, false);
  const NodeRef low = any_expression();
  require("..");
  const NodeRef range = range_from(from, low, false);
  range_end_ = outer;
  return range;
}

// After "..": the high end and the closing bracket.
NodeRef Parser::range_from(std::size_t from, NodeRef low, bool low_included) {
  range_end_ = true;
  const NodeRef high = any_expression();
  range_end_ = false;
  bool high_included = false;
  if (cursor_.accept("]")) {
    high_included = true;
  } else if (!cursor_.accept(")") && !cursor_.accept("[")) {
    return expected({.zh = "区间的右括号", .en = "the closing bracket of the range"});
  }
  return builder_.range(span_from(from), low, low_included, high, high_included);
}

std::optional<std::string> Parser::context_key() {
  here();
  if (cursor_.peek() == '"') {
    auto key = cursor_.quoted();
    if (!key) expected({.zh = "键", .en = "a key"});
    return key;
  }
  std::string key = declared_name(":");
  if (builder_.has_syntax_error()) return std::nullopt;
  return key;
}

NodeRef Parser::context_literal() {
  const std::size_t from = here();
  const Nesting nesting(*this);
  if (too_deep()) return nothing();
  cursor_.accept("{");
  const bool outer = std::exchange(range_end_, false);
  const std::size_t mark = names_.mark();
  std::vector<std::string> keys;
  std::vector<ContextLiteral::Entry> entries;
  bool repeated = false;
  if (!cursor_.accept("}")) {
    do {
      const std::size_t at = here();
      auto key = context_key();
      if (!key || !require(":")) break;
      if (std::find(keys.begin(), keys.end(), *key) != keys.end()) {
        repeated = true;
        builder_.finding(Problem::always_null, span_from(at),
                         {.zh = fmt::format("键“{}”重复，整个上下文为 null", *key),
                          .en = fmt::format("the key `{}` is repeated; the whole context is null", *key)});
      }
      // A function may call itself by its key.
      here();
      if (cursor_.is_at_word("function")) pending_entry_ = *key;
      const NodeRef value = any_expression();
      const std::uint32_t local = new_local();
      names_.declare(*key, local_binding(local, value->type));
      keys.push_back(std::move(*key));
      entries.push_back({local, value});
    } while (!builder_.has_syntax_error() && cursor_.accept(","));
    require("}");
  }
  names_.restore(mark);
  range_end_ = outer;
  if (repeated || builder_.has_syntax_error()) return builder_.failure(span_from(from), Problem::always_null);
  return builder_.context(span_from(from), std::move(keys), std::move(entries));
}

// function(a: number, b) body
NodeRef Parser::function_literal() {
  const std::size_t from = here();
  const Nesting nesting(*this);
  if (too_deep()) return nothing();
  const std::string own_name = std::exchange(pending_entry_, {});
  cursor_.accept_word("function");
  require("(");
  const std::size_t mark = names_.mark();
  const auto level = static_cast<std::uint32_t>(levels_.size());
  if (!own_name.empty()) {
    names_.declare(own_name, {.kind = Binding::Kind::self, .index = 0, .level = level, .type = Type::any()});
  }
  auto literal = std::make_unique<FunctionLiteral>();
  levels_.emplace_back().literal = literal.get();
  std::vector<Type::Parameter> parameters;
  if (!cursor_.accept(")")) {
    do {
      std::string name = declared_name(",:)");
      Type declared = cursor_.accept(":") ? type() : Type::any();
      names_.declare(name, local_binding(new_local(), declared));
      parameters.push_back({std::move(name), std::move(declared)});
    } while (!builder_.has_syntax_error() && cursor_.accept(","));
    require(")");
  }
  const bool external = cursor_.accept_word("external");
  const bool outer_partial = std::exchange(uses_partial_, false);
  const std::size_t first_node = program_.nodes.size();
  literal->body = any_expression();
  literal->body_weight = static_cast<std::uint32_t>(program_.nodes.size() - first_node) + 1;
  uses_partial_ = outer_partial || uses_partial_;
  literal->local_count = levels_.back().locals;
  levels_.pop_back();
  names_.restore(mark);
  if (external) {
    builder_.finding(Problem::host, span_from(from),
                     {.zh = "不支持外部函数", .en = "external functions are not supported"});
    return builder_.failure(span_from(from), Problem::unknown_function);
  }
  literal->signature = Type::function(std::move(parameters), literal->body->type);
  return builder_.function_literal(span_from(from), std::move(literal));
}

// ---- Postfix
// ---------------------------------------------------------------------------------------------------------

NodeRef Parser::path_of(std::size_t from, NodeRef base) {
  cursor_.accept(".");
  const std::size_t at = here();
  const std::string_view text = cursor_.text();
  const Type owner = base->type.kind() == TypeKind::list ? base->type.element() : base->type;
  std::size_t end = at;
  std::string name;
  for (const Type::Field& field : owner.fields()) {
    const auto found = match_name(text, at, normalized_name(field.name));
    if (!found || *found <= end) continue;
    end = *found;
    name = field.name;
  }
  for (const std::string_view property : property_names()) {
    const auto found = match_name(text, at, property);
    if (!found || *found <= end) continue;
    end = *found;
    name = property;
  }
  // Where nothing is known, words up to a keyword are the name.
  Cursor words = cursor_;
  std::size_t last = at;
  for (std::string_view word = words.word(); !word.empty() && (last == at || !is_keyword(word)); word = words.word()) {
    last = words.at() + word.size();
    words.move_to(last);
    words.skip_space();
  }
  if (end == at || (last > end && owner.field(name) == nullptr)) {
    end = last;
    name = normalized_name(text.substr(at, end - at));
  }
  if (end == at) return expected({.zh = "“.”后的名称", .en = "a name after `.`"});
  cursor_.move_to(end);
  return builder_.path(span_from(from), base, std::move(name));
}

NodeRef Parser::filter_of(std::size_t from, NodeRef base) {
  const Nesting nesting(*this);
  if (too_deep()) return nothing();
  cursor_.accept("[");
  const bool outer = std::exchange(range_end_, false);
  const std::uint32_t item = new_local();
  const Type element = base->type.kind() == TypeKind::list ? base->type.element() : base->type;
  const Binding item_binding = local_binding(item, element);
  const std::size_t mark = names_.mark();
  names_.declare("item", item_binding);
  for (const Type::Field& field : element.fields()) {
    Binding entry = item_binding;
    entry.kind = Binding::Kind::entry;
    entry.type = field.type;
    names_.declare(field.name, std::move(entry));
  }
  items_.push_back({.item = item_binding, .mark = mark});
  const NodeRef condition = any_expression();
  items_.pop_back();
  names_.restore(mark);
  require("]");
  range_end_ = outer;
  return builder_.filter(span_from(from), base, condition, item);
}

// The name of a named argument: `start position:`; nothing when an expression stands here.
std::optional<std::string> Parser::argument_name() {
  here();
  Cursor ahead = cursor_;
  if (!is_name_start(ahead.peek_code_point())) return std::nullopt;
  constexpr std::string_view kNameSymbols = "./-'+*";
  while (!ahead.done()) {
    const char32_t code_point = ahead.peek_code_point();
    const bool is_symbol =
        code_point < 0x80 && kNameSymbols.find(static_cast<char>(code_point)) != std::string_view::npos;
    if (!is_name_part(code_point) && !is_space(code_point) && !is_symbol) break;
    std::size_t next = ahead.at();
    utf8::next(ahead.text(), next);
    ahead.move_to(next);
  }
  if (ahead.peek() != ':') return std::nullopt;
  std::string name = normalized_name(cursor_.text().substr(cursor_.at(), ahead.at() - cursor_.at()));
  cursor_.move_to(ahead.at() + 1);
  return name;
}

Parser::Arguments Parser::arguments() {
  const Nesting nesting(*this);
  Arguments result;
  if (too_deep()) return result;
  const bool outer = std::exchange(range_end_, false);
  cursor_.accept("(");
  if (!cursor_.accept(")")) {
    do {
      const std::size_t at = here();
      auto name = argument_name();
      const bool must_be_named = !result.names.empty();
      if (!result.values.empty() && name.has_value() != must_be_named) {
        error(Problem::syntax, span_from(at),
              {.zh = "参数要么全部按名称给出，要么全部按位置给出",
               .en = "arguments are given either all by name or all by position"});
        break;
      }
      if (name) {
        if (std::find(result.names.begin(), result.names.end(), *name) != result.names.end()) {
          error(Problem::syntax, span_from(at),
                {.zh = fmt::format("参数“{}”给了两次", *name), .en = fmt::format("`{}` is given twice", *name)});
          break;
        }
        result.names.push_back(std::move(*name));
      }
      result.values.push_back(any_expression());
    } while (!builder_.has_syntax_error() && cursor_.accept(","));
    require(")");
  }
  range_end_ = outer;
  return result;
}

NodeRef Parser::call_of(std::size_t from, NodeRef function) {
  Arguments given = arguments();
  return builder_.user_call(span_from(from), function, std::move(given.values), std::move(given.names));
}

// ---- Names
// -----------------------------------------------------------------------------------------------------------

NodeRef Parser::name_expression() {
  const std::size_t from = here();
  if (cursor_.peek() == '?' && !is_name_part(static_cast<unsigned char>(cursor_.peek(1))) && in_tests_) {
    cursor_.accept("?");
    asks_tested_ = true;
    if (levels_.size() == 1) return builder_.tested(span_from(from), tested_);
    return builder_.failure(span_from(from), Problem::unknown_name);
  }
  const auto known = names_.longest(cursor_.text(), from);
  const std::string_view builtin = longest_builtin(cursor_.text(), from);
  const std::size_t builtin_end = builtin.empty() ? from : *match_name(cursor_.text(), from, builtin);
  // A variable does not hide the function of its name where it could not be called: date("2026-10-12") beside `date`.
  const bool hides = known && (known->end > builtin_end || builtin.empty() || !calls_builtin(builtin_end, *known));
  if (hides && known->end >= builtin_end) return known_name(from, *known);
  if (!builtin.empty()) {
    cursor_.move_to(builtin_end);
    return builtin_name(from, builtin);
  }
  return unknown_name(from);
}

// Whether a call stands after the name, and the variable of that name is no function.
bool Parser::calls_builtin(std::size_t end, const Names::Match& known) const {
  const Type& type = known.binding->type;
  if (type.is_any() || type.kind() == TypeKind::function) return false;
  Cursor after = cursor_;
  after.move_to(end);
  after.skip_space();
  return after.peek() == '(';
}

NodeRef Parser::known_name(std::size_t from, const Names::Match& match) {
  cursor_.move_to(match.end);
  const std::string name = *match.name;
  const Binding binding = *match.binding;
  if (name == "partial") uses_partial_ = true;
  const NodeRef node = resolved(span_from(from), name, binding, levels_.size() - 1);
  return maybe_item_entry(span_from(from), name, match.order + 1, node);
}

// Inside filters whose items may have an entry of that name, the entry goes before the name from outside. `order`:
// how many names were declared when this one was, itself included; 0 when it was not.
NodeRef Parser::maybe_item_entry(Span span, std::string_view name, std::size_t order, NodeRef otherwise) {
  std::vector<NodeRef> candidates;
  for (auto scope = items_.rbegin(); scope != items_.rend(); ++scope) {
    if (order > scope->mark) break;
    const Type& element = scope->item.type;
    if (!element.is_any() && element.kind() != TypeKind::context && element.kind() != TypeKind::null) continue;
    candidates.push_back(resolved(span, "item", scope->item, levels_.size() - 1));
  }
  if (candidates.empty()) return otherwise;
  return builder_.item_entry(span, std::string(name), std::move(candidates), otherwise);
}

NodeRef Parser::builtin_name(std::size_t from, std::string_view name) {
  if ((here(), cursor_.peek()) == '(') {
    Arguments given = arguments();
    return builder_.builtin_call(span_from(from), name, std::move(given.values), given.names);
  }
  const NodeRef function = builder_.constant(span_from(from), builtin_value(name));
  return maybe_item_entry(span_from(from), name, 0, function);
}

NodeRef Parser::unknown_name(std::size_t from) {
  Cursor words = cursor_;
  std::size_t end = from;
  for (std::string_view word = words.word(); !word.empty() && !is_keyword(word); word = words.word()) {
    end = words.at() + word.size();
    words.move_to(end);
    words.skip_space();
  }
  if (end == from) return expected({.zh = "一个值", .en = "a value"});
  cursor_.move_to(end);
  const Span span{from, end};
  const std::string name = normalized_name(cursor_.text().substr(from, end - from));
  if ((here(), cursor_.peek()) == '(') {
    Likeness likeness(name);
    for (const std::string_view known : BuiltinTable::standard().names()) likeness.consider(known);
    const std::string like = likeness.best();
    builder_.finding(
        Problem::unknown_function, span,
        {.zh = fmt::format("没有函数“{}”{}", name, like.empty() ? "" : fmt::format("；是否指“{}”？", like)),
         .en = fmt::format("there is no function `{}`{}", name,
                           like.empty() ? "" : fmt::format("; did you mean `{}`?", like))});
    arguments();
    return builder_.failure(span_from(from), Problem::unknown_function);
  }
  const NodeRef entry = maybe_item_entry(span, name, 0, nullptr);
  if (entry != nullptr) return entry;
  std::string like = names_.suggestion(name);
  builder_.finding(
      Problem::unknown_name, span,
      {.zh = fmt::format("没有名为“{}”的变量{}", name, like.empty() ? "" : fmt::format("；是否指“{}”？", like)),
       .en = fmt::format("there is no name `{}`{}", name,
                         like.empty() ? "" : fmt::format("; did you mean `{}`?", like))});
  return builder_.failure(span, Problem::unknown_name);
}

// The node that reads a name from within the function at `level`.
NodeRef Parser::resolved(Span span, const std::string& name, const Binding& binding, std::size_t level) {
  if (binding.kind == Binding::Kind::entry) {
    Binding item = binding;
    item.kind = Binding::Kind::local;
    item.type = Type::any();
    return builder_.path(span, resolved(span, "item", item, level), name);
  }
  const bool is_own = binding.level == level && binding.kind != Binding::Kind::self;
  if (is_own && binding.kind == Binding::Kind::input) return builder_.input(span, binding.index, name, binding.type);
  const std::uint32_t index = is_own ? binding.index : captured(name, binding, level);
  return builder_.local(span, index, name, binding.type);
}

// The local of the function at `level` into which the name's value from outside is put when the function is made.
std::uint32_t Parser::captured(const std::string& name, const Binding& binding, std::size_t level) {
  for (const auto& [known, local] : levels_[level].captured) {
    if (known.kind == binding.kind && known.index == binding.index && known.level == binding.level) return local;
  }
  const bool is_self = binding.kind == Binding::Kind::self && binding.level == level;
  const NodeRef outside = is_self ? nullptr : resolved({0, 0}, name, binding, level - 1);
  const std::uint32_t local = levels_[level].locals++;
  levels_[level].literal->captures.push_back({.local = local, .value = outside});
  levels_[level].captured.emplace_back(binding, local);
  return local;
}

}  // namespace zh::feel::internal
