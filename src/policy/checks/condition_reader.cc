#include "policy/checks/condition_reader.h"

#include <fmt/format.h>

#include <algorithm>

#include "policy/checks/operators.h"

namespace zh::policy {

namespace {

constexpr std::int64_t kPercentMax = 100;

std::vector<std::string> operator_names() {
  std::vector<std::string> names;
  for (const OperatorInfo& it : operators()) names.emplace_back(it.name);
  return names;
}

// The fields of a contact that conditions may ask for, and what they may be; empty = any text.
struct FieldInfo {
  std::string_view name;
  std::vector<std::string> values;
};
const std::vector<FieldInfo>& fields() {
  static const std::vector<FieldInfo> kFields = {
      {"product", {}},
      {"queue", {}},
      {"direction", {"inbound", "outbound", "internal"}},
      {"outcome", {"answered", "abandoned", "no_answer", "timeout", "exit_key", "empty", "withdrawn"}},
      {"transferred", {"none", "blind", "attended"}},
      {"ended_by", {"agent", "customer", "transfer"}}};
  return kFields;
}

}  // namespace

void ConditionReader::error(std::string_view code, const Place& place, Text what, Text mend) {
  loading_.problems.error(code, place, std::move(what), std::move(mend), check_.clause);
}

CheckNode ConditionReader::read(const yaml::Node& node) {
  Reader reader(node, loading_.problems, {.zh = "条件", .en = "a condition"});
  CheckNode result;
  result.place = node.place;
  if (!reader.readable()) return result;
  std::vector<std::string> found;
  for (const OperatorInfo& it : operators()) {
    if (!reader.has(it.name)) continue;
    found.emplace_back(it.name);
    result.operation = it.name;
  }
  if (found.size() != 1) {
    error("operator", node.place,
          found.empty() ? Text{.zh = "条件没有写运算", .en = "the condition says nothing to look for"}
                        : Text{.zh = "一个条件只能有一种运算，这里有 " + quoted_list(found),
                               .en = "a condition looks for one thing, here are " + quoted_list(found)},
          found.empty() ? Text{.zh = "可用：" + quoted_list(operator_names()),
                               .en = "use one of " + quoted_list(operator_names())}
                        : Text{.zh = "用 `all` 或 `any` 组合", .en = "combine them with `all` or `any`"});
    return result;
  }
  const std::string_view name = result.operation;
  if (name == "all" || name == "any" || name == "none" || name == "at_least") {
    result.test = read_combined(reader, name);
  } else if (name == "use") {
    const std::string condition = reader.word("use");
    result.test = UseNamed{named(condition, reader.place_of("use"))};
  } else if (name == "phrases" || name == "patterns") {
    result.test = read_words(reader, name);
  } else if (name == "expression") {
    result.test = read_expression(reader);
  } else if (name == "near") {
    result.test = read_near(reader);
  } else if (name == "template") {
    result.test = read_template(reader);
  } else if (name == "speaks") {
    result.test = read_speaks(reader);
  } else if (name == "repeated") {
    result.test = read_repeated(reader);
  } else if (name == "unanswered") {
    result.test = read_unanswered(reader);
  } else if (name == "personal_data") {
    result.test = read_personal(reader);
  } else if (name == "similar") {
    result.test = read_similar(reader);
  } else if (name == "flow") {
    result.test = read_flow(reader);
  } else if (name == "measure") {
    result.test = read_measure(reader);
  } else if (name == "contact") {
    result.test = read_fields(reader);
  } else {
    result.test = read_lasts(reader, name);
  }
  const bool scoped = std::holds_alternative<Says>(result.test) || std::holds_alternative<Speaks>(result.test) ||
                      std::holds_alternative<Repeated>(result.test) ||
                      std::holds_alternative<Unanswered>(result.test) ||
                      std::holds_alternative<Personal>(result.test) || std::holds_alternative<Similar>(result.test) ||
                      std::holds_alternative<Lasts>(result.test);
  if (scoped) result.scope = read_scope(reader);
  if (auto* const says = std::get_if<Says>(&result.test)) says->how_many = read_how_many(reader);
  reader.done();
  return result;
}

// ---- combinations

Combined ConditionReader::read_combined(Reader& reader, std::string_view key) {
  Combined combined;
  const Text mend{.zh = "写上条件的列表", .en = "write a list of conditions"};
  if (key == "at_least") {
    combined.kind = Combined::Kind::at_least;
    const yaml::Node* const node = reader.find(key);
    Reader inner(*node, loading_.problems, {.zh = "`at_least`", .en = "`at_least`"});
    inner.require("count", {.zh = "写明至少几个，如 `count: 2`", .en = "say how many, such as `count: 2`"});
    combined.count = inner.optional_count("count").value_or(1);
    for (const yaml::Node& item : inner.required_list("of", mend)) combined.of.push_back(read(item));
    inner.done();
    const auto size = static_cast<std::int64_t>(combined.of.size());
    if (size > 0 && (combined.count < 1 || combined.count > size)) {
      error("out_of_range", inner.place_of("count"),
            {.zh = fmt::format("{} 个条件中不能要求 {} 个", size, combined.count),
             .en = fmt::format("of {} conditions {} cannot hold", size, combined.count)},
            {.zh = "改 `count`", .en = "change `count`"});
    }
    return combined;
  }
  combined.kind = key == "all" ? Combined::Kind::all : key == "any" ? Combined::Kind::any : Combined::Kind::none;
  for (const yaml::Node& item : reader.required_list(key, mend)) combined.of.push_back(read(item));
  return combined;
}

// ---- over turns

Speaks ConditionReader::read_speaks(Reader& reader) {
  Reader inner(*reader.find("speaks"), loading_.problems, {.zh = "`speaks`", .en = "`speaks`"});
  inner.require("characters", {.zh = "写明至少几个字，如 `characters: 4`",
                               .en = "say how many characters at least, such as `characters: 4`"});
  Speaks test{.characters = std::max<std::int64_t>(inner.optional_count("characters").value_or(1), 1)};
  inner.done();
  return test;
}

Repeated ConditionReader::read_repeated(Reader& reader) {
  Reader inner(*reader.find("repeated"), loading_.problems, {.zh = "`repeated`", .en = "`repeated`"});
  Repeated test;
  test.characters = std::max<std::int64_t>(inner.optional_count("characters").value_or(test.characters), 1);
  inner.require("times", {.zh = "写明几遍，如 `times: 3`", .en = "say how often, such as `times: 3`"});
  test.times = std::max<std::int64_t>(inner.optional_count("times").value_or(test.times), 2);
  inner.done();
  return test;
}

Unanswered ConditionReader::read_unanswered(Reader& reader) {
  Reader inner(*reader.find("unanswered"), loading_.problems, {.zh = "`unanswered`", .en = "`unanswered`"});
  Unanswered test;
  test.leaf = book_.new_leaf();
  inner.require("within",
                {.zh = "写明几轮之内，如 `within: 2`", .en = "say within how many turns, such as `within: 2`"});
  test.within = std::max<std::int64_t>(inner.optional_count("within").value_or(1), 1);
  if (const yaml::Node* const questions = inner.find("questions")) {
    for (const Alternatives& it : alternatives(*questions, false)) book_.add_phrases({test.leaf, 0}, it);
  }
  inner.done();
  return test;
}

Personal ConditionReader::read_personal(Reader& reader) {
  Personal test;
  for (const std::string& name : reader.words("personal_data")) {
    if (const auto kind = text::personal_data_named(name)) {
      test.kinds.push_back(*kind);
      continue;
    }
    error(
        "unknown_value", reader.place_of("personal_data"),
        {.zh = fmt::format("没有 `{}` 这种个人信息", name), .en = fmt::format("there is no personal data `{}`", name)},
        {.zh = "可用：`phone`、`id_number`、`bank_card`、`email`",
         .en = "use one of `phone`, `id_number`, `bank_card`, `email`"});
  }
  if (test.kinds.empty()) {
    reader.required_list("personal_data", {.zh = "写明哪几种，如 `[phone, bank_card]`",
                                           .en = "say which, such as `[phone, bank_card]`"});
  }
  return test;
}

// ---- times and the whole

Lasts ConditionReader::read_lasts(Reader& reader, std::string_view key) {
  Lasts test;
  test.what = key == "silence" ? Lasts::What::silence : key == "overlap" ? Lasts::What::overlap : Lasts::What::delay;
  Reader inner(*reader.find(key), loading_.problems, {.zh = fmt::format("`{}`", key), .en = fmt::format("`{}`", key)});
  if (!inner.readable()) return test;
  test.ms = milliseconds(inner, "seconds");
  test.times = std::max<std::int64_t>(inner.optional_count("times").value_or(1), 1);
  if (inner.has("total")) test.total_ms = milliseconds(inner, "total");
  test.share = inner.optional_count("share");
  if (test.share && *test.share > kPercentMax) {
    error(
        "out_of_range", inner.place_of("share"),
        {.zh = "`share` 是联络时长的百分之几，至多 100", .en = "`share` is percent of the contact's time, at most 100"},
        {.zh = "改正", .en = "correct it"});
  }
  inner.done();
  return test;
}

MeasureTest ConditionReader::read_measure(Reader& reader) {
  const yaml::Node& node = *reader.find("measure");
  FormulaSetting setting{.names = {measure_names().begin(), measure_names().end()},
                         .constants = {},
                         .result = NameInfo::Type::boolean,
                         .unit = {},
                         .clause = check_.clause};
  MeasureTest test;
  const std::size_t errors = loading_.problems.errors();
  const Formula formula = compile_formula(node, setting, loading_.problems);
  if (loading_.problems.errors() > errors) return test;
  if (const auto value = constant_value(formula)) {
    error("constant_condition", node.place,
          {.zh = fmt::format("条件永远是 `{}`", *value), .en = fmt::format("the condition is always `{}`", *value)},
          {.zh = "改写条件，或删去它", .en = "rewrite the condition or remove it"});
    return test;
  }
  // Compiled again for the names that it reads, so that evaluating hands over nothing else.
  setting.names.clear();
  for (const std::size_t read : names_read(formula)) {
    setting.names.push_back(measure_names()[read]);
    test.reads.push_back(static_cast<Measure>(read));
  }
  test.formula = compile_formula(node, setting, loading_.problems);
  return test;
}

FieldTest ConditionReader::read_fields(Reader& reader) {
  const yaml::Node& node = *reader.find("contact");
  Reader inner(node, loading_.problems, {.zh = "`contact`", .en = "`contact`"});
  FieldTest test;
  for (const FieldInfo& info : fields()) {
    if (!inner.has(std::string(info.name))) {
      inner.find(info.name);
      continue;
    }
    FieldTest::OneOf one{.field = std::string(info.name), .values = inner.words(info.name)};
    for (const std::string& value : one.values) {
      if (info.values.empty() || std::ranges::find(info.values, value) != info.values.end()) continue;
      error("unknown_value", inner.place_of(info.name),
            {.zh = fmt::format("`{}` 没有 `{}` 这个值", info.name, value),
             .en = fmt::format("`{}` is never `{}`", info.name, value)},
            {.zh = "可用：" + quoted_list(info.values), .en = "use one of " + quoted_list(info.values)});
    }
    test.fields.push_back(std::move(one));
  }
  inner.done();
  return test;
}

}  // namespace zh::policy
