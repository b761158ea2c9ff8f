#include "workbook/workbook.h"

#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

namespace zh::workbook {
namespace {

About about(Language language = Language::en) {
  return {.title = "October & more",
          .by = "li.na",
          .at = Instant::from_seconds(1'795'000'000),
          .zone = Zone::find("Asia/Shanghai").value(),
          .language = language};
}

// A part of the package, as the spreadsheet would read it.
std::string part(const std::string& bytes, const std::string& name) {
  const auto path = std::filesystem::temp_directory_path() / "workbook-test.xlsx";
  std::ofstream(path, std::ios::binary) << bytes;
  const std::string command =
      "python3 -c 'import sys, zipfile; sys.stdout.buffer.write(zipfile.ZipFile(sys.argv[1]).read(sys.argv[2]))' " +
      path.string() + " " + name;
  std::string text;
  FILE* const pipe = popen(command.c_str(), "r");
  std::array<char, 4096> buffer{};
  for (std::size_t n = 0; (n = fread(buffer.data(), 1, buffer.size(), pipe)) > 0;) text.append(buffer.data(), n);
  pclose(pipe);
  std::filesystem::remove(path);
  return text;
}

std::string table_with_chart() {
  Workbook book(about());
  Sheet sheet = book.add_sheet("Trend", "Trend");
  sheet.head({"Month", "Mean"});
  const int first = sheet.row();
  for (const char* const month : {"2026-09", "2026-10"}) {
    sheet.text(month);
    sheet.decimal(Decimal::parse("97.25").value());
    sheet.next_row();
  }
  sheet.chart({.kind = Chart::Kind::line, .title = "Trend", .first_row = first, .rows = 2, .columns = {1}});
  auto bytes = book.finish();
  EXPECT_TRUE(bytes.ok());
  return *bytes;
}

TEST(Workbook, a_chart_draws_the_cells_of_its_table) {
  const std::string chart = part(table_with_chart(), "xl/charts/chart1.xml");
  EXPECT_NE(chart.find("<c:lineChart>"), std::string::npos);
  EXPECT_NE(chart.find("Trend!$A$4:$A$5"), std::string::npos) << chart;
  EXPECT_NE(chart.find("Trend!$B$4:$B$5"), std::string::npos);
  EXPECT_NE(chart.find("Trend!$B$3"), std::string::npos);  // the series' name
}

TEST(Workbook, numbers_are_numbers_and_text_is_no_formula) {
  Workbook book(about());
  Sheet sheet = book.add_sheet("S", "S");
  sheet.text("=1+1");
  sheet.decimal(Decimal::parse("97.25").value());
  sheet.decimal(std::nullopt);
  sheet.count(3);
  const std::string bytes = book.finish().value();
  const std::string cells = part(bytes, "xl/worksheets/sheet1.xml");
  EXPECT_NE(cells.find("<v>97.25</v>"), std::string::npos) << cells;
  EXPECT_NE(cells.find("r=\"D3\"><v>3</v>"), std::string::npos) << cells;
  EXPECT_EQ(cells.find("<f>"), std::string::npos);
  EXPECT_NE(part(bytes, "xl/sharedStrings.xml").find("=1+1"), std::string::npos);
}

TEST(Workbook, says_who_exported_it_in_their_language) {
  Workbook book(about(Language::zh));
  book.add_sheet("一", "一");
  const std::string bytes = book.finish().value();
  EXPECT_NE(part(bytes, "xl/sharedStrings.xml").find("由 li.na 于 2026-11-18"), std::string::npos);
  EXPECT_NE(part(bytes, "docProps/core.xml").find("October &amp; more"), std::string::npos);
}

}  // namespace
}  // namespace zh::workbook
