// The words of map files: names of fields and formats, and the words that a field's values must be.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rooms/contacts/map.h"

namespace zh::contacts {

std::optional<MapField> parse_map_field(std::string_view name);
std::vector<std::string_view> map_field_names();

bool is_time(MapField field);
bool is_duration(MapField field);

// "s", "ms", "min", "mm:ss" (also for "hh:mm:ss").
std::optional<DurationFormat> parse_duration_format(std::string_view word);
std::string_view word_of(DurationFormat format);

// Sets the contact's field from one of its words; false when it has words and this is none of them. Fields of free text
// have no words.
bool set_word(MapField field, std::string_view word, Contact& contact);
// "answered, abandoned, …"; empty for fields of free text.
std::string words_of(MapField field);

// Seconds (or milliseconds) since 1970 with an optional fraction, in thousandths. Nothing for anything else.
std::optional<std::int64_t> thousandths_of_epoch(std::string_view text);
// Whether a pattern of parse_time is one that can give a whole time: known letters, and a year, month, day and hour.
bool is_time_pattern(std::string_view pattern);

}  // namespace zh::contacts
