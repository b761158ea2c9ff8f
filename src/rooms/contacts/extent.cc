#include "rooms/contacts/extent.h"

#include <algorithm>

#include "base/compact.h"
#include "base/utf8.h"

namespace zh::contacts {

// The end of the last word or 0 · number of turns · the length of each.
std::string encode_extent(const Transcript& transcript) {
  std::int64_t end_ms = 0;
  for (const Turn& turn : transcript.turns) end_ms = std::max(end_ms, turn.end_ms.value_or(0));
  std::string bytes;
  compact::append(bytes, static_cast<std::uint64_t>(end_ms));
  compact::append(bytes, transcript.turns.size());
  for (const Turn& turn : transcript.turns) compact::append(bytes, utf8::length(turn.text));
  return bytes;
}

Result<Extent> decode_extent(std::string_view bytes) {
  compact::Reader in(bytes);
  Extent extent;
  if (const std::int64_t end_ms = in.milliseconds(); end_ms > 0) extent.duration_ms = end_ms;
  const std::size_t turns = in.count(1);
  extent.turns.reserve(turns);
  for (std::size_t i = 0; i < turns; ++i) extent.turns.push_back(static_cast<std::int64_t>(in.number()));
  if (in.failed() || !in.at_end()) {
    return error(ErrorCode::corrupt, {.zh = "保存的对话长度无法识别；请重新导入该对话",
                                      .en = "the stored extent of a transcript cannot be read; import it again"});
  }
  return extent;
}

}  // namespace zh::contacts
