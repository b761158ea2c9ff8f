// Parser: types, and names where they are declared.
#include <fmt/format.h>

#include <array>

#include "base/utf8.h"
#include "feel/parser.h"

namespace zh::feel::internal {

namespace {

constexpr std::array<std::string_view, 17> kTypeNames{"years and months duration",
                                                      "days and time duration",
                                                      "date and time",
                                                      "yearMonthDuration",
                                                      "dayTimeDuration",
                                                      "dateTime",
                                                      "function",
                                                      "boolean",
                                                      "context",
                                                      "number",
                                                      "string",
                                                      "range",
                                                      "date",
                                                      "time",
                                                      "list",
                                                      "Null",
                                                      "Any"};

}  // namespace

Type Parser::type() {
  const Nesting nesting(*this);
  if (too_deep()) return {};
  const std::size_t from = here();
  // The longest name wins, whether built in or declared.
  std::size_t end = from;
  std::string name;
  const auto consider = [&](std::string_view candidate) {
    const auto found = match_name(cursor_.text(), from, candidate);
    if (!found || *found <= end) return;
    end = *found;
    name = candidate;
  };
  for (const auto& [declared, type] : scope_.types()) consider(declared);
  for (const std::string_view built_in : kTypeNames) consider(built_in);
  if (name.empty()) {
    const std::string_view word = cursor_.word();
    if (word.empty()) {
      expected({.zh = "类型", .en = "a type"});
      return {};
    }
    cursor_.move_to(from + word.size());
    builder_.finding(Problem::unknown_type, span_from(from),
                     {.zh = fmt::format("没有类型“{}”", word), .en = fmt::format("there is no type `{}`", word)});
    unknown_type_ = true;
    return {};
  }
  cursor_.move_to(end);
  if (const Type* const declared = scope_.find_type(name); declared != nullptr) return *declared;
  return generic_type(name);
}

Type Parser::generic_type(std::string_view name) {
  const bool takes_parameters = name == "list" || name == "range" || name == "context" || name == "function";
  if (!takes_parameters || !cursor_.accept("<")) return Type::built_in(name).value_or(Type());
  if (name == "context") return context_type();
  if (name == "function") return function_type();
  Type element = type();
  require(">");
  return name == "list" ? Type::list(std::move(element)) : Type::range(std::move(element));
}

Type Parser::context_type() {
  std::vector<Type::Field> fields;
  if (cursor_.accept(">")) return Type::context({});
  do {
    std::string name = declared_name(":");
    require(":");
    fields.push_back({std::move(name), type()});
  } while (!builder_.has_syntax_error() && cursor_.accept(","));
  require(">");
  return Type::context(std::move(fields));
}

Type Parser::function_type() {
  std::vector<Type::Parameter> parameters;
  if (!cursor_.accept(">")) {
    do parameters.push_back({{}, type()});
    while (!builder_.has_syntax_error() && cursor_.accept(","));
    require(">");
  }
  require("->");
  return Type::function(std::move(parameters), type());
}

// A name that is being declared: up to one of the characters in `ends`, or to the word `in`.
std::string Parser::declared_name(std::string_view ends) {
  const std::size_t from = here();
  const bool ends_at_in = ends == "in";
  constexpr std::string_view kNameSymbols = "./-'+*";
  bool word_begins = true;
  while (!cursor_.done()) {
    const char32_t code_point = cursor_.peek_code_point();
    if (word_begins && ends_at_in && cursor_.at() > from && cursor_.is_at_word("in")) break;
    const bool is_symbol =
        code_point < 0x80 && kNameSymbols.find(static_cast<char>(code_point)) != std::string_view::npos;
    if (!is_name_part(code_point) && !is_space(code_point) && !is_symbol) break;
    word_begins = is_space(code_point);
    std::size_t next = cursor_.at();
    utf8::next(cursor_.text(), next);
    cursor_.move_to(next);
  }
  std::string name = normalized_name(cursor_.text().substr(from, cursor_.at() - from));
  std::size_t at = 0;
  if (name.empty() || !is_name_start(utf8::next(name, at))) {
    cursor_.move_to(from);
    expected({.zh = "名称", .en = "a name"});
  }
  return name;
}

}  // namespace zh::feel::internal
