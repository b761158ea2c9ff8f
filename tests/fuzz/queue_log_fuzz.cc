// Any bytes as a queue_log: lines are read, refused or assembled into contacts, never a crash or a hang. What must hold
// whatever the log: a line that is kept reads back as it was; contacts are numbered from 1; their sums balance.
#include <cstddef>
#include <cstdint>
#include <map>
#include <string>

#include "base/encoding.h"
#include "rooms/contacts/assembly.h"
#include "rooms/contacts/lines.h"
#include "rooms/contacts/queue_log.h"

namespace {

using namespace zh::contacts;  // NOLINT(google-build-using-namespace): a program of one room

void require(bool holds) {
  if (!holds) __builtin_trap();
}

// The events of the bytes as records by call and by member.
struct Records {
  std::map<std::string, std::string, std::less<>> calls;
  std::map<std::string, std::string, std::less<>> members;
};

void keep(std::string_view line, const LogEvent& event, Records& records) {
  std::string kept;
  append_kept_line(kept, line, event);
  const LogEvent back = parse_kept_line(kept);
  require(back.at == event.at && back.kind == event.kind && back.wait_ms == event.wait_ms &&
          back.talk_ms == event.talk_ms && back.ring_ms == event.ring_ms);
  auto& record =
      is_of_call(event.kind) ? records.calls[std::string(event.call)] : records.members[std::string(event.member)];
  record += kept + "\n";
}

Records read(std::string_view bytes) {
  static const zh::Zone zone = zh::Zone::utc();
  Records records;
  zh::TextSource source(bytes);
  zh::Utf8Source text(source);
  LineReader lines(text, "queue_log");
  for (;;) {
    const auto step = lines.next();
    if (!step.ok() || *step == LineStep::end) return records;
    if (*step != LineStep::line) continue;
    const LogLine line = parse_queue_log_line(lines.text(), zone);
    if (const auto* event = std::get_if<LogEvent>(&line)) keep(lines.text(), *event, records);
  }
}

void check_call(const std::string& call, const std::string& record) {
  const KeptLines records[] = {record};
  int number = 0;
  Rollups rollups;
  for (const Contact& contact : assemble(call, merged_lines(records))) {
    require(contact.number == ++number);
    require(contact.outcome == Outcome::answered || !contact.talk_ms.has_value());
    add_to(rollups, contact, zh::Zone::utc());
    subtract_from(rollups, contact, zh::Zone::utc());
  }
  require(rollups.empty());
}

void check_member(const std::string& record) {
  const KeptLines records[] = {record};
  const auto changes = changes_of(merged_lines(records));
  if (changes.empty()) return;
  const zh::Zone zone = zh::Zone::utc();
  const zh::Interval day = zone.interval_of(zone.date_of(changes.front().at));
  for (const AgentState& state : states_of({.day = day, .log_end = changes.back().at, .changes = changes})) {
    require(!state.during.empty() && day.from <= state.during.from && state.during.until <= day.until);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const Records records = read({reinterpret_cast<const char*>(data), size});
  for (const auto& [call, record] : records.calls) check_call(call, record);
  for (const auto& [member, record] : records.members) check_member(record);
  return 0;
}
