#include "rooms/contacts/transcript_code.h"

#include <limits>

namespace zh::contacts {

namespace {

constexpr char kVersion = 1;
constexpr unsigned kRoleBits = 3;
constexpr unsigned kHasStart = 4;
constexpr unsigned kHasEnd = 8;
constexpr int kBitsOfANumber = 64;

void append_number(std::string& bytes, std::uint64_t number) {
  while (number >= 0x80) {
    bytes += static_cast<char>(number | 0x80);
    number >>= 7;
  }
  bytes += static_cast<char>(number);
}

void append_text(std::string& bytes, std::string_view text) {
  append_number(bytes, text.size());
  bytes += text;
}

std::uint64_t zigzag(std::int64_t number) {
  return (static_cast<std::uint64_t>(number) << 1) ^ static_cast<std::uint64_t>(number >> 63);
}
std::int64_t unzigzag(std::uint64_t number) { return static_cast<std::int64_t>((number >> 1) ^ (0 - (number & 1))); }

void append_turn(std::string& bytes, const Turn& turn) {
  bytes += static_cast<char>(static_cast<unsigned>(turn.role) | (turn.start_ms ? kHasStart : 0U) |
                             (turn.end_ms ? kHasEnd : 0U));
  if (turn.start_ms) append_number(bytes, static_cast<std::uint64_t>(*turn.start_ms));
  if (turn.end_ms) append_number(bytes, static_cast<std::uint64_t>(*turn.end_ms - turn.start_ms.value_or(0)));
  append_text(bytes, turn.text);
}

// Reads on until something does not fit; from then on everything reads as nothing and failed() is true.
class Decoder {
 public:
  explicit Decoder(std::string_view bytes) : rest_(bytes) {}

  bool failed() const { return failed_; }
  bool at_end() const { return rest_.empty(); }
  std::size_t left() const { return rest_.size(); }

  unsigned byte() {
    if (rest_.empty()) return fail();
    const auto first = static_cast<unsigned char>(rest_.front());
    rest_.remove_prefix(1);
    return first;
  }

  std::uint64_t number() {
    std::uint64_t value = 0;
    for (int shift = 0; shift < kBitsOfANumber; shift += 7) {
      const unsigned next = byte();
      value |= std::uint64_t{next & 0x7FU} << shift;
      if ((next & 0x80U) == 0) return value;
    }
    return fail();
  }

  std::int64_t milliseconds() {
    const std::uint64_t value = number();
    return value <= std::uint64_t{std::numeric_limits<std::int32_t>::max()} ? static_cast<std::int64_t>(value) : fail();
  }

  std::string text() {
    const std::uint64_t length = number();
    if (length > rest_.size()) {
      fail();
      return {};
    }
    std::string value(rest_.substr(0, length));
    rest_.remove_prefix(length);
    return value;
  }

 private:
  unsigned fail() {
    failed_ = true;
    rest_ = {};
    return 0;
  }

  std::string_view rest_;
  bool failed_ = false;
};

Turn read_turn(Decoder& in) {
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
  append_text(bytes, transcript.source_id);
  append_number(bytes, static_cast<std::uint64_t>(transcript.channel));
  append_text(bytes, transcript.agent);
  append_text(bytes, transcript.customer);
  append_number(bytes, zigzag(transcript.started_at.us));
  append_text(bytes, transcript.product);
  append_number(bytes, transcript.turns.size());
  for (const Turn& turn : transcript.turns) append_turn(bytes, turn);
  return bytes;
}

Result<Transcript> decode_transcript(std::string_view bytes) {
  Decoder in(bytes);
  Transcript transcript;
  const bool known = in.byte() == kVersion;
  transcript.source_id = in.text();
  transcript.channel = static_cast<Channel>(in.number());
  transcript.agent = in.text();
  transcript.customer = in.text();
  transcript.started_at = {unzigzag(in.number())};
  transcript.product = in.text();
  const std::uint64_t turns = in.number();
  // A turn takes two bytes at least: a count that cannot be is not given room.
  const bool possible = turns <= in.left() / 2;
  if (possible) transcript.turns.reserve(turns);
  for (std::uint64_t i = 0; possible && i < turns && !in.failed(); ++i) transcript.turns.push_back(read_turn(in));
  if (!known || !possible || in.failed() || !in.at_end()) {
    return error(ErrorCode::corrupt, {.zh = "保存的对话文本无法识别", .en = "a stored transcript cannot be read"});
  }
  return transcript;
}

}  // namespace zh::contacts
