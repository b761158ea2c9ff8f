// Lines of Asterisk's queue_log, of any version:
//
//   1791767109|1791767107.0|marketing|Agent/1015|CONNECT|2|1791767107.6|1
//   epoch      call id      queue     member     event   data…
//
// The epoch may have a fraction; exports from a database write "2026-10-12 09:05:09" instead, which is the centre's
// wall clock. A trailing '|' changes nothing. Which data fields an event has depends on the version that wrote it:
//
//   ENTERQUEUE          url|caller[|position[|caller's name]]
//   CONNECT             wait_s[|channel[|ring_s]]
//   COMPLETEAGENT, COMPLETECALLER   wait_s|talk_s[|position]
//   BLINDTRANSFER, TRANSFER         exten|context|wait_s|talk_s[|position]
//   ATTENDEDTRANSFER    BRIDGE|id|wait_s|talk_s[|position], APP|name|…, LINK|channel|channel|…
//   ABANDON, EXITEMPTY, EXITWITHTIMEOUT, WITHDRAW   position[|first position[|wait_s[|…]]]
//   EXITWITHKEY         key[|position[|first position[|wait_s]]]
//   RINGNOANSWER, RINGCANCELED      ring_ms
//   ADDMEMBER, REMOVEMEMBER, AGENTLOGIN, AGENTLOGOFF, AGENTCALLBACKLOGIN, AGENTCALLBACKLOGOFF
//   PAUSE, UNPAUSE      reason
//
// Everything else (QUEUESTART, CONFIGRELOAD, PAUSEALL, SURVEY, PENALTY …) is no call event and ignored; QUEUESTART
// nevertheless ends what is open, PAUSEALL only sums up the PAUSE lines beside it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/calendar.h"
#include "base/error.h"

namespace zh::contacts {

enum class EventKind : int {
  enter,
  connect,
  complete_agent,
  complete_caller,
  blind_transfer,
  attended_transfer,
  abandon,
  exit_timeout,
  exit_key,
  exit_empty,
  withdraw,
  ring_no_answer,
  ring_canceled,
  sign_in,
  sign_out,
  pause,
  unpause,
  restart,
};

// Events of a call; the others are about members.
constexpr bool is_of_call(EventKind kind) { return kind < EventKind::sign_in; }

// What one line says. The views point into the line.
struct LogEvent {
  Instant at;
  EventKind kind = EventKind::restart;
  std::string_view call = {};    // empty for events of members
  std::string_view queue = {};   // "NONE" is empty
  std::string_view member = {};  // "NONE" is empty
  std::optional<std::int64_t> wait_ms = {};
  std::optional<std::int64_t> ring_ms = {};
  std::optional<std::int64_t> talk_ms = {};
  std::string_view customer = {};
  std::string_view reason = {};
};

// A line that is no event of calls or members.
struct NoEvent {
  Instant at;
};

// What a line is; an Error says what is wrong with it (without a place).
using LogLine = std::variant<LogEvent, NoEvent, Error>;
LogLine parse_queue_log_line(std::string_view line, const Zone& zone);

// The line as records keep it, so that one event has one text whatever wrote it: the epoch in plain digits without
// trailing zeros, no call id (it is the record's key), no empty fields at the end.
//   "1791767109.50|1791767107.0|marketing|Agent/1015|CONNECT|2||"  →  "1791767109.5|marketing|Agent/1015|CONNECT|2"
// Requires a line that parsed as a LogEvent; appends to `out`.
void append_kept_line(std::string& out, std::string_view line, const LogEvent& event);
// Reads such a line back. Requires that append_kept_line wrote it, which the hash chain of stored batches vouches for;
// anything else gives an event that no rule counts (a restart long ago), never undefined behaviour.
LogEvent parse_kept_line(std::string_view line);

}  // namespace zh::contacts
