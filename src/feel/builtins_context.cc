// Built-in functions on contexts (DMN 1.5, table 80).
#include <algorithm>

#include "feel/builtin.h"

namespace zh::feel::internal {

namespace {

using Entries = std::vector<std::pair<std::string, Value>>;

Entries entries_of(const Context& context) {
  Entries entries;
  entries.reserve(context.size());
  for (std::size_t i = 0; i < context.size(); ++i) entries.emplace_back(context.key(i), context.value(i));
  return entries;
}

void put(Entries& entries, std::string_view key, Value value) {
  const auto known =
      std::find_if(entries.begin(), entries.end(), [&](const auto& entry) { return entry.first == key; });
  if (known != entries.end()) {
    known->second = std::move(value);
  } else {
    entries.emplace_back(std::string(key), std::move(value));
  }
}

Value get_value(Call& call) {
  const Value* const found = call[0].context().find(call[1].string());
  return found != nullptr ? *found : Value();
}

Value get_entries(Call& call) {
  static const auto shape = std::make_shared<const Shape>(std::vector<std::string>{"key", "value"});
  const Context& context = call[0].context();
  if (!call.run.spend(context.size())) return {};
  std::vector<Value> items;
  for (std::size_t i = 0; i < context.size(); ++i) {
    items.push_back(
        Value::adopt(new Context(shape, std::vector<Value>{Value::string(context.key(i)), context.value(i)})));
  }
  return Value::list(std::move(items));
}

// A new context with the value at the end of the path of keys; nothing when the path leads through what is no context.
std::optional<Value> put_at(const Context& context, std::span<const Value> keys, const Value& value) {
  if (keys.empty() || !keys.front().is_string()) return std::nullopt;
  Entries entries = entries_of(context);
  const std::string_view key = keys.front().string();
  if (keys.size() == 1) {
    put(entries, key, value);
    return Value::context(std::move(entries));
  }
  const Value* const inner = context.find(key);
  if (inner == nullptr || !inner->is_context()) return std::nullopt;
  auto changed = put_at(inner->context(), keys.subspan(1), value);
  if (!changed) return std::nullopt;
  put(entries, key, std::move(*changed));
  return Value::context(std::move(entries));
}

Value context_put(Call& call) {
  const Context& context = call[0].context();
  const std::span<const Value> keys = call[1].is_list() ? call[1].list() : std::span<const Value>(&call[1], 1);
  if (!call.run.spend(context.size() + keys.size())) return {};
  auto changed = put_at(context, keys, call[2]);
  if (!changed) return call.fail(Problem::wrong_argument, 1);
  return std::move(*changed);
}

Value context_merge(Call& call) {
  Entries entries;
  for (const Value& one : call[0].list()) {
    if (!one.is_context()) return call.fail(Problem::not_a_context);
    const Context& context = one.context();
    if (!call.run.spend(context.size() * (1 + entries.size() / 8))) return {};
    for (std::size_t i = 0; i < context.size(); ++i) put(entries, context.key(i), context.value(i));
  }
  return Value::context(std::move(entries));
}

// context(entries): [{key: "a", value: 1}, …]; a repeated key makes it null.
Value context_of(Call& call) {
  Entries entries;
  for (const Value& one : call[0].list()) {
    const Value* const key = one.is_context() ? one.context().find("key") : nullptr;
    const Value* const value = one.is_context() ? one.context().find("value") : nullptr;
    if (key == nullptr || !key->is_string() || value == nullptr) return call.fail(Problem::wrong_argument);
    const auto is_repeated = [&](const auto& entry) { return entry.first == key->string(); };
    if (std::any_of(entries.begin(), entries.end(), is_repeated)) return call.fail(Problem::wrong_argument);
    if (!call.run.spend(entries.size())) return {};
    entries.emplace_back(std::string(key->string()), *value);
  }
  return Value::context(std::move(entries));
}

}  // namespace

void add_context_functions(BuiltinTable& table) {
  const Type any_context = Type::context({});
  table.add("get value", {context("m"), string("key")}, Type::any(), get_value);
  table.add("get value", {context("context"), string("key")}, Type::any(), get_value);
  table.add("get entries", {context("m")}, Type::list(any_context), get_entries);
  table.add("get entries", {context("context")}, Type::list(any_context), get_entries);
  // By position one key or a path of them; by name `key` is one key and `keys` a path.
  const Parameter key_or_keys = of({}, {Kind::string, Kind::list});
  table.add("context put", {context("context"), key_or_keys, any("value")}, Type::any(), context_put);
  table.add("context put", {context("context"), string("key"), any("value")}, Type::any(), context_put);
  table.add("context put", {context("context"), list("keys"), any("value")}, Type::any(), context_put);
  table.add("context merge", {list("contexts")}, Type::any(), context_merge);
  table.add("context", {list("entries")}, Type::any(), context_of);
}

}  // namespace zh::feel::internal
