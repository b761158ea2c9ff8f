// Any bytes as what a decoder sends, such as one that a file has taken over: read or ended with a diagnostic, never a
// crash. What must hold whatever the bytes: the format is within its bounds, samples come in whole frames, no more than
// the limit allows, and each diagnostic at most once.
#include <cstddef>
#include <cstdint>
#include <set>

#include "analysis/audio/wire_reader.h"

namespace {

void require(bool holds) {
  if (!holds) __builtin_trap();
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace std::chrono_literals;
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  zh::audio::WireReader reader(std::make_unique<zh::TextSource>(bytes), 100ms);
  if (!reader.begin()) return 0;
  const auto& format = reader.format();
  require(format.rate >= zh::audio::wire::kRateMin && format.rate <= zh::audio::wire::kRateMax);
  require(format.channels == 1 || format.channels == 2);
  std::size_t samples = 0;
  for (auto block = reader.next(); !block.empty(); block = reader.next()) {
    require(block.size() % format.channels == 0);
    samples += block.size();
  }
  require(reader.next().empty());
  require(samples / format.channels <= format.rate / 10);
  std::set<zh::audio::DiagnosticCode> codes;
  for (const auto& one : reader.diagnostics())
    require(codes.insert(one.code).second && !zh::audio::name_of(one.code).empty());
  return 0;
}
