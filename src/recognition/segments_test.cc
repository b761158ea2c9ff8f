// What transcribers answer, well-formed and not.
#include "recognition/segments.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace zh::recognition {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

constexpr std::int64_t kTen = 10'000;

std::string problem(std::string_view json) {
  const auto segments = parse_segments(json, kTen);
  return segments.ok() ? "" : segments.error().to_string(Language::en);
}

TEST(Segments, AreReadInTheOrderOfTime) {
  EXPECT_THAT(parse_segments(R"({"task":"transcribe","duration":9.4,"text":"hello there","segments":[)"
                             R"({"id":1,"start":2.0004,"end":3,"text":" there "},)"
                             R"({"id":0,"start":0.32,"end":1.9,"text":" hello","avg_logprob":-0.2}]})",
                             kTen)
                  .value(),
              ElementsAre(Segment{320, 1'900, "hello"}, Segment{2'000, 3'000, "there"}));
  EXPECT_THAT(parse_segments(R"({"segments":[{"start":0,"end":1e0,"text":"您好"}]})", kTen).value(),
              ElementsAre(Segment{0, 1'000, "您好"}));
}

TEST(Segments, WithoutWordsAreLeftOutAndTimesEndWithTheVoice) {
  EXPECT_THAT(
      parse_segments(R"({"segments":[{"start":0,"end":1,"text":"  "},{"start":9,"end":12.5,"text":"bye"}]})", kTen)
          .value(),
      ElementsAre(Segment{9'000, 10'000, "bye"}));
  EXPECT_THAT(parse_segments(R"({"segments":[{"start":11,"end":12.5,"text":"bye"}]})", kTen).value(),
              ElementsAre(Segment{10'000, 10'000, "bye"}));
  EXPECT_THAT(parse_segments(R"({"segments":[]})", kTen).value(), IsEmpty());
}

TEST(Segments, WithoutAnyTheWholeTextIsOne) {
  EXPECT_THAT(parse_segments(R"({"text":" hello there\n"})", kTen).value(),
              ElementsAre(Segment{0, kTen, "hello there"}));
  EXPECT_THAT(parse_segments(R"({"text":" ","segments":null})", kTen).value(), IsEmpty());
}

TEST(Segments, WhatIsNotAsAgreedIsRefusedWithItsPlace) {
  for (const std::string_view json : {"", "hello", "[]", "{}", R"({"text":7})", R"({"segments":{}})"}) {
    EXPECT_NE(problem(json), "") << json;
  }
  EXPECT_THAT(problem("{\"text\": \"cut off"), HasSubstr("(JSON)"));
  for (const std::string_view segment :
       {R"({"start":0,"end":1})", R"({"start":0,"end":1,"text":3})", R"({"end":1,"text":"a"})",
        R"({"start":"0","end":1,"text":"a"})", R"({"start":-0.1,"end":1,"text":"a"})",
        R"({"start":2,"end":1,"text":"a"})", R"({"start":0,"end":1e99,"text":"a"})",
        R"({"start":0,"end":1e400,"text":"a"})", "7"}) {
    EXPECT_THAT(problem(R"({"segments":[{"start":0,"end":1,"text":"a"},)" + std::string(segment) + "]}"),
                HasSubstr("(/segments/1)"))
        << segment;
  }
}

TEST(Segments, MoreThanThereMayBeAreRefused) {
  std::string json = R"({"segments":[)";
  for (std::size_t i = 0; i <= kSegmentsMax; ++i) json += i == 0 ? "{}" : ",{}";
  EXPECT_EQ(parse_segments(json + "]}", kTen).error().code, ErrorCode::limit);
}

}  // namespace
}  // namespace zh::recognition
