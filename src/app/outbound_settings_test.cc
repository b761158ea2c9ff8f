// What a centre's settings say of other machines.
#include "app/outbound_settings.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdlib>
#include <fstream>

#include "app/centre.h"
#include "tests/support/databases.h"
#include "tests/support/folder.h"

namespace zh::app {
namespace {

using testing::HasSubstr;
using testing_support::Folder;
using testing_support::must;
using testing_support::problem_of;

class OutboundSettingsTest : public testing::Test {
 protected:
  Result<OutboundSettings> read(std::string_view yaml,
                                std::filesystem::perms mode = std::filesystem::perms::owner_read) {
    const auto file = folder / "zhiheng.yaml";
    std::filesystem::remove(file);
    std::ofstream(file) << yaml;
    std::filesystem::permissions(file, mode);
    EXPECT_EQ(read_centre_config(folder.path()).ok(), read_outbound_settings(folder.path()).ok());
    return read_outbound_settings(folder.path());
  }
  Folder folder;
};

constexpr std::string_view kWhole =
    "outbound:\n"
    "  hosts: [records.s3.example.org, \"127.0.0.1:9000\"]\n"
    "  certificates: tls/authorities.pem\n"
    "s3:\n"
    "  endpoint: https://s3.example.org\n"
    "  bucket: records\n"
    "  region: cn-north-1\n"
    "  prefix: zhiheng/\n"
    "  addressing: host\n"
    "  access_key: someone\n"
    "  secret_key: something\n";

TEST_F(OutboundSettingsTest, SayWhereRecordingsLieAndWhoMayBeAsked) {
  const OutboundSettings config = must(read(kWhole));
  EXPECT_EQ(config.allowed.hosts, (std::vector<std::string>{"records.s3.example.org", "127.0.0.1:9000"}));
  EXPECT_EQ(config.allowed.certificates, folder / "tls/authorities.pem");
  ASSERT_TRUE(config.s3);
  EXPECT_EQ(vault::address_of(*config.s3).authority(), "records.s3.example.org");
  EXPECT_EQ(config.s3->credentials.secret_key, "something");
  EXPECT_EQ(config.s3->spool, folder.path());
  EXPECT_FALSE(must(read("database: sqlite\n")).s3);
}

TEST_F(OutboundSettingsTest, AStoreThatIsNotAlsoListedAsAHostIsRefused) {
  EXPECT_THAT(problem_of(read("s3:\n  endpoint: https://s3.example.org\n  bucket: records\n")),
              HasSubstr("s3.example.org may not be asked; to allow it, add it to outbound: hosts"));
}

TEST_F(OutboundSettingsTest, ASecretInAFileThatOthersMayReadIsRefused) {
  const auto mode = std::filesystem::perms::owner_read | std::filesystem::perms::group_read;
  EXPECT_THAT(problem_of(read(kWhole, mode)), HasSubstr("run: chmod 600"));
  EXPECT_TRUE(read("database: sqlite\n", mode).ok());
}

TEST_F(OutboundSettingsTest, SecretsThatTheFileLeavesOutComeFromTheEnvironment) {
  ::setenv("ZHIHENG_S3_ACCESS_KEY", "of the environment", 1);
  ::setenv("ZHIHENG_S3_SECRET_KEY", "too", 1);
  const OutboundSettings config =
      must(read("outbound:\n  hosts: s3.example.org\ns3:\n  endpoint: https://s3.example.org\n  bucket: records\n"));
  EXPECT_EQ(config.s3->credentials, (vault::Credentials{.access_key = "of the environment", .secret_key = "too"}));
  EXPECT_EQ(must(read(kWhole)).s3->credentials.access_key, "someone");
  ::unsetenv("ZHIHENG_S3_ACCESS_KEY");
  ::unsetenv("ZHIHENG_S3_SECRET_KEY");
}

TEST_F(OutboundSettingsTest, NameThePlaceOfWhatIsWrong) {
  EXPECT_THAT(
      problem_of(read("s3:\n  endpoint: s3.example.org\n")),
      HasSubstr("zhiheng.yaml:2:13: \"s3.example.org\" is no address to ask: it begins with https:// or http://"));
  EXPECT_THAT(problem_of(read("s3:\n  endpoint: https://a\n")), HasSubstr("zhiheng.yaml:2:3: bucket is missing"));
  EXPECT_THAT(problem_of(read("s3:\n  bucket: Records\n")), HasSubstr("zhiheng.yaml:2:11: bucket is 3 to 63"));
  EXPECT_THAT(problem_of(read("s3:\n  bucket: records\n")), HasSubstr("zhiheng.yaml:2:3: endpoint is missing"));
  EXPECT_THAT(problem_of(read("s3:\n  addressing: dns\n")), HasSubstr("zhiheng.yaml:2:15: addressing is path or host"));
  EXPECT_THAT(problem_of(read("outbound:\n  host: a\n")), HasSubstr("unknown key \"host\"; did you mean \"hosts\"?"));
}

// ---- who makes words of recordings

TEST_F(OutboundSettingsTest, SayWhoMakesWordsOfRecordings) {
  const OutboundSettings config = must(read(
      "outbound:\n  hosts: asr.example.org\ntranscription:\n  endpoint: https://asr.example.org/v1\n  model: small\n"
      "  consent: notice 3\n  minutes_per_day: 90\n  timeout_seconds: 7\n"));
  ASSERT_TRUE(config.transcription);
  EXPECT_EQ(config.transcription->limits.minutes_per_day, 90);
  EXPECT_EQ(config.transcription->consent, "notice 3");
  EXPECT_EQ(std::get<recognition::EndpointOptions>(config.transcription->by).timeout_seconds, 7);
  EXPECT_EQ(new_transcriber(*config.transcription, config.allowed)->name(), "endpoint asr.example.org (small)");
  const OutboundSettings command = must(read("transcription:\n  command: [/bin/true, \"{file}\"]\n"));
  EXPECT_EQ(new_transcriber(*command.transcription, {})->name(), "command true");
}

TEST_F(OutboundSettingsTest, ARecogniserThatIsNotWhole) {
  EXPECT_THAT(problem_of(read("transcription:\n  model: small\n")), HasSubstr("either an endpoint or a command"));
  EXPECT_THAT(problem_of(read("transcription:\n  endpoint: http://localhost/v1\n  command: /bin/true\n")),
              HasSubstr("either an endpoint or a command"));
  EXPECT_THAT(problem_of(read("transcription:\n  endpoint: http://localhost/v1\n")), HasSubstr("model is missing"));
  EXPECT_THAT(problem_of(read("transcription:\n  command: asr.py\n")), HasSubstr("absolute path"));
  EXPECT_THAT(problem_of(read("transcription:\n  endpoint: http://localhost/v1\n  model: small\n")),
              HasSubstr("localhost may not be asked"));
  EXPECT_THAT(
      problem_of(read("outbound:\n  hosts: a.example\ntranscription:\n  endpoint: https://a.example\n  model: m\n")),
      HasSubstr("say in transcription: consent where customers' consent is recorded"));
}

// ---- who is asked what no phrase tells

TEST_F(OutboundSettingsTest, SayWhichModelIsAsked) {
  const OutboundSettings config =
      must(read("outbound:\n  hosts: llm.example.org\njudge:\n  endpoint: https://llm.example.org/v1\n  model: small\n"
                "  consent: notice 3\n  contacts_per_day: 90\n  tokens_per_day: 1000\n  share: 10\n  days: 7\n"
                "  characters: 500\n  answer_tokens: 300\n  timeout_seconds: 9\n  attempts: 2\n"));
  ASSERT_TRUE(config.judge);
  EXPECT_EQ(config.judge->limits, (inspection::JudgingLimits{.attempts = 2,
                                                             .contacts_per_day = 90,
                                                             .tokens_per_day = 1'000,
                                                             .share = 10,
                                                             .days = 7,
                                                             .characters_max = 500}));
  EXPECT_EQ(config.judge->judge.answer_tokens, 300);
  EXPECT_EQ(config.judge->judge.timeout_seconds, 9);
  EXPECT_EQ(config.judge->consent, "notice 3");
  EXPECT_EQ(judge::Judge(config.judge->judge, config.allowed).name(), "endpoint llm.example.org (small)");
  EXPECT_FALSE(must(read("database: sqlite\n")).judge);
}

TEST_F(OutboundSettingsTest, TheJudgesKeyIsASecret) {
  const std::string here = "outbound:\n  hosts: localhost\njudge:\n  endpoint: http://localhost/v1\n  model: small\n";
  EXPECT_THAT(problem_of(read(here + "  api_key: word\n",
                              std::filesystem::perms::owner_read | std::filesystem::perms::group_read)),
              HasSubstr("run: chmod 600"));
  EXPECT_EQ(must(read(here + "  api_key: word\n")).judge->judge.api_key, "word");
  ::setenv("ZHIHENG_JUDGE_KEY", "of the environment", 1);
  EXPECT_EQ(must(read(here)).judge->judge.api_key, "of the environment");
  ::unsetenv("ZHIHENG_JUDGE_KEY");
}

TEST_F(OutboundSettingsTest, AJudgeThatIsNotWhole) {
  EXPECT_THAT(problem_of(read("judge:\n  model: small\n")), HasSubstr("zhiheng.yaml:2:3: endpoint is missing"));
  EXPECT_THAT(problem_of(read("judge:\n  endpoint: http://localhost/v1\n")), HasSubstr("model is missing"));
  EXPECT_THAT(problem_of(read("judge:\n  endpoint: localhost\n")), HasSubstr("zhiheng.yaml:2:13: \"localhost\" is no"));
  EXPECT_THAT(problem_of(read("judge:\n  share: 101\n")), HasSubstr("zhiheng.yaml:2:10"));
  EXPECT_THAT(problem_of(read("judge:\n  endpoint: http://localhost/v1\n  model: small\n")),
              HasSubstr("localhost may not be asked"));
  EXPECT_THAT(problem_of(read("outbound:\n  hosts: a.example\njudge:\n  endpoint: https://a.example\n  model: m\n")),
              HasSubstr("say in judge: consent where customers' consent is recorded"));
}

}  // namespace
}  // namespace zh::app
