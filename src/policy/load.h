// Loading a pack: its files become typed rules, and everything that can be wrong with it is found, all at once: this is
// the compiler behind `policy check`. A pack that has an error is not loaded.
#pragma once

#include <optional>
#include <span>
#include <vector>

#include "policy/pack.h"
#include "policy/problem.h"
#include "policy/sources.h"
#include "policy/vocabulary.h"

namespace zh::policy {

struct LoadOptions {
  // The fact catalogue. Facts of a pack must be of these kinds and state their units; empty = not compared.
  std::vector<KindInfo> kinds;
};

struct Loaded {
  std::optional<Pack> pack;       // none when there is an error
  std::vector<Problem> problems;  // by file, line, column; warnings too
};

Loaded load(const Sources& sources, const LoadOptions& options = {});

// The pack, or the first error with the number of the others.
Result<Pack> load_pack(const Sources& sources, const LoadOptions& options = {});

}  // namespace zh::policy
