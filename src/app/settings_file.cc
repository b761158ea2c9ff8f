#include "app/settings_file.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "base/csv.h"
#include "policy/yaml.h"

namespace zh::app {

using policy::yaml::Entry;
using policy::yaml::Node;

namespace {

Error unknown_key(const Entry& entry, std::span<const std::string_view> known) {
  const std::string_view near = nearest(entry.key, known);
  const std::string all = fmt::format("{}", fmt::join(known, ", "));
  return invalid({.zh = fmt::format("未知的键“{}”；{}", entry.key,
                                    near.empty() ? "可用：" + all : fmt::format("是否指“{}”？", near)),
                  .en = fmt::format("unknown key \"{}\"; {}", entry.key,
                                    near.empty() ? "there are: " + all : fmt::format("did you mean \"{}\"?", near))},
                 entry.place);
}

Status check_scalar(const Entry& entry) {
  if (entry.value.is_scalar()) return {};
  return setting_problem(
      entry.value, {.zh = fmt::format("{} 应为一个值", entry.key), .en = fmt::format("{} is one value", entry.key)});
}

}  // namespace

Error setting_problem(const Node& value, Text message) { return invalid(std::move(message), value.place); }

Status read_settings(const Node& map, std::initializer_list<Setting> settings) {
  if (!map.is_map()) {
    return setting_problem(map, {.zh = "应为“键: 值”的行", .en = "this is a file of `key: value` lines"});
  }
  std::vector<std::string_view> known;
  std::ranges::transform(settings, std::back_inserter(known), &Setting::key);
  for (const auto& entry : map.entries) {
    const auto* const setting = std::ranges::find(settings, entry.key, &Setting::key);
    if (setting == settings.end()) return unknown_key(entry, known);
    ZH_CHECK(setting->read(entry));
  }
  return {};
}

SettingReader checked(Status (*check)(const Entry&), SettingReader take) {
  return [check, take = std::move(take)](const Entry& entry) -> Status {
    ZH_CHECK(check(entry));
    return take(entry);
  };
}

SettingReader text_into(std::string& target) {
  return [&target](const Entry& entry) -> Status {
    ZH_CHECK(check_scalar(entry));
    target = entry.value.scalar;
    return {};
  };
}

SettingReader number_into(int& target, NumberRange range) {
  return [&target, range](const Entry& entry) -> Status {
    ZH_CHECK(check_scalar(entry));
    const std::string& text = entry.value.scalar;
    int value = 0;
    const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (problem != std::errc() || end != text.data() + text.size() || value < range.low || value > range.high) {
      return setting_problem(
          entry.value, {.zh = fmt::format("{} 应为 {} 到 {} 的整数", entry.key, range.low, range.high),
                        .en = fmt::format("{} is a whole number from {} to {}", entry.key, range.low, range.high)});
    }
    target = value;
    return {};
  };
}

SettingReader flag_into(bool& target) {
  return [&target](const Entry& entry) -> Status {
    ZH_CHECK(check_scalar(entry));
    if (entry.value.scalar != "true" && entry.value.scalar != "false") {
      return setting_problem(entry.value, {.zh = fmt::format("{} 应为 true 或 false", entry.key),
                                           .en = fmt::format("{} is true or false", entry.key)});
    }
    target = entry.value.scalar == "true";
    return {};
  };
}

SettingReader list_into(std::vector<std::string>& target) {
  return [&target](const Entry& entry) -> Status {
    target.clear();
    if (entry.value.is_scalar()) {
      target.push_back(entry.value.scalar);
      return {};
    }
    const bool plain = entry.value.is_list() && std::ranges::all_of(entry.value.items, &Node::is_scalar);
    if (!plain) {
      return setting_problem(entry.value, {.zh = fmt::format("{} 应为一列值，例如 [a, b]", entry.key),
                                           .en = fmt::format("{} is a list of values, as in [a, b]", entry.key)});
    }
    std::ranges::transform(entry.value.items, std::back_inserter(target), &Node::scalar);
    return {};
  };
}

}  // namespace zh::app
