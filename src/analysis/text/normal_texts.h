// Several texts normalised and laid one behind another, so that one scan reads them all: what the turns of a contact
// say. Knows the way back to each original, and is stored as it is.
//
//   NormalTexts texts;
//   texts.add(normaliser, "ＯＫ，電話");
//   texts.add(normaliser, "好的");
//   texts.all();                     // "ok,电话\n好的\n"
//   texts.original(0, 3, 9);         // [3, 5) of the first text
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "analysis/text/normalise.h"
#include "base/compact.h"

namespace zh::text {

class NormalTexts {
 public:
  // Empty again; the room stays.
  void clear();
  void add(const Normaliser& normaliser, std::string_view original);

  std::size_t size() const { return begins_.size() - 1; }
  // All texts in their order, each ended by a line feed, which stands in no normalised text.
  std::string_view all() const { return all_; }
  // The same of the texts [first, last).
  std::string_view all(std::size_t first, std::size_t last) const;
  std::string_view text(std::size_t i) const;
  // Where text i begins in all(); i may be size().
  std::uint32_t begin(std::size_t i) const { return begins_[i]; }
  // Code points of the original of text i from which its bytes [from, to) came, an ill-formed byte counting as one.
  Span original(std::size_t i, std::size_t from, std::size_t to) const;

  void append_to(std::string& bytes) const;
  // What append_to() wrote, in place of what was there; `in` fails on anything else.
  void read(compact::Reader& in);

 private:
  std::span<const OriginRun> runs(std::size_t i) const;
  void read_runs(compact::Reader& in);

  std::string all_;
  std::vector<std::uint32_t> begins_{0};  // of each text in all_, and its end
  std::vector<OriginRun> runs_;           // of all texts, bytes counted from the text's beginning
  std::vector<std::uint32_t> run_ends_;   // of each text in runs_
  std::string added_;                     // working memory of add()
  std::vector<OriginRun> added_runs_;
};

}  // namespace zh::text
