#include "rooms/contacts/recording_records.h"

#include <charconv>

#include "rooms/contacts/kept_cells.h"

namespace zh::contacts {

std::string recording_key(std::string_view source_id, Leg leg) {
  std::string key(source_id);
  key += '|';
  key += name_of(leg);
  return key;
}

std::optional<RecordingOf> parse_recording_key(std::string_view key) {
  const std::size_t bar = key.rfind('|');
  if (bar == std::string_view::npos) return std::nullopt;
  const auto leg = parse_leg(key.substr(bar + 1));
  if (!leg) return std::nullopt;
  return RecordingOf{.source_id = std::string(key.substr(0, bar)), .leg = *leg};
}

std::string kept_recording(const Recording& recording) {
  return recording.content.hex() + '\t' + std::to_string(recording.bytes) + '\t' + recording.media;
}

std::vector<Recording> recordings_in(std::string_view record) {
  std::vector<Recording> recordings;
  for_each_line(record, [&recordings](std::string_view line) {
    const auto cells = kept_cells(line);
    if (cells.size() < 3) return;
    const auto content = Hash::parse(cells[0]);
    Recording recording;
    std::from_chars(cells[1].data(), cells[1].data() + cells[1].size(), recording.bytes);
    if (!content.ok()) return;
    recording.content = *content;
    recording.media = cells[2];
    recordings.push_back(std::move(recording));
  });
  return recordings;
}

}  // namespace zh::contacts
