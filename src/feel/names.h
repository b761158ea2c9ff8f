// The names in scope while an expression is parsed, and how they are found in the text: the longest name that stands at
// a place wins, the innermost of equal ones.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "feel/type.h"

namespace zh::feel::internal {

// Where the value of a name is found.
struct Binding {
  enum class Kind : std::uint8_t {
    input,  // of the evaluation
    local,  // variable of the function at `level` (0 = the expression itself)
    self,   // the function literal at `level`
    entry,  // entry of the context in local `index`: a field of the item being filtered
  };
  Kind kind = Kind::input;
  std::uint32_t index = 0;
  std::uint32_t level = 0;
  Type type;
};

class Names {
 public:
  struct Match {
    const std::string* name;
    const Binding* binding;
    std::size_t order;  // position among the declarations: later is further inside
    std::size_t end;    // place in the text after the name
  };

  // Names declared after mark() are forgotten by restore().
  std::size_t mark() const { return entries_.size(); }
  void restore(std::size_t mark);
  void declare(std::string_view name, Binding binding);

  std::optional<Match> longest(std::string_view text, std::size_t at) const;
  // The known name most like an unknown one; empty when none is near.
  std::string suggestion(std::string_view unknown) const;

 private:
  struct Entry {
    std::string name;
    std::string first_word;
    Binding binding;
  };
  std::vector<Entry> entries_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_first_word_;
};

// The first word of a name or text: what names are indexed by.
std::string_view first_word(std::string_view text);

// The candidate most like `unknown`, counting letters left out, put in, changed or swapped; empty when none is near.
class Likeness {
 public:
  explicit Likeness(std::string_view unknown);
  void consider(std::string_view candidate);
  const std::string& best() const { return best_; }

 private:
  std::u32string unknown_;
  std::string best_;
  std::size_t distance_;
};

}  // namespace zh::feel::internal
