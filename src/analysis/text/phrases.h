// Hundreds of literal phrases found in one pass: an Aho–Corasick automaton made into a table that takes one step per
// byte, whatever the number of phrases (Aho & Corasick 1975; bytes that no phrase tells apart share a column).
//
//   ZH_TRY(const PhraseSet set, PhraseSet::compile({"您好", "sorry", "再见"}));
//   set.scan("sorry,您好", matches);     // {0, 5, 1}, {6, 12, 0}
//   set.scan("unsorry", matches);        // nothing: a Latin word is found where it stands alone
//
// A set is immutable; any number of threads may scan with one.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/text/match.h"
#include "base/result.h"

namespace zh::text {

class PhraseSet {
 public:
  // Bytes of all phrases together. The cost of raising it is memory.
  static constexpr std::size_t kBytesMax = std::size_t{1} << 20;
  // Entries of the table, 4 bytes each: about 20,000 Chinese phrases. Speed falls once the part of the table that is
  // used no longer fits the processor's cache.
  static constexpr std::size_t kTableMax = std::size_t{16} << 20;
  // A scan reports at most this many matches of one text.
  static constexpr std::size_t kMatchesMax = 10'000;

  // An empty set, which finds nothing.
  PhraseSet() = default;
  // Of normalised phrases (normalise.h), numbered as they stand; equal ones are found both. Fails (invalid) on an empty
  // phrase and (limit) past kBytesMax or kTableMax.
  static Result<PhraseSet> compile(std::span<const std::string> phrases);

  // Puts every place where a phrase stands into `matches` (which is emptied first), by end, then longest first;
  // matches that overlap or contain each other are all there. An end of a phrase that is a letter or digit of
  // alphabetic writing must be the end of a word there; an apostrophe between letters does not end one: "can" is not in
  // "can't". False when the text has more than kMatchesMax, and the rest was not looked at.
  bool scan(std::string_view text, std::vector<Match>& matches) const;

  std::size_t size() const { return lengths_.size(); }

 private:
  class Builder;
  struct Output {
    std::uint32_t phrase;
    bool last;  // of its state
  };
  // Stretches of a text that are scanned side by side; where each begins, and the end.
  static constexpr std::size_t kStretches = 4;
  static constexpr std::size_t kStretchesFrom = 256;  // bytes of a text
  using Stretches = std::array<std::size_t, kStretches + 1>;
  bool scan_from(std::string_view text, std::size_t at, std::size_t end, std::uint32_t state,
                 std::vector<Match>& matches) const;
  bool scan_stretches(std::string_view text, const Stretches& begins, std::vector<Match>& matches) const;
  bool report(std::string_view text, std::uint32_t state, std::uint32_t end, std::vector<Match>& matches) const;

  std::array<std::uint8_t, 256> column_{};  // of each byte; at most 256 columns
  std::uint32_t columns_ = 1;
  std::vector<std::uint32_t> next_{0};     // [state × columns + column] → state × columns; states with outputs last
  std::uint32_t first_with_output_ = ~0U;  // as in next_
  std::vector<std::uint32_t> outputs_of_;  // index + 1 into outputs_, by state from the first with output on
  std::vector<Output> outputs_;
  std::vector<std::uint32_t> lengths_;   // bytes, by phrase
  std::vector<std::uint8_t> word_ends_;  // bit 0: begins with a letter or digit, bit 1: ends with one; by phrase
};

}  // namespace zh::text
