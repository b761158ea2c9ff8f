// Personal data that is spoken or written out in a text: telephone numbers, identity and bank card numbers, mail
// addresses. Digits count however they are said: 13812345678, 138-1234 5678, 一三八…, "one three eight double two".
//
// What is found is what looks like such a number and has its check digits, not what is known to be one: an order number
// of sixteen digits that happens to fit is a bank card here. Pure; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

namespace zh::text {

enum class PersonalData : std::uint8_t {
  phone,      // 11 digits of a Chinese mobile telephone, 1[3-9]…
  id_number,  // 18 places of a resident identity card, by its check digit (GB 11643)
  bank_card,  // 13 to 19 digits, by Luhn's (ISO/IEC 7812); no run of one digit
  email,
};

// "phone", "id_number", "bank_card", "email"
std::string_view name_of(PersonalData kind);
std::optional<PersonalData> personal_data_named(std::string_view name);

// Bytes [from, to) of the text.
struct PersonalPlace {
  PersonalData kind = PersonalData::phone;
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  friend bool operator==(const PersonalPlace&, const PersonalPlace&) = default;
};

// Puts the places in a normalised text (normalise.h) into `places`, which is emptied first; by place, none overlapping.
void find_personal_data(std::string_view text, std::vector<PersonalPlace>& places);

}  // namespace zh::text
