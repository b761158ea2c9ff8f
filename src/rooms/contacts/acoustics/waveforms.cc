#include "rooms/contacts/acoustics/waveforms.h"

#include "base/compact.h"
#include "rooms/contacts/acoustics/acoustics_store.h"
#include "rooms/contacts/acoustics/sound_file.h"
#include "vault/seal.h"

namespace zh::contacts {

namespace {

constexpr char kVersion = 1;

// 1 byte 0x01 · slice_ms · channels · the values, a byte each.
std::string encode(const audio::Peaks& peaks) {
  std::string bytes(1, kVersion);
  compact::append(bytes, static_cast<std::uint64_t>(peaks.slice_ms));
  compact::append(bytes, static_cast<std::uint64_t>(peaks.channels));
  compact::append_text(bytes, {reinterpret_cast<const char*>(peaks.values.data()), peaks.values.size()});
  return bytes;
}

Result<audio::Peaks> decode(std::string_view bytes) {
  compact::Reader in(bytes);
  const bool known = in.byte() == kVersion;
  audio::Peaks peaks;
  peaks.slice_ms = static_cast<int>(in.milliseconds());
  peaks.channels = static_cast<int>(in.byte());
  const std::string values = in.text();
  peaks.values.assign(values.begin(), values.end());
  const bool whole = !in.failed() && in.at_end() && peaks.slice_ms > 0 && (peaks.channels == 1 || peaks.channels == 2);
  if (known && whole && values.size() % (2 * static_cast<std::size_t>(peaks.channels)) == 0) return peaks;
  return error(ErrorCode::corrupt, {.zh = "保存的波形无法识别", .en = "a stored waveform cannot be read"});
}

Result<audio::Peaks> drawn(vault::Contents& contents, const Recording& recording, const std::stop_token& stop) {
  ZH_TRY(SoundFile sound, open_sound(contents, recording.content, std::string(name_of(recording.leg))));
  audio::Waveform waveform(sound.recording.rate(), sound.recording.channels());
  for (auto block = sound.recording.next(); !block.empty(); block = sound.recording.next()) {
    waveform.add(block);
    if (stop.stop_requested()) return error(ErrorCode::cancelled, {.zh = "已取消", .en = "cancelled"});
  }
  return waveform.finish();
}

}  // namespace

std::string sealed_waveform(const vault::Keys& keys, const Hash& content, const audio::Peaks& peaks) {
  return vault::seal(keys, content, encode(peaks));
}

Result<audio::Peaks> waveform_of(db::Database& database, vault::Contents& contents, const Recording& recording,
                                 std::stop_token stop) {
  ZH_TRY(auto reading, database.read(stop));
  ZH_TRY(const auto kept, store::waveform(reading, recording.content));
  ZH_CHECK(reading.commit());
  if (kept) {
    ZH_TRY(const std::string bytes, vault::unseal(contents.keys(), recording.content, *kept));
    return decode(bytes);
  }
  if (recording.bytes > kDrawnAtOnceBytes) {
    return error(ErrorCode::unavailable, {.zh = "录音较长，波形正在后台绘制，请稍后再看",
                                          .en = "a long recording: its waveform is being drawn, look again later"});
  }
  ZH_TRY(audio::Peaks peaks, drawn(contents, recording, stop));
  ZH_TRY(auto tx, database.write(stop));
  ZH_CHECK(store::keep_waveform(tx, recording.content, sealed_waveform(contents.keys(), recording.content, peaks)));
  ZH_CHECK(tx.commit());
  return peaks;
}

}  // namespace zh::contacts
