// What the routes of statistics give. Private to the api.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rooms/quality/api/records.h"
#include "rooms/quality/consistency/consistency.h"

namespace zh::quality::api {

struct StatisticsQuery {
  Date from = {};
  Date to = {};
};

struct RejectionJson {
  std::string inspection = {};
  std::string proposal = {};
  std::string reason = {};
};
struct CheckStatisticsJson {
  std::string check = {};
  std::optional<TextJson> label = {};  // none: no check of the pack in force has the id any more
  std::optional<std::string> clause = {};
  bool by_model = false;  // a question: in_force counts the contacts about which it was asked
  std::int64_t in_force = 0;
  std::int64_t spoke_up = 0;
  std::int64_t findings = 0;
  std::int64_t dropped = 0;          // contacts in which the judge said yes and no quote stood
  std::optional<Decimal> rate = {};  // spoke_up / in_force, 0–1
  std::int64_t accepted = 0;
  std::int64_t changed = 0;
  std::int64_t rejected = 0;
  std::int64_t open = 0;
  std::optional<Decimal> precision = {};  // 0–1
  std::optional<Decimal> precision_low = {};
  std::optional<Decimal> precision_high = {};
  std::optional<TextJson> why_none = {};  // why precision or its bounds are missing
  std::vector<RejectionJson> rejections = {};
};

struct ContrastJson {
  Circumstance circumstance = Circumstance::inspected;
  std::optional<std::string> staff_no = {};  // none: everybody together
  std::optional<std::string> name = {};
  std::int64_t contacts = 0;
  std::int64_t others = 0;
  std::optional<Decimal> mean = {};
  std::optional<Decimal> mean_of_others = {};
  std::optional<Decimal> effect = {};
  std::optional<statistics::EffectSize> effect_size = {};
  std::optional<Decimal> p_value = {};
  std::optional<Decimal> p_adjusted = {};
  bool differs = false;
  std::optional<TextJson> why_none = {};
};

}  // namespace zh::quality::api

template <>
struct zh::http::Choices<zh::quality::Circumstance> {
  using E = zh::quality::Circumstance;
  static constexpr std::array kNames{std::pair{E::inspected, std::string_view("inspected")},
                                     std::pair{E::busy, std::string_view("busy")},
                                     std::pair{E::known, std::string_view("known")}};
};
template <>
struct zh::http::Choices<zh::quality::statistics::EffectSize> {
  using E = zh::quality::statistics::EffectSize;
  static constexpr std::array kNames{
      std::pair{E::negligible, std::string_view("negligible")}, std::pair{E::small, std::string_view("small")},
      std::pair{E::medium, std::string_view("medium")}, std::pair{E::large, std::string_view("large")}};
};

ZH_RECORD(StatisticsQuery, "QualityStatisticsQuery", http::input(&R::from, "from"), http::input(&R::to, "to"));
ZH_RECORD(RejectionJson, "ProposalRejection", ZH_PLAIN(inspection, "inspection"), ZH_PLAIN(proposal, "proposal"),
          ZH_ABOUT(reason, "reason", Unit::none));
ZH_RECORD(CheckStatisticsJson, "CheckStatistics", ZH_PLAIN(check, "check"), ZH_PLAIN(label, "label"),
          ZH_PLAIN(clause, "clause"), ZH_PLAIN(by_model, "by_model"), ZH_RULE(in_force, "in_force", Unit::count),
          ZH_RULE(spoke_up, "spoke_up", Unit::count), ZH_RULE(findings, "findings", Unit::count),
          ZH_RULE(dropped, "dropped", Unit::count), ZH_PLAIN(rate, "rate"), ZH_RULE(accepted, "accepted", Unit::count),
          ZH_RULE(changed, "changed", Unit::count), ZH_RULE(rejected, "rejected", Unit::count),
          ZH_RULE(open, "open", Unit::count), ZH_PLAIN(precision, "precision"),
          ZH_PLAIN(precision_low, "precision_low"), ZH_PLAIN(precision_high, "precision_high"),
          ZH_PLAIN(why_none, "why_none"), ZH_PLAIN(rejections, "rejections"));
ZH_RECORD(ContrastJson, "ConsistencyContrast", ZH_PLAIN(circumstance, "circumstance"),
          ZH_ABOUT(staff_no, "staff_no", Unit::none), ZH_ABOUT(name, "name", Unit::none),
          ZH_RULE(contacts, "contacts", Unit::count), ZH_RULE(others, "others", Unit::count),
          ZH_ABOUT(mean, "mean", Unit::points), ZH_ABOUT(mean_of_others, "mean_of_others", Unit::points),
          ZH_ABOUT(effect, "effect", Unit::none), ZH_ABOUT(effect_size, "effect_size", Unit::none),
          ZH_ABOUT(p_value, "p_value", Unit::none), ZH_ABOUT(p_adjusted, "p_adjusted", Unit::none),
          ZH_ABOUT(differs, "differs", Unit::none), ZH_PLAIN(why_none, "why_none"));
