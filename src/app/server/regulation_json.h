// What GET /regulation gives.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/server/text_json.h"

namespace zh::app {

struct RegulationQuery {
  std::optional<Date> on = {};  // the regulation of that day; today where left out
};

struct ParameterJson {
  std::string name = {};
  std::string value = {};
};

struct RuleJson {
  std::string id = {};  // its path in the pack: "scorecards.agent.items.recording"
  TextJson label = {};
  std::string rule = {};  // where it stands: "appraisal.yaml:9:9"
  std::vector<ParameterJson> parameters = {};
};

struct ClauseJson {
  std::string id = {};
  TextJson title = {};
  TextJson text = {};
  std::string source = {};
  std::string coverage = {};  // computed, recorded, informative
  std::optional<TextJson> reason = {};
  std::vector<RuleJson> rules = {};
};

struct CoverageJson {
  int computed = 0;
  int recorded = 0;
  int informative = 0;
};

struct PackProblemJson {
  std::string place = {};
  std::string severity = {};
  std::string code = {};
  std::string text = {};
  std::string mend = {};
  std::string clause = {};
};

struct VersionJson {
  std::string version = {};
  std::string pack = {};
  Date effective_from = {};
  Instant published_at = {};
  std::string published_by = {};
  std::string state = {};  // published, superseded
};

struct RegulationJson {
  std::string pack = {};
  TextJson title = {};
  std::string version = {};
  std::optional<Date> effective_from = {};
  std::vector<ClauseJson> clauses = {};
  CoverageJson coverage = {};
  std::vector<PackProblemJson> problems = {};
  std::vector<VersionJson> versions = {};
};

}  // namespace zh::app

template <>
struct zh::Fields<zh::app::RegulationQuery> {
  using R = zh::app::RegulationQuery;
  static constexpr auto kTable = std::tuple{zh::http::input(&R::on, "on")};
};
template <>
struct zh::Fields<zh::app::ParameterJson> {
  using R = zh::app::ParameterJson;
  static constexpr std::string_view kName = "RuleParameter";
  static constexpr auto kTable = std::tuple{zh::app::plain(&R::name, "name"), zh::app::plain(&R::value, "value")};
};
template <>
struct zh::Fields<zh::app::RuleJson> {
  using R = zh::app::RuleJson;
  static constexpr std::string_view kName = "Rule";
  static constexpr auto kTable =
      std::tuple{zh::app::plain(&R::id, "id"), zh::app::plain(&R::label, "label"), zh::app::plain(&R::rule, "rule"),
                 zh::app::plain(&R::parameters, "parameters")};
};
template <>
struct zh::Fields<zh::app::ClauseJson> {
  using R = zh::app::ClauseJson;
  static constexpr std::string_view kName = "Clause";
  static constexpr auto kTable = std::tuple{zh::app::plain(&R::id, "id"),
                                            zh::app::plain(&R::title, "title"),
                                            zh::app::plain(&R::text, "text"),
                                            zh::app::plain(&R::source, "source"),
                                            zh::app::plain(&R::coverage, "coverage"),
                                            zh::app::plain(&R::reason, "reason"),
                                            zh::app::plain(&R::rules, "rules")};
};
template <>
struct zh::Fields<zh::app::CoverageJson> {
  using R = zh::app::CoverageJson;
  static constexpr std::string_view kName = "ClauseCoverage";
  static constexpr auto kTable = std::tuple{zh::app::plain(&R::computed, "computed", Unit::count),
                                            zh::app::plain(&R::recorded, "recorded", Unit::count),
                                            zh::app::plain(&R::informative, "informative", Unit::count)};
};
template <>
struct zh::Fields<zh::app::PackProblemJson> {
  using R = zh::app::PackProblemJson;
  static constexpr std::string_view kName = "PackProblem";
  static constexpr auto kTable =
      std::tuple{zh::app::plain(&R::place, "place"), zh::app::plain(&R::severity, "severity"),
                 zh::app::plain(&R::code, "code"),   zh::app::plain(&R::text, "text"),
                 zh::app::plain(&R::mend, "mend"),   zh::app::plain(&R::clause, "clause")};
};
template <>
struct zh::Fields<zh::app::VersionJson> {
  using R = zh::app::VersionJson;
  static constexpr std::string_view kName = "PackVersion";
  static constexpr auto kTable = std::tuple{zh::app::plain(&R::version, "version"),
                                            zh::app::plain(&R::pack, "pack"),
                                            zh::app::plain(&R::effective_from, "effective_from"),
                                            zh::app::plain(&R::published_at, "published_at"),
                                            zh::app::pseudonym(&R::published_by, "published_by"),
                                            zh::app::plain(&R::state, "state")};
};
template <>
struct zh::Fields<zh::app::RegulationJson> {
  using R = zh::app::RegulationJson;
  static constexpr std::string_view kName = "Regulation";
  static constexpr auto kTable =
      std::tuple{zh::app::plain(&R::pack, "pack"),         zh::app::plain(&R::title, "title"),
                 zh::app::plain(&R::version, "version"),   zh::app::plain(&R::effective_from, "effective_from"),
                 zh::app::plain(&R::clauses, "clauses"),   zh::app::plain(&R::coverage, "coverage"),
                 zh::app::plain(&R::problems, "problems"), zh::app::plain(&R::versions, "versions")};
};
