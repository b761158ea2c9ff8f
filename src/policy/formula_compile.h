// Compiling the formulas of a pack: FEEL in strict mode, so that an unknown name, a wrong type or a unit that does not
// fit is a problem of the pack and not of the month.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "policy/pack.h"
#include "policy/problem.h"
#include "policy/vocabulary.h"
#include "policy/yaml.h"

namespace zh::policy {

// A number with a name that an item gives to its formula.
struct Constant {
  std::string name;
  Decimal value;
  std::string unit;
};

struct FormulaSetting {
  std::vector<NameInfo> names;      // values come in this order
  std::vector<Constant> constants;  // bound into the formula
  NameInfo::Type result = NameInfo::Type::number;
  std::string unit;    // of a number; "" = any
  std::string clause;  // for problems
};

// Each reports what is wrong and then gives an empty formula (or nothing).
Formula compile_formula(const yaml::Node& node, const FormulaSetting& setting, Problems& problems);

// Unary tests on a value: "<= 140", "[141..145]", "true".
struct TestSetting {
  NameInfo::Type tested = NameInfo::Type::number;
  std::string unit;
  std::string clause;
};
Formula compile_test(const yaml::Node& node, const TestSetting& setting, Problems& problems);

// What a test lets through, where it is made of constants only. Numbers as ranges, truth values as the values.
struct TestedSet {
  std::vector<Range> ranges;
  bool takes_true = false;
  bool takes_false = false;
};
std::optional<TestedSet> tested_set(const Formula& test);

// One range: "[2..5]", "> 0", "5".
std::optional<Range> compile_range(const yaml::Node& node, const std::string& unit, const std::string& clause,
                                   Problems& problems);

// The names that a formula reads, as indices into those it was compiled with, ascending.
std::vector<std::size_t> names_read(const Formula& formula);

// The value of a condition or formula that does not depend on anything, else nothing.
std::optional<std::string> constant_value(const Formula& formula);

// "round half up(value, 2)"
std::optional<RoundRule> compile_rounding(const yaml::Node& node, Problems& problems);

}  // namespace zh::policy
