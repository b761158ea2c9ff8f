#include "http/problem.h"

#include <gtest/gtest.h>

#include "base/json.h"

namespace zh::http {
namespace {

json::Value document_of(const Response& response) { return json::parse(std::get<std::string>(response.body)).value(); }

TEST(Problem, CarriesClauseFaultsAndTheCallersLanguage) {
  const Error refusal = error(ErrorCode::conflict, {.zh = "该月已结账", .en = "the month is closed"}, {}, "C2.2");
  const Problem problem = problem_of(refusal, {{"/tags/1/weight", {}, {.zh = "应为数字", .en = "expected number"}},
                                               {{}, "limit", {.zh = "太大", .en = "too large"}}});
  const Response response = problem.respond(Language::zh, "r1");
  EXPECT_EQ(response.status, 409);
  EXPECT_EQ(response.headers.get("content-type"), "application/problem+json");
  EXPECT_EQ(response.headers.get("Content-Language"), "zh-CN");
  const json::Value document = document_of(response);
  EXPECT_EQ(*document.find("detail")->text(), "该月已结账");
  EXPECT_EQ(*document.find("clause")->text(), "C2.2");
  EXPECT_EQ(*document.find("code")->text(), "conflict");
  EXPECT_EQ(*document.find("request_id")->text(), "r1");
  EXPECT_EQ(json::compact(*document.find("errors")),
            R"([{"pointer":"/tags/1/weight","detail":"应为数字"},{"parameter":"limit","detail":"太大"}])");
}

TEST(Problem, ABugsCauseGoesToTheLogOnly) {
  for (const ErrorCode ours : {ErrorCode::internal, ErrorCode::corrupt}) {
    const Response response = problem_of(error(ours, verbatim("table pay has no row 7"))).respond(Language::en, "r1");
    EXPECT_EQ(response.status, 500);
    EXPECT_EQ(std::get<std::string>(response.body).find("row 7"), std::string::npos);
    EXPECT_NE(response.log_note.find("row 7"), std::string::npos);
  }
}

TEST(Problem, EveryCodeHasItsStatus) {
  struct Row {
    ErrorCode code;
    int status;
  };
  constexpr std::array rows{
      Row{ErrorCode::invalid, 422},     Row{ErrorCode::not_found, 404},       Row{ErrorCode::conflict, 409},
      Row{ErrorCode::forbidden, 403},   Row{ErrorCode::unauthenticated, 401}, Row{ErrorCode::limit, 413},
      Row{ErrorCode::unavailable, 503}, Row{ErrorCode::corrupt, 500},         Row{ErrorCode::cancelled, 503},
      Row{ErrorCode::unsupported, 501}, Row{ErrorCode::internal, 500},        Row{ErrorCode::stale, 412}};
  for (const auto& row : rows) EXPECT_EQ(status_of(row.code), row.status) << name_of(row.code);
  EXPECT_EQ(problem_of(error(ErrorCode::unavailable, {})).headers.get("Retry-After"), "5");
}

TEST(AcceptLanguage, TakesTheHeaviestThatWeSpeak) {
  struct Row {
    std::string_view header;
    Language expected;
  };
  constexpr std::array rows{Row{"", Language::en},
                            Row{"zh-CN,zh;q=0.9,en;q=0.8", Language::zh},
                            Row{"en-GB,en;q=0.9,zh;q=0.8", Language::en},
                            Row{"fr, zh;q=0.3, en;q=0.2", Language::zh},
                            Row{"zh;q=0, en;q=0.1", Language::en},
                            Row{"zh;q=abc", Language::en},
                            Row{"zh;q=nan", Language::en},
                            Row{"de,fr", Language::en},
                            Row{",,;q=1,", Language::en}};
  for (const auto& row : rows) EXPECT_EQ(language_of(row.header, Language::en), row.expected) << row.header;
  EXPECT_EQ(language_of("de", Language::zh), Language::zh);
}

}  // namespace
}  // namespace zh::http
