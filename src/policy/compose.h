// Composition: the files of a pack and of the packs it includes as one tree of rules, each kind a mapping by id, with
// the overrides applied. Load order means nothing: a rule that two files define is a problem that names both, unless an
// override settles it.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "base/calendar.h"
#include "base/hash.h"
#include "policy/pack.h"
#include "policy/problem.h"
#include "policy/sources.h"
#include "policy/yaml.h"

namespace zh::policy {

struct Composition {
  std::string id;
  Text title;
  std::optional<Date> effective_from;
  Place effective_place;
  // kind → map by id of the rules, each with its places. Kinds are those of kKinds.
  yaml::Node rules;
  std::vector<Override> overrides;
  std::vector<std::string> includes;                        // folder names, sorted
  std::vector<std::pair<std::string, std::string>> models;  // path and text of *.dmn, by path
};

// The kinds of rules a file may hold: its one top-level key.
inline constexpr std::string_view kKinds[] = {"clauses", "facts",   "scorecards",  "ratings", "excellence",
                                              "pay",     "rubrics", "inspections", "phrases", "checks"};

Composition compose(const Sources& sources, Problems& problems);

// SHA-256 of what the composition says: formatting, comments, the order and names of files do not change it.
Hash content_hash(const Composition& composition);

}  // namespace zh::policy
