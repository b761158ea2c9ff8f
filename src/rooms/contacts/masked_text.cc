#include "rooms/contacts/masked_text.h"

#include <vector>

namespace zh::contacts {

namespace {

constexpr std::size_t kFewest = 7;
constexpr std::size_t kLong = 11;

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_between(char c) { return c == ' ' || c == '-'; }

// The places of the digits of the number that begins at `at`.
std::vector<std::size_t> digits_from(std::string_view text, std::size_t at) {
  std::vector<std::size_t> places;
  while (at < text.size()) {
    if (is_digit(text[at])) {
      places.push_back(at++);
    } else if (is_between(text[at]) && at + 1 < text.size() && is_digit(text[at + 1])) {
      ++at;
    } else {
      break;
    }
  }
  return places;
}

}  // namespace

std::string masked_text(std::string_view text) {
  std::string masked(text);
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (!is_digit(text[at])) continue;
    const std::vector<std::size_t> places = digits_from(text, at);
    at = places.back();
    if (places.size() < kFewest) continue;
    const bool is_long = places.size() >= kLong;
    const std::size_t head = is_long ? 3 : 2;
    const std::size_t tail = is_long ? 4 : 2;
    for (std::size_t i = head; i + tail < places.size(); ++i) masked[places[i]] = '*';
  }
  return masked;
}

}  // namespace zh::contacts
