#include "http/wire.h"

#include <gtest/gtest.h>

namespace zh::http {
namespace {

int refused(std::vector<std::pair<std::string, std::string>> fields, int minor = 1) {
  Headers headers;
  for (const auto& [name, value] : fields) headers.add(name, value);
  const auto problem = head_problem(headers, {.major = 1, .minor = minor});
  return problem ? problem->status : 0;
}

TEST(Head, MustMeanTheSameToEverybody) {
  EXPECT_EQ(refused({{"Host", "a"}}), 0);
  EXPECT_EQ(refused({{"Host", "[::1]:8080"}, {"Content-Length", "5"}}), 0);
  EXPECT_EQ(refused({{"Host", "a"}, {"Transfer-Encoding", "Chunked"}}), 0);
  EXPECT_EQ(refused({}), 400);
  EXPECT_EQ(refused({}, 0), 0);  // HTTP/1.0 knows no Host
  EXPECT_EQ(refused({{"Host", "a"}, {"host", "b"}}), 400);
  EXPECT_EQ(refused({{"Host", "a b"}}), 400);
  EXPECT_EQ(refused({{"Host", "a/b"}}), 400);
  EXPECT_EQ(refused({{"Host", "user@a"}}), 400);
  EXPECT_EQ(refused({{"Host", "a"}, {"Content-Length", "5"}, {"Content-Length", "5"}}), 400);
  EXPECT_EQ(refused({{"Host", "a"}, {"Content-Length", "+5"}}), 400);
  EXPECT_EQ(refused({{"Host", "a"}, {"Content-Length", "5, 5"}}), 400);
  EXPECT_EQ(refused({{"Host", "a"}, {"Content-Length", ""}}), 400);
  EXPECT_EQ(refused({{"Host", "a"}, {"Content-Length", "99999999999999999999"}}), 400);
  EXPECT_EQ(refused({{"Host", "a"}, {"Content-Length", "5"}, {"Transfer-Encoding", "chunked"}}), 400);
  EXPECT_EQ(refused({{"Transfer-Encoding", "chunked"}}, 0), 400);
  EXPECT_EQ(refused({{"Host", "a"}, {"Transfer-Encoding", "gzip, chunked"}}), 501);
  EXPECT_EQ(refused({{"Host", "a"}, {"Transfer-Encoding", "chunked, identity"}}), 501);
  EXPECT_EQ(refused({{"Host", "a"}, {"Transfer-Encoding", "xchunked"}}), 501);
  EXPECT_EQ(refused({{"Host", "a"}, {"Transfer-Encoding", "chunked"}, {"Transfer-Encoding", "chunked"}}), 501);
  EXPECT_EQ(refused({{"Host", "a"}, {"Expect", "100-Continue"}}), 0);
  EXPECT_EQ(refused({{"Host", "a"}, {"Expect", "tea"}}), 417);
}

TEST(Target, InAbsoluteFormIsThePath) {
  EXPECT_EQ(origin_form("/a?x"), "/a?x");
  EXPECT_EQ(origin_form("http://host:80/a?x"), "/a?x");
  EXPECT_EQ(origin_form("https://host"), "/");
  EXPECT_EQ(origin_form("http://host?x=/y"), "/");
  EXPECT_EQ(origin_form("*"), "/");
  EXPECT_EQ(origin_form("ftp://host/a"), "ftp://host/a");
}

TEST(Date, IsWrittenAsTheStandardAsks) {
  EXPECT_EQ(http_date(Instant::from_seconds(784111777)), "Sun, 06 Nov 1994 08:49:37 GMT");  // RFC 9110 §5.6.7
  EXPECT_EQ(http_date(Instant::from_seconds(0)), "Thu, 01 Jan 1970 00:00:00 GMT");
  EXPECT_EQ(http_date(Instant::from_seconds(-1)), "Wed, 31 Dec 1969 23:59:59 GMT");
}

TEST(ResponseHead, IsFramedAsTheVersionAllows) {
  const Response response = Response::json(200, "{}");
  HeadOptions options{.version = {1, 1}, .keep_alive = true, .framing = Framing::length, .length = 2, .date = "D"};
  EXPECT_EQ(response_head(response, options),
            "HTTP/1.1 200 OK\r\nDate: D\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n");
  options.framing = Framing::chunked;
  options.keep_alive = false;
  EXPECT_EQ(response_head(response, options),
            "HTTP/1.1 200 OK\r\nDate: D\r\nContent-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
            "Connection: close\r\n\r\n");
  options = {.version = {1, 0}, .keep_alive = true, .framing = Framing::none, .length = 0, .date = "D"};
  EXPECT_EQ(response_head(Response::empty(204), options),
            "HTTP/1.0 204 No Content\r\nDate: D\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(chunk_head(255), "ff\r\n");
}

TEST(Headers, AValueCannotBeginANewLine) {
  Headers headers;
  headers.set("Location", "/a\r\nSet-Cookie: x=1");
  EXPECT_EQ(headers.get("location"), "/a  Set-Cookie: x=1");
  headers.add("location", "b");
  EXPECT_EQ(headers.count("LOCATION"), 2U);
  headers.set("Location", "c");
  EXPECT_EQ(headers.count("Location"), 1U);
}

TEST(Attachment, NamesTheFileInEveryLanguage) {
  EXPECT_EQ(attachment("工资 \"10\".csv"),
            "attachment; filename=\"________10_.csv\"; filename*=UTF-8''%E5%B7%A5%E8%B5%84%20%2210%22.csv");
}

}  // namespace
}  // namespace zh::http
