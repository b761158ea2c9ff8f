#include "policy/derivation.h"

#include <gtest/gtest.h>

namespace zh::policy {
namespace {

TEST(Derivation, prints_figures_as_the_formats_ask) {
  EXPECT_EQ(plain(Figure{}), std::nullopt);
  EXPECT_EQ(plain(Decimal::parse("91.30").value()), "91.30");
  EXPECT_EQ(plain(Fraction(187, 2)), "93.5");
  EXPECT_EQ(plain(Fraction(1, 3)), "0.33333333333333333333");
  EXPECT_EQ(plain(true), "true");
  EXPECT_EQ(plain(std::string("2026-10-12")), "2026-10-12");
}

}  // namespace
}  // namespace zh::policy
