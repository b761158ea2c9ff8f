// What the readers of the kinds of rules share while a pack is loaded. Internal to this folder.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "policy/compose.h"
#include "policy/formula_compile.h"
#include "policy/load.h"
#include "policy/reader.h"

namespace zh::policy {

class Loading {
 public:
  Loading(Problems& problems_, Pack& pack_, const std::vector<KindInfo>& catalogue_)
      : problems(problems_), pack(pack_), catalogue(catalogue_) {}

  Problems& problems;
  Pack& pack;
  const std::vector<KindInfo>& catalogue;
  std::map<std::string, std::shared_ptr<const dmn::Model>>
      models;  // the pack's DMN models that could be loaded, by path

  // Reads label and clause (both required) and notes that `path` carries the clause out. `place` is of the rule's first
  // key. The unit is set by the caller before captioned().
  RuleHead head(Reader& reader, std::string id, const Place& place, const std::string& path,
                Coverage coverage = Coverage::computed);
  // The clause alone, for rules that have no label of their own.
  std::string clause(Reader& reader, const Place& place, const std::string& path, Coverage coverage);
  // Notes the use, or reports at `named_at` that there is no such clause.
  void use_clause(const std::string& id, const Place& named_at, ClauseUse use);
  // A required unit that must be one of units().
  std::string unit(Reader& reader, const std::string& clause);
  // The same, and it must be `wanted`, which `why` it must be names.
  void unit_is(Reader& reader, RuleHead& head, std::string_view wanted, const Text& why);
  std::string position(Reader& reader);
  // A fact kind that the pack declares.
  std::string kind(Reader& reader, std::string_view key, const std::string& clause);
  std::vector<std::string> kinds(Reader& reader, std::string_view key, const std::string& clause);
  void check_kind(const std::string& name, const Place& place, const std::string& clause);
  // Reports an id that stands in `seen` already.
  void unique(std::set<std::string>& seen, const std::string& id, const Place& place, const std::string& clause);
};

// Sets the caption once the head is complete.
void captioned(RuleHead& head);

// ---- decision models (decision.cc)

// Loads and checks the *.dmn files: what cannot be computed, gaps, overlaps and unreachable rows of their tables.
void read_models(const std::vector<std::pair<std::string, std::string>>& files, Loading& loading);
// {model, name}, a decision of the pack whose inputs are among `inputs`.
Decision read_decision(const yaml::Node& node, const std::vector<std::string>& inputs, const std::string& clause,
                       Loading& loading);

// ---- the kinds of rules

void read_clauses(const yaml::Node& rules, Loading& loading);
void read_facts(const yaml::Node& rules, Loading& loading);
void read_scorecards(const yaml::Node& rules, Loading& loading);
void read_ratings(const yaml::Node& rules, Loading& loading);
void read_excellences(const yaml::Node& rules, Loading& loading);
void read_pay(const yaml::Node& rules, Loading& loading);
void read_rubrics(const yaml::Node& rules, Loading& loading);
void read_inspections(const yaml::Node& rules, Loading& loading);
// Named lists of phrases and the checks that use them (checks/read_checks.cc). Rubrics must have been read.
void read_checks(const yaml::Node& lists, const yaml::Node& checks, Loading& loading);

// ---- tables (tables.cc)

struct TableDomain {
  NameInfo::Type type = NameInfo::Type::number;
  std::string unit;
  std::optional<std::int64_t> low;
  std::optional<std::int64_t> high;
};
struct TableShape {
  std::string_view rows_key;    // "bands", "rows", "each"
  std::string_view result_key;  // "score", "amount", "points"
  std::optional<Decimal> low;   // of results
  std::optional<Decimal> high;
  TableDomain domain;
  std::string clause;
};
// Reads `rows_key` (a list of {when, result}) and `step` from the mapping and checks that the rows cover the domain
// without gap, overlap or unreachable row.
Table read_table(Reader& reader, const TableShape& shape, Loading& loading);
void check_rows(const Table& table, const TableShape& shape, Problems& problems);

// ---- conditions (load_ratings.cc)

std::vector<Condition> read_conditions(Reader& reader, std::string_view key, const std::vector<NameInfo>& names,
                                       const std::string& path, Loading& loading);

// Rules that belong together (coverage.cc): clauses without a rule, contradictions between rules.
void check_coverage(Loading& loading);
void check_contradictions(Loading& loading);

}  // namespace zh::policy
