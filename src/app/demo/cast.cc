#include "app/demo/cast.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/csv.h"

namespace zh::app::demo {

namespace {

// clang-format off
constexpr std::array kAgents{
    //     number  name      group hired         probation     left          queues   talk missed rec  text eval exam satisf. sales
    Agent{"1001", "陈雨桐", 0, "2019-03-04", "",           "",           "eoabc", 132,  12,  96,  95,  95,  96,  965,  2600},
    Agent{"1002", "林浩然", 0, "2021-06-15", "",           "",           "eoab",  138,  25,  93,  92,  92,  90,  940,  2300},
    Agent{"1003", "王思远", 0, "2024-02-29", "",           "",           "eoa",   143,  38,  90,  88,  88,  86,  925,  1900},
    Agent{"1004", "张欣怡", 0, "2022-09-01", "",           "",           "eob",   150,  45,  87,  90,  86,  82,  905,  1700},
    Agent{"1005", "刘子墨", 0, "2023-10-09", "",           "",           "eoac",  147,  30,  89,  86,  90,  88,  880,  2100},
    Agent{"1006", "杨若曦", 0, "2025-10-31", "",           "",           "eo",    158,  80,  82,  84,  80,  78,  850,  1200},
    Agent{"1007", "赵明轩", 0, "2023-11-01", "",           "",           "eoa",   141,  55,  91,  87,  84,  91,  915,  1600},
    Agent{"1008", "黄诗涵", 0, "2020-05-18", "",           "",           "eabc",  136,  20,  94,  93,  93,  94,  950,  2400},
    Agent{"1009", "周俊杰", 1, "2018-08-20", "",           "",           "eoabc", 139,  18,  92,  95,  94,  89,  945,  2200},
    Agent{"1010", "吴佳琪", 0, "2022-01-10", "",           "",           "eob",   145,  40,  88,  89,  87,  85,  900,  1500},
    Agent{"1011", "徐嘉豪", 1, "2021-04-12", "",           "",           "eoa",   128,  10,  92,  90,  88,  90,  960,  1800},
    Agent{"1012", "孙语嫣", 1, "2021-04-12", "",           "",           "eoa",   127,  10,  92,  90,  88,  90,  975,  1750},
    Agent{"1013", "马天宇", 1, "2023-03-01", "",           "",           "oab",   156,  62,  85,  83,  82,  80,  870,  1300},
    Agent{"1014", "朱梦瑶", 1, "2024-07-08", "",           "",           "eab",   149,  50,  86,  88,  85,  84,  910,  1650},
    Agent{"1015", "胡志强", 1, "2025-02-17", "",           "",           "eo",    164, 110,  78,  80,  74,  72,  820,   900},
    Agent{"1016", "郭雅婷", 1, "2022-11-21", "",           "",           "eoac",  142,  33,  90,  91,  89,  92,  930,  2000},
    Agent{"1017", "何家辉", 2, "2020-10-26", "",           "",           "oabc",  140,  28,  91,  92,  90,  87,  935,  2100},
    Agent{"1018", "高静怡", 2, "2023-06-05", "",           "",           "eoa",   152,  48,  84,  86,  83,  79,  890,  1400},
    Agent{"1019", "罗文博", 2, "2021-12-13", "",           "2026-10-20", "eob",   148,  58,  86,  82,  80,  77,  885,  1000},
    Agent{"1020", "郑晓彤", 2, "2024-09-23", "",           "",           "eoab",  137,  22,  93,  90,  91,  93,  940,  2250},
    Agent{"1021", "梁宇航", 2, "2026-09-01", "2026-11-30", "",           "eo",    168,  90,  80,  78,  78,  75,  860,   700},
    Agent{"1022", "谢婉清", 2, "2022-03-28", "",           "",           "eac",   146,  36,  89,  87,  86,  88,  920,  1850},
    Agent{"1023", "宋泽宇", 2, "2025-05-06", "",           "",           "oab",   161,  70,  81,  85,  79,  76,  840,  1100},
    Agent{"1024", "唐可欣", 2, "2026-10-12", "2027-01-11", "",           "eo",    172, 100,  79,  77,  77,  74,  855,   500},
};

constexpr std::array kOthers{
    Other{"2001", "韩立新", "甲组", "shift_leader", "2017-05-02"},
    Other{"2002", "冯雪梅", "乙组", "shift_leader", "2018-02-26"},
    Other{"2003", "邓国强", "丙组", "shift_leader", "2019-09-16"},
    Other{"3001", "曹慧敏", "质检组", "inspector", "2020-07-06"},
    Other{"3002", "彭志远", "质检组", "inspector", "2022-04-18"},
    Other{"3101", "曾淑芬", "质检组", "supervisor", "2016-11-07"},
    Other{"3201", "萧建华", "培训组", "trainer", "2019-01-14"},
    Other{"4001", "田永安", "管理组", "manager", "2015-03-16"},
    Other{"4101", "董丽华", "人事组", "hr", "2018-10-08"},
    Other{"4201", "袁敏", "办公室", "office", "2017-07-24"},
    Other{"9001", "于洋", "技术组", "admin", "2016-06-13"},
};

constexpr std::array kLeaves{
    Leave{"1007", "2026-10-14", "1"},
    Leave{"1013", "2026-10-08", "1"},
    Leave{"1013", "2026-10-09", "1"},
    Leave{"1018", "2026-09-28", "1"},
    Leave{"1022", "2026-11-05", "1"},
};
// clang-format on

constexpr std::string_view kMover = "1010";  // from the first group to the second
constexpr std::string_view kMovedOn = "2026-10-16";

std::size_t index_of(const Agent& agent) { return static_cast<std::size_t>(&agent - kAgents.data()); }

std::string joined(const std::vector<std::string_view>& parts) { return fmt::format("{}", fmt::join(parts, ";")); }

void add_row(std::string& csv, const std::vector<std::string>& cells) {
  append_csv_row(csv, std::vector<std::string_view>(cells.begin(), cells.end()));
}

// A row of the people file; the last cell is the day from which it holds.
std::vector<std::string> row(const Agent& agent, int group, std::string_view effective_from) {
  return {std::string(agent.staff_no),
          std::string(agent.name),
          std::string(group_name(group)),
          "agent",
          std::string(agent.hired_on),
          std::string(agent.probation_until),
          std::string(agent.left_on),
          joined(queues_of(agent)),
          fmt::format("PJSIP/{}", agent.staff_no),
          std::string(effective_from)};
}

}  // namespace

Date day(std::string_view text) { return Date::parse(text).value(); }

std::span<const Agent> agents() { return kAgents; }
std::span<const Other> others() { return kOthers; }
std::span<const Leave> leaves() { return kLeaves; }

std::string_view group_name(int group) {
  constexpr std::array<std::string_view, 3> kNames{"甲组", "乙组", "丙组"};
  return kNames[static_cast<std::size_t>(group)];
}

std::string_view leader_of(int group) {
  const auto leader = std::ranges::find(kOthers, group_name(group), &Other::group);
  return leader->staff_no;
}

int group_on(const Agent& agent, Date on) { return agent.staff_no == kMover && on >= day(kMovedOn) ? 1 : agent.group; }

Shift shift_of(const Agent& agent, Date on) {
  if (on < day(agent.hired_on) || (!agent.left_on.empty() && on > day(agent.left_on))) return Shift::off;
  for (const auto& leave : kLeaves) {
    if (leave.staff_no == agent.staff_no && day(leave.day) == on) return Shift::off;
  }
  const int index = static_cast<int>(index_of(agent));
  const int since = on.days - day(kFirstDay).days;
  if ((since + 3 * index) % 7 < 2) return Shift::off;
  return (since / 7 + index) % 2 == 0 ? Shift::early : Shift::late;
}

std::vector<std::string_view> queues_of(const Agent& agent) {
  std::vector<std::string_view> queues;
  for (const auto queue : kQueues) {
    if (agent.queues.find(queue.front()) != std::string_view::npos) queues.push_back(queue);
  }
  return queues;
}

std::string people_csv() {
  std::string csv;
  add_row(csv, {"staff_no", "name", "group", "position", "hired_on", "probation_until", "left_on", "products",
                "phone_ids", "effective_from"});
  for (const auto& agent : kAgents) {
    add_row(csv, row(agent, agent.group, ""));
    if (agent.staff_no == kMover) add_row(csv, row(agent, 1, kMovedOn));
  }
  for (const auto& other : kOthers) {
    add_row(csv, {std::string(other.staff_no), std::string(other.name), std::string(other.group),
                  std::string(other.position), std::string(other.hired_on), "", "", "", "", ""});
  }
  return csv;
}

}  // namespace zh::app::demo
