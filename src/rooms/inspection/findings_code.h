// Findings as the bytes that are stored. What they repeat by the million — which check of which clause, which condition
// looking at whom — is a word: stored once, and known by a number that follows from it, so that the bytes are the same
// in every database and whoever wrote first.
//
//   hits:    number of hits · each: word of check and clause · which of the following there are · turn, first
//   character,
//            characters, beginning in ms, length in ms
//   misses:  number of misses · each: word of check and clause · number of conditions · each: word of condition and
//            role · turns in scope · whether there are · first turn · turns from it to the last
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "policy/checks/check_set.h"
#include "rooms/inspection/inspection.h"

namespace zh::inspection {

// "stiff_words\tF3.6", "checks.yaml:9:14\tagent"
struct Word {
  std::uint64_t id = 0;
  std::string text;
};
std::uint64_t id_of_word(std::string_view text);

using Words = std::unordered_map<std::uint64_t, std::string>;  // by id

// Writes findings; remembers the words of the packs it has seen, which must outlive it. One per thread.
class FindingsWriter {
 public:
  std::string encode(const policy::Findings& findings);
  // Words that were used for the first time since this was last asked.
  std::vector<Word> take_new_words();

 private:
  std::uint64_t word(const policy::Check& check);
  std::uint64_t word(const policy::CheckNode& condition);
  std::uint64_t remember(const void* of, std::string text);

  std::unordered_map<const void*, std::uint64_t> known_;  // by check and condition
  std::vector<Word> new_words_;
};

// Fails (corrupt) on bytes that encode() did not write, and on words that are not known.
Result<std::vector<Finding>> decode(std::string_view bytes, const Words& words);
// The same findings without a detour through bytes.
std::vector<Finding> findings_from(const policy::Findings& findings);

// Calls `visit` with the word of each finding's check, much faster than decode(). Fails: corrupt.
Status each_check(std::string_view bytes, const std::function<void(Finding::Kind, std::uint64_t)>& visit);
// The check and the clause of such a word.
std::pair<std::string, std::string> check_and_clause(std::string_view word);

}  // namespace zh::inspection
