// The operators of FEEL on values. A pair of kinds that an operator does not take gives a null whose cause has no place
// yet: the node that asked adds its own (Located in nodes).
#pragma once

#include "feel/node.h"
#include "feel/value.h"

namespace zh::feel::internal {

enum class Arithmetic : std::uint8_t { add, subtract, multiply, divide, power };
enum class Comparison : std::uint8_t { equal, unequal, less, less_equal, greater, greater_equal };

Value calculate(Arithmetic operation, const Value& a, const Value& b);
Value negate(const Value& a);

// Three-valued: undefined for null and for kinds without order.
Tri compare(Comparison operation, const Value& a, const Value& b);
// Whether the range holds the value; undefined where an end cannot be compared with it.
Tri includes(const Range& range, const Value& value);
// `value in criterion`: within a range; one of a list, or within one of its ranges, or equal to it; else equal.
Tri is_in(const Value& value, const Value& criterion);

// A number as a whole one, toward zero; nothing when it has more than 38 digits.
std::optional<Int128> whole(const Decimal& number);
Decimal to_decimal(Int128 number);

}  // namespace zh::feel::internal
