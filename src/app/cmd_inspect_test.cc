// zhiheng inspect as scripts call it: import, inspect, the JSON's places lie in the imported texts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <string>
#include <vector>

#include "base/json.h"
#include "base/utf8.h"
#include "tests/support/command.h"
#include "tests/support/folder.h"

namespace zh::app {
namespace {

namespace fs = std::filesystem;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using testing_support::Ended;
using testing_support::zhiheng;

class InspectCommand : public ::testing::Test {
 protected:
  void SetUp() override {
    data_ = folder_ / "centre";
    ASSERT_EQ(zhiheng({"init", "--data", data_, "--pack", std::string(ZH_SOURCE_DIR) + "/policies/standard"}).code, 0);
  }

  void import(const std::string& file) {
    const Ended ended = zhiheng({"import", "transcripts", file, "--data", data_});
    ASSERT_EQ(ended.code, 0) << ended.err;
  }
  json::Value inspect(std::vector<std::string> more = {}) {
    more.insert(more.begin(), {"inspect", "--json", "--data", data_});
    const Ended ended = zhiheng(more);
    EXPECT_EQ(ended.code, 0) << ended.err;
    printed_ = ended.out;
    return ended.document();
  }
  // "source_id check" of each entry.
  static std::vector<std::string> entries(const json::Value& document, const char* which) {
    std::vector<std::string> result;
    for (const json::Value& it : *document.find(which)->array()) {
      result.push_back(*it.find("source_id")->text() + " " + *it.find("check")->text());
    }
    return result;
  }

  testing_support::Folder folder_;
  std::string data_;
  std::string printed_;
};

TEST_F(InspectCommand, hits_and_misses_have_their_places) {
  std::ofstream(folder_ / "t.jsonl")
      << R"({"source_id":"1.1","channel":"call","agent":"1001","customer":"","started_at":"2026-10-12T09:00:00","product":"p",)"
         R"("turns":[{"role":"agent","start_ms":0,"end_ms":2000,"text":"喂，什麼事？"},)"
         R"({"role":"customer","start_ms":2500,"end_ms":4000,"text":"什么事都没有"}]})"
         "\n"
         R"({"source_id":"1.2","channel":"chat","agent":"1001","customer":"","started_at":"2026-10-13T09:00:00","product":"p",)"
         R"("turns":[{"role":"agent","start_ms":0,"text":"您好，请问有什么可以帮您？"},)"
         R"({"role":"agent","start_ms":9000,"text":"感谢您的来电，再见。"}]})"
         "\n";
  import(folder_ / "t.jsonl");
  const json::Value document = inspect();
  EXPECT_EQ(document.find("contacts")->integer(), 2);
  EXPECT_THAT(printed_, HasSubstr(R"("check":"stiff_words")"));
  const json::Array& hits = *document.find("hits")->array();
  ASSERT_EQ(hits.size(), 1U) << printed_;
  EXPECT_EQ(*hits[0].find("clause")->text(), "F3.6");
  EXPECT_EQ(hits[0].find("turn")->integer(), 0);
  EXPECT_EQ(hits[0].find("from")->integer(), 2);
  EXPECT_EQ(hits[0].find("to")->integer(), 5);
  EXPECT_EQ(hits[0].find("end_ms")->integer(), 2000);
  EXPECT_THAT(entries(document, "missing"), Contains("1.1 greeting"));
  EXPECT_THAT(entries(document, "missing"), Not(Contains(::testing::StartsWith("1.2"))));

  const std::string first = printed_;
  inspect();
  EXPECT_EQ(printed_, first);
  EXPECT_EQ(inspect({"--from", "2026-10-13", "--to", "2026-10-13"}).find("contacts")->integer(), 1);
  EXPECT_EQ(zhiheng({"inspect", "--data", data_, "--from", "2026-10-14", "--to", "2026-10-13"}).code, 2);
}

TEST_F(InspectCommand, real_calls_are_told_apart) {
  const fs::path file = fs::path(ZH_SOURCE_DIR) / "../shared/data/asterisk/transcripts.import.jsonl";
  if (!fs::exists(file)) {
    GTEST_SKIP() << "*** SKIPPED: " << file << " is not there, real calls were NOT inspected";
  }
  import(file.string());
  // The texts of each contact's turns.
  std::map<std::string, std::vector<std::string>> turns;
  std::ifstream in(file);
  for (std::string line; std::getline(in, line);) {
    const auto contact = json::parse(line);
    ASSERT_TRUE(contact.ok());
    for (const json::Value& turn : *contact->find("turns")->array()) {
      turns[*contact->find("source_id")->text()].push_back(*turn.find("text")->text());
    }
  }
  const json::Value document = inspect();
  EXPECT_EQ(document.find("contacts")->integer(), static_cast<std::int64_t>(turns.size()));
  for (const json::Value& hit : *document.find("hits")->array()) {
    if (hit.find("from")->is_null()) continue;
    const auto turn = static_cast<std::size_t>(hit.find("turn")->integer().value_or(-1));
    const auto& texts = turns.at(*hit.find("source_id")->text());
    ASSERT_LT(turn, texts.size());
    EXPECT_LT(hit.find("from")->integer(), hit.find("to")->integer());
    EXPECT_LE(hit.find("to")->integer(), static_cast<std::int64_t>(utf8::length(texts[turn])));
  }
  const auto hits = entries(document, "hits");
  const auto missing = entries(document, "missing");
  EXPECT_THAT(hits, Contains("1791869470.286 abusive_words"));     // 神经病
  EXPECT_THAT(hits, Contains("1791869435.244 abusive_words"));     // shut up
  EXPECT_THAT(hits, Contains("1791788432.398 shirking_words"));    // 您自己联系快递公司
  EXPECT_THAT(hits, Contains("1791772250.176 no_dead_air"));       // 9 s after 我查一下
  EXPECT_THAT(missing, Contains("1791767130.48 greeting"));        // 喂，说吧
  EXPECT_THAT(missing, Not(Contains("1791793853.506 greeting")));  // Good morning, thank you for calling
  EXPECT_THAT(missing, Not(Contains("1791772227.158 apology_first")));
}

}  // namespace
}  // namespace zh::app
