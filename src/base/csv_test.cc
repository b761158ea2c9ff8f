#include "base/csv.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck.h>
#include <rapidcheck/gtest.h>

#include <array>
#include <numeric>

namespace zh {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

// What a reader made of a text: one entry per row, "!" and the message for bad rows, each with its line.
std::vector<std::string> rows_of(std::string_view text, CsvOptions options = {}) {
  TextSource source(text);
  CsvReader reader(source, "f.csv", options);
  std::vector<std::string> rows;
  for (;;) {
    const auto step = reader.next();
    if (!step.ok() || *step == CsvStep::end) return rows;
    std::string row = std::to_string(reader.line()) + ":";
    if (*step == CsvStep::bad_row) {
      row += "!" + reader.problem().message.en;
    } else {
      for (const auto cell : reader.cells()) row.append("[").append(cell).append("]");
    }
    rows.push_back(std::move(row));
  }
}

TEST(CsvReader, takes_every_line_end_and_a_last_line_without_one) {
  EXPECT_THAT(rows_of("a,b\r\nc,d\ne\rf"), ElementsAre("1:[a][b]", "2:[c][d]", "3:[e]", "4:[f]"));
}

TEST(CsvReader, passes_over_blank_lines_and_counts_them) {
  EXPECT_THAT(rows_of("\n\r\na\n\n\nb\n\n"), ElementsAre("3:[a]", "6:[b]"));
}

TEST(CsvReader, unquotes_cells_with_delimiters_quotes_and_line_ends) {
  EXPECT_THAT(rows_of("\"a,b\",\"say \"\"hi\"\"\"\n\"two\r\nlines\",x\nlast,\"\"\n"),
              ElementsAre("1:[a,b][say \"hi\"]", "2:[two\r\nlines][x]", "4:[last][]"));
}

TEST(CsvReader, empty_cells_are_cells) { EXPECT_THAT(rows_of(",\na,,\n"), ElementsAre("1:[][]", "2:[a][][]")); }

TEST(CsvReader, a_quote_inside_an_unquoted_cell_is_a_character) {
  EXPECT_THAT(rows_of("5\" disk,x\n"), ElementsAre("1:[5\" disk][x]"));
}

TEST(CsvReader, a_stray_quote_costs_one_row) {
  EXPECT_THAT(rows_of("a,b\n\"open,1\nc,d\ne,f\n"),
              ElementsAre("1:[a][b]", "2:!a quote is opened and never closed", "3:[c][d]", "4:[e][f]"));
}

TEST(CsvReader, text_after_a_closing_quote_costs_one_row) {
  const auto rows = rows_of("\"a\"b,c\nd\n");
  ASSERT_EQ(rows.size(), 2U);
  EXPECT_THAT(rows[0], HasSubstr("after a closing quote"));
  EXPECT_EQ(rows[1], "2:[d]");
}

TEST(CsvReader, a_line_of_ten_megabytes_is_one_bad_row_and_needs_no_memory_for_it) {
  std::string text = "a,b\n";
  text.append(10'000'000, 'x').append("\nc,d\n");
  TextSource source(text);
  CsvReader reader(source, "f.csv");
  ASSERT_EQ(reader.next().value(), CsvStep::row);
  ASSERT_EQ(reader.next().value(), CsvStep::bad_row);
  EXPECT_EQ(reader.problem().to_string(Language::en), "f.csv:2: the row is longer than 1048576 bytes");
  EXPECT_EQ(reader.raw().size(), 4096U);
  ASSERT_EQ(reader.next().value(), CsvStep::row);
  EXPECT_THAT(reader.cells(), ElementsAre("c", "d"));
  EXPECT_EQ(reader.line(), 3);
}

TEST(CsvReader, a_ten_megabyte_cell_in_quotes_is_one_bad_row_too) {
  const std::string text = "\"" + std::string(10'000'000, 'x') + "\"\r\nc\r\n";
  EXPECT_THAT(rows_of(text), ElementsAre("1:!the row is longer than 1048576 bytes", "2:[c]"));
}

TEST(CsvReader, the_longest_row_is_in_and_one_byte_more_is_out) {
  const CsvOptions ten{.row_bytes = 10};
  EXPECT_THAT(rows_of("1234567890\nx\n", ten), ElementsAre("1:[1234567890]", "2:[x]"));
  EXPECT_THAT(rows_of("12345678901\nx\n", ten), ElementsAre("1:!the row is longer than 10 bytes", "2:[x]"));
}

TEST(CsvReader, too_many_cells_are_a_bad_row) {
  EXPECT_THAT(rows_of("a,b\na,b,c\n\"a\",b,c\nd\n", {.cells = 2}),
              ElementsAre("1:[a][b]", "2:!the row has more than 2 cells", "3:!the row has more than 2 cells", "4:[d]"));
}

TEST(CsvReader, damaged_text_and_zero_bytes_are_bad_rows_unless_asked_for) {
  const auto rows = rows_of(std::string_view("ok\n\xFF\nz\0z\nend\n", 12));
  ASSERT_EQ(rows.size(), 4U);
  EXPECT_THAT(rows[1], HasSubstr("not in the file's encoding"));
  EXPECT_THAT(rows[2], HasSubstr("zero byte"));
  EXPECT_THAT(rows_of("\xFF\n", {.damaged_text = true}), ElementsAre("1:[\xFF]"));
}

TEST(CsvReader, other_delimiters_and_no_quotes) {
  EXPECT_THAT(rows_of("a;\"b\n", {.delimiter = ';', .quotes = false}), ElementsAre("1:[a][\"b]"));
}

// The same text in blocks of any size gives the same rows.
class Dribble final : public ByteSource {
 public:
  Dribble(std::string_view text, std::size_t most) : text_(text), most_(most) {}
  Result<std::size_t> read(std::span<char> room) override {
    const std::size_t count = std::min({room.size(), text_.size(), most_});
    std::copy_n(text_.begin(), count, room.begin());
    text_.remove_prefix(count);
    return count;
  }

 private:
  std::string_view text_;
  std::size_t most_;
};

// A malformed row was once cut where a block ended, and its rest taken for another row.
TEST(CsvReader, the_size_of_blocks_makes_no_difference) {
  const CsvOptions small{.row_bytes = 12, .cells = 2};
  for (const std::string_view text :
       {"\"a\"x,1\nb\n", "\"a\",b,c,d\ne\n", "\"0123456789\"\r\nb\r\n", "\"0123456789a\"\nb\n",
        "\"one\ntwo\nthree\nfour\",b\nc\n", "\"0123456789abcdef\ng\"\nb\n"}) {
    const auto whole = rows_of(text, small);
    for (std::size_t most = 1; most < text.size(); ++most) {
      Dribble source(text, most);
      CsvReader reader(source, "f.csv", small);
      std::size_t number = 0;
      for (; reader.next().value() != CsvStep::end; ++number) {
        ASSERT_LT(number, whole.size()) << text << " in blocks of " << most;
        EXPECT_TRUE(whole[number].starts_with(std::to_string(reader.line()) + ":")) << text << " in blocks of " << most;
      }
      EXPECT_EQ(number, whole.size()) << text << " in blocks of " << most;
    }
  }
}

RC_GTEST_PROP(CsvReader, what_is_written_reads_back_in_blocks_of_any_size, ()) {
  const auto cell = rc::gen::container<std::string>(rc::gen::element('a', 'b', ',', '"', '\n', '\r', ' ', ';', '='));
  const auto row_of_cells = rc::gen::nonEmpty(rc::gen::container<std::vector<std::string>>(cell));
  const auto table = rc::gen::container<std::vector<std::vector<std::string>>>(row_of_cells);
  const auto written = *rc::gen::scale(0.15, table);
  std::string text;
  for (const auto& row : written) {
    const std::vector<std::string_view> cells(row.begin(), row.end());
    append_csv_row(text, cells);
  }
  Dribble source(text, *rc::gen::inRange<std::size_t>(1, 9));
  CsvReader reader(source, "f");
  for (const auto& row : written) {
    RC_ASSERT(reader.next().value() == CsvStep::row);
    RC_ASSERT(std::ranges::equal(reader.cells(), row));
  }
  RC_ASSERT(reader.next().value() == CsvStep::end);
}

RC_GTEST_PROP(CsvReader, any_bytes_come_to_an_end, ()) {
  const auto text = *rc::gen::container<std::string>(rc::gen::element('a', ',', '"', '\n', '\r', '\xE4', '\0'));
  Dribble source(text, *rc::gen::inRange<std::size_t>(1, 5));
  CsvReader reader(source, "f", {.row_bytes = 8, .cells = 3});
  for (std::size_t i = 0; i <= text.size(); ++i) {
    if (reader.next().value() == CsvStep::end) return;
  }
  RC_FAIL("more rows than bytes");
}

constexpr std::array<CsvColumn, 3> kColumns{{{"staff_no"}, {"kind"}, {"note", false}}};

std::string header_error(std::string_view text) {
  TextSource source(text);
  CsvTable table(source, "f.csv", kColumns);
  const auto status = table.read_header();
  return status.ok() ? "" : status.error().to_string(Language::en);
}

TEST(CsvTable, columns_stand_in_any_order_and_optional_ones_may_be_missing) {
  TextSource source("kind, staff_no \n praise ,1001\n");
  CsvTable table(source, "f.csv", kColumns);
  ASSERT_TRUE(table.read_header().ok());
  ASSERT_EQ(table.next().value(), CsvStep::row);
  EXPECT_EQ(table.cell(0), "1001");
  EXPECT_EQ(table.cell(1), "praise");
  EXPECT_EQ(table.cell(2), "");
  EXPECT_FALSE(table.has(2));
  EXPECT_EQ(table.line(), 2);
}

TEST(CsvTable, a_bad_header_is_an_error_that_names_the_column) {
  EXPECT_EQ(header_error(""), "f.csv: the file is empty; a header row is missing");
  EXPECT_EQ(header_error("staff_no\n"), "f.csv:1: column \"kind\" is missing");
  EXPECT_EQ(header_error("staff_no,kind,kind\n"), "f.csv:1: column \"kind\" stands twice");
  EXPECT_EQ(header_error("\nstaff_n,kind\n"), "f.csv:2: there is no column \"staff_n\"; did you mean \"staff_no\"?");
  EXPECT_EQ(header_error("staff_no,kind,salary\n"),
            "f.csv:1: there is no column \"salary\"; the columns are: staff_no, kind, note");
}

TEST(CsvTable, a_row_of_another_width_is_a_bad_row_and_one_of_commas_is_blank) {
  TextSource source("staff_no,kind\n1001\n1,2,3\n,\n1001,late\n");
  CsvTable table(source, "f.csv", kColumns);
  ASSERT_TRUE(table.read_header().ok());
  ASSERT_EQ(table.next().value(), CsvStep::bad_row);
  EXPECT_EQ(table.problem().to_string(Language::en), "f.csv:2: the row has 1 cells, the header has 2");
  ASSERT_EQ(table.next().value(), CsvStep::bad_row);
  ASSERT_EQ(table.next().value(), CsvStep::row);
  EXPECT_EQ(table.line(), 5);
  EXPECT_EQ(table.next().value(), CsvStep::end);
}

TEST(CsvWriter, exports_write_formulas_as_text_and_numbers_as_numbers) {
  const auto exported = [](std::string_view cell) {
    std::string out;
    append_csv_export_row(out, std::array{cell});
    return out.substr(0, out.size() - 2);
  };
  EXPECT_EQ(exported("=1+2"), "'=1+2");
  EXPECT_EQ(exported("+cmd|' /C calc'!A0"), "'+cmd|' /C calc'!A0");
  EXPECT_EQ(exported("@SUM(A1)"), "'@SUM(A1)");
  EXPECT_EQ(exported("-2+3"), "'-2+3");
  EXPECT_EQ(exported("\t=1"), "'\t=1");
  EXPECT_EQ(exported("=\"a\",1"), "\"'=\"\"a\"\",1\"");
  EXPECT_EQ(exported("-0.5"), "-0.5");
  EXPECT_EQ(exported("+86"), "+86");
  EXPECT_EQ(exported("张三"), "张三");
}

TEST(Nearest, proposes_a_slip_and_nothing_else) {
  constexpr std::array<std::string_view, 3> kWords{"praise", "suggestion", "late"};
  EXPECT_EQ(nearest("prase", kWords), "praise");
  EXPECT_EQ(nearest("sugestoin", kWords), "suggestion");
  EXPECT_EQ(nearest("bonus", kWords), "");
  EXPECT_EQ(nearest("", kWords), "");
}

}  // namespace
}  // namespace zh
