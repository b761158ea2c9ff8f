// Who is in the demo centre and how they are: names are invented, skills decide what the other files are made up from.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"

namespace zh::app::demo {

inline constexpr std::string_view kFirstDay = "2026-09-20";
inline constexpr std::string_view kLastDay = "2026-11-10";
Date day(std::string_view text);  // of a date that is written in this folder

inline constexpr std::array<std::string_view, 5> kQueues{"enquiry", "order", "aftersale", "billing", "complaint"};

struct Agent {
  std::string_view staff_no;
  std::string_view name;
  int group;  // 0 … 2
  std::string_view hired_on;
  std::string_view probation_until;  // empty = regular
  std::string_view left_on;          // empty = employed
  std::string_view queues;           // one letter each: e o a b c
  int talk_s;                        // mean seconds of a call
  int missed_permille;               // rings that are not answered
  int recording;                     // usual scores, 0 … 100
  int text;
  int evaluation;
  int exam;
  int satisfied_permille;
  int sales_yuan;  // in a usual month
};
std::span<const Agent> agents();

struct Other {
  std::string_view staff_no;
  std::string_view name;
  std::string_view group;
  std::string_view position;
  std::string_view hired_on;
};
std::span<const Other> others();

std::string_view group_name(int group);
std::string_view leader_of(int group);  // staff number

// The group an agent belongs to on a day: one agent moves in October.
int group_on(const Agent& agent, Date day);

enum class Shift { off, early, late };
// 08:00–15:30 or 15:30–23:00, five days of seven, changing every week; off when not employed or on leave.
Shift shift_of(const Agent& agent, Date day);

struct Leave {
  std::string_view staff_no;
  std::string_view day;
  std::string_view days;  // as the fact's value
};
std::span<const Leave> leaves();

std::vector<std::string_view> queues_of(const Agent& agent);
// The people file, with its header.
std::string people_csv();

}  // namespace zh::app::demo
