#include "base/encoding.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include <array>
#include <filesystem>
#include <fstream>

namespace zh {
namespace {

using testing::HasSubstr;

constexpr std::string_view kZhangSan = "\xD5\xC5\xC8\xFD";  // 张三 in GB 2312
constexpr std::string_view kRareHan = "\x95\x32\x82\x36";   // 𠀀, four bytes in GB18030

struct Read {
  std::string text;
  Encoding encoding = Encoding::automatic;
  std::string error;
};

Read read_all(std::string_view bytes, Encoding encoding = Encoding::automatic) {
  TextSource inner(bytes);
  Utf8Source source(inner, encoding);
  Read result;
  std::array<char, 1000> room{};
  for (;;) {
    const auto count = source.read(room);
    if (!count.ok()) {
      result.error = count.error().message.en;
      return result;
    }
    if (*count == 0) break;
    result.text.append(room.data(), *count);
  }
  result.encoding = source.encoding();
  return result;
}

TEST(Encoding, ascii_and_utf8_pass_as_they_are_without_the_mark) {
  EXPECT_EQ(read_all("").text, "");
  EXPECT_EQ(read_all("a,b\n").text, "a,b\n");
  EXPECT_EQ(read_all("\xEF\xBB\xBF名,b\n").text, "名,b\n");
  EXPECT_EQ(read_all("名").encoding, Encoding::utf8);
}

TEST(Encoding, gb18030_is_recognised_at_the_first_byte_that_is_not_ascii) {
  const std::string bytes = std::string(300'000, 'a') + "\n" + std::string(kZhangSan) + std::string(kRareHan) + "\n";
  const Read read = read_all(bytes);
  EXPECT_EQ(read.encoding, Encoding::gb18030);
  EXPECT_EQ(read.text, std::string(300'000, 'a') + "\n张三𠀀\n");
}

TEST(Encoding, a_character_cut_by_a_block_or_by_the_window_stays_whole) {
  for (const std::size_t padding : {65'534U, 65'535U, 65'536U}) {
    const std::string ascii(padding, 'x');
    EXPECT_EQ(read_all(ascii + "张三").text, ascii + "张三");
    EXPECT_EQ(read_all(ascii + std::string(kZhangSan)).text, ascii + "张三");
  }
  std::string utf8;
  std::string gb;
  for (int i = 0; i < 700'000; ++i) {
    utf8 += "张三";
    gb += kZhangSan;
  }
  for (const std::string prefix : {"", "a", "ab"}) {
    EXPECT_TRUE(read_all(prefix + utf8).text == prefix + utf8);
    EXPECT_TRUE(read_all(prefix + gb).text == prefix + utf8);
  }
}

TEST(Encoding, what_is_neither_stays_as_it_is_for_the_reader_to_reject) {
  EXPECT_EQ(read_all("a\xFFz\n").text, "a\xFFz\n");
  EXPECT_EQ(read_all("张\xFF\n").text, "张\xFF\n");
}

TEST(Encoding, a_cut_character_at_the_end_of_gb18030_becomes_a_replacement) {
  EXPECT_EQ(read_all("\xD5\xC5\xC8", Encoding::gb18030).text, "张\uFFFD");
}

TEST(Encoding, binary_files_and_utf16_are_refused) {
  EXPECT_EQ(read_all(std::string_view("PK\3\4\0\0", 6)).error, "this is a binary file, not text");
  EXPECT_THAT(read_all(std::string_view("\xFF\xFEz\0", 4)).error, HasSubstr("UTF-16"));
}

TEST(Encoding, names) {
  EXPECT_EQ(parse_encoding("GBK").value(), Encoding::gb18030);
  EXPECT_EQ(parse_encoding("utf-8").value(), Encoding::utf8);
  EXPECT_THAT(parse_encoding("latin1").error().message.en, HasSubstr("there are: auto, utf-8, gb18030"));
}

TEST(FileSource, names_the_file_that_cannot_be_read) {
  const auto missing = FileSource::open("/nonexistent/f.csv");
  EXPECT_EQ(missing.error().code, ErrorCode::not_found);
  EXPECT_THAT(missing.error().to_string(Language::en), HasSubstr("/nonexistent/f.csv: cannot read the file"));
  EXPECT_EQ(FileSource::open(std::filesystem::temp_directory_path()).error().code, ErrorCode::invalid);
}

TEST(FileSource, tells_its_size_and_position) {
  const auto path = std::filesystem::temp_directory_path() / ("zh_source_test_" + std::to_string(::getpid()));
  std::ofstream(path) << "hello";
  auto source = std::move(FileSource::open(path)).value();
  EXPECT_EQ(source->size(), 5U);
  std::array<char, 3> room{};
  EXPECT_EQ(source->read(room).value(), 3U);
  EXPECT_EQ(source->position(), 3U);
  std::filesystem::remove(path);
}

}  // namespace
}  // namespace zh
