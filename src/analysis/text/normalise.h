// A text as checks see it, and the way back to the text as it was said or written.
//
//   normaliser.normalise("ＡＢＣ　電話 號碼")              // "abc电话号码"
//   normaliser.normalise("ＡＢＣ　電話 號碼", normal, runs);
//   original_of(runs, normal, 3, 9)                        // [4, 6): the code points 電話
//
// What happens, in this order:
//   1. An ill-formed byte becomes U+FFFD.
//   2. Unicode NFKC with case folding (UAX #15, UAX #31: NFKC_Casefold): width, ligatures, compatibility forms and case
//      go; characters that are not seen (zero-width space, variation selectors) vanish. Curly quotes become straight
//      ones, so that it’s is it's.
//   3. Traditional characters become simplified ones by OpenCC's phrases and characters (t2s).
//   4. White space and control characters: none at either end, one space between two characters of writing that uses
//      spaces, none beside Chinese or Japanese, where recognisers put them at will.
// Normalising twice changes nothing more.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace zh::text {

// Code points [from, to) of an original text, an ill-formed byte counting as one.
struct Span {
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  friend bool operator==(const Span&, const Span&) = default;
};

// Where characters of a normalised text come from: the one at `byte` from `original`. If that is one code point, each
// further character up to the next run comes from the next code point; else the run is that character alone. A text has
// few runs: one, unless something was dropped, split or joined.
struct OriginRun {
  std::uint32_t byte = 0;
  Span original = {0, 1};
  friend bool operator==(const OriginRun&, const OriginRun&) = default;
};

// The original of the bytes [from, to) of `normal`: everything that any of their characters came from. An empty range
// gives an empty span. `runs` are those of the whole text, ascending.
Span original_of(std::span<const OriginRun> runs, std::string_view normal, std::size_t from, std::size_t to);

// Tables of what single characters become; immutable, so any number of threads may use one.
class Normaliser {
 public:
  // The process's one, built at its first use (about 50 ms). Fails (unavailable) where OpenCC's dictionaries are not
  // installed.
  static Result<const Normaliser*> shared();

  std::string normalise(std::string_view text) const;
  // The same into a string whose room is used again.
  void normalise(std::string_view text, std::string& into) const;
  // With the way back; costs about twice as much.
  void normalise(std::string_view text, std::string& into, std::vector<OriginRun>& runs) const;

  // A regular expression that means the same on normalised text: its characters beyond ASCII normalised, those that
  // become ASCII (，→ ,) escaped. ASCII stays as it is: patterns are matched without regard to case.
  std::string normalise_pattern(std::string_view pattern) const;

  ~Normaliser();
  Normaliser(const Normaliser&) = delete;
  Normaliser& operator=(const Normaliser&) = delete;

 private:
  class Writer;
  struct Tables;
  explicit Normaliser(std::unique_ptr<const Tables> tables);
  static Result<std::unique_ptr<const Normaliser>> build();

  // Characters that stay as they are, up to the byte `end`.
  struct Stretch {
    std::size_t end;
    std::uint32_t code_points;
    std::uint8_t first_traits;
    std::uint8_t last_traits;
  };
  // The longest from `at` on whose last character does not combine with the next.
  Stretch plain_stretch(std::string_view text, std::size_t at) const;
  void run(std::string_view text, Writer& writer) const;
  // The character at `at` with what combines with it; `at` and the code point number are moved past it.
  void put_segment(std::string_view text, std::size_t& at, std::uint32_t& number, Writer& writer) const;

  std::unique_ptr<const Tables> tables_;
};

}  // namespace zh::text
