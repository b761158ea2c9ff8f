#include "policy/reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"

namespace zh::policy {

namespace {

const std::vector<yaml::Node> kNoNodes;

bool is_one_line(const std::string& text) {
  return !text.empty() && text.find('\n') == std::string::npos && text.find('\r') == std::string::npos;
}

}  // namespace

std::optional<Decimal> read_number(std::string_view text) {
  const std::string_view digits = text.starts_with('-') ? text.substr(1) : text;
  if (digits.empty() || digits.size() > 40) return std::nullopt;
  const bool plain = std::ranges::all_of(digits, [](char c) { return c == '.' || (c >= '0' && c <= '9'); });
  if (!plain || digits.front() == '.' || digits.back() == '.') return std::nullopt;
  auto number = Decimal::parse(text);
  if (!number.ok()) return std::nullopt;
  return number.value();
}

Text read_text(const yaml::Node& node, Problems& problems, const Text& what) {
  Reader reader(node, problems, what);
  Text text;
  if (!reader.readable()) return text;
  const Text mend{.zh = "中文、英文都要写：`{zh: …, en: …}`", .en = "write both languages: `{zh: …, en: …}`"};
  for (const auto& [key, side] : {std::pair{"zh", &text.zh}, std::pair{"en", &text.en}}) {
    const yaml::Node* const value = reader.require(key, mend);
    if (value == nullptr) continue;
    if (!value->is_scalar() || value->scalar.empty()) {
      problems.error("wrong_type", value->place, {.zh = "这里应是文字", .en = "text is expected here"}, mend);
      continue;
    }
    *side = value->scalar;
    // Block scalars end in a newline that nobody means.
    while (side->ends_with('\n')) side->pop_back();
  }
  reader.done();
  return text;
}

Reader::Reader(const yaml::Node& node, Problems& problems, Text what)
    : node_(node), problems_(problems), what_(std::move(what)) {
  if (node_.is_map()) return;
  problems_.error(
      "wrong_type", node_.place,
      {.zh = fmt::format("{}应是“键: 值”的映射", what_.zh), .en = fmt::format("{} must be a mapping", what_.en)},
      {.zh = "写成 `键: 值`，每行一个", .en = "write `key: value`, one per line"});
}

const yaml::Node* Reader::find(std::string_view key) {
  known_.emplace_back(key);
  if (!node_.is_map()) return nullptr;
  const yaml::Entry* const entry = node_.find(key);
  return entry == nullptr ? nullptr : &entry->value;
}

const yaml::Node* Reader::require(std::string_view key, const Text& mend) {
  const yaml::Node* const value = find(key);
  if (value != nullptr && value->kind != yaml::Node::Kind::null) return value;
  if (!node_.is_map()) return nullptr;
  // A unit that is missing is a diagnosis of its own: a number without one can be read wrongly.
  const std::string_view code = key == "unit" ? "missing_unit" : key == "clause" ? "missing_clause" : "missing_key";
  const bool has_mend = !mend.zh.empty();
  problems_.error(
      code, value == nullptr ? node_.place : value->place,
      {.zh = fmt::format("{}缺少 `{}`", what_.zh, key), .en = fmt::format("{} lacks `{}`", what_.en, key)},
      has_mend ? mend : Text{.zh = fmt::format("写上 `{}: …`", key), .en = fmt::format("write `{}: …`", key)});
  return nullptr;
}

Place Reader::place_of(std::string_view key) const {
  const yaml::Entry* const entry = node_.is_map() ? node_.find(key) : nullptr;
  return entry == nullptr ? node_.place : entry->value.place;
}

void Reader::wrong(const yaml::Node& node, std::string_view key, const Text& expected) {
  const std::string shown = node.is_scalar() ? utf8::shortened(node.scalar, 40) : std::string("…");
  problems_.error("wrong_type", node.place,
                  {.zh = fmt::format("`{}` 应是{}，这里是 `{}`", key, expected.zh, shown),
                   .en = fmt::format("`{}` must be {}, here it is `{}`", key, expected.en, shown)},
                  {.zh = fmt::format("改成{}", expected.zh), .en = fmt::format("make it {}", expected.en)});
}

const yaml::Node* Reader::scalar(std::string_view key, const yaml::Node* node) {
  if (node == nullptr) return nullptr;
  if (node->is_scalar() && is_one_line(node->scalar)) return node;
  wrong(*node, key, {.zh = "一行文字", .en = "text on one line"});
  return nullptr;
}

std::string Reader::word(std::string_view key, const Text& mend) {
  const yaml::Node* const node = scalar(key, require(key, mend));
  return node == nullptr ? std::string() : node->scalar;
}

std::optional<std::string> Reader::optional_word(std::string_view key) {
  const yaml::Node* const node = scalar(key, find(key));
  return node == nullptr ? std::nullopt : std::optional(node->scalar);
}

Text Reader::text(std::string_view key, const Text& mend) {
  const yaml::Node* const node = require(key, mend);
  if (node == nullptr) return {};
  return read_text(*node, problems_, {.zh = fmt::format("`{}`", key), .en = fmt::format("`{}`", key)});
}

Decimal Reader::number(std::string_view key, const Text& mend) {
  const yaml::Node* const node = require(key, mend);
  if (node == nullptr) return {};
  const auto number = node->is_scalar() ? read_number(node->scalar) : std::nullopt;
  if (!number) wrong(*node, key, {.zh = "数字", .en = "a number"});
  return number.value_or(Decimal());
}

std::optional<Decimal> Reader::optional_number(std::string_view key) {
  if (!has(key)) {
    find(key);
    return std::nullopt;
  }
  return number(key);
}

std::optional<std::int64_t> Reader::optional_count(std::string_view key) {
  const yaml::Node* const node = find(key);
  if (node == nullptr) return std::nullopt;
  const auto number = node->is_scalar() ? read_number(node->scalar) : std::nullopt;
  const auto whole = number ? number->to_int64() : std::nullopt;
  if (whole && *whole >= 0 && *whole <= 1'000'000) return whole;
  wrong(*node, key, {.zh = "0 到 1000000 的整数", .en = "a whole number from 0 to 1000000"});
  return std::nullopt;
}

bool Reader::flag(std::string_view key, bool otherwise) {
  const yaml::Node* const node = find(key);
  if (node == nullptr) return otherwise;
  if (node->is_scalar() && (node->scalar == "true" || node->scalar == "false")) return node->scalar == "true";
  wrong(*node, key, {.zh = " `true` 或 `false`", .en = "`true` or `false`"});
  return otherwise;
}

std::string Reader::choice(std::string_view key, std::initializer_list<std::string_view> words,
                           std::optional<std::string_view> otherwise) {
  const yaml::Node* const node = otherwise ? find(key) : require(key, {});
  if (node == nullptr) return std::string(otherwise.value_or(*words.begin()));
  if (node->is_scalar() && std::ranges::find(words, node->scalar) != words.end()) return node->scalar;
  const std::vector<std::string> allowed(words.begin(), words.end());
  wrong(*node, key, {.zh = fmt::format(" {} 之一", quoted_list(allowed)), .en = "one of " + quoted_list(allowed)});
  return allowed.front();
}

std::vector<std::string> Reader::words(std::string_view key) {
  const yaml::Node* const node = find(key);
  std::vector<std::string> result;
  if (node == nullptr) return result;
  if (node->is_scalar() && is_one_line(node->scalar)) return {node->scalar};
  if (!node->is_list()) {
    wrong(*node, key, {.zh = "列表", .en = "a list"});
    return result;
  }
  for (const yaml::Node& item : node->items) {
    if (scalar(key, &item) != nullptr) result.push_back(item.scalar);
  }
  return result;
}

const std::vector<yaml::Node>& Reader::list(std::string_view key) {
  const yaml::Node* const node = find(key);
  if (node == nullptr) return kNoNodes;
  if (node->is_list()) return node->items;
  wrong(*node, key, {.zh = "列表", .en = "a list"});
  return kNoNodes;
}

const std::vector<yaml::Node>& Reader::required_list(std::string_view key, const Text& mend) {
  const yaml::Node* const node = require(key, mend);
  if (node == nullptr) return kNoNodes;
  if (!node->is_list()) {
    wrong(*node, key, {.zh = "列表", .en = "a list"});
    return kNoNodes;
  }
  if (node->items.empty()) {
    problems_.error("missing_key", node->place,
                    {.zh = fmt::format("`{}` 是空的", key), .en = fmt::format("`{}` is empty", key)}, mend);
  }
  return node->items;
}

void Reader::done() {
  if (!node_.is_map()) return;
  for (const yaml::Entry& entry : node_.entries) {
    if (std::ranges::find(known_, entry.key) != known_.end()) continue;
    const std::string meant = nearest(entry.key, known_);
    const std::string shown = utf8::shortened(entry.key, 60);
    problems_.error("unknown_key", entry.place,
                    {.zh = fmt::format("{}没有 `{}` 这个键", what_.zh, shown),
                     .en = fmt::format("{} has no key `{}`", what_.en, shown)},
                    meant.empty() ? Text{.zh = fmt::format("可用的键：{}", quoted_list(known_)),
                                         .en = fmt::format("the keys are {}", quoted_list(known_))}
                                  : Text{.zh = fmt::format("是不是 `{}`？", meant),
                                         .en = fmt::format("did you mean `{}`?", meant)});
  }
}

}  // namespace zh::policy
