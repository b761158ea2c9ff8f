#include "policy/vocabulary.h"

#include <algorithm>
#include <array>

namespace zh::policy {

namespace {

using enum NameInfo::Type;

constexpr std::array kPoints{NameInfo{"value", number, "points"}};
constexpr std::array kSeconds{NameInfo{"value", number, "seconds"}};
constexpr std::array kPercent{NameInfo{"value", number, "percent"}};
constexpr std::array kMinutes{NameInfo{"value", number, "minutes"}};
constexpr std::array kMarkedPoints{NameInfo{"value", number, "points"}, NameInfo{"marked", boolean, ""}};
constexpr std::array kSales{NameInfo{"value", number, "yuan/call"}, NameInfo{"target", number, "yuan/call"}};

const std::array kMetrics{
    MetricInfo{MetricKind::inspection_score,
               "inspection_score",
               {.zh = "抽检成绩：每轮平均，再取各轮平均", .en = "mean of the inspection rounds' means"},
               "points",
               kPoints,
               true,
               false,
               0,
               100},
    MetricInfo{MetricKind::average_handling_time,
               "average_handling_time",
               {.zh = "平均通话时长：各产品平均，再取平均", .en = "mean seconds per product, mean over products"},
               "seconds",
               kSeconds,
               true,
               false,
               0,
               std::nullopt},
    MetricInfo{MetricKind::fact_mean,
               "fact_mean",
               {.zh = "一种事实的平均值", .en = "mean of one kind of facts"},
               "points",
               kPoints,
               true,
               false,
               0,
               100},
    MetricInfo{MetricKind::satisfaction_rate,
               "satisfaction_rate",
               {.zh = "满意率", .en = "satisfaction rate"},
               "percent",
               kPercent,
               true,
               false,
               0,
               100},
    MetricInfo{MetricKind::connection_rate,
               "connection_rate",
               {.zh = "接通率", .en = "connection rate"},
               "percent",
               kPercent,
               true,
               false,
               0,
               100},
    MetricInfo{MetricKind::day_maxima,
               "day_maxima",
               {.zh = "每天查到的最大值", .en = "the largest value found on each day"},
               "minutes",
               kMinutes,
               false,
               true,
               0,
               std::nullopt},
    MetricInfo{MetricKind::points_sum,
               "points_sum",
               {.zh = "扣分合计", .en = "sum of points"},
               "points",
               kMarkedPoints,
               false,
               false,
               0,
               std::nullopt},
    MetricInfo{MetricKind::group_mean,
               "group_mean",
               {.zh = "组员平均成绩", .en = "mean of the group's totals"},
               "points",
               kPoints,
               true,
               false,
               0,
               std::nullopt},
    MetricInfo{MetricKind::sales_per_call,
               "sales_per_call",
               {.zh = "单 CALL 营销值", .en = "sales per answered call"},
               "yuan/call",
               kSales,
               true,
               false,
               0,
               std::nullopt},
};

constexpr std::array kRatingNames{
    NameInfo{"on probation", boolean, ""},
    NameInfo{"employed on the last day", boolean, ""},
    NameInfo{"total", number, "points"},
    NameInfo{"weights applied", number, "percent"},
};

constexpr std::array kExcellenceNames{
    NameInfo{"total", number, "points", true},
    NameInfo{"group is ranked", boolean, ""},
    NameInfo{"ranked groups", number, "groups"},
    NameInfo{"groups with a lower mean", number, "groups"},
};

struct UnitWords {
  std::string_view unit;
  std::string_view zh;
  std::string_view en;
};
// A flag is a yes or no written 1 or 0.
constexpr std::array kUnitWords{
    UnitWords{"points", "分", "points"}, UnitWords{"percent", "%", "%"},
    UnitWords{"seconds", "秒", "s"},     UnitWords{"minutes", "分钟", "min"},
    UnitWords{"yuan", "元", "yuan"},     UnitWords{"yuan/call", "元/通", "yuan per call"},
    UnitWords{"years", "年", "years"},   UnitWords{"days", "天", "days"},
    UnitWords{"stars", "星", "stars"},   UnitWords{"groups", "个班组", "groups"},
    UnitWords{"facts", "件", "facts"},   UnitWords{"calls", "通", "calls"},
    UnitWords{"flag", "", ""},
};
constexpr auto kUnits = [] {
  std::array<std::string_view, kUnitWords.size()> names;
  for (std::size_t i = 0; i < names.size(); ++i) names[i] = kUnitWords[i].unit;
  return names;
}();

constexpr std::array<std::string_view, 9> kPositions{"agent",   "shift_leader", "inspector", "supervisor", "trainer",
                                                     "manager", "hr",           "office",    "admin"};

constexpr std::array<std::string_view, 4> kChannels{"call", "chat", "mail", "visit"};

}  // namespace

std::span<const MetricInfo> metrics() { return kMetrics; }

const MetricInfo* find_metric(std::string_view name) {
  const auto found = std::ranges::find(kMetrics, name, &MetricInfo::name);
  return found == kMetrics.end() ? nullptr : &*found;
}

std::span<const NameInfo> rating_names() { return kRatingNames; }
std::span<const NameInfo> excellence_names() { return kExcellenceNames; }
std::span<const std::string_view> units() { return kUnits; }
bool is_unit(std::string_view unit) { return std::ranges::find(kUnits, unit) != kUnits.end(); }
Text unit_label(std::string_view unit) {
  const auto found = std::ranges::find(kUnitWords, unit, &UnitWords::unit);
  if (found == kUnitWords.end()) return verbatim(std::string(unit));
  return {.zh = std::string(found->zh), .en = std::string(found->en)};
}
std::span<const std::string_view> positions() { return kPositions; }
std::span<const std::string_view> channels() { return kChannels; }
bool is_position(std::string_view position) { return std::ranges::find(kPositions, position) != kPositions.end(); }

}  // namespace zh::policy
