#include "analysis/audio/analyse.h"

#include <algorithm>
#include <optional>

namespace zh::audio {

namespace {

// How much two channels differ: the power of their difference beside their own, of every eighth pair of samples.
class Likeness {
 public:
  void add(std::span<const std::int16_t> block) {
    std::int64_t difference = 0;
    std::int64_t sound = 0;
    for (std::size_t i = 0; i + 1 < block.size(); i += 16) {
      const std::int64_t left = block[i];
      const std::int64_t right = block[i + 1];
      difference += (left - right) * (left - right);
      sound += left * left + right * right;
    }
    difference_ += static_cast<double>(difference);
    sound_ += static_cast<double>(sound);
  }
  // The difference is 30 dB below: one sound, written twice and perhaps compressed.
  bool same() const { return sound_ > 0 && difference_ * 1000 <= sound_; }

 private:
  double difference_ = 0;
  double sound_ = 0;
};

LegSound leg_from(Recording& recording) {
  LegMeter meter(recording.rate());
  std::vector<std::int16_t> mean;
  for (auto block = recording.next(); !block.empty(); block = recording.next()) {
    if (recording.channels() == 2) {
      mean.resize(block.size() / 2);
      for (std::size_t i = 0; i < mean.size(); ++i) {
        mean[i] = static_cast<std::int16_t>((block[2 * i] + block[2 * i + 1]) / 2);
      }
      block = mean;
    }
    meter.add(block, 0, 1);
  }
  return meter.finish();
}

CallMeasures measure_stereo(Recording& recording) {
  LegMeter left(recording.rate());
  LegMeter right(recording.rate());
  Likeness likeness;
  for (auto block = recording.next(); !block.empty(); block = recording.next()) {
    left.add(block, 0, 2);
    right.add(block, 1, 2);
    likeness.add(block);
  }
  const LegSound customer = left.finish();
  if (!likeness.same()) return measure_call(customer, right.finish());
  CallMeasures call = measure_mixed(customer);
  call.diagnostics.insert(call.diagnostics.begin(), {DiagnosticCode::same_legs,
                                                     {.zh = "两个声道的声音相同，按单声道计算",
                                                      .en = "both channels sound the same: measured as one"}});
  return call;
}

void put_first(CallMeasures& call, const std::vector<Diagnostic>& diagnostics) {
  call.diagnostics.insert(call.diagnostics.begin(), diagnostics.begin(), diagnostics.end());
}

// A leg's sound; nothing, and why, where it cannot be read.
std::optional<LegSound> leg_or_none(Result<Recording>& recording, std::vector<Diagnostic>& diagnostics) {
  if (!recording.ok()) {
    const Error& why = recording.error();
    diagnostics.push_back(
        {DiagnosticCode::unreadable, {.zh = why.to_string(Language::zh), .en = why.to_string(Language::en)}});
    return std::nullopt;
  }
  LegSound sound = leg_from(*recording);
  const auto& found = recording->diagnostics();
  diagnostics.insert(diagnostics.end(), found.begin(), found.end());
  return sound;
}

CallMeasures measure_what_is_there(const std::optional<LegSound>& customer, const std::optional<LegSound>& agent) {
  if (customer && agent) return measure_call(*customer, *agent);
  if (customer) return measure_alone(Role::customer, *customer);
  if (agent) return measure_alone(Role::agent, *agent);
  return {};
}

}  // namespace

CallMeasures measure(Recording& recording) {
  CallMeasures call = recording.channels() == 2 ? measure_stereo(recording) : measure_mixed(leg_from(recording));
  put_first(call, recording.diagnostics());
  return call;
}

CallMeasures measure_legs(Result<Recording>& customer, Result<Recording>& agent) {
  std::vector<Diagnostic> diagnostics;
  const auto heard_customer = leg_or_none(customer, diagnostics);
  const auto heard_agent = leg_or_none(agent, diagnostics);
  CallMeasures call = measure_what_is_there(heard_customer, heard_agent);
  put_first(call, diagnostics);
  return call;
}

Result<CallMeasures> analyse(const std::filesystem::path& file, const DecodeLimits& limits) {
  ZH_TRY(Recording recording, Recording::open(file, limits));
  return measure(recording);
}

Result<CallMeasures> analyse_legs(const std::filesystem::path& customer, const std::filesystem::path& agent,
                                  const DecodeLimits& limits) {
  auto first = Recording::open(customer, limits);
  auto second = Recording::open(agent, limits);
  if (!first.ok() && !second.ok()) return first.error();
  return measure_legs(first, second);
}

}  // namespace zh::audio
