#include "policy/checks/examples.h"

#include <fmt/format.h>

#include <algorithm>

#include "policy/reader.h"
#include "policy/yaml.h"

namespace zh::policy {

namespace {

class ExampleReader {
 public:
  ExampleReader(const Pack& pack, Problems& problems) : pack_(pack), problems_(problems) {}

  void read_file(const yaml::Node& root, std::vector<Example>& into) {
    Reader file(root, problems_, {.zh = "例子文件", .en = "a file of examples"});
    const yaml::Node* const checks = file.require("examples", {});
    file.done();
    if (checks == nullptr) return;
    Reader map(*checks, problems_, {.zh = "`examples`", .en = "`examples`"});
    for (const yaml::Entry& entry : checks->entries) read_check(entry, into);
  }

 private:
  void read_check(const yaml::Entry& entry, std::vector<Example>& into) {
    if (pack_.checks == nullptr || pack_.checks->find(entry.key) == nullptr) {
      problems_.error("unknown_check", entry.place,
                      {.zh = fmt::format("规章包里没有检查 `{}`", entry.key),
                       .en = fmt::format("the pack has no check `{}`", entry.key)},
                      {.zh = "核对检查的标识", .en = "check the id"});
      return;
    }
    Reader reader(entry.value, problems_, {.zh = "例子", .en = "examples"});
    for (const auto& [key, fires] : {std::pair{"fires", true}, {"passes", false}}) {
      for (const yaml::Node& node : reader.list(key)) into.push_back(read_example(node, entry.key, fires));
    }
    reader.done();
  }

  Example read_example(const yaml::Node& node, const std::string& check, bool fires) {
    Example example{
        .check = check, .fires = fires, .channel = {}, .turns = {}, .measures = {}, .fields = {}, .place = node.place};
    if (node.is_scalar()) {
      example.turns.push_back({.speaker = Speaker::agent, .start_ms = {}, .end_ms = {}, .text = node.scalar});
    } else if (node.is_list()) {
      for (const yaml::Node& turn : node.items) example.turns.push_back(read_turn(turn));
    } else {
      Reader reader(node, problems_, {.zh = "例子", .en = "an example"});
      example.channel = reader.optional_word("channel").value_or("");
      for (const yaml::Node& turn : reader.list("turns")) example.turns.push_back(read_turn(turn));
      if (const yaml::Node* const measures = reader.find("measures")) read_measures(*measures, example);
      if (const yaml::Node* const contact = reader.find("contact")) {
        Reader fields(*contact, problems_, {.zh = "`contact`", .en = "`contact`"});
        for (const yaml::Entry& field : contact->entries)
          example.fields.emplace_back(field.key, fields.word(field.key));
      }
      reader.done();
    }
    return example;
  }

  Example::Turn read_turn(const yaml::Node& node) {
    Reader reader(node, problems_, {.zh = "一轮对话", .en = "a turn"});
    Example::Turn turn;
    bool spoken = false;
    for (const Speaker speaker : {Speaker::agent, Speaker::customer, Speaker::system}) {
      const std::string key(name_of(speaker));
      if (const auto text = reader.optional_word(key)) {
        turn.speaker = speaker;
        turn.text = *text;
        spoken = true;
      }
    }
    if (!spoken)
      reader.require("agent",
                     {.zh = "写成 `{agent: …}` 或 `{customer: …}`", .en = "write `{agent: …}` or `{customer: …}`"});
    turn.start_ms = thousandths(reader.optional_number("at"));
    turn.end_ms = thousandths(reader.optional_number("until"));
    reader.done();
    return turn;
  }

  void read_measures(const yaml::Node& node, Example& example) {
    Reader reader(node, problems_, {.zh = "`measures`", .en = "`measures`"});
    const auto names = measure_names();
    for (std::size_t i = 0; i < names.size(); ++i) {
      const std::string name(names[i].name);
      const auto value = names[i].type == NameInfo::Type::boolean && reader.has(name)
                             ? std::optional<std::int64_t>(reader.flag(name, false) ? 1 : 0)
                             : thousandths(reader.optional_number(name));
      if (value) example.measures.set(static_cast<Measure>(i), value);
    }
    reader.done();
  }

  static std::optional<std::int64_t> thousandths(const std::optional<Decimal>& number) {
    return number ? (*number * Decimal(1000)).to_int64() : std::nullopt;
  }

  const Pack& pack_;
  Problems& problems_;
};

bool speaks_up(const CheckSet& checks, const Check& check, const Conversation& conversation,
               CheckSet::Workspace& workspace) {
  if (check.kind == CheckKind::ask) {
    const auto asking = checks.asking(conversation, workspace);
    return std::ranges::find(asking, &check) != asking.end();
  }
  const Findings findings = checks.inspect(conversation, workspace);
  const auto is_it = [&](const auto& finding) { return finding.check == &check; };
  return std::ranges::any_of(findings.hits, is_it) || std::ranges::any_of(findings.missing, is_it);
}

}  // namespace

std::vector<Example> read_examples(const Sources& sources, const Pack& pack, Problems& problems) {
  std::vector<Example> examples;
  ExampleReader reader(pack, problems);
  for (const auto& [file, text] : sources.cases) {
    Problems of_other_cases;  // read_cases() reports those
    const auto root = yaml::read(text, file, of_other_cases);
    if (root && root->find("examples") != nullptr) reader.read_file(*root, examples);
  }
  return examples;
}

bool run_example(const Pack& pack, const Example& example, CheckSet::Workspace& workspace, Problems& problems) {
  const Check& check = *pack.checks->find(example.check);
  std::vector<SpokenTurn> turns;
  for (const Example::Turn& turn : example.turns)
    turns.push_back({turn.speaker, turn.start_ms, turn.end_ms, turn.text});
  Conversation conversation;
  const std::string channel = check.channels.empty() ? "call" : check.channels.front();
  conversation.channel = example.channel.empty() ? std::string_view(channel) : example.channel;
  conversation.day = check.from ? *check.from : check.until.value_or(Date());
  conversation.turns = turns;
  conversation.measures = example.measures;
  for (const auto& [name, value] : example.fields) conversation.fields.emplace_back(name, value);
  measure_turns(conversation);
  if (speaks_up(*pack.checks, check, conversation, workspace) == example.fires) return true;
  problems.error("example_failed", example.place,
                 example.fires ? Text{.zh = fmt::format("检查 `{}` 应当提示，却没有", check.id),
                                      .en = fmt::format("check `{}` should speak up here, but does not", check.id)}
                               : Text{.zh = fmt::format("检查 `{}` 不应提示，却提示了", check.id),
                                      .en = fmt::format("check `{}` should not speak up here, but does", check.id)},
                 {.zh = "核对检查或例子", .en = "check the rule or the example"}, check.clause);
  return false;
}

}  // namespace zh::policy
