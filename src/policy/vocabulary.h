// The words that packs may use and code defines: units, metrics with their parameters and names, and what conditions
// may read. A pack that uses another word is told so by `policy check`.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/decimal.h"
#include "base/text.h"

namespace zh::policy {

// A name that formulas and conditions may read.
struct NameInfo {
  enum class Type { number, boolean };
  std::string_view name;
  Type type = Type::number;
  std::string_view unit;  // of a number
  bool nullable = false;  // may stand for null
};

enum class MetricKind {
  inspection_score,
  average_handling_time,
  fact_mean,
  satisfaction_rate,
  connection_rate,
  day_maxima,
  points_sum,
  group_mean,
  sales_per_call,
};

struct MetricInfo {
  MetricKind kind;
  std::string_view name;
  Text label;
  std::string_view unit;             // of its value
  std::span<const NameInfo> names;   // what formulas read: value first
  bool may_lack_data;                // such items need `no_data`
  bool in_pieces;                    // scored by `deduct`, piece by piece
  std::optional<std::int64_t> low;   // smallest value that can be
  std::optional<std::int64_t> high;  // largest
};

std::span<const MetricInfo> metrics();
const MetricInfo* find_metric(std::string_view name);

// What conditions may read, in the order of their values structs in pack.h. Excellences add their own counts.
std::span<const NameInfo> rating_names();
std::span<const NameInfo> excellence_names();

// The units a pack may write.
std::span<const std::string_view> units();
bool is_unit(std::string_view unit);
// As figures carry it: 分 / points, % / %. A unit that is not known stands as it is.
Text unit_label(std::string_view unit);

// Positions as people files write them (FORMATS.md).
std::span<const std::string_view> positions();
bool is_position(std::string_view position);

// Channels of contacts (FORMATS.md).
std::span<const std::string_view> channels();

// A fact kind that the catalogue knows, as far as packs are concerned.
struct KindInfo {
  std::string name;
  std::string unit;  // of its value; empty = it has none
  bool has_value = true;
};

}  // namespace zh::policy
