// The conditions on what a turn says: phrases, patterns, expressions, words near each other, templates.
#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"
#include "policy/checks/condition_reader.h"

namespace zh::policy {

namespace {

constexpr std::int64_t kGapDefault = 20;  // characters between the pieces of a template
constexpr std::int64_t kGapMax = 1'000'000;

}  // namespace

Alternatives ConditionReader::alternative(const std::string& word, const Place& place, bool patterns) {
  Alternatives result{.phrases = {word}, .place = place, .clause = check_.clause};
  if (patterns || !word.starts_with('@')) return result;
  const auto list = lists_.find(word.substr(1));
  if (list != lists_.end()) {
    list->second.used = true;
    result.phrases = list->second.phrases;
    return result;
  }
  std::vector<std::string> known;
  for (const auto& [name, unused] : lists_) known.push_back("@" + name);
  const std::string meant = nearest(word, known);
  error("unknown_list", place,
        {.zh = fmt::format("没有短语表 `{}`", word), .en = fmt::format("there is no list of phrases `{}`", word)},
        meant.empty()
            ? Text{.zh = "在 `phrases:` 文件里写下它", .en = "write it into a file of `phrases:`"}
            : Text{.zh = fmt::format("是不是 `{}`？", meant), .en = fmt::format("did you mean `{}`?", meant)});
  return result;
}

std::vector<Alternatives> ConditionReader::alternatives(const yaml::Node& node, bool patterns) {
  std::vector<Alternatives> result;
  if (node.is_scalar() && !node.scalar.empty()) return {alternative(node.scalar, node.place, patterns)};
  for (const yaml::Node& item : node.items) {
    if (item.is_scalar() && !item.scalar.empty()) result.push_back(alternative(item.scalar, item.place, patterns));
  }
  if (!node.is_list() || result.size() != node.items.size() || result.empty()) {
    error("wrong_type", node.place, {.zh = "这里应是文字的列表", .en = "a list of words is expected here"},
          {.zh = "写成 `[您好, 再见]`", .en = "write it as `[hello, goodbye]`"});
  }
  return result;
}

Says ConditionReader::read_words(Reader& reader, std::string_view key) {
  const bool patterns = key == "patterns";
  const yaml::Node* node = reader.find(key);
  const yaml::Node* but_not = nullptr;
  SaysWords words;
  words.leaf = book_.new_leaf();
  if (node->is_map()) {
    Reader inner(*node, loading_.problems, {.zh = fmt::format("`{}`", key), .en = fmt::format("`{}`", key)});
    using Kind = Need::Kind;
    const yaml::Node* listed = nullptr;
    for (const auto& [name, kind] : {std::pair{"any", Kind::any}, {"all", Kind::all}, {"none", Kind::none}}) {
      if (const yaml::Node* const list = inner.find(name)) {
        listed = list;
        words.need.kind = kind;
      }
    }
    if (inner.has("at_least")) {
      words.need = {Kind::at_least, inner.optional_count("at_least").value_or(1)};
      listed = inner.require("of", {});
    }
    but_not = inner.find("but_not");
    const std::size_t keys = (words.need.kind == Kind::at_least ? 2U : 1U) + (but_not == nullptr ? 0U : 1U);
    if (node->entries.size() != keys || listed == nullptr) {
      error("operator", node->place,
            {.zh = fmt::format("`{}` 下面应是列表，或 `any`、`all`、`none`、`at_least` 加 `of` 之一，可加 `but_not`",
                               key),
             .en = fmt::format("below `{}` stands a list, or one of `any`, `all`, `none`, or `at_least` with `of`, and "
                               "perhaps `but_not`",
                               key)},
            {.zh = "如 `{at_least: 2, of: […]}`", .en = "such as `{at_least: 2, of: […]}`"});
    }
    inner.done();
    node = listed;
  }
  if (node == nullptr) return {words, {}};
  const auto add = [&](std::uint32_t slot, const Alternatives& it) {
    if (patterns) {
      book_.add_pattern({words.leaf, slot}, it);
    } else {
      book_.add_phrases({words.leaf, slot}, it);
    }
  };
  for (const Alternatives& it : alternatives(*node, patterns)) add(words.slots++, it);
  if (but_not != nullptr) {
    for (const Alternatives& it : alternatives(*but_not, patterns)) add(words.slots, it);
  }
  if (words.need.kind == Need::Kind::at_least && (words.need.count < 1 || words.need.count > words.slots)) {
    error("out_of_range", node->place,
          {.zh = fmt::format("列了 {} 个，不能要求 {} 个", words.slots, words.need.count),
           .en = fmt::format("{} are listed, {} cannot be there", words.slots, words.need.count)},
          {.zh = "改 `at_least`", .en = "change `at_least`"});
  }
  return {words, {}};
}

Says ConditionReader::read_expression(Reader& reader) {
  SaysExpression test;
  test.leaf = book_.new_leaf();
  const std::string text = reader.word("expression");
  const Place place = reader.place_of("expression");
  const auto parsed = parse_expression(text);
  if (!parsed) {
    test.steps = {{ExpressionStep::Kind::slot, 0}};
    if (!text.empty()) {
      error("expression", place,
            {.zh = fmt::format("`{}` 不是短语表达式", utf8::shortened(text, 60)),
             .en = fmt::format("`{}` is no expression over phrases", utf8::shortened(text, 60))},
            {.zh = "用 `&`、`|`、`!` 和括号连接短语，如 `(投诉 | 举报) & !撤销`",
             .en = "join phrases with `&`, `|`, `!` and brackets, such as `(refund | return) & !cancelled`"});
    }
    return {test, {}};
  }
  test.steps = parsed->steps;
  for (std::uint32_t slot = 0; slot < parsed->words.size(); ++slot) {
    book_.add_phrases({test.leaf, slot}, alternative(parsed->words[slot], place, false));
  }
  return {test, {}};
}

Says ConditionReader::read_near(Reader& reader) {
  SaysNear test;
  test.leaf = book_.new_leaf();
  Reader inner(*reader.find("near"), loading_.problems, {.zh = "`near`", .en = "`near`"});
  std::uint32_t slot = 0;
  for (const std::string_view key : {"first", "then"}) {
    if (const yaml::Node* const words = inner.require(key, {})) {
      for (const Alternatives& it : alternatives(*words, false)) book_.add_phrases({test.leaf, slot}, it);
    }
    ++slot;
  }
  inner.require("within", {.zh = "写明最多隔几个字，如 `within: 6`",
                           .en = "say how many characters apart at most, such as `within: 6`"});
  test.within = inner.optional_count("within").value_or(0);
  test.ordered = inner.choice("order", {"as_written", "any"}, "as_written") == "as_written";
  inner.done();
  return {test, {}};
}

// "您好，{}为您服务": pieces with a gap between each two; "{30}" says how many characters it may have.
Says ConditionReader::read_template(Reader& reader) {
  SaysTemplate test;
  test.leaf = book_.new_leaf();
  const std::string text = reader.word("template");
  const Place place = reader.place_of("template");
  std::size_t begin = 0;
  std::uint32_t pieces = 0;
  bool fits = true;
  while (fits) {
    const std::size_t open = text.find('{', begin);
    const std::string piece = text.substr(begin, open == std::string::npos ? open : open - begin);
    fits = !piece.empty();
    if (fits) book_.add_phrases({test.leaf, pieces++}, {.phrases = {piece}, .place = place, .clause = check_.clause});
    if (open == std::string::npos) break;
    const std::size_t close = std::min(text.find('}', open), text.size());
    const std::string gap = text.substr(open + 1, close - open - 1);
    const auto number = gap.empty() ? std::optional(Decimal(kGapDefault)) : read_number(gap);
    const auto characters = number ? number->to_int64() : std::nullopt;
    fits = fits && close < text.size() && characters && *characters >= 0 && *characters <= kGapMax;
    test.gaps.push_back(characters.value_or(0));
    begin = close + 1;
  }
  if (!fits && !text.empty()) {
    error("template", place,
          {.zh = "模板应以文字开头和结尾，空位写成 `{}` 或 `{最多几个字}`",
           .en = "a template begins and ends with words; gaps are written `{}` or `{most characters}`"},
          {.zh = "如 `您好，{}为您服务`", .en = "such as `thank you for calling {}, how can I help`"});
  }
  return {test, {}};
}

}  // namespace zh::policy
