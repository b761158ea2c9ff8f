// Built-in functions on lists (DMN 1.5, table 75) and sort().
#include <algorithm>
#include <unordered_map>

#include "feel/builtin.h"

namespace zh::feel::internal {

namespace {

using Items = std::span<const Value>;

Value made(Call& call, std::vector<Value> items) {
  if (!may_hold(call.run, items.size()) || !call.run.spend(items.size())) return {};
  return Value::list(std::move(items));
}

std::vector<Value> copy_of(Items items) { return {items.begin(), items.end()}; }

// A position from 1, or from −1 at the end, as an index; nothing when the list has none such.
std::optional<std::size_t> index_of_position(const Value& position, std::size_t size) {
  const auto whole = position.number().round(0, Rounding::down).to_int64();
  const auto count = static_cast<std::int64_t>(size);
  if (!whole || *whole == 0 || *whole > count || *whole < -count) return std::nullopt;
  return static_cast<std::size_t>(*whole > 0 ? *whole - 1 : count + *whole);
}

Value list_contains(Call& call) {
  const Items items = call[0].list();
  if (!call.run.spend(call[0].weight())) return {};
  return Value::boolean(
      std::any_of(items.begin(), items.end(), [&](const Value& item) { return equal(item, call[1]).value_or(false); }));
}

Value sublist(Call& call) {
  const Items items = call[0].list();
  const auto from = index_of_position(call[1], items.size());
  if (!from) return call.fail(Problem::out_of_range, 1);
  std::size_t count = items.size() - *from;
  if (call.has(2)) {
    const auto wanted = call[2].number().round(0, Rounding::down).to_int64();
    if (!wanted || *wanted < 0 || static_cast<std::uint64_t>(*wanted) > count)
      return call.fail(Problem::out_of_range, 2);
    count = static_cast<std::size_t>(*wanted);
  }
  return made(call, copy_of(items.subspan(*from, count)));
}

Value append(Call& call) {
  std::vector<Value> items = copy_of(call[0].list());
  items.insert(items.end(), call.arguments.begin() + 1, call.arguments.end());
  return made(call, std::move(items));
}

Value concatenate(Call& call) {
  std::vector<Value> items;
  for (const Value& list : call.arguments) {
    if (!may_hold(call.run, items.size() + list.list().size())) return {};
    items.insert(items.end(), list.list().begin(), list.list().end());
  }
  return made(call, std::move(items));
}

Value insert_before(Call& call) {
  std::vector<Value> items = copy_of(call[0].list());
  const auto index = index_of_position(call[1], items.size());
  if (!index) return call.fail(Problem::out_of_range, 1);
  items.insert(items.begin() + static_cast<std::ptrdiff_t>(*index), call[2]);
  return made(call, std::move(items));
}

Value remove(Call& call) {
  std::vector<Value> items = copy_of(call[0].list());
  const auto index = index_of_position(call[1], items.size());
  if (!index) return call.fail(Problem::out_of_range, 1);
  items.erase(items.begin() + static_cast<std::ptrdiff_t>(*index));
  return made(call, std::move(items));
}

Value replace_where(Call& call, std::vector<Value> items) {
  const Function& match = call[1].function();
  if (match.type().has_signature() && match.type().parameters().size() != 2) return call.fail(Problem::wrong_count, 1);
  for (Value& item : items) {
    const Value arguments[]{item, call[2]};
    const Value found = feel::call(call[1], arguments, call.run);
    if (call.run.failed()) return {};
    if (found.kind() != Kind::boolean) return call.fail(Problem::not_boolean, 1);
    if (found.is_true()) item = call[2];
  }
  return made(call, std::move(items));
}

Value list_replace(Call& call) {
  std::vector<Value> items = copy_of(call[0].list());
  if (call[1].is_function()) return replace_where(call, std::move(items));
  const auto index = index_of_position(call[1], items.size());
  if (!index) return call.fail(Problem::out_of_range, 1);
  items[*index] = call[2];
  return made(call, std::move(items));
}

Value reverse(Call& call) {
  std::vector<Value> items = copy_of(call[0].list());
  std::reverse(items.begin(), items.end());
  return made(call, std::move(items));
}

Value index_of(Call& call) {
  const Items items = call[0].list();
  if (!call.run.spend(call[0].weight())) return {};
  std::vector<Value> positions;
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (equal(items[i], call[1]).value_or(false)) positions.push_back(Value::number(static_cast<std::int64_t>(i) + 1));
  }
  return made(call, std::move(positions));
}

// Equal values have equal keys.
std::size_t key_of(const Value& value) {
  const auto kind = static_cast<std::size_t>(value.kind());
  if (value.is_number()) return value.number().hash() ^ kind;
  if (value.is_string()) return std::hash<std::string_view>{}(value.string()) ^ kind;
  if (value.kind() == Kind::date) return static_cast<std::size_t>(value.date().days) ^ kind;
  if (value.is_list()) return value.list().size() * 31 ^ kind;
  return kind;
}

Value distinct(Call& call, Items items) {
  std::vector<Value> kept;
  std::unordered_map<std::size_t, std::vector<std::size_t>> by_key;
  for (const Value& item : items) {
    auto& rivals = by_key[key_of(item)];
    if (!call.run.spend(1 + rivals.size() * item.weight())) return {};
    const bool known = std::any_of(rivals.begin(), rivals.end(),
                                   [&](std::size_t at) { return equal(kept[at], item).value_or(false); });
    if (known) continue;
    rivals.push_back(kept.size());
    kept.push_back(item);
  }
  return made(call, std::move(kept));
}

Value distinct_values(Call& call) { return distinct(call, call[0].list()); }

Value union_of(Call& call) {
  const Value all = concatenate(call);
  if (!all.is_list()) return all;
  return distinct(call, all.list());
}

void flatten_into(std::vector<Value>& flat, Items items) {
  for (const Value& item : items) {
    if (item.is_list()) {
      flatten_into(flat, item.list());
    } else {
      flat.push_back(item);
    }
  }
}

Value flatten(Call& call) {
  if (!call.run.spend(call[0].weight())) return {};
  std::vector<Value> flat;
  flatten_into(flat, call[0].list());
  return made(call, std::move(flat));
}

// Merge sort by a function that may answer anything: the order it gives is used as far as it goes.
class Sorter {
 public:
  explicit Sorter(Call& call) : call_(call) {}

  bool sort(std::vector<Value>& items) {
    std::vector<Value> merged(items.size());
    for (std::size_t width = 1; width < items.size(); width *= 2) {
      for (std::size_t from = 0; from < items.size(); from += 2 * width) {
        const std::size_t middle = std::min(from + width, items.size());
        if (!merge(items, merged, from, middle, std::min(from + 2 * width, items.size()))) return false;
      }
      items.swap(merged);
    }
    return true;
  }

 private:
  // Equal items keep their order: the left one goes first unless the right one precedes it.
  bool merge(std::vector<Value>& from, std::vector<Value>& to, std::size_t left, std::size_t middle, std::size_t end) {
    std::size_t right = middle;
    for (std::size_t at = left; at < end; ++at) {
      bool take_right = left >= middle;
      if (left < middle && right < end) {
        const Value arguments[]{from[right], from[left]};
        const Value answer = feel::call(call_[1], arguments, call_.run);
        if (answer.kind() != Kind::boolean) return false;
        take_right = answer.is_true();
      }
      to[at] = from[take_right ? right++ : left++];
    }
    return true;
  }

  Call& call_;
};

Value sort(Call& call) {
  const Function& precedes = call[1].function();
  if (precedes.type().has_signature() && precedes.type().parameters().size() != 2) {
    return call.fail(Problem::wrong_count, 1);
  }
  std::vector<Value> items = copy_of(call[0].list());
  if (!Sorter(call).sort(items)) return call.run.failed() ? Value() : call.fail(Problem::not_boolean, 1);
  return made(call, std::move(items));
}

}  // namespace

void add_list_functions(BuiltinTable& table) {
  const Type items = Type::list(Type::any());
  table.add("list contains", {list("list"), any("element")}, Type::boolean(), list_contains);
  table.add("sublist", {list("list"), number("start position"), optional(number("length"))}, items, sublist).result =
      ResultType::list_of_first;
  table.add("append", {list("list"), optional(any("item"))}, items, append).variadic = true;
  table.add("concatenate", {list("list")}, items, concatenate).variadic = true;
  table.add("insert before", {list("list"), number("position"), any("newItem")}, items, insert_before);
  table.add("remove", {list("list"), number("position")}, items, remove).result = ResultType::list_of_first;
  const Parameter position = of("position", {Kind::number, Kind::function});
  table.add("list replace", {list("list"), position, any("newItem")}, items, list_replace);
  table.add("list replace", {list("list"), function("match"), any("newItem")}, items, list_replace);
  table.add("reverse", {list("list")}, items, reverse).result = ResultType::list_of_first;
  table.add("index of", {list("list"), any("match")}, Type::list(Type::number()), index_of);
  table.add("union", {list("list")}, items, union_of).variadic = true;
  table.add("distinct values", {list("list")}, items, distinct_values).result = ResultType::list_of_first;
  table.add("flatten", {list("list")}, items, flatten);
  Overload& sorted = table.add("sort", {list("list"), function("precedes")}, items, sort);
  sorted.result = ResultType::list_of_first;
}

}  // namespace zh::feel::internal
