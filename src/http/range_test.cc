#include "http/range.h"

#include <gtest/gtest.h>

#include <array>
#include <fstream>

#include "tests/support/folder.h"

namespace zh::http {
namespace {

TEST(Range, ReadsOneRangeAndSendsTheWholeForWhatItNeedNotHonour) {
  struct Row {
    std::string_view header;
    RangeKind kind;
    ByteRange range;
  };
  constexpr std::array rows{
      // of 100 bytes
      Row{"bytes=0-0", RangeKind::part, {0, 0}},
      Row{"bytes=0-99", RangeKind::part, {0, 99}},
      Row{"bytes=0-100", RangeKind::part, {0, 99}},
      Row{"bytes=99-", RangeKind::part, {99, 99}},
      Row{"bytes=100-", RangeKind::unsatisfiable, {}},
      Row{"bytes=-1", RangeKind::part, {99, 99}},
      Row{"bytes=-500", RangeKind::part, {0, 99}},
      Row{"bytes=-0", RangeKind::unsatisfiable, {}},
      Row{" bytes= 5 - 6 ", RangeKind::part, {5, 6}},
      Row{"bytes=6-5", RangeKind::whole, {}},
      Row{"bytes=0-1,5-6", RangeKind::whole, {}},
      Row{"lines=0-1", RangeKind::whole, {}},
      Row{"bytes=", RangeKind::whole, {}},
      Row{"bytes=-", RangeKind::whole, {}},
      Row{"bytes=a-b", RangeKind::whole, {}},
      Row{"bytes=0x1-2", RangeKind::whole, {}},
      Row{"bytes=18446744073709551616-", RangeKind::whole, {}},
      Row{"bytes=18446744073709551615-", RangeKind::unsatisfiable, {}},
      Row{"", RangeKind::whole, {}},
  };
  for (const auto& row : rows) {
    const RangeAnswer answer = parse_range(row.header, 100);
    EXPECT_EQ(answer.kind, row.kind) << row.header;
    EXPECT_EQ(answer.range, row.range) << row.header;
  }
  EXPECT_EQ(parse_range("bytes=0-", 0).kind, RangeKind::unsatisfiable);
  EXPECT_EQ(parse_range("bytes=-1", 0).kind, RangeKind::unsatisfiable);
}

TEST(EntityTag, ComparesWeaklyAndStrongly) {
  EXPECT_TRUE(names_etag(R"("a", "b")", R"("b")", TagComparison::strong));
  EXPECT_TRUE(names_etag(R"(W/"b")", R"("b")", TagComparison::weak));
  EXPECT_FALSE(names_etag(R"(W/"b")", R"("b")", TagComparison::strong));
  EXPECT_TRUE(names_etag("*", R"("b")", TagComparison::strong));
  for (const char* const odd : {"", "b", "\"b", "\"a\" \"", ",,,", "W/", "W/b"}) {
    EXPECT_FALSE(names_etag(odd, R"("b")", TagComparison::weak)) << odd;
  }
}

std::string body_of(Response& response) {
  std::string all;
  auto& body = std::get<StreamBody>(response.body);
  while (true) {
    const std::string piece = body.stream->next().value();
    if (piece.empty()) return all;
    all += piece;
  }
}

TEST(File, IsSentWholeInPartOrNotAtAll) {
  const testing_support::Folder folder;
  std::ofstream(folder / "a.wav") << "0123456789";
  Request request;
  Response whole = answer_file(request, folder / "a.wav", "audio/wav").value();
  EXPECT_EQ(whole.status, 200);
  EXPECT_EQ(body_of(whole), "0123456789");
  EXPECT_EQ(whole.headers.get("Accept-Ranges"), "bytes");
  const std::string etag(whole.headers.get("ETag"));

  request.headers.set("Range", "bytes=2-4");
  Response part = answer_file(request, folder / "a.wav", "audio/wav").value();
  EXPECT_EQ(part.status, 206);
  EXPECT_EQ(part.headers.get("Content-Range"), "bytes 2-4/10");
  EXPECT_EQ(body_of(part), "234");

  request.headers.set("If-Range", "\"another\"");  // the file the client has half of is no longer this one
  EXPECT_EQ(answer_file(request, folder / "a.wav", "audio/wav").value().status, 200);
  request.headers.set("If-Range", etag);
  EXPECT_EQ(answer_file(request, folder / "a.wav", "audio/wav").value().status, 206);

  request.headers.set("Range", "bytes=10-");
  const Response past = answer_file(request, folder / "a.wav", "audio/wav").value();
  EXPECT_EQ(past.status, 416);
  EXPECT_EQ(past.headers.get("Content-Range"), "bytes */10");

  request.headers.set("If-None-Match", etag);
  EXPECT_EQ(answer_file(request, folder / "a.wav", "audio/wav").value().status, 304);
}

TEST(File, ThatIsNoneIsSaidSo) {
  const testing_support::Folder folder;
  EXPECT_EQ(answer_file({}, folder / "none", "x").error().code, ErrorCode::not_found);
  EXPECT_EQ(answer_file({}, folder.path(), "x").error().code, ErrorCode::not_found);
}

TEST(File, ThatShrinksWhileItIsSentEndsInAnError) {
  const testing_support::Folder folder;
  std::ofstream(folder / "a") << "0123456789";
  Response response = answer_file({}, folder / "a", "x").value();
  std::filesystem::resize_file(folder / "a", 0);
  EXPECT_EQ(std::get<StreamBody>(response.body).stream->next().error().code, ErrorCode::unavailable);
}

}  // namespace
}  // namespace zh::http
