// Numbers that belong to somebody. A number is a run of digits with at most a space or hyphen between two of them, of
// Chinese numerals, or of English words for digits.
#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "rooms/quality/library/identify_rules.h"

namespace zh::quality::library::rules {

namespace {

constexpr std::size_t kFewestDigits = 6;  // below that it is a room, a year, a quantity
constexpr std::u32string_view kNumerals = U"零一二三四五六七八九";
constexpr std::array<std::u32string_view, 10> kWords{U"zero", U"one", U"two",   U"three", U"four",
                                                     U"five", U"six", U"seven", U"eight", U"nine"};

// Digits as they were read, and where.
struct Run {
  std::size_t from = 0;
  std::size_t until = 0;
  std::string digits;          // '0'–'9', perhaps an X at the end
  bool international = false;  // a plus stands before it
  bool spoken = false;         // numerals or words
};

char digit_of(char32_t c) { return static_cast<char>('0' + (c >= U'０' ? c - U'０' : c - U'0')); }

std::optional<char> numeral(char32_t c) {
  if (c == U'〇') return '0';
  if (c == U'幺') return '1';
  if (c == U'两') return '2';
  const std::size_t at = kNumerals.find(c);
  if (at == std::u32string_view::npos) return std::nullopt;
  return static_cast<char>('0' + at);
}

bool is_gap(char32_t c) { return c == U' ' || c == U'-'; }

Run written_run(std::u32string_view text, std::size_t from) {
  Run run{.from = from, .until = from, .digits = {}, .international = from > 0 && text[from - 1] == U'+'};
  for (std::size_t at = from; at < text.size();) {
    if (is_digit(text[at])) {
      run.digits += digit_of(text[at]);
      run.until = ++at;
    } else if (is_gap(text[at]) && at + 1 < text.size() && is_digit(text[at + 1])) {
      ++at;
    } else {
      break;
    }
  }
  constexpr std::size_t kBeforeX = 17;  // the check digit of an identity card may be an X
  if (run.digits.size() == kBeforeX && run.until < text.size() && lower(text[run.until]) == U'x') {
    run.digits += 'X';
    ++run.until;
  }
  if (run.international) --run.from;
  return run;
}

Run numeral_run(std::u32string_view text, std::size_t from) {
  Run run{.from = from, .until = from, .digits = {}, .spoken = true};
  for (std::size_t at = from; at < text.size(); ++at) {
    const auto digit = numeral(text[at]);
    if (!digit && text[at] != U' ') break;
    if (!digit) continue;
    run.digits += *digit;
    run.until = at + 1;
  }
  return run;
}

// The digit that the word at `at` means, and its length.
std::optional<std::pair<char, std::size_t>> word_digit(std::u32string_view text, std::size_t at) {
  std::size_t end = at;
  std::u32string word;
  while (end < text.size() && is_latin(text[end])) word += lower(text[end++]);
  if (word == U"oh" || word == U"o") return std::pair('0', word.size());
  const auto* const found = std::ranges::find(kWords, word);
  if (found == kWords.end()) return std::nullopt;
  return std::pair(static_cast<char>('0' + (found - kWords.begin())), word.size());
}

Run word_run(std::u32string_view text, std::size_t from) {
  Run run{.from = from, .until = from, .digits = {}, .spoken = true};
  for (std::size_t at = from; at < text.size();) {
    if (const auto digit = word_digit(text, at)) {
      run.digits += digit->first;
      run.until = at += digit->second;
    } else if (is_gap(text[at]) || text[at] == U',') {
      ++at;
    } else {
      break;
    }
  }
  return run;
}

bool passes_luhn(std::string_view digits) {
  int sum = 0;
  bool twice = false;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit, twice = !twice) {
    const int value = (*digit - '0') * (twice ? 2 : 1);
    sum += value > 9 ? value - 9 : value;
  }
  return sum % 10 == 0;
}

bool is_identity_card(std::string_view digits) {
  constexpr std::size_t kLength = 18;
  if (digits.size() != kLength) return false;
  const std::string_view year = digits.substr(6, 4);
  const std::string_view month = digits.substr(10, 2);
  const std::string_view day = digits.substr(12, 2);
  return year >= "1900" && year <= "2099" && month >= "01" && month <= "12" && day >= "01" && day <= "31";
}

Thing kind_of(const Run& run) {
  constexpr std::size_t kMobile = 11;
  const std::string_view digits = run.digits;
  if (is_identity_card(digits)) return Thing::id;
  if (digits.size() >= 15 && digits.size() <= 19 && digits.back() != 'X' && passes_luhn(digits)) return Thing::card;
  if (run.international) return Thing::phone;
  if (digits.size() == kMobile && digits[0] == '1' && digits[1] >= '3') return Thing::phone;
  if (digits[0] == '0' && digits.size() >= 10 && digits.size() <= 12) return Thing::phone;
  if (digits.size() == 7 || digits.size() == 8 || digits.size() == 10) return Thing::phone;
  return Thing::number;
}

// A day ("2026-10-12", "20261012"), an amount ("330000.50", "100000 元"): nobody's.
bool is_plain_figure(std::u32string_view text, const Run& run) {
  if (run.spoken) return false;
  const bool decimal_before = run.from > 1 && text[run.from - 1] == U'.' && is_digit(text[run.from - 2]);
  const bool decimals = run.until + 1 < text.size() && text[run.until] == U'.' && is_digit(text[run.until + 1]);
  std::size_t next = run.until;
  while (next < text.size() && text[next] == U' ') ++next;
  constexpr std::u32string_view kMoney = U"元块万千¥";
  const bool money = next < text.size() && kMoney.find(text[next]) != std::u32string_view::npos;
  const std::string_view digits = run.digits;
  const bool dashed = run.until - run.from == digits.size() + (digits.size() == 6 ? 1U : 2U);
  const bool year = digits.starts_with("19") || digits.starts_with("20");
  const bool day = (digits.size() == 8 && year && digits.substr(4, 2) <= "12" && digits.substr(6, 2) <= "31" &&
                    (dashed || run.until - run.from == 8)) ||
                   (digits.size() == 6 && year && dashed);
  return decimal_before || decimals || money || day;
}

// A run that begins here, whatever it is written in; empty digits where none does.
Run run_at(std::u32string_view text, std::size_t at) {
  const bool begins_word = at == 0 || !is_latin(text[at - 1]);
  if (is_digit(text[at])) return written_run(text, at);
  if (numeral(text[at])) return numeral_run(text, at);
  if (is_latin(text[at]) && begins_word) return word_run(text, at);
  return {.from = at, .until = at, .digits = {}};
}

}  // namespace

void find_numbers(std::u32string_view text, Finds& finds) {
  for (std::size_t at = 0; at < text.size();) {
    const Run run = run_at(text, at);
    at = std::max(at + 1, run.until);
    if (run.digits.size() < kFewestDigits || is_plain_figure(text, run)) continue;
    finds.push_back({run.from, run.until, kind_of(run)});
  }
}

}  // namespace zh::quality::library::rules
