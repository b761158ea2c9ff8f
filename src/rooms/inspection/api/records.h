// What the routes of automatic checks give. Private to the api.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "http/shape.h"

namespace zh::inspection::api {

struct CheckText {
  std::string zh = {};
  std::string en = {};
};

struct LookedRow {
  std::string condition = {};  // "checks.yaml:41:7"
  std::string role = {};
  std::int64_t turns = 0;
  std::optional<std::int64_t> first = {};
  std::optional<std::int64_t> last = {};
};

struct FindingRow {
  std::string kind = {};  // hit, missing
  std::string check = {};
  CheckText label = {};
  std::string clause = {};
  std::string item = {};
  std::string severity = {};
  std::int64_t points = 0;  // that the check proposes for it
  std::optional<std::int64_t> turn = {};
  std::optional<std::int64_t> from = {};
  std::optional<std::int64_t> to = {};
  std::optional<std::int64_t> start_ms = {};
  std::optional<std::int64_t> end_ms = {};
  std::vector<LookedRow> looked = {};
};

struct ContactFindingsRow {
  bool checked = false;  // else the rest is empty: no transcript, or no run since
  std::optional<Hash> pack = {};
  std::optional<std::int64_t> score = {};
  std::vector<FindingRow> findings = {};
};

}  // namespace zh::inspection::api

#define ZH_CELL(member, unit) \
  Field { &R::member, "", #member, unit, PersonalData::none, Secrecy::internal, SeenBy::all }
// About what an agent said.
#define ZH_ABOUT(member, unit) \
  Field { &R::member, "", #member, unit, PersonalData::employee, Secrecy::internal, SeenBy::all }

template <>
struct zh::Fields<zh::inspection::api::CheckText> {
  using R = zh::inspection::api::CheckText;
  static constexpr std::string_view kName = "CheckText";
  static constexpr auto kTable = std::tuple{ZH_CELL(zh, Unit::none), ZH_CELL(en, Unit::none)};
};
template <>
struct zh::Fields<zh::inspection::api::LookedRow> {
  using R = zh::inspection::api::LookedRow;
  static constexpr std::string_view kName = "CheckLooked";
  static constexpr auto kTable =
      std::tuple{ZH_CELL(condition, Unit::none), ZH_CELL(role, Unit::none), ZH_CELL(turns, Unit::count),
                 ZH_CELL(first, Unit::none), ZH_CELL(last, Unit::none)};
};
template <>
struct zh::Fields<zh::inspection::api::FindingRow> {
  using R = zh::inspection::api::FindingRow;
  static constexpr std::string_view kName = "CheckFinding";
  static constexpr auto kTable = std::tuple{ZH_ABOUT(kind, Unit::none),
                                            ZH_ABOUT(check, Unit::none),
                                            ZH_CELL(label, Unit::none),
                                            ZH_CELL(clause, Unit::none),
                                            ZH_CELL(item, Unit::none),
                                            ZH_ABOUT(severity, Unit::none),
                                            ZH_ABOUT(points, Unit::points),
                                            ZH_ABOUT(turn, Unit::none),
                                            ZH_ABOUT(from, Unit::none),
                                            ZH_ABOUT(to, Unit::none),
                                            ZH_ABOUT(start_ms, Unit::milliseconds),
                                            ZH_ABOUT(end_ms, Unit::milliseconds),
                                            ZH_CELL(looked, Unit::none)};
};
template <>
struct zh::Fields<zh::inspection::api::ContactFindingsRow> {
  using R = zh::inspection::api::ContactFindingsRow;
  static constexpr std::string_view kName = "ContactFindings";
  static constexpr auto kTable = std::tuple{ZH_CELL(checked, Unit::none), ZH_CELL(pack, Unit::none),
                                            ZH_ABOUT(score, Unit::points), ZH_ABOUT(findings, Unit::none)};
};

#undef ZH_ABOUT
#undef ZH_CELL
