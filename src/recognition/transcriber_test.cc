// Both kinds of transcriber: an endpoint on this host that behaves or not, and commands that do or not.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/stat.h>

#include <fstream>
#include <thread>

#include "recognition/command.h"
#include "recognition/endpoint.h"
#include "tests/support/folder.h"
#include "tests/support/odd_server.h"

namespace zh::recognition {
namespace {

using std::chrono::milliseconds;
using testing::ElementsAre;
using testing::HasSubstr;
using testing_support::Folder;
using testing_support::OddServer;
using testing_support::Peer;

constexpr std::string_view kAnswer = R"({"segments":[{"start":0.1,"end":0.4,"text":"hello"}]})";

Voice voice() { return {.wav = wav_file(std::string(16'000, '\0'), 8'000), .duration_ms = 1'000}; }

std::string problem(const Result<std::vector<Segment>>& segments) {
  return segments.ok() ? "" : segments.error().to_string(Language::en);
}

TEST(Voice, IsAWavFileOfItsSamples) {
  const std::string file = wav_file("abcd", 8'000);
  EXPECT_EQ(file.size(), 48U);
  EXPECT_EQ(file.substr(0, 4), "RIFF");
  EXPECT_EQ(file.substr(24, 4), std::string("\x40\x1F\0\0", 4));  // 8,000
  EXPECT_EQ(file.substr(40), std::string("\4\0\0\0abcd", 8));
}

// ---- an endpoint

Result<std::vector<Segment>> ask(const OddServer& server, EndpointOptions options = {}) {
  options.address = *outbound::parse_address(server.url() + "/v1");
  options.model = "whisper-1";
  Endpoint endpoint(options, {.hosts = {server.authority()}},
                    {.attempts = 2, .first = milliseconds{1}, .longest = milliseconds{1}});
  return endpoint.transcribe(voice(), {});
}

TEST(Endpoint, IsGivenTheSoundAndNothingElse) {
  std::string seen;
  OddServer server([&](Peer& peer) {
    seen = peer.request();
    peer.send(OddServer::answer(200, kAnswer));
  });
  EXPECT_THAT(ask(server, {.api_key = "word", .language = "en"}).value(), ElementsAre(Segment{100, 400, "hello"}));
  EXPECT_TRUE(seen.starts_with("POST /v1/audio/transcriptions HTTP/1.1\r\n"));
  EXPECT_THAT(seen, HasSubstr("Authorization: Bearer word\r\n"));
  EXPECT_THAT(seen, HasSubstr("name=\"model\"\r\n\r\nwhisper-1\r\n"));
  EXPECT_THAT(seen, HasSubstr("name=\"response_format\"\r\n\r\nverbose_json\r\n"));
  EXPECT_THAT(seen, HasSubstr("name=\"language\"\r\n\r\nen\r\n"));
  EXPECT_THAT(seen,
              HasSubstr("filename=\"voice.wav\"\r\nContent-Type: audio/wav\r\n\r\n" + voice().wav + "\r\n--zhiheng-"));
  EXPECT_TRUE(seen.ends_with("--\r\n"));
}

TEST(Endpoint, WithoutKeyAndLanguageSendsNone) {
  std::string seen;
  OddServer server([&](Peer& peer) {
    seen = peer.request();
    peer.send(OddServer::answer(200, kAnswer));
  });
  EXPECT_TRUE(ask(server).ok());
  EXPECT_EQ(seen.find("Authorization"), std::string::npos);
  EXPECT_EQ(seen.find("name=\"language\""), std::string::npos);
}

struct Misbehaving {
  std::string name;
  std::string answer;
  ErrorCode code;
  std::string problem;
  int asked;
};

class MisbehavingEndpoint : public testing::TestWithParam<Misbehaving> {};

TEST_P(MisbehavingEndpoint, IsToldAndNeverTakenForSilence) {
  OddServer server([](Peer& peer) {
    peer.request();
    peer.send(GetParam().answer);
  });
  const auto segments = ask(server);
  ASSERT_FALSE(segments.ok());
  EXPECT_EQ(segments.error().code, GetParam().code);
  EXPECT_THAT(problem(segments), HasSubstr(GetParam().problem));
  EXPECT_EQ(server.connections(), GetParam().asked);
}

INSTANTIATE_TEST_SUITE_P(
    Answers, MisbehavingEndpoint,
    testing::Values(
        // What failed may have been worked on, and paid for: the queue tries again, not the client.
        Misbehaving{"Broken", OddServer::answer(500, "out of memory"), ErrorCode::unavailable,
                    "answered 500: out of memory", 1},
        Misbehaving{"Busy", OddServer::answer(503, "later"), ErrorCode::unavailable, "answered 503", 2},
        Misbehaving{"WrongKey", OddServer::answer(401, "who?"), ErrorCode::forbidden, "answered 401", 1},
        Misbehaving{"WrongPath", OddServer::answer(404, ""), ErrorCode::not_found, "answered 404", 1},
        Misbehaving{"Refused", OddServer::answer(400, "bad file"), ErrorCode::invalid, "answered 400: bad file", 1},
        Misbehaving{"TooLarge", OddServer::answer(413, ""), ErrorCode::limit, "answered 413", 1},
        Misbehaving{"Truncated", "HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{\"text\":", ErrorCode::unavailable,
                    "ended before its answer was whole", 1},
        Misbehaving{"WrongJson", OddServer::answer(200, "<html>"), ErrorCode::corrupt, "cannot be used (JSON)", 1},
        Misbehaving{"OtherJson", OddServer::answer(200, R"({"result":"hello"})"), ErrorCode::corrupt,
                    "neither text nor segments", 1}),
    [](const auto& each) { return each.param.name; });

TEST(Endpoint, ThatIsTooSlowIsGivenUp) {
  OddServer server([](Peer& peer) {
    peer.request();
    peer.hold();
  });
  const auto segments = ask(server, {.timeout_seconds = 1});
  EXPECT_EQ(segments.error().code, ErrorCode::unavailable);
  EXPECT_THAT(problem(segments), HasSubstr("is too slow"));
}

// ---- a command

class CommandTest : public testing::Test {
 protected:
  std::string script(const std::string& body) const {
    const auto path = folder / "recognise";
    std::ofstream(path) << "#!/bin/sh\n" << body << "\n";
    ::chmod(path.c_str(), 0700);
    return path;
  }
  Result<std::vector<Segment>> run(const std::string& body, std::vector<std::string> arguments = {}, int seconds = 20,
                                   const std::stop_token& stop = {}) const {
    arguments.insert(arguments.begin(), script(body));
    Command command({.arguments = std::move(arguments), .timeout_seconds = seconds});
    return command.transcribe(voice(), stop);
  }
  std::string written(const std::string& name) const {
    std::ifstream file(folder / name, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }

  Folder folder;
};

TEST_F(CommandTest, GetsTheVoiceAsItsInputAndAsAFileAndNothingOfOurs) {
  ::setenv("ZH_SECRET_OF_OURS", "x", 1);
  const std::string here = folder.path();
  EXPECT_THAT(run("cat \"$2\" > " + here + "/sound; env > " + here + "/env; echo \"$1\" > " + here + "/said; echo '" +
                      std::string(kAnswer) + "'",
                  {"a; b $HOME", "{file}"})
                  .value(),
              ElementsAre(Segment{100, 400, "hello"}));
  ::unsetenv("ZH_SECRET_OF_OURS");
  EXPECT_EQ(written("sound"), voice().wav);
  EXPECT_EQ(written("said"), "a; b $HOME\n");
  EXPECT_EQ(written("env").find("ZH_SECRET"), std::string::npos);
  EXPECT_THAT(written("env"), HasSubstr("LC_ALL=C.UTF-8"));
}

TEST_F(CommandTest, ThatFailsIsToldWithItsLastWords) {
  EXPECT_THAT(problem(run("echo no model >&2; exit 3")), HasSubstr("ended with 3: no model"));
  EXPECT_THAT(problem(run("kill -9 $$")), HasSubstr("ended by signal 9"));
  EXPECT_THAT(problem(run("echo hello")), HasSubstr("cannot be used (JSON)"));
  EXPECT_EQ(run("exit 1").error().code, ErrorCode::unavailable);
  Command none({.arguments = {"/nowhere/at/all"}});
  EXPECT_THAT(problem(none.transcribe(voice(), {})), HasSubstr("/nowhere/at/all cannot be started"));
}

TEST_F(CommandTest, ThatIsTooSlowIsEndedWithWhatItStarted) {
  const std::string here = folder.path();
  EXPECT_THAT(problem(run("sleep 600 & echo $! > " + here + "/pid; sleep 600", {}, 1)), HasSubstr("took too long"));
  const pid_t left = std::stoi(written("pid"));
  for (int i = 0; i < 200 && ::kill(left, 0) == 0; ++i) std::this_thread::sleep_for(milliseconds{10});
  EXPECT_NE(::kill(left, 0), 0);
}

TEST_F(CommandTest, ThatLeavesSomethingBehindIsNotWaitedFor) {
  // The answer is whole when the command has ended, whoever still holds its output.
  EXPECT_TRUE(run("echo '" + std::string(kAnswer) + "'; sleep 600 &", {}, 600).ok());
}

TEST_F(CommandTest, ThatSaysTooMuchIsEnded) { EXPECT_THAT(problem(run("yes 'endless'")), HasSubstr("says too much")); }

TEST_F(CommandTest, ThatTakesTooMuchMemoryFails) {
  Command command({.arguments = {script("exec python3 -c 'print(len(bytearray(1 << 30)))'")}, .memory_mb = 512});
  EXPECT_THAT(problem(command.transcribe(voice(), {})), HasSubstr("MemoryError"));
}

TEST_F(CommandTest, HeedsAStop) {
  std::stop_source stop;
  std::jthread later([&] {
    std::this_thread::sleep_for(milliseconds{100});
    stop.request_stop();
  });
  EXPECT_EQ(run("sleep 600", {}, 600, stop.get_token()).error().code, ErrorCode::cancelled);
}

}  // namespace
}  // namespace zh::recognition
