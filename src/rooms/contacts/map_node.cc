#include "rooms/contacts/map_node.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/csv.h"
#include "base/utf8.h"

namespace zh::contacts {

namespace {

constexpr std::size_t kMapBytes = std::size_t{1} << 20;

}  // namespace

Status MapNode::check(const std::vector<std::string_view>& known) const {
  if (!node_.IsMap()) {
    return invalid({.zh = "这里应为“键: 值”的列表", .en = "expected a list of \"key: value\" here"}, place());
  }
  std::set<std::string> seen;
  for (const auto& member : node_) {
    ZH_TRY(const std::string key, text(member.first));
    if (std::find(known.begin(), known.end(), key) == known.end()) return unknown_key(key, member.first, known);
    if (!seen.insert(key).second) {
      return invalid(
          {.zh = fmt::format("键“{}”出现了两次", key), .en = fmt::format("the key \"{}\" stands twice", key)},
          place_of(member.first));
    }
  }
  return {};
}

Result<std::string> MapNode::text(const YAML::Node& node) const {
  if (node.IsScalar()) return node.Scalar();
  return invalid({.zh = "这里应为一个值", .en = "expected one value here"}, place_of(node));
}

Result<std::vector<std::string>> MapNode::texts(const YAML::Node& node) const {
  std::vector<std::string> list;
  if (node.IsScalar()) return std::vector<std::string>{node.Scalar()};
  if (!node.IsSequence()) return invalid({.zh = "这里应为列表", .en = "expected a list here"}, place_of(node));
  for (const auto& each : node) {
    ZH_TRY(std::string value, text(each));
    list.push_back(std::move(value));
  }
  return list;
}

Error MapNode::unknown_key(const std::string& key, const YAML::Node& node,
                           const std::vector<std::string_view>& known) const {
  const std::string_view near = nearest(key, known);
  std::string all;
  for (const std::string_view name : known) all += (all.empty() ? "" : ", ") + std::string(name);
  const std::string shown = utf8::shortened(key, 40);
  return invalid({.zh = near.empty() ? fmt::format("没有键“{}”；可用：{}", shown, all)
                                     : fmt::format("没有键“{}”，是否指“{}”？", shown, near),
                  .en = near.empty() ? fmt::format("there is no key \"{}\"; known: {}", shown, all)
                                     : fmt::format("there is no key \"{}\"; did you mean \"{}\"?", shown, near)},
                 place_of(node));
}

// yaml-cpp throws; nothing of it leaves here.
Result<YAML::Node> load_map(std::string_view yaml, const std::string& file) {
  if (yaml.size() > kMapBytes || !utf8::is_valid(yaml) || yaml.find('\0') != std::string_view::npos) {
    return invalid({.zh = "映射文件应为 1 MB 以内的 UTF-8 文本", .en = "a map is UTF-8 text of at most 1 MB"},
                   {.file = file});
  }
  try {
    return YAML::Load(std::string(yaml));
  } catch (const YAML::Exception& problem) {
    const Place place = problem.mark.is_null()
                            ? Place{.file = file}
                            : Place{.file = file, .line = problem.mark.line + 1, .column = problem.mark.column + 1};
    return invalid({.zh = "不是合法的 YAML：" + problem.msg, .en = "this is no valid YAML: " + problem.msg}, place);
  }
}

}  // namespace zh::contacts
