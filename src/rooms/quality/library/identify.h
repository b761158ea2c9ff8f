// What in a conversation tells who somebody is: names, telephone numbers, ids, cards, addresses, plates. Found by rules
// for Chinese and English, written as digits, as Chinese numerals ("幺三九…") or spelt out ("one three nine …"). Rules
// find much and not everything: a person looks before anything is shared, adds what is missing and takes away what is
// too much. Pure.
//
//   identifying({{agent, "王先生，您的号码是13912343479吗？"}}, {})    →  name 王, phone 13912343479
//   identifying({{agent, "一共 3300.00 元，2026-10-12 到账"}}, {})      →  nothing: amounts and days identify nobody
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "rooms/contacts/transcripts.h"

namespace zh::quality::library {

// Stored: never reuse a number.
enum class Thing : int {
  name = 1,
  phone = 2,
  id = 3,
  card = 4,
  email = 5,
  plate = 6,
  address = 7,
  number = 8,
  other = 9
};
std::string_view name_of(Thing thing);  // "phone"

// A stretch of a turn that must not be read: code points [from, until) of its text.
struct Cut {
  int turn = 0;  // from 0
  std::int64_t from = 0;
  std::int64_t until = 0;
  Thing thing = Thing::other;
  friend auto operator<=>(const Cut&, const Cut&) = default;
};

// What is known about those in the conversation.
struct Known {
  std::vector<std::string> names;    // of people; those shorter than two characters are passed over
  std::vector<std::string> numbers;  // such as the customer's telephone number
};

// By turn, then place; none overlaps another. A name that is told in one turn is found in all of them.
std::vector<Cut> identifying(const std::vector<contacts::Turn>& turns, const Known& known);

}  // namespace zh::quality::library
