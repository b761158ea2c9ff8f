// Built-in functions that make one value of many (DMN 1.5, table 76): of a list, or of the arguments themselves.
#include <algorithm>

#include "feel/builtin.h"
#include "feel/operators.h"

namespace zh::feel::internal {

namespace {

using Items = std::span<const Value>;

template <Value (*body)(Call&, Items)>
Value of_list(Call& call) {
  if (!call.run.spend(call[0].list().size())) return {};
  return body(call, call[0].list());
}
template <Value (*body)(Call&, Items)>
Value of_arguments(Call& call) {
  return body(call, call.arguments);
}

Value count(Call& call) { return Value::number(static_cast<std::int64_t>(call[0].list().size())); }

Value extreme(Call& call, Items items, std::strong_ordering wanted) {
  if (items.empty()) return {};
  const Value* best = &items.front();
  if (items.size() == 1 && !compare(*best, *best)) return call.fail(Problem::not_comparable);
  for (const Value& item : items.subspan(1)) {
    const auto order = compare(item, *best);
    if (!order) return call.fail(Problem::not_comparable);
    if (*order == wanted) best = &item;
  }
  return *best;
}
Value min(Call& call, Items items) { return extreme(call, items, std::strong_ordering::less); }
Value max(Call& call, Items items) { return extreme(call, items, std::strong_ordering::greater); }

bool all_numbers(Items items) {
  return !items.empty() && std::all_of(items.begin(), items.end(), [](const Value& item) { return item.is_number(); });
}

Value finite(Call& call, const Decimal& result) {
  if (!result.is_finite()) return call.fail(Problem::out_of_range);
  return Value::number(result);
}

Decimal total(Items items) {
  Decimal sum;
  for (const Value& item : items) sum += item.number();
  return sum;
}

Value sum(Call& call, Items items) {
  // Durations of one kind can be added, too.
  const auto is_duration = [&](Kind kind) {
    return !items.empty() &&
           std::all_of(items.begin(), items.end(), [&](const Value& one) { return one.kind() == kind; });
  };
  if (is_duration(Kind::days_duration) || is_duration(Kind::months_duration)) {
    Value result = items.front();
    for (const Value& item : items.subspan(1)) result = calculate(Arithmetic::add, result, item);
    return result;
  }
  if (!all_numbers(items)) return call.fail(Problem::not_a_number);
  return finite(call, total(items));
}

Value mean(Call& call, Items items) {
  if (!all_numbers(items)) return call.fail(Problem::not_a_number);
  return finite(call, total(items) / Decimal(static_cast<std::int64_t>(items.size())));
}

Value product(Call& call, Items items) {
  if (!all_numbers(items)) return call.fail(Problem::not_a_number);
  Decimal result(1);
  for (const Value& item : items) result *= item.number();
  return finite(call, result);
}

std::vector<Decimal> sorted_numbers(Items items) {
  std::vector<Decimal> numbers;
  numbers.reserve(items.size());
  for (const Value& item : items) numbers.push_back(item.number());
  std::sort(numbers.begin(), numbers.end());
  return numbers;
}

Value median(Call& call, Items items) {
  if (items.empty()) return {};
  if (!all_numbers(items)) return call.fail(Problem::not_a_number);
  const auto numbers = sorted_numbers(items);
  const std::size_t middle = numbers.size() / 2;
  if (numbers.size() % 2 == 1) return Value::number(numbers[middle]);
  return finite(call, (numbers[middle - 1] + numbers[middle]) / Decimal(2));
}

// Of a sample: the sum of squares is divided by one less than the count.
Value stddev(Call& call, Items items) {
  if (!all_numbers(items) || items.size() < 2) return call.fail(Problem::not_a_number);
  const Decimal middle = total(items) / Decimal(static_cast<std::int64_t>(items.size()));
  Decimal squares;
  for (const Value& item : items) {
    const Decimal distance = item.number() - middle;
    squares += distance * distance;
  }
  return finite(call, (squares / Decimal(static_cast<std::int64_t>(items.size() - 1))).sqrt());
}

Value mode(Call& call, Items items) {
  if (items.empty()) return Value::list({});
  if (!all_numbers(items)) return call.fail(Problem::not_a_number);
  const auto numbers = sorted_numbers(items);
  std::vector<Value> best;
  std::size_t most = 0;
  for (auto from = numbers.begin(); from != numbers.end();) {
    const auto to = std::upper_bound(from, numbers.end(), *from);
    const auto times = static_cast<std::size_t>(to - from);
    if (times > most) best.clear();
    if (times >= most) best.push_back(Value::number(*from));
    most = std::max(most, times);
    from = to;
  }
  return Value::list(std::move(best));
}

// True for a value that is neither boolean nor null among the items.
bool has_stranger(Items items) {
  return std::any_of(items.begin(), items.end(),
                     [](const Value& item) { return item.kind() != Kind::boolean && !item.is_null(); });
}

Value junction(Call& call, Items items, bool absorbing) {
  if (has_stranger(items)) return call.fail(Problem::not_boolean);
  bool undefined = false;
  for (const Value& item : items) {
    if (item.is_null()) undefined = true;
    if (!item.is_null() && item.boolean() == absorbing) return Value::boolean(absorbing);
  }
  return undefined ? Value() : Value::boolean(!absorbing);
}
Value all(Call& call, Items items) { return junction(call, items, false); }
Value any_of(Call& call, Items items) { return junction(call, items, true); }

template <Value (*body)(Call&, Items)>
void add_both(BuiltinTable& table, std::string_view name, const Type& type, ResultType result = ResultType::fixed) {
  table.add(name, {list("list")}, type, of_list<body>).result = result;
  // The repeated parameter has no name: it cannot be given by name.
  Overload& repeated = table.add(name, {any("")}, type, of_arguments<body>);
  repeated.variadic = true;
  repeated.result = result;
}

}  // namespace

void add_aggregate_functions(BuiltinTable& table) {
  table.add("count", {list("list")}, Type::number(), count);
  add_both<min>(table, "min", Type::any(), ResultType::element);
  add_both<max>(table, "max", Type::any(), ResultType::element);
  add_both<sum>(table, "sum", Type::any(), ResultType::element);
  add_both<mean>(table, "mean", Type::number(), ResultType::element);
  add_both<product>(table, "product", Type::number());
  add_both<median>(table, "median", Type::number(), ResultType::element);
  add_both<stddev>(table, "stddev", Type::number(), ResultType::element);
  add_both<mode>(table, "mode", Type::list(Type::number()));
  add_both<all>(table, "all", Type::boolean());
  add_both<any_of>(table, "any", Type::boolean());
}

}  // namespace zh::feel::internal
