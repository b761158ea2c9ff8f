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
enum Trait : std::uint8_t {
  kContinues = 1,    // may change what stands before it (combining marks, conjoining jamo)
  kBlank = 2,        // white space or control
  kSpaceless = 4,    // of writing that uses no spaces: Chinese, Japanese
  kHan = 8,          // OpenCC reads runs of these
  kTraditional = 16  // OpenCC changes it, by itself or in a phrase
};

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

icu::UnicodeString of(char32_t c) { return {static_cast<UChar32>(c)}; }

}  // namespace

// What the characters of the first plane become, looked up once and for all.
struct Normaliser::Tables {
  Tables(const icu::Normalizer2& icu_, const std::string& config) : icu(icu_), opencc(config) {
    for (char32_t c = 0; c < kPlane; ++c) add(c);
    mark_traditional();
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

// Puts the normalised text together character by character: white space, Chinese runs and, where wanted, origins.
class Normaliser::Writer {
 public:
  Writer(const Tables& tables, std::string& out, std::vector<Origins::Unit>* units)
      : tables_(tables), out_(out), units_(units) {
    out_.clear();
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
    if (blank_) put_blank(spaceless);
    if ((traits & kHan) == 0) {
      end_run();
    } else {
      if (!in_run_ || out_.size() - run_begin_ > kRunMax) begin_run();
      traditional_ = traditional_ || (traits & kTraditional) != 0;
    }
    spaceless_before_ = spaceless;
    append(c, original);
  }

  void finish() { end_run(); }

 private:
  void append(char32_t c, Span original) {
    if (units_ != nullptr) units_->push_back({static_cast<std::uint32_t>(out_.size()), original});
    utf8::append(out_, c);
  }

  void put_blank(bool spaceless_after) {
    blank_ = false;
    if (out_.empty() || spaceless_before_ || spaceless_after) return;
    end_run();
    append(U' ', blank_original_);
  }

  void begin_run() {
    end_run();
    in_run_ = true;
    run_begin_ = out_.size();
    run_unit_ = units_ == nullptr ? 0 : units_->size();
  }

  // Replaces the run by its simplified form where it has traditional characters.
  void end_run() {
    if (!in_run_) return;
    in_run_ = false;
    if (!traditional_) return;
    traditional_ = false;
    const std::string run = out_.substr(run_begin_);
    const std::string simplified = tables_.opencc.Convert(run);
    out_.replace(run_begin_, std::string::npos, simplified);
    if (units_ != nullptr) map_run(simplified);
  }

  // Character by character, as OpenCC's simplified forms come; a phrase of another length has come from the whole run.
  void map_run(const std::string& simplified) {
    std::vector<Origins::Unit> old(units_->begin() + static_cast<std::ptrdiff_t>(run_unit_), units_->end());
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
  std::vector<Origins::Unit>* units_;
  bool blank_ = false;  // white space was read and not yet written
  Span blank_original_;
  bool spaceless_before_ = false;
  bool in_run_ = false;  // of Chinese characters, from run_begin_ on
  bool traditional_ = false;
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
  static const Result<std::unique_ptr<const Normaliser>> built = build();
  if (!built.ok()) return built.error();
  return built.value().get();
}

void Normaliser::run(std::string_view text, Writer& writer) const {
  const Tables& tables = *tables_;
  std::size_t at = 0;
  std::uint32_t number = 0;  // of the code point that begins the segment
  char32_t next = text.empty() ? 0 : utf8::next(text, at);
  for (bool more = !text.empty(); more;) {
    const char32_t first = next;
    const std::uint32_t begin = number++;
    more = at < text.size();
    if (more) next = utf8::next(text, at);
    if (!more || (tables.traits_of(next) & kContinues) == 0) {
      if (first < kPlane && tables.single[first] != 0) {
        writer.put(tables.single[first], {begin, number});
        continue;
      }
      fold(tables.icu, of(first), [&](char32_t c) { writer.put(c, {begin, number}); });
      continue;
    }
    icu::UnicodeString segment = of(first);
    while (more && number - begin < kSegmentMax && (tables.traits_of(next) & kContinues) != 0) {
      segment.append(static_cast<UChar32>(next));
      ++number;
      more = at < text.size();
      if (more) next = utf8::next(text, at);
    }
    fold(tables.icu, segment, [&](char32_t c) { writer.put(c, {begin, number}); });
  }
  writer.finish();
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

Origins Normaliser::origins(std::string_view text) const {
  std::string ignored;
  Origins origins;
  Writer writer(*tables_, ignored, &origins.units_);
  run(text, writer);
  return origins;
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

Span Origins::original(std::size_t from, std::size_t to) const {
  if (from >= to || units_.empty()) return {};
  const auto unit_at = [&](std::size_t byte) {
    return std::ranges::upper_bound(units_, byte, {}, [](const Unit& unit) { return std::size_t{unit.byte}; }) - 1;
  };
  const auto last = unit_at(to - 1);
  Span span = unit_at(from)->original;
  for (auto unit = unit_at(from); unit <= last; ++unit) {
    span.from = std::min(span.from, unit->original.from);
    span.to = std::max(span.to, unit->original.to);
  }
  return span;
}

}  // namespace zh::text
