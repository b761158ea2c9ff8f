#include "analysis/text/personal_data.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/utf8.h"

namespace zh::text {

namespace {

constexpr std::array<std::pair<std::string_view, PersonalData>, 4> kNames = {{{"phone", PersonalData::phone},
                                                                              {"id_number", PersonalData::id_number},
                                                                              {"bank_card", PersonalData::bank_card},
                                                                              {"email", PersonalData::email}}};

// A digit of a run, with the bytes it was said in. x is the last place of some identity numbers.
struct Digit {
  char value;
  std::uint32_t from;
  std::uint32_t to;
};

bool is_letter(char c) { return c >= 'a' && c <= 'z'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

char chinese_digit(char32_t c) {
  static constexpr std::u32string_view kDigits = U"零一二三四五六七八九";
  if (c == U'〇') return '0';
  if (c == U'幺') return '1';
  if (c == U'两') return '2';
  const std::size_t at = kDigits.find(c);
  return at == kDigits.npos ? '\0' : static_cast<char>('0' + at);
}

char english_digit(std::string_view word) {
  static constexpr std::array<std::string_view, 10> kWords = {"zero", "one", "two",   "three", "four",
                                                              "five", "six", "seven", "eight", "nine"};
  if (word == "oh" || word == "o") return '0';
  const auto found = std::ranges::find(kWords, word);
  return found == kWords.end() ? '\0' : static_cast<char>('0' + (found - kWords.begin()));
}

std::string_view word_at(std::string_view text, std::size_t at) {
  std::size_t end = at;
  while (end < text.size() && is_letter(text[end])) ++end;
  return text.substr(at, end - at);
}

// Runs of digits: what stands between two digits of one run is at most a space, a hyphen or a comma.
class DigitRuns {
 public:
  explicit DigitRuns(std::string_view text) : text_(text) {}

  template <class Take>
  void each(const Take& take) {
    std::vector<Digit> run;
    for (std::size_t at = 0; at < text_.size();) {
      const std::size_t begin = at;
      if (read_digit(at, run)) continue;
      at = begin;
      const bool separates = text_[at] == ' ' || text_[at] == '-' || text_[at] == ',';
      if (!separates || run.empty() || run.back().to != at) end(run, take);
      skip(at);
    }
    end(run, take);
  }

 private:
  template <class Take>
  static void end(std::vector<Digit>& run, const Take& take) {
    if (!run.empty()) take(run);
    run.clear();
  }

  void skip(std::size_t& at) const {
    if (is_letter(text_[at])) {
      at += word_at(text_, at).size();
    } else {
      utf8::next(text_, at);
    }
  }

  // A digit, "double five", or x behind seventeen digits. Moves `at` past it.
  bool read_digit(std::size_t& at, std::vector<Digit>& run) const {
    const auto from = static_cast<std::uint32_t>(at);
    char digit = '\0';
    int times = 1;
    if (is_digit(text_[at])) {
      digit = text_[at++];
    } else if (is_letter(text_[at])) {
      std::string_view word = word_at(text_, at);
      at += word.size();
      if (word == "double" || word == "triple") {
        times = word == "double" ? 2 : 3;
        if (at < text_.size() && text_[at] == ' ') ++at;
        word = word_at(text_, at);
        at += word.size();
      }
      constexpr std::size_t kBeforeX = 17;
      digit = word == "x" && run.size() == kBeforeX ? 'x' : english_digit(word);
    } else {
      digit = chinese_digit(utf8::next(text_, at));
    }
    if (digit == '\0') return false;
    for (; times > 0; --times) run.push_back({digit, from, static_cast<std::uint32_t>(at)});
    return true;
  }

  std::string_view text_;
};

bool luhn_fits(const std::string& digits) {
  int sum = 0;
  bool doubled = false;
  for (auto it = digits.rbegin(); it != digits.rend(); ++it, doubled = !doubled) {
    const int digit = *it - '0';
    sum += doubled ? digit * 2 - (digit > 4 ? 9 : 0) : digit;
  }
  return sum % 10 == 0;
}

bool id_fits(const std::string& places) {
  static constexpr std::array<int, 17> kWeights = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  static constexpr std::string_view kChecks = "10x98765432";
  int sum = 0;
  for (std::size_t i = 0; i < kWeights.size(); ++i) sum += (places[i] - '0') * kWeights.at(i);
  const bool year = places.compare(6, 2, "19") == 0 || places.compare(6, 2, "20") == 0;
  return year && places.back() == kChecks[static_cast<std::size_t>(sum % 11)];
}

std::optional<PersonalData> kind_of(const std::string& digits) {
  const bool one_digit = digits.find_first_not_of(digits.front()) == std::string::npos;
  const bool numeric = digits.back() != 'x';
  if (digits.size() == 11 && digits[0] == '1' && digits[1] >= '3' && numeric) return PersonalData::phone;
  if (digits.size() == 18 && id_fits(digits)) return PersonalData::id_number;
  if (digits.size() >= 13 && digits.size() <= 19 && numeric && !one_digit && luhn_fits(digits)) {
    return PersonalData::bank_card;
  }
  return std::nullopt;
}

bool is_mail_character(char c) { return is_letter(c) || is_digit(c) || c == '.' || c == '_' || c == '-' || c == '+'; }

// name@host.domain around an @.
std::optional<PersonalPlace> mail_at(std::string_view text, std::size_t sign) {
  std::size_t from = sign;
  while (from > 0 && is_mail_character(text[from - 1])) --from;
  std::size_t to = sign + 1;
  while (to < text.size() && is_mail_character(text[to])) ++to;
  while (to > sign + 1 && !is_letter(text[to - 1]) && !is_digit(text[to - 1])) --to;  // a full stop behind it
  const std::string_view host = text.substr(sign + 1, to - sign - 1);
  const std::size_t dot = host.rfind('.');
  if (from == sign || dot == std::string_view::npos || dot == 0 || host.size() - dot < 3) return std::nullopt;
  return PersonalPlace{PersonalData::email, static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to)};
}

}  // namespace

std::string_view name_of(PersonalData kind) {
  return std::ranges::find(kNames, kind, &std::pair<std::string_view, PersonalData>::second)->first;
}

std::optional<PersonalData> personal_data_named(std::string_view name) {
  const auto found = std::ranges::find(kNames, name, &std::pair<std::string_view, PersonalData>::first);
  return found == kNames.end() ? std::nullopt : std::optional(found->second);
}

void find_personal_data(std::string_view text, std::vector<PersonalPlace>& places) {
  places.clear();
  for (std::size_t sign = text.find('@'); sign != std::string_view::npos; sign = text.find('@', sign + 1)) {
    const auto place = mail_at(text, sign);
    if (place && (places.empty() || places.back().to <= place->from)) places.push_back(*place);
  }
  const std::size_t mails = places.size();
  DigitRuns(text).each([&](const std::vector<Digit>& run) {
    std::string digits;
    for (const Digit& digit : run) digits += digit.value;
    const auto kind = kind_of(digits);
    if (!kind) return;
    const PersonalPlace place{*kind, run.front().from, run.back().to};
    const auto overlaps = [&](const PersonalPlace& mail) { return mail.from < place.to && place.from < mail.to; };
    const auto end_of_mails = places.begin() + static_cast<std::ptrdiff_t>(mails);
    if (std::find_if(places.begin(), end_of_mails, overlaps) == end_of_mails) places.push_back(place);
  });
  std::ranges::sort(places, {}, &PersonalPlace::from);
}

}  // namespace zh::text
