#include "analysis/audio/decode.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include <numeric>

#include "tests/support/folder.h"
#include "tests/support/recordings.h"

namespace zh::audio {
namespace {

using namespace std::chrono_literals;
using testing_support::Folder;
using testing_support::wav;
using testing_support::WavHeader;
using testing_support::write_file;

std::vector<std::int16_t> ramp(std::size_t count) {
  std::vector<std::int16_t> samples(count);
  std::iota(samples.begin(), samples.end(), std::int16_t{-1000});
  return samples;
}

struct Read {
  int rate = 0;
  int channels = 0;
  std::vector<std::int16_t> samples;
  std::vector<std::string> diagnostics;
};

Result<Read> read(Result<Recording> recording) {
  if (!recording.ok()) return recording.error();
  Read all;
  all.rate = recording->rate();
  all.channels = recording->channels();
  for (auto block = recording->next(); !block.empty(); block = recording->next()) {
    all.samples.insert(all.samples.end(), block.begin(), block.end());
  }
  EXPECT_TRUE(recording->next().empty()) << "the end stays the end";
  for (const auto& one : recording->diagnostics()) all.diagnostics.emplace_back(name_of(one.code));
  return all;
}

class Decode : public testing::Test {
 protected:
  Result<Read> read_bytes(const std::string& name, std::string_view bytes, const DecodeLimits& limits = {}) {
    return read(Recording::open(write_file(folder_.path() / name, bytes), limits));
  }
  ErrorCode refused(const std::string& name, std::string_view bytes) {
    const auto result = read_bytes(name, bytes);
    return result.ok() ? ErrorCode::internal : result.error().code;
  }

  Folder folder_;
};

TEST_F(Decode, GivesTheSamplesOfAWavFile) {
  const auto samples = ramp(20'000);
  const auto mono = read_bytes("mono.wav", wav(samples));
  ASSERT_TRUE(mono.ok()) << mono.error().message.en;
  EXPECT_EQ(mono->rate, 8000);
  EXPECT_EQ(mono->channels, 1);
  EXPECT_EQ(mono->samples, samples);
  EXPECT_TRUE(mono->diagnostics.empty());

  const auto stereo = read_bytes("stereo.wav", wav(samples, {.rate = 44'100, .channels = 2}));
  ASSERT_TRUE(stereo.ok());
  EXPECT_EQ(stereo->rate, 44'100);
  EXPECT_EQ(stereo->channels, 2);
  EXPECT_EQ(stereo->samples, samples);
}

TEST_F(Decode, ReadsFromAnOpenMemoryFile) {
  const auto samples = ramp(500);
  const std::string bytes = wav(samples);
  const int memory = memfd_create("recording", MFD_CLOEXEC);
  ASSERT_EQ(write(memory, bytes.data(), bytes.size()), static_cast<ssize_t>(bytes.size()));
  const auto got = read(Recording::adopt(memory, "call.wav"));
  ASSERT_TRUE(got.ok());
  EXPECT_EQ(got->samples, samples);
}

TEST_F(Decode, TellsHeaderlessFormatsByTheirExtension) {
  const auto samples = ramp(800);
  const std::string_view bytes(reinterpret_cast<const char*>(samples.data()), 2 * samples.size());
  const auto slin = read_bytes("call.sln", bytes);
  ASSERT_TRUE(slin.ok());
  EXPECT_EQ(slin->samples, samples);
  // µ-law: 0xff is 0, 0x80 the largest positive value.
  const auto ulaw = read_bytes("call.ULAW", std::string(80, '\xff') + std::string(80, '\x80'));
  ASSERT_TRUE(ulaw.ok());
  ASSERT_EQ(ulaw->samples.size(), 160U);
  EXPECT_EQ(ulaw->samples.front(), 0);
  EXPECT_EQ(ulaw->samples.back(), 32'124);
}

TEST_F(Decode, KeepsTheFirstTwoOfManyChannels) {
  const auto four = read_bytes("four.wav", wav({1, 2, 3, 4, 5, 6, 7, 8}, {.channels = 4}));
  ASSERT_TRUE(four.ok());
  EXPECT_EQ(four->channels, 2);
  EXPECT_EQ(four->samples, (std::vector<std::int16_t>{1, 2, 5, 6}));
  EXPECT_EQ(four->diagnostics, std::vector<std::string>{"channels_dropped"});
}

// --- what lies, breaks off or is none --------------------------------------------------------------------------------

TEST_F(Decode, GivesWhatATruncatedFileHas) {
  const auto samples = ramp(3000);
  const auto cut = read_bytes("cut.wav", wav(samples, {.data_bytes = 60'000}));
  ASSERT_TRUE(cut.ok());
  EXPECT_EQ(cut->samples, samples);
  EXPECT_EQ(cut->diagnostics, std::vector<std::string>{"truncated"});
}

// Programs that write a WAV file into a pipe cannot know its size and state the largest there is.
TEST_F(Decode, TakesAStreamsHeaderForNoPromise) {
  const auto samples = ramp(3000);
  const auto stream = read_bytes("stream.wav", wav(samples, {.data_bytes = 0xffff'ffff}));
  ASSERT_TRUE(stream.ok());
  EXPECT_EQ(stream->samples, samples);
  EXPECT_TRUE(stream->diagnostics.empty());
}

TEST_F(Decode, RefusesWhatIsNoRecording) {
  EXPECT_EQ(refused("empty.wav", ""), ErrorCode::invalid);
  EXPECT_EQ(refused("text.wav", "Dear Sir or Madam"), ErrorCode::invalid);
  EXPECT_EQ(refused("head.wav", wav({}).substr(0, 20)), ErrorCode::invalid);
  EXPECT_EQ(refused("silent.wav", wav({})), ErrorCode::invalid);
  EXPECT_EQ(refused("playlist.m3u8", "#EXTM3U\n#EXTINF:1,\nfile:///etc/passwd\n"), ErrorCode::invalid);
  EXPECT_EQ(Recording::open(folder_.path()).error().code, ErrorCode::invalid);
  EXPECT_EQ(Recording::open("/dev/zero").error().code, ErrorCode::invalid);
  EXPECT_EQ(Recording::open(folder_.path() / "none.wav").error().code, ErrorCode::not_found);
  ASSERT_EQ(mkfifo((folder_.path() / "pipe").c_str(), 0600), 0);
  EXPECT_EQ(Recording::open(folder_.path() / "pipe").error().code, ErrorCode::invalid);
}

TEST_F(Decode, RefusesRatesThatNoRecorderHas) {
  EXPECT_EQ(refused("slow.wav", wav(ramp(100), {.rate = 11})), ErrorCode::invalid);
  EXPECT_EQ(refused("fast.wav", wav(ramp(100), {.rate = 500'000})), ErrorCode::invalid);
}

TEST_F(Decode, StopsAtTheLimitOfDuration) {
  const auto limited = read_bytes("long.wav", wav(ramp(80'000), {}), {.duration = 2500ms});
  ASSERT_TRUE(limited.ok());
  EXPECT_EQ(limited->samples.size(), 20'000U);
  EXPECT_EQ(limited->diagnostics, std::vector<std::string>{"too_long"});
  // Exactly as long as the limit is not too long.
  const auto exact = read_bytes("exact.wav", wav(ramp(20'000), {}), {.duration = 2500ms});
  ASSERT_TRUE(exact.ok());
  EXPECT_TRUE(exact->diagnostics.empty());
}

// Random bytes behind the beginnings of real formats: refused or read with whatever they give, never more than the
// limit.
TEST_F(Decode, BearsRandomBytes) {
  std::mt19937 random(6);
  const std::vector<std::string> beginnings{"",
                                            wav({}).substr(0, 44),
                                            "ID3\x03",
                                            "OggS",
                                            "fLaC",
                                            "#!AMR\n",
                                            std::string("\0\0\0\x18"
                                                        "ftypM4A ",
                                                        12),
                                            "\xff\xfb\x90"};
  for (const auto& beginning : beginnings) {
    std::string bytes = beginning;
    for (int i = 0; i < 3000; ++i) bytes += static_cast<char>(random());
    const auto got = read_bytes("random", bytes, {.duration = 10s});
    if (!got.ok()) {
      EXPECT_EQ(got.error().code, ErrorCode::invalid);
    } else {
      EXPECT_LE(got->samples.size(), static_cast<std::size_t>(10 * got->rate * got->channels));
    }
  }
}

}  // namespace
}  // namespace zh::audio
