#include "policy/checks/check_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <vector>

#include "policy/yaml.h"

namespace zh::policy {

namespace {

constexpr std::string_view kOwnFile = "checks.yaml";
constexpr int kIndent = 2;

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    lines.push_back(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  }
  return lines;
}

int indent_of(std::string_view line) {
  const std::size_t first = line.find_first_not_of(' ');
  return static_cast<int>(first == std::string_view::npos ? line.size() : first);
}

bool says_nothing(std::string_view line) {
  const std::size_t first = line.find_first_not_of(" \t\r");
  return first == std::string_view::npos || line[first] == '#';
}

// The lines of the entry that begins at `first`: up to the next that is not indented further.
std::size_t end_of_entry(const std::vector<std::string_view>& lines, std::size_t first) {
  const int indent = indent_of(lines[first]);
  std::size_t end = first + 1;
  for (std::size_t i = first + 1; i < lines.size(); ++i) {
    if (says_nothing(lines[i])) continue;
    if (indent_of(lines[i]) <= indent) break;
    end = i + 1;
  }
  return end;
}

std::string joined(const std::vector<std::string_view>& lines, std::size_t from, std::size_t to, int indent) {
  std::string text;
  for (std::size_t i = from; i < to; ++i) {
    const auto cut = static_cast<std::size_t>(std::min(indent, indent_of(lines[i])));
    text += std::string(lines[i].substr(cut)) + "\n";
  }
  return text;
}

// The block without blank lines before and behind it and without its common indentation.
std::string dedented(std::string_view yaml) {
  auto lines = lines_of(yaml);
  while (!lines.empty() && says_nothing(lines.front())) lines.erase(lines.begin());
  while (!lines.empty() && says_nothing(lines.back())) lines.pop_back();
  return lines.empty() ? std::string() : joined(lines, 0, lines.size(), indent_of(lines.front()));
}

std::string indented(std::string_view block, int indent) {
  std::string text;
  for (const std::string_view line : lines_of(block)) {
    if (!line.empty()) text += std::string(static_cast<std::size_t>(indent), ' ') + std::string(line);
    text += "\n";
  }
  return text;
}

Error no_check() {
  return invalid({.zh = "这里应是一项检查：第一行是它的标识和冒号，下面缩进",
                  .en = "one check is expected here: its id and a colon, the rest indented below"});
}

Result<yaml::Node> parsed(std::string_view yaml) {
  Problems problems;
  const std::string block = dedented(yaml);
  auto root = yaml::read(block, std::string(kOwnFile), problems);
  if (problems.has_errors()) return problems.sorted().front().to_error();
  if (!root || !root->is_map() || root->entries.size() != 1) return no_check();
  return *std::move(root);
}

// Whether the file belongs to the pack itself and not to one that it includes.
bool is_own(std::string_view file) { return file.find('/') == std::string_view::npos; }

Error stands_in_another(const Check& check) {
  return invalid(
      {.zh =
           fmt::format("检查 `{}` 写在被包含的 {} 里，请在那里修改，或在 pack.yaml 里覆盖", check.id, check.place.file),
       .en = fmt::format("check `{}` stands in {}, which is included: change it there, or override it in pack.yaml",
                         check.id, check.place.file)});
}

void replace_lines(std::string& file, int line, int count, std::string_view with) {
  const auto lines = lines_of(file);
  std::string text;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const auto number = static_cast<int>(i) + 1;
    if (number == line) text += with;
    if (number >= line && number < line + count) continue;
    text += std::string(lines[i]) + "\n";
  }
  if (line > static_cast<int>(lines.size())) text += with;
  file = std::move(text);
}

// The line below `checks:`, which is written where the file has none, or has it as an empty map.
int line_below_heading(std::string& file) {
  constexpr std::string_view kHeading = "checks:";
  const auto lines = lines_of(file);
  const auto found = std::ranges::find_if(lines, [&](std::string_view line) { return line.starts_with(kHeading); });
  const auto line = static_cast<int>(found - lines.begin()) + 1;
  const bool is_new = found == lines.end();
  if (is_new || found->find("{}") != std::string_view::npos) {
    replace_lines(file, line, is_new ? 0 : 1, std::string(kHeading) + "\n");
  }
  return line + 1;
}

// The file for a new check, and the line behind its last one.
struct NewPlace {
  std::string file;
  int line = 0;
  int indent = kIndent;
};
NewPlace place_for_new(Sources& sources, const CheckSet* checks) {
  NewPlace place{.file = std::string(kOwnFile), .line = 0, .indent = kIndent};
  if (checks != nullptr) {
    for (const Check& check : checks->checks()) {
      const auto text = is_own(check.place.file) ? text_of(sources, check) : std::nullopt;
      if (!text || (place.line > 0 && text->file != place.file)) continue;
      if (text->line + text->lines > place.line) place = {text->file, text->line + text->lines, text->indent};
    }
  }
  if (place.line == 0) place.line = line_below_heading(sources.files[place.file]);
  return place;
}

}  // namespace

std::optional<CheckText> text_of(const Sources& sources, const Check& check) {
  const auto file = sources.files.find(check.place.file);
  if (file == sources.files.end() || check.place.line < 1) return std::nullopt;
  const auto lines = lines_of(file->second);
  const auto first = static_cast<std::size_t>(check.place.line) - 1;
  if (first >= lines.size()) return std::nullopt;
  const int indent = indent_of(lines[first]);
  if (!lines[first].substr(static_cast<std::size_t>(indent)).starts_with(check.id)) return std::nullopt;
  const std::size_t end = end_of_entry(lines, first);
  return CheckText{.file = file->first,
                   .line = check.place.line,
                   .lines = static_cast<int>(end - first),
                   .indent = indent,
                   .yaml = joined(lines, first, end, indent)};
}

Result<EditedSources> with_check(const Sources& sources, const CheckSet* checks, std::string_view yaml) {
  const std::string block = dedented(yaml);
  const auto lines = lines_of(block);
  if (lines.empty() || end_of_entry(lines, 0) != lines.size()) return no_check();
  const std::string id(lines.front().substr(0, lines.front().find(':')));
  if (id.empty() || id.size() == lines.front().size()) return no_check();
  EditedSources edited{.sources = sources, .text = {}};
  const Check* const old = checks == nullptr ? nullptr : checks->find(id);
  if (old != nullptr && !is_own(old->place.file)) return stands_in_another(*old);
  NewPlace place;
  int count = 0;
  if (const auto text = old == nullptr ? std::nullopt : text_of(sources, *old)) {
    place = {text->file, text->line, text->indent};
    count = text->lines;
  } else {
    place = place_for_new(edited.sources, checks);
  }
  replace_lines(edited.sources.files[place.file], place.line, count, indented(block, place.indent));
  edited.text = {.file = place.file,
                 .line = place.line,
                 .lines = static_cast<int>(lines.size()),
                 .indent = place.indent,
                 .yaml = block};
  return edited;
}

Result<Sources> without_check(const Sources& sources, const CheckSet& checks, std::string_view id) {
  const Check* const check = checks.find(id);
  if (check == nullptr) {
    return error(ErrorCode::not_found,
                 {.zh = fmt::format("没有检查 `{}`", id), .en = fmt::format("there is no check `{}`", id)});
  }
  const auto text = is_own(check->place.file) ? text_of(sources, *check) : std::nullopt;
  if (!text) return stands_in_another(*check);
  Sources edited = sources;
  replace_lines(edited.files[text->file], text->line, text->lines, {});
  return edited;
}

// ---- forms

namespace {

// In the order in which people write them; whatever else there is follows.
constexpr std::array<std::string_view, 21> kKeyOrder = {
    "label", "clause", "also",   "item",    "severity", "points", "count", "cap",    "channels", "effective", "let",
    "when",  "except", "forbid", "require", "ask",      "name",   "is",    "either", "role",     "hit_of"};

bool is_number(std::string_view text) {
  if (text.starts_with('-')) text.remove_prefix(1);
  return !text.empty() && text.find_first_not_of("0123456789.") == std::string_view::npos;
}

bool is_plain(std::string_view text) {
  if (is_number(text)) return true;
  static constexpr std::string_view kFirst = "-?:,[]{}#&*!|>'\"%@` ";
  if (text.empty() || kFirst.find(text.front()) != std::string_view::npos || text.back() == ' ') return false;
  for (const std::string_view sign : {": ", " #", "\n", "\t", ",", "[", "]", "{", "}", "\\"}) {
    if (text.find(sign) != std::string_view::npos) return false;
  }
  return text.back() != ':' && text != "~" && text != "null";
}

std::string scalar_yaml(const std::string& text) { return is_plain(text) ? text : json::compact(json::Value(text)); }

bool is_small(const json::Value& value) {
  constexpr std::size_t kShort = 90;
  return json::compact(value).size() <= kShort;
}

std::vector<const json::Member*> in_order(const json::Object& object) {
  std::vector<const json::Member*> members;
  for (const json::Member& member : object) members.push_back(&member);
  std::ranges::stable_sort(members, {}, [](const json::Member* member) {
    return std::ranges::find(kKeyOrder, member->name) - kKeyOrder.begin();
  });
  return members;
}

std::string flow_yaml(const json::Value& value) {
  std::string text;
  if (const auto* const list = value.array()) {
    for (const json::Value& item : *list) text += (text.empty() ? "" : ", ") + flow_yaml(item);
    return "[" + text + "]";
  }
  if (const auto* const object = value.object()) {
    for (const json::Member* member : in_order(*object)) {
      text += (text.empty() ? "" : ", ") + member->name + ": " + flow_yaml(member->value);
    }
    return "{" + text + "}";
  }
  if (const auto* const words = value.text()) return scalar_yaml(*words);
  return json::compact(value);
}

void block_yaml(const json::Value& value, int indent, std::string& into);

void entry_yaml(std::string_view head, const json::Value& value, int indent, std::string& into) {
  const std::string blanks(static_cast<std::size_t>(indent), ' ');
  const bool nested =
      (value.array() != nullptr && !value.array()->empty()) || (value.object() != nullptr && !value.object()->empty());
  if (!nested || is_small(value)) {
    into += blanks + std::string(head) + " " + flow_yaml(value) + "\n";
    return;
  }
  into += blanks + std::string(head) + "\n";
  block_yaml(value, indent + kIndent, into);
}

void block_yaml(const json::Value& value, int indent, std::string& into) {
  if (const auto* const list = value.array()) {
    for (const json::Value& item : *list) entry_yaml("-", item, indent, into);
    return;
  }
  for (const json::Member* member : in_order(*value.object())) {
    entry_yaml(member->name + ":", member->value, indent, into);
  }
}

// The same with numbers and truth values as the texts that a file has for them.
json::Value as_texts(const json::Value& value) {
  if (const auto* const list = value.array()) {
    json::Array items;
    for (const json::Value& item : *list) items.push_back(as_texts(item));
    return items;
  }
  if (const auto* const object = value.object()) {
    json::Object members;
    for (const json::Member& member : *object) members.push_back({member.name, as_texts(member.value)});
    return members;
  }
  return value.is_null() || value.text() != nullptr ? value : json::Value(json::compact(value));
}

}  // namespace

Result<json::Value> form_of(std::string_view yaml) {
  ZH_TRY(const yaml::Node root, parsed(yaml));
  return json::parse(yaml::canonical(root));
}

Result<std::string> yaml_of(const json::Value& form) {
  const json::Object* const object = form.object();
  if (object == nullptr || object->size() != 1 || object->front().value.object() == nullptr) return no_check();
  std::string text = object->front().name + ":\n";
  for (const json::Member* member : in_order(*object->front().value.object())) {
    entry_yaml(member->name + ":", member->value, kIndent, text);
  }
  // What was written must be the same check again, and nothing that a text could have slipped in.
  ZH_TRY(const json::Value back, form_of(text));
  if (json::canonical(back) != json::canonical(as_texts(form))) return no_check();
  return text;
}

}  // namespace zh::policy
