// A map of a settings file (zhiheng.yaml), read strictly: every key is known, every value of its kind, and what is not
// is told with file:line:column.
//
//   ZH_CHECK(read_settings(node, {{"listen", text_into(config.listen)},
//                                 {"workers", number_into(config.workers, {0, 1000})},
//                                 {"hsts", flag_into(config.hsts)}}));
#pragma once

#include <functional>
#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace zh::policy::yaml {
struct Entry;
struct Node;
}  // namespace zh::policy::yaml

namespace zh::app {

using SettingReader = std::function<Status(const policy::yaml::Entry&)>;

struct Setting {
  std::string_view key;
  SettingReader read;
};

// The problem of a value, at its place in the file.
Error setting_problem(const policy::yaml::Node& value, Text message);

// Reads every entry by the setting of its key. Fails (invalid): no map, a key nobody knows (with the nearest one), and
// as the readers do.
Status read_settings(const policy::yaml::Node& map, std::initializer_list<Setting> settings);

struct NumberRange {
  int low;
  int high;
};

// Looks at a value before it is taken.
SettingReader checked(Status (*check)(const policy::yaml::Entry&), SettingReader take);

// What these write into must live until read_settings() returns.
SettingReader text_into(std::string& target);
SettingReader number_into(int& target, NumberRange range);
SettingReader flag_into(bool& target);                      // true or false, nothing else
SettingReader list_into(std::vector<std::string>& target);  // [a, b], or one value

}  // namespace zh::app
