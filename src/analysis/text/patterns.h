// Regular expressions found in one pass over a text, with where they begin: Hyperscan behind a small interface. The
// syntax is PCRE's without what needs backtracking (back-references, look-around, possessive repeats); letters match
// without regard to case.
//
//   auto set = PatternSet::compile({"订单号?[:是]? ?[0-9]{6,12}", "(a+)+$"}, faults);
//   Scratch scratch;
//   set->scan("订单号是20261012", scratch, matches);    // {0, 20, 0}
//
// A set is immutable and shared; each thread has a Scratch of its own.
#pragma once

#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/text/match.h"
#include "base/result.h"

namespace zh::text {

// A pattern that cannot be used, and why; all of a set's are found at once.
struct PatternFault {
  std::size_t number = 0;  // of the pattern
  Text what;
};

class PatternSet {
 public:
  static constexpr std::size_t kPatternBytesMax = 2'000;
  // Characters that a pattern with all its bounded repeats written out may have: (a{20}){50} has 1,000. Compiling takes
  // time by the third power of it, about a second at worst.
  static constexpr std::size_t kUnrolledMax = 1'000;
  static constexpr std::size_t kPatternsMax = 5'000;
  // A scan stops after this many matches, all ends of all patterns counted.
  static constexpr std::size_t kMatchesMax = 10'000;

  // Working memory of one thread. Grows to fit the sets it is used with.
  class Scratch {
   public:
    Scratch();
    ~Scratch();
    Scratch(Scratch&&) noexcept;
    Scratch& operator=(Scratch&&) noexcept;

   private:
    friend class PatternSet;
    struct State;
    std::unique_ptr<State> state_;
  };

  // An empty set, which finds nothing.
  PatternSet();
  ~PatternSet();
  PatternSet(PatternSet&&) noexcept;
  PatternSet& operator=(PatternSet&&) noexcept;

  // Of patterns made for normalised texts (Normaliser::normalise_pattern). Fails (invalid) when a pattern has a fault:
  // each is added to `faults`; the message is the first one's. Fails (limit) past kPatternsMax.
  static Result<PatternSet> compile(std::span<const std::string> patterns, std::vector<PatternFault>& faults);

  // Puts where the patterns stand into `matches` (which is emptied first): of each pattern the leftmost, there the
  // longest, and so on behind it; by place, then number. The text must be well-formed UTF-8. A line feed ends a text: a
  // scan of several lines finds what scans of each of them find, and is much faster. False when there are more than
  // kMatchesMax, and the rest was not looked at.
  bool scan(std::string_view text, Scratch& scratch, std::vector<Match>& matches) const;

  std::size_t size() const;

 private:
  class Code;
  explicit PatternSet(std::unique_ptr<const Code> code);
  bool find_ends(std::string_view text, std::size_t offset, Scratch& scratch, std::vector<Match>& matches) const;
  bool keep_within_lines(std::string_view text, Scratch& scratch, std::vector<Match>& matches) const;
  std::unique_ptr<const Code> code_;
};

// Characters of the pattern with its bounded repeats written out; saturates. Exposed for its test.
std::size_t unrolled_size(std::string_view pattern);

}  // namespace zh::text
