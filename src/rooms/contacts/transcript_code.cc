#include "rooms/contacts/transcript_code.h"

#include "base/compact.h"

namespace zh::contacts {

namespace {

constexpr char kVersion = 1;
constexpr unsigned kRoleBits = 3;
constexpr unsigned kHasStart = 4;
constexpr unsigned kHasEnd = 8;

void append_turn(std::string& bytes, const Turn& turn) {
  bytes += static_cast<char>(static_cast<unsigned>(turn.role) | (turn.start_ms ? kHasStart : 0U) |
                             (turn.end_ms ? kHasEnd : 0U));
  if (turn.start_ms) compact::append(bytes, static_cast<std::uint64_t>(*turn.start_ms));
  if (turn.end_ms) compact::append(bytes, static_cast<std::uint64_t>(*turn.end_ms - turn.start_ms.value_or(0)));
  compact::append_text(bytes, turn.text);
}

Turn read_turn(compact::Reader& in) {
  const unsigned head = in.byte();
  Turn turn;
  turn.role = static_cast<Role>(head & kRoleBits);
  if ((head & kHasStart) != 0) turn.start_ms = in.milliseconds();
  if ((head & kHasEnd) != 0) turn.end_ms = turn.start_ms.value_or(0) + in.milliseconds();
  turn.text = in.text();
  return turn;
}

}  // namespace

std::string encode(const Transcript& transcript) {
  std::string bytes(1, kVersion);
  compact::append_text(bytes, transcript.source_id);
  compact::append(bytes, static_cast<std::uint64_t>(transcript.channel));
  compact::append_text(bytes, transcript.agent);
  compact::append_text(bytes, transcript.customer);
  compact::append_signed(bytes, transcript.started_at.us);
  compact::append_text(bytes, transcript.product);
  compact::append(bytes, transcript.turns.size());
  for (const Turn& turn : transcript.turns) append_turn(bytes, turn);
  return bytes;
}

Result<Transcript> decode_transcript(std::string_view bytes) {
  compact::Reader in(bytes);
  Transcript transcript;
  const bool known = in.byte() == kVersion;
  transcript.source_id = in.text();
  transcript.channel = static_cast<Channel>(in.number());
  transcript.agent = in.text();
  transcript.customer = in.text();
  transcript.started_at = {in.signed_number()};
  transcript.product = in.text();
  const std::size_t turns = in.count(2);
  transcript.turns.reserve(turns);
  for (std::size_t i = 0; i < turns && !in.failed(); ++i) transcript.turns.push_back(read_turn(in));
  if (!known || in.failed() || !in.at_end()) {
    return error(ErrorCode::corrupt, {.zh = "保存的对话文本无法识别", .en = "a stored transcript cannot be read"});
  }
  return transcript;
}

}  // namespace zh::contacts
