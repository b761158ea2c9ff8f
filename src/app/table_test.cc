#include "app/table.h"

#include <gtest/gtest.h>

namespace zh::app {
namespace {

TEST(TextTable, CountsChineseCharactersAsTwoColumns) {
  EXPECT_EQ(display_width("1001"), 4U);
  EXPECT_EQ(display_width("总分"), 4U);
  EXPECT_EQ(display_width("4★"), 2U);  // ambiguous width counts as one
  TextTable table({{"工号"}, {"总分", Align::right}});
  table.add({"1001", "9.00"});
  table.add({"1", "100.00"});
  EXPECT_EQ(table.to_string(),
            "工号    总分\n"
            "----  ------\n"
            "1001    9.00\n"
            "1     100.00\n");
}

}  // namespace
}  // namespace zh::app
