// WordBook: the phrases and patterns of a pack's checks while they are read: each normalised, each once, each with the
// conditions that use it. Internal to this folder.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "policy/checks/scanned.h"
#include "policy/problem.h"
#include "policy/yaml.h"

namespace zh::policy {

// One thing that may be said, in any of several ways: a phrase, or the phrases of a named list.
struct Alternatives {
  std::vector<std::string> phrases;
  Place place;
  std::string clause;  // of the check, for problems
};

class WordBook {
 public:
  WordBook(const text::Normaliser& normaliser, Problems& problems) : normaliser_(normaliser), problems_(problems) {}

  // A text as conversations are compared.
  std::string normalise(std::string_view text) const { return normaliser_.normalise(text); }
  std::uint32_t new_leaf() { return leaves_++; }
  void add_phrases(CompiledWords::Use use, const Alternatives& alternatives);
  void add_pattern(CompiledWords::Use use, const Alternatives& pattern);

  // Builds the automaton and the database; faults of patterns become problems with their places.
  CompiledWords compile();

 private:
  struct Table {
    std::map<std::string, std::uint32_t> numbers;  // by normalised form
    std::vector<Alternatives> words;               // by number: the normalised form and where it stands first
    std::vector<std::vector<CompiledWords::Use>> uses;
  };
  static void add(Table& table, std::string normal, const Alternatives& from, CompiledWords::Use use);

  const text::Normaliser& normaliser_;
  Problems& problems_;
  std::uint32_t leaves_ = 0;
  Table phrases_;
  Table patterns_;
};

}  // namespace zh::policy
