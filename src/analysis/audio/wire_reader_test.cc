#include "analysis/audio/wire_reader.h"

#include <gtest/gtest.h>

#include <cstring>

namespace zh::audio {
namespace {

using namespace std::chrono_literals;

// What a decoder sends, put together frame by frame; then it ends, or hangs.
class Script {
 public:
  Script& frame(wire::Kind kind, std::string_view body) {
    const wire::Head head{.kind = static_cast<std::uint32_t>(kind), .size = static_cast<std::uint32_t>(body.size())};
    return raw({reinterpret_cast<const char*>(&head), sizeof head}).raw(body);
  }
  Script& format(std::uint32_t rate, std::uint32_t channels) {
    const wire::Format format{.rate = rate, .channels = channels};
    return frame(wire::Kind::format, {reinterpret_cast<const char*>(&format), sizeof format});
  }
  Script& pcm(const std::vector<std::int16_t>& samples) {
    return frame(wire::Kind::pcm, {reinterpret_cast<const char*>(samples.data()), 2 * samples.size()});
  }
  Script& note(std::uint32_t code) {
    return frame(wire::Kind::note, {reinterpret_cast<const char*>(&code), sizeof code});
  }
  Script& raw(std::string_view bytes) {
    bytes_ += bytes;
    return *this;
  }
  Script& hang() {
    hangs_ = true;
    return *this;
  }
  const std::string& bytes() const { return bytes_; }
  bool hangs() const { return hangs_; }

 private:
  std::string bytes_;
  bool hangs_ = false;
};

// Gives three bytes at a time, so that every boundary is crossed.
class Performance final : public ByteSource {
 public:
  explicit Performance(Script script) : script_(std::move(script)) {}
  Result<std::size_t> read(std::span<char> room) override {
    if (at_ == script_.bytes().size() && script_.hangs()) return error(ErrorCode::unavailable, verbatim("hangs"));
    const std::size_t count = std::min({room.size(), script_.bytes().size() - at_, std::size_t{3}});
    std::memcpy(room.data(), script_.bytes().data() + at_, count);
    at_ += count;
    return count;
  }

 private:
  Script script_;
  std::size_t at_ = 0;
};

struct Outcome {
  bool begun = false;
  std::vector<std::int16_t> samples;
  std::vector<std::string> diagnostics;
  friend bool operator==(const Outcome&, const Outcome&) = default;
};

Outcome play(const Script& script) {
  WireReader reader(std::make_unique<Performance>(script), 1s);
  Outcome outcome;
  outcome.begun = reader.begin();
  if (!outcome.begun) return outcome;
  for (auto block = reader.next(); !block.empty(); block = reader.next()) {
    outcome.samples.insert(outcome.samples.end(), block.begin(), block.end());
  }
  for (const auto& one : reader.diagnostics()) outcome.diagnostics.emplace_back(name_of(one.code));
  return outcome;
}

Script begun() {
  Script script;
  script.format(8000, 2).pcm({1, 2, 3, 4});
  return script;
}

TEST(WireReader, ReadsASoundDecodersOutput) {
  EXPECT_EQ(play(begun().note(1).note(1).pcm({5, 6}).frame(wire::Kind::end, "")),
            (Outcome{true, {1, 2, 3, 4, 5, 6}, {"truncated"}}));
}

TEST(WireReader, KeepsWhatCameBeforeADecoderDied) {
  const Outcome died{true, {1, 2, 3, 4}, {"decoder_died"}};
  EXPECT_EQ(play(begun()), died) << "without an end";
  EXPECT_EQ(play(begun().raw(std::string("\2\0\0\0\4\0\0", 7))), died) << "in the middle of a head";
  EXPECT_EQ(play(begun().raw(std::string("\2\0\0\0\4\0\0\0ab", 10))), died) << "in the middle of a body";
  EXPECT_EQ(play(begun().hang()), (Outcome{true, {1, 2, 3, 4}, {"decoder_stuck"}}));
}

TEST(WireReader, EndsWithADecoderThatBreaksTheRules) {
  const Outcome died{true, {1, 2, 3, 4}, {"decoder_died"}};
  EXPECT_EQ(play(begun().raw(std::string("\2\0\0\0\xff\xff\xff\xff", 8)).pcm({5, 6})), died) << "a body too large";
  EXPECT_EQ(play(begun().pcm({5, 6, 7})), died) << "half a frame";
  EXPECT_EQ(play(begun().pcm({}).pcm({5, 6})), died) << "nothing at all";
  EXPECT_EQ(play(begun().note(3)), died) << "a diagnostic that is not the decoder's to make";
  EXPECT_EQ(play(begun().note(12345)), died);
  EXPECT_EQ(play(begun().frame(static_cast<wire::Kind>(9), "x")), died) << "an unknown kind";
  EXPECT_EQ(play(begun().format(8000, 2)), died) << "a second format";
}

TEST(WireReader, BelievesNoFormatOutOfBounds) {
  for (const auto& [rate, channels] : {std::pair{3999U, 1U}, {192'001U, 1U}, {8000U, 0U}, {8000U, 3U}, {0U, 1U}}) {
    Script script;
    EXPECT_FALSE(play(script.format(rate, channels)).begun) << rate << ' ' << channels;
  }
  EXPECT_FALSE(play(Script().pcm({1})).begun);
  EXPECT_FALSE(play(Script()).begun);
  EXPECT_FALSE(play(Script().hang()).begun);
}

}  // namespace
}  // namespace zh::audio
