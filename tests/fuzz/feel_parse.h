// What must hold for any bytes as an expression, unary tests or a type: a result or diagnostics with their places,
// never a crash; strict and standard mode find the same errors in the text.
#pragma once

#include <cassert>
#include <cstdint>
#include <span>
#include <string_view>

#include "feel/feel.h"

namespace zh::fuzz {

inline void expect(bool holds) {
  if (!holds) __builtin_trap();
}

inline feel::Scope feel_scope() {
  feel::Scope scope;
  scope.declare("a", feel::Type::number().with_unit("seconds"));
  scope.declare("b c", feel::Type::string());
  scope.declare("a-b", feel::Type::any());
  scope.declare("items",
                feel::Type::list(feel::Type::context({{"n", feel::Type::number()}, {"in", feel::Type::date()}})));
  scope.declare("day", feel::Type::date());
  scope.declare_type("tItem", feel::Type::context({{"n", feel::Type::number()}}).named("tItem"));
  return scope;
}

inline void feel_parse(std::span<const std::uint8_t> bytes) {
  static const feel::Scope scope = feel_scope();
  const std::string_view text(reinterpret_cast<const char*>(bytes.data()), bytes.size());
  feel::CompileOptions strict;
  strict.mode = feel::CompileOptions::Mode::strict;
  const auto lenient_result = feel::compile_expression(text, scope);
  const auto strict_result = feel::compile_expression(text, scope, strict);
  expect(lenient_result.ok() || !strict_result.ok());
  expect(lenient_result.diagnostics().size() == strict_result.diagnostics().size());
  for (const auto& diagnostic : strict_result.diagnostics()) {
    expect(diagnostic.from <= diagnostic.to && diagnostic.to <= text.size());
    expect(diagnostic.place.line >= 1 && diagnostic.place.column >= 1);
    expect(!diagnostic.render(Language::zh).empty() && !diagnostic.render(Language::en).empty());
  }
  expect(lenient_result.expression().text() == text);
  const auto tests = feel::compile_unary_tests(text, scope, feel::Type::number());
  tests.tests().constants();
  (void)feel::compile_type(text, scope);
}

}  // namespace zh::fuzz
