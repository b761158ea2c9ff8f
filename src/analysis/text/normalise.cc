#include "analysis/text/normalise.h"

#include <unicode/normalizer2.h>
#include <unicode/uchar.h>
#include <unicode/unistr.h>

#include <SimpleConverter.hpp>
#include <algorithm>
#include <array>
#include <exception>
#include <optional>

#include "base/utf8.h"

namespace zh::text {

namespace {

constexpr std::size_t kPlane = 0x10000;
// Combining characters are put in order by ICU this many at a time: a text of nothing else stays linear.
constexpr std::size_t kSegmentMax = 64;
// Bytes of Chinese that are handed to OpenCC at a time; a phrase that lies across the border is converted by character.
constexpr std::size_t kRunMax = 4'096;

// What a character is to the normaliser.
constexpr std::uint8_t kContinues = 1;     // may change what stands before it (combining marks, conjoining jamo)
constexpr std::uint8_t kBlank = 2;         // white space or control
constexpr std::uint8_t kSpaceless = 4;     // of writing that uses no spaces: Chinese, Japanese
constexpr std::uint8_t kHan = 8;           // OpenCC reads runs of these
constexpr std::uint8_t kTraditional = 16;  // OpenCC changes it, by itself or in a phrase
constexpr std::uint8_t kPlain = 32;        // stays as it is unless something before or behind it says otherwise

bool is_spaceless(char32_t c) {
  return (c >= 0x2E80 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}
bool is_han(char32_t c) {
  return (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xF900 && c <= 0xFAFF) || (c >= 0x20000 && c <= 0x3FFFF);
}
bool is_blank(char32_t c) {
  return u_isUWhiteSpace(static_cast<UChar32>(c)) != 0 || u_charType(static_cast<UChar32>(c)) == U_CONTROL_CHAR;
}

char32_t straight_quote(char32_t c) {
  if (c == 0x2018 || c == 0x2019 || c == 0x201B) return U'\'';
  if (c == 0x201C || c == 0x201D || c == 0x201F) return U'"';
  return c;
}

// Calls `take` with each code point of what ICU makes of `segment`.
template <class Take>
void fold(const icu::Normalizer2& icu, const icu::UnicodeString& segment, const Take& take) {
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString folded;
  icu.normalize(segment, folded, status);
  if (U_FAILURE(status)) folded = segment;
  for (std::int32_t at = 0; at < folded.length(); at = folded.moveIndex32(at, 1)) {
    take(straight_quote(static_cast<char32_t>(folded.char32At(at))));
  }
}

// As utf8::next; most characters are ASCII or Chinese, three bytes.
inline char32_t next_of(std::string_view text, std::size_t& at) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[at + i]); };
  if (byte(0) < 0x80) return static_cast<unsigned char>(text[at++]);
  if ((byte(0) & 0xF0U) == 0xE0U && at + 2 < text.size() && (byte(1) & 0xC0U) == 0x80U && (byte(2) & 0xC0U) == 0x80U) {
    const char32_t c = (byte(0) & 0x0FU) << 12U | (byte(1) & 0x3FU) << 6U | (byte(2) & 0x3FU);
    if (c >= 0x800 && (c < 0xD800 || c > 0xDFFF)) {
      at += 3;
      return c;
    }
  }
  return utf8::next(text, at);
}

// A character of the normalised text: the byte it begins at, and its original. Ascending.
struct Unit {
  std::uint32_t byte;
  Span original;
};

std::size_t end_of_character(std::string_view text, std::size_t at) {
  for (++at; at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;) ++at;
  return at;
}

std::uint32_t characters(std::string_view text) {
  const auto begins = [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; };
  return static_cast<std::uint32_t>(std::ranges::count_if(text, begins));
}

bool is_one(const Span& span) { return span.to == span.from + 1; }

icu::UnicodeString of(char32_t c) { return {static_cast<UChar32>(c)}; }

}  // namespace

// What the characters of the first plane become, looked up once and for all.
struct Normaliser::Tables {
  Tables(const icu::Normalizer2& normalizer, const std::string& config) : icu(normalizer), opencc(config) {
    for (char32_t c = 0; c < kPlane; ++c) add(c);
    mark_traditional();
    for (char32_t c = 0; c < kPlane; ++c) {
      // U+FFFD may stand for a byte that does not stay.
      const bool stays = single[c] == c && c != 0 && c != utf8::kReplacement &&
                         (traits[c] & (kContinues | kBlank | kTraditional)) == 0;
      if (stays) traits[c] |= kPlain;
    }
  }

  std::uint8_t traits_of(char32_t c) const {
    if (c < kPlane) return traits[c];
    const bool continues = icu.hasBoundaryBefore(static_cast<UChar32>(c)) == 0;
    // Beyond the first plane Chinese is rare: OpenCC sees all of it.
    return static_cast<std::uint8_t>((continues ? kContinues : 0) |
                                     (is_spaceless(c) ? kSpaceless | kHan | kTraditional : 0));
  }

  const icu::Normalizer2& icu;
  opencc::SimpleConverter opencc;
  std::array<std::uint8_t, kPlane> traits{};
  std::array<char16_t, kPlane> single{};  // what the character becomes, alone; 0 = ICU must be asked

 private:
  void add(char32_t c) {
    if (c >= 0xD800 && c <= 0xDFFF) return;
    traits[c] = static_cast<std::uint8_t>((icu.hasBoundaryBefore(static_cast<UChar32>(c)) == 0 ? kContinues : 0) |
                                          (is_blank(c) ? kBlank : 0) | (is_spaceless(c) ? kSpaceless : 0) |
                                          (is_han(c) ? kHan : 0));
    std::size_t count = 0;
    char32_t first = 0;
    fold(icu, of(c), [&](char32_t folded) {
      if (count++ == 0) first = folded;
    });
    if (count == 1 && first < kPlane) single[c] = static_cast<char16_t>(first);
  }

  // Every Chinese character of the plane, one to a line, through OpenCC: the lines that change.
  void mark_traditional() {
    std::string all;
    for (char32_t c = 0; c < kPlane; ++c) {
      if ((traits[c] & kHan) == 0) continue;
      utf8::append(all, c);
      all += '\n';
    }
    const std::string simplified = opencc.Convert(all);
    std::size_t before = 0;
    std::size_t after = 0;
    while (before < all.size() && after < simplified.size()) {
      const std::size_t end_before = all.find('\n', before);
      const std::size_t end_after = std::min(simplified.find('\n', after), simplified.size());
      std::size_t at = before;
      const char32_t c = utf8::next(all, at);
      const bool same = all.compare(before, end_before - before, simplified, after, end_after - after) == 0;
      if (!same) traits[c] |= kTraditional;
      before = end_before + 1;
      after = end_after + 1;
    }
  }
};

// Puts the normalised text together: white space, runs of Chinese with traditional characters and, where wanted,
// origins.
class Normaliser::Writer {
 public:
  Writer(const Tables& tables, std::string& out, std::vector<Unit>* units) : tables_(tables), out_(out), units_(units) {
    out_.clear();
  }

  // Characters that stay as they are, from the original's code point `number` on. Requires !in_run().
  void put_plain(std::string_view bytes, std::uint32_t number, const Stretch& stretch) {
    if (blank_) put_blank(stretch.first_traits);
    spaceless_before_ = (stretch.last_traits & kSpaceless) != 0;
    if (units_ != nullptr) {
      for (std::size_t at = 0; at < bytes.size(); ++number) {
        units_->push_back({static_cast<std::uint32_t>(out_.size() + at), {number, number + 1}});
        utf8::next(bytes, at);
      }
    }
    out_ += bytes;
  }

  void put(char32_t c, Span original) {
    const std::uint8_t traits = tables_.traits_of(c);
    if ((traits & kBlank) != 0) {
      if (!blank_) blank_original_.from = original.from;
      blank_original_.to = original.to;
      blank_ = true;
      return;
    }
    const bool spaceless = (traits & kSpaceless) != 0;
    if (blank_) put_blank(traits);
    spaceless_before_ = spaceless;
    if (in_run_ && (traits & kHan) == 0) {
      end_run();
    } else if (in_run_ && out_.size() - run_begin_ > kRunMax) {
      end_run();
      begin_run();
    } else if (!in_run_ && (traits & kTraditional) != 0) {
      begin_run();
      take_back_chinese();
    }
    append(c, original);
  }

  // Whether Chinese with a traditional character in it is being written: it is simplified as a whole.
  bool in_run() const { return in_run_; }
  void finish() {
    if (in_run_) end_run();
  }

 private:
  void append(char32_t c, Span original) {
    if (units_ != nullptr) units_->push_back({static_cast<std::uint32_t>(out_.size()), original});
    utf8::append(out_, c);
  }

  // A mark keeps the space before it: it must not combine with what stands before that.
  void put_blank(std::uint8_t traits_after) {
    blank_ = false;
    const bool beside_spaceless = spaceless_before_ || (traits_after & kSpaceless) != 0;
    if (out_.empty() || (beside_spaceless && (traits_after & kContinues) == 0)) return;
    append(U' ', blank_original_);
  }

  void begin_run() {
    in_run_ = true;
    run_begin_ = out_.size();
    run_unit_ = units_ == nullptr ? 0 : units_->size();
  }

  // The run began with the Chinese that is written already.
  void take_back_chinese() {
    while (run_begin_ > 0 && out_.size() - run_begin_ < kRunMax) {
      std::size_t before = run_begin_ - 1;
      while (before > 0 && (static_cast<unsigned char>(out_[before]) & 0xC0U) == 0x80U) --before;
      std::size_t at = before;
      if ((tables_.traits_of(utf8::next(out_, at)) & kHan) == 0) break;
      run_begin_ = before;
      if (units_ != nullptr) --run_unit_;
    }
  }

  void end_run() {
    in_run_ = false;
    const std::string simplified = tables_.opencc.Convert(out_.substr(run_begin_));
    out_.replace(run_begin_, std::string::npos, simplified);
    if (units_ != nullptr) map_run(simplified);
  }

  // Character by character, as OpenCC's simplified forms come; a phrase of another length has come from the whole run.
  void map_run(const std::string& simplified) {
    const std::vector<Unit> old(units_->begin() + static_cast<std::ptrdiff_t>(run_unit_), units_->end());
    units_->resize(run_unit_);
    const bool one_to_one = utf8::length(simplified) == old.size();
    const Span whole{old.front().original.from, old.back().original.to};
    std::size_t number = 0;
    for (std::size_t at = 0; at < simplified.size(); ++number) {
      const auto byte = static_cast<std::uint32_t>(run_begin_ + at);
      utf8::next(simplified, at);
      units_->push_back({byte, one_to_one ? old[number].original : whole});
    }
  }

  const Tables& tables_;
  std::string& out_;
  std::vector<Unit>* units_;
  bool blank_ = false;  // white space was read and not yet written
  Span blank_original_;
  bool spaceless_before_ = false;
  bool in_run_ = false;
  std::size_t run_begin_ = 0;
  std::size_t run_unit_ = 0;
};

Normaliser::Normaliser(std::unique_ptr<const Tables> tables) : tables_(std::move(tables)) {}
Normaliser::~Normaliser() = default;

Result<std::unique_ptr<const Normaliser>> Normaliser::build() {
  UErrorCode status = U_ZERO_ERROR;
  const icu::Normalizer2* const icu = icu::Normalizer2::getNFKCCasefoldInstance(status);
  std::string reason = U_FAILURE(status) ? u_errorName(status) : "";
  if (reason.empty()) {
    try {
      return std::unique_ptr<const Normaliser>(new Normaliser(std::make_unique<const Tables>(*icu, "t2s.json")));
    } catch (const std::exception& thrown) {
      reason = thrown.what();
    }
  }
  return error(ErrorCode::unavailable,
               {.zh = "文本规范化的字典没有装好（ICU、OpenCC）：" + reason + "；请安装 libicu 和 libopencc-data",
                .en = "the dictionaries that normalise texts are not there (ICU, OpenCC): " + reason +
                      "; install libicu and libopencc-data"});
}

Result<const Normaliser*> Normaliser::shared() {
  static const Result<std::unique_ptr<const Normaliser>> kBuilt = build();
  if (!kBuilt.ok()) return kBuilt.error();
  return kBuilt.value().get();
}

Normaliser::Stretch Normaliser::plain_stretch(std::string_view text, std::size_t at) const {
  Stretch stretch{.end = at, .code_points = 0, .first_traits = 0, .last_traits = 0};
  std::size_t last_begin = at;
  std::uint8_t before_last = 0;
  while (stretch.end < text.size()) {
    std::size_t end = stretch.end;
    const std::uint8_t traits = tables_->traits_of(next_of(text, end));
    if ((traits & kContinues) != 0 && stretch.code_points > 0) {
      return {last_begin, stretch.code_points - 1, stretch.first_traits, before_last};
    }
    if ((traits & kPlain) == 0) break;
    if (stretch.code_points++ == 0) stretch.first_traits = traits;
    before_last = stretch.last_traits;
    stretch.last_traits = traits;
    last_begin = stretch.end;
    stretch.end = end;
  }
  return stretch;
}

void Normaliser::run(std::string_view text, Writer& writer) const {
  std::uint32_t number = 0;  // of the code point at `at`
  for (std::size_t at = 0; at < text.size();) {
    if (!writer.in_run()) {
      const Stretch plain = plain_stretch(text, at);
      if (plain.code_points > 0) writer.put_plain(text.substr(at, plain.end - at), number, plain);
      at = plain.end;
      number += plain.code_points;
      if (at == text.size()) break;
    }
    put_segment(text, at, number, writer);
  }
  writer.finish();
}

void Normaliser::put_segment(std::string_view text, std::size_t& at, std::uint32_t& number, Writer& writer) const {
  const std::uint32_t begin = number++;
  const char32_t first = utf8::next(text, at);
  icu::UnicodeString segment;
  while (at < text.size() && number - begin < kSegmentMax) {
    std::size_t behind = at;
    const char32_t next = utf8::next(text, behind);
    if ((tables_->traits_of(next) & kContinues) == 0) break;
    if (segment.isEmpty()) segment = of(first);
    segment.append(static_cast<UChar32>(next));
    at = behind;
    ++number;
  }
  const auto put = [&](char32_t c) { writer.put(c, {begin, number}); };
  if (!segment.isEmpty()) {
    fold(tables_->icu, segment, put);
  } else if (first < kPlane && tables_->single[first] != 0) {
    put(tables_->single[first]);
  } else {
    fold(tables_->icu, of(first), put);
  }
}

void Normaliser::normalise(std::string_view text, std::string& into) const {
  Writer writer(*tables_, into, nullptr);
  run(text, writer);
}

std::string Normaliser::normalise(std::string_view text) const {
  std::string result;
  normalise(text, result);
  return result;
}

void Normaliser::normalise(std::string_view text, std::string& into, std::vector<OriginRun>& runs) const {
  std::vector<Unit> units;
  Writer writer(*tables_, into, &units);
  run(text, writer);
  runs.clear();
  const Unit* before = nullptr;
  for (const Unit& unit : units) {
    const bool goes_on = before != nullptr && is_one(before->original) && is_one(unit.original) &&
                         unit.original.from == before->original.to;
    if (!goes_on) runs.push_back({unit.byte, unit.original});
    before = &unit;
  }
}

std::string Normaliser::normalise_pattern(std::string_view pattern) const {
  std::string result;
  std::string plain;
  const auto flush = [&] {
    for (const char c : normalise(plain)) {
      const auto byte = static_cast<unsigned char>(c);
      const bool special = byte < 0x80 && u_isalnum(byte) == 0 && c != ' ';
      if (special) result += '\\';
      result += c;
    }
    plain.clear();
  };
  for (const char c : pattern) {
    if (static_cast<unsigned char>(c) >= 0x80) {
      plain += c;
      continue;
    }
    flush();
    result += c;
  }
  flush();
  return result;
}

Span original_of(std::span<const OriginRun> runs, std::string_view normal, std::size_t from, std::size_t to) {
  if (from >= to || runs.empty()) return {};
  auto run = std::ranges::upper_bound(runs, from, {}, [](const OriginRun& it) { return std::size_t{it.byte}; }) - 1;
  std::uint32_t behind = characters(normal.substr(run->byte, from - run->byte));
  Span span{run->original.from + behind, run->original.to + behind};
  for (std::size_t at = from; at < to; at = end_of_character(normal, at), ++behind) {
    if (run + 1 != runs.end() && at == (run + 1)->byte) {
      ++run;
      behind = 0;
    }
    span.from = std::min(span.from, run->original.from + behind);
    span.to = std::max(span.to, run->original.to + behind);
  }
  return span;
}

}  // namespace zh::text
