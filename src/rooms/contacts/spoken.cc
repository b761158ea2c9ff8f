#include "rooms/contacts/spoken.h"

#include "base/compact.h"
#include "rooms/contacts/acoustics/speech_rate.h"
#include "rooms/contacts/transcript_code.h"
#include "vault/seal.h"

namespace zh::contacts {

namespace {

// Raised with every change of the normalised texts or of what is counted: older ones are then made anew when read.
// No transcript begins like it (transcript_code.cc).
constexpr char kVersion = 'a';
constexpr unsigned kRoleBits = 3;
constexpr unsigned kHasStart = 4;
constexpr unsigned kHasEnd = 8;
constexpr std::size_t kTurnBytesMin = 3;

void append(std::string& bytes, const SpokenTurn& turn) {
  bytes += static_cast<char>(static_cast<unsigned>(turn.role) | (turn.start_ms ? kHasStart : 0U) |
                             (turn.end_ms ? kHasEnd : 0U));
  if (turn.start_ms) compact::append(bytes, static_cast<std::uint64_t>(*turn.start_ms));
  if (turn.end_ms) compact::append(bytes, static_cast<std::uint64_t>(*turn.end_ms - turn.start_ms.value_or(0)));
  compact::append(bytes, static_cast<std::uint64_t>(turn.characters));
  compact::append(bytes, static_cast<std::uint64_t>(turn.words));
}

SpokenTurn read_turn(compact::Reader& in) {
  const unsigned head = in.byte();
  SpokenTurn turn;
  turn.role = static_cast<Role>(head & kRoleBits);
  if ((head & kHasStart) != 0) turn.start_ms = in.milliseconds();
  if ((head & kHasEnd) != 0) turn.end_ms = turn.start_ms.value_or(0) + in.milliseconds();
  turn.characters = static_cast<std::int64_t>(in.number());
  turn.words = static_cast<std::int64_t>(in.number());
  return turn;
}

}  // namespace

std::vector<SpokenTurn> spoken_turns(const Transcript& transcript) {
  std::vector<SpokenTurn> turns;
  turns.reserve(transcript.turns.size());
  for (const Turn& turn : transcript.turns) {
    const SpeechRate counted = count_speech(turn.text);
    turns.push_back({.role = turn.role,
                     .start_ms = turn.start_ms,
                     .end_ms = turn.end_ms,
                     .characters = counted.characters,
                     .words = counted.words});
  }
  return turns;
}

void make_spoken(const Transcript& transcript, const text::Normaliser& normaliser, Spoken& into) {
  into.product = transcript.product;
  into.turns = spoken_turns(transcript);
  into.texts.clear();
  for (const Turn& turn : transcript.turns) into.texts.add(normaliser, turn.text);
}

std::string encode(const Spoken& spoken) {
  std::string bytes(1, kVersion);
  compact::append_text(bytes, spoken.product);
  compact::append(bytes, spoken.turns.size());
  for (const SpokenTurn& turn : spoken.turns) append(bytes, turn);
  spoken.texts.append_to(bytes);
  return bytes;
}

Status decode_spoken(std::string_view bytes, Spoken& into) {
  compact::Reader in(bytes);
  if (in.byte() != kVersion) in.refuse();
  in.text(into.product);
  const std::size_t turns = in.count(kTurnBytesMin);
  into.turns.clear();
  for (std::size_t i = 0; i < turns && !in.failed(); ++i) into.turns.push_back(read_turn(in));
  into.texts.read(in);
  if (!in.failed() && in.at_end() && into.texts.size() == turns) return {};
  return error(ErrorCode::corrupt,
               {.zh = "保存的对话（供检查用）无法识别", .en = "a transcript stored for checking cannot be read"});
}

Status open_spoken(const StoredSpoken& stored, const vault::Keys& keys, Spoken& into) {
  ZH_TRY(const std::string bytes, vault::unseal(keys, stored.content, stored.sealed));
  if (!stored.is_transcript) return decode_spoken(bytes, into);
  ZH_TRY(const Transcript transcript, decode_transcript(bytes));
  ZH_TRY(const text::Normaliser* const normaliser, text::Normaliser::shared());
  make_spoken(transcript, *normaliser, into);
  return {};
}

}  // namespace zh::contacts
