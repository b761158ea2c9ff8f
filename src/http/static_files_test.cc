#include "http/static_files.h"

#include <gtest/gtest.h>
#include <zlib.h>

#include <array>
#include <fstream>

#include "tests/support/folder.h"

namespace zh::http {
namespace {

const std::string kScript(5000, 'a');

std::string unpacked(std::string_view packed) {
  z_stream stream{};
  EXPECT_EQ(inflateInit2(&stream, 15 + 16), Z_OK);
  std::string plain(100'000, '\0');
  std::string input(packed);
  stream.next_in = reinterpret_cast<Bytef*>(input.data());
  stream.avail_in = static_cast<uInt>(input.size());
  stream.next_out = reinterpret_cast<Bytef*>(plain.data());
  stream.avail_out = static_cast<uInt>(plain.size());
  EXPECT_EQ(inflate(&stream, Z_FINISH), Z_STREAM_END);
  plain.resize(stream.total_out);
  inflateEnd(&stream);
  return plain;
}

class StaticFilesTest : public ::testing::Test {
 protected:
  StaticFilesTest() {
    std::filesystem::create_directories(folder / "assets");
    std::ofstream(folder / "index.html") << "<!doctype html><title>质衡</title>";
    std::ofstream(folder / "assets" / "app-B7xZ09aQ.js") << kScript;
    std::ofstream(folder / "assets" / "packed.css") << "plain";
    std::ofstream(folder / "assets" / "packed.css.br") << "brotli bytes";
    std::ofstream(folder / "assets" / "logo.png") << std::string(2000, 'p');
    std::ofstream(folder / "secret.txt.orig") << "x";
    std::filesystem::create_symlink("/etc/passwd", folder / "link.txt");
    files.emplace(std::move(StaticFiles::load(folder.path())).value());
  }

  std::optional<Response> get(std::string path, std::string_view header = {}, std::string_view value = {}) {
    Request request;
    request.path = std::move(path);
    if (!header.empty()) request.headers.set(std::string(header), value);
    return files->answer(request);
  }
  static std::string body_of(const Response& response) {
    const auto& shared = std::get<SharedBody>(response.body);
    return shared.bytes->substr(shared.offset, shared.length);
  }

  testing_support::Folder folder;
  std::optional<StaticFiles> files;
};

TEST_F(StaticFilesTest, HashedNamesAreKeptForEverAndOthersAskedForAnew) {
  EXPECT_EQ(get("/assets/app-B7xZ09aQ.js")->headers.get("Cache-Control"), "public, max-age=31536000, immutable");
  EXPECT_EQ(get("/")->headers.get("Cache-Control"), "no-cache");
  EXPECT_EQ(get("/")->headers.get("Content-Type"), "text/html; charset=utf-8");
}

TEST_F(StaticFilesTest, TextIsCompressedForWhoTakesIt) {
  const auto packed = get("/assets/app-B7xZ09aQ.js", "Accept-Encoding", "gzip, deflate");
  EXPECT_EQ(packed->headers.get("Content-Encoding"), "gzip");
  EXPECT_EQ(packed->headers.get("Vary"), "Accept-Encoding");
  EXPECT_LT(body_of(*packed).size(), kScript.size());
  EXPECT_EQ(unpacked(body_of(*packed)), kScript);
  EXPECT_EQ(body_of(*get("/assets/app-B7xZ09aQ.js")), kScript);
  EXPECT_EQ(body_of(*get("/assets/app-B7xZ09aQ.js", "Accept-Encoding", "gzip;q=0")), kScript);
  EXPECT_EQ(body_of(*get("/assets/packed.css", "Accept-Encoding", "br, gzip")), "brotli bytes");
  EXPECT_EQ(body_of(*get("/assets/packed.css", "Accept-Encoding", "gzip")), "plain");  // too small to gain
  EXPECT_EQ(get("/assets/logo.png", "Accept-Encoding", "gzip")->headers.get("Content-Encoding"), "");
}

TEST_F(StaticFilesTest, EachCodingHasItsOwnTag) {
  const std::string plain(get("/assets/app-B7xZ09aQ.js")->headers.get("ETag"));
  const std::string packed(get("/assets/app-B7xZ09aQ.js", "Accept-Encoding", "gzip")->headers.get("ETag"));
  EXPECT_NE(plain, packed);
  EXPECT_EQ(get("/assets/app-B7xZ09aQ.js", "If-None-Match", plain)->status, 304);
  EXPECT_EQ(get("/assets/app-B7xZ09aQ.js", "If-None-Match", packed)->status, 200);
}

TEST_F(StaticFilesTest, RangesAreOfThePlainBytes) {
  Request request;
  request.path = "/assets/app-B7xZ09aQ.js";
  request.headers.set("Accept-Encoding", "gzip");
  request.headers.set("Range", "bytes=10-19");
  const auto part = files->answer(request);
  EXPECT_EQ(part->status, 206);
  EXPECT_EQ(body_of(*part), "aaaaaaaaaa");
  EXPECT_EQ(part->headers.get("Content-Encoding"), "");
}

TEST_F(StaticFilesTest, PagesOfTheDeskGetTheIndexAndMissingFilesNothing) {
  for (const char* const page : {"/", "/months/2026-10", "/sheet"}) EXPECT_EQ(get(page)->status, 200) << page;
  for (const char* const missing : {"/assets/old-B7xZ09aQ.js", "/favicon.ico", "/link.txt", "/assets/packed.css.br"}) {
    EXPECT_EQ(get(missing).has_value(), false) << missing;
  }
  // A browser's address bar asks for HTML by name; a number with a dot is no extension.
  EXPECT_EQ(get("/people/1.2", "Accept", "text/html,application/xhtml+xml,*/*;q=0.8")->status, 200);
  EXPECT_FALSE(get("/people/1.2", "Accept", "*/*").has_value());
  EXPECT_FALSE(get("/assets/old-B7xZ09aQ.js", "Accept", "text/html").has_value());
  Request write;
  write.method = Method::post;
  EXPECT_FALSE(files->answer(write).has_value());
}

TEST(StaticFolder, ThatIsMissingOrTooLargeIsSaidSo) {
  EXPECT_EQ(StaticFiles::load("/nowhere/at/all").error().code, ErrorCode::not_found);
  const testing_support::Folder folder;
  std::ofstream(folder / "big.bin") << "x";
  std::filesystem::resize_file(folder / "big.bin", kStaticBytesMax + 1);  // a hole: takes no disk
  EXPECT_EQ(StaticFiles::load(folder.path()).error().code, ErrorCode::limit);
}

TEST(HashedName, IsToldFromAWord) {
  for (const char* const hashed : {"index-DiwrgTda.js", "/assets/a-B7xZ09aQ.css", "x-_a-B1234.js", "a.0f3e9b1c.js"}) {
    EXPECT_TRUE(has_hashed_name(hashed)) << hashed;
  }
  for (const char* const plain : {"index.html", "echarts-renderer.js", "vendor-react.js", "B7xZ09aQ", "a-b.js"}) {
    EXPECT_FALSE(has_hashed_name(plain)) << plain;
  }
}

TEST(AcceptEncoding, HeedsTheWeight) {
  EXPECT_TRUE(accepts_coding("gzip, br", "br"));
  EXPECT_TRUE(accepts_coding("deflate , gzip;q=0.5", "gzip"));
  EXPECT_FALSE(accepts_coding("gzip;q=0.0", "gzip"));
  EXPECT_FALSE(accepts_coding("xgzip", "gzip"));
  EXPECT_FALSE(accepts_coding("", "gzip"));
}

}  // namespace
}  // namespace zh::http
