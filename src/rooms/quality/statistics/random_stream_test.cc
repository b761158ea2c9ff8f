#include "rooms/quality/statistics/random_stream.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <numeric>
#include <vector>

namespace zh::quality::statistics {
namespace {

// Made with Python's hashlib from the header's words: key = SHA-256("zhiheng").
TEST(RandomStream, GivesTheNumbersThatTheHeaderPromises) {
  RandomStream random(sha256("zhiheng"));
  const std::vector<std::uint64_t> first = {random.next(), random.next(), random.next(), random.next(), random.next()};
  EXPECT_EQ(first, (std::vector<std::uint64_t>{0x6fef4626b5c224d4, 0x36c09ff4cedf4d39, 0xff2190b5af2a8f95,
                                               0xc122f47a333cafdb, 0x6f08db3023b6e0fd}));
}

TEST(RandomStream, BelowAndShuffleFollowFromThem) {
  RandomStream random(sha256("zhiheng"));
  std::vector<std::uint64_t> digits(12);
  std::ranges::generate(digits, [&] { return random.below(10); });
  EXPECT_EQ(digits, (std::vector<std::uint64_t>{6, 7, 7, 3, 5, 7, 7, 8, 0, 9, 7, 4}));

  RandomStream again(sha256("zhiheng"));
  std::vector<int> items = {0, 1, 2, 3, 4, 5, 6, 7};
  again.shuffle(std::span(items));
  EXPECT_EQ(items, (std::vector<int>{2, 7, 0, 1, 5, 6, 3, 4}));
}

RC_GTEST_PROP(RandomStream, BelowStaysBelow, (const std::string& key)) {
  const auto bound = *rc::gen::positive<std::uint64_t>();
  RandomStream random(sha256(key));
  for (int i = 0; i < 20; ++i) RC_ASSERT(random.below(bound) < bound);
}

// 6,000 throws of a die: χ² with five degrees of freedom stays below its 99.9 % point, 20.5.
TEST(RandomStream, IsEven) {
  RandomStream random(sha256("die"));
  std::vector<int> seen(6);
  for (int i = 0; i < 6'000; ++i) ++seen[random.below(6)];
  double chi_squared = 0;
  for (const int count : seen) chi_squared += (count - 1'000) * (count - 1'000) / 1'000.0;
  EXPECT_LT(chi_squared, 20.5);
}

}  // namespace
}  // namespace zh::quality::statistics
