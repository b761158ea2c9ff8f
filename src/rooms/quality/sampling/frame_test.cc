#include "rooms/quality/sampling/frame.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <numeric>

#include "rooms/quality/statistics/random_stream.h"

namespace zh::quality::sampling {
namespace {

struct Row {
  std::string staff_no;
  CellName cell;
  std::string contact;
  std::int64_t weight = kPlainWeight;
};

Result<Frame> frame_of(const std::vector<Row>& rows, const Allocation& allocation = {}) {
  FrameBuilder builder;
  for (const Row& row : rows) ZH_CHECK(builder.cell(row.staff_no, row.cell).add(row.contact, row.weight));
  return std::move(builder).finish(allocation);
}

std::vector<Row> some_rows() {
  std::vector<Row> rows;
  const auto count = *rc::gen::inRange(0, 60);
  for (int i = 0; i < count; ++i) {
    rows.push_back({.staff_no = std::to_string(*rc::gen::inRange(1001, 1006)),
                    .cell = {*rc::gen::element<std::string>("call", "chat"),
                             *rc::gen::element<std::string>("", "broadband", "宽带"),
                             *rc::gen::element<std::string>("08-12", "12-18")},
                    .contact = std::to_string(i),
                    .weight = *rc::gen::inRange<std::int64_t>(1, 5'000)});
  }
  return rows;
}

TEST(Allocation, KeepsTheMinimumAndSharesTheRest) {
  const struct {
    std::vector<std::int64_t> populations;
    Allocation allocation;
    std::vector<std::int64_t> sizes;
  } kCases[] = {
      {{}, {.per_agent = 4}, {}},
      {{100, 3, 0}, {.per_agent = 4}, {4, 3, 0}},
      {{100, 3, 0}, {.per_agent = 4, .total = 5}, {4, 3, 0}},  // the minimum is a promise
      // 20 − 8 = 12 over 96 and 46 left: 8.11 and 3.89
      {{100, 50}, {.per_agent = 4, .total = 20}, {12, 8}},
      // 10 − 6 = 4 over 8, 8, 8: 1.33 each, one left: equal remainders, the first
      {{10, 10, 10}, {.per_agent = 2, .total = 10}, {4, 3, 3}},
      {{10, 5}, {.per_agent = 2, .total = 1'000}, {10, 5}},
      {{10, 5}, {.per_agent = 0, .total = 0}, {0, 0}},
  };
  for (const auto& [populations, allocation, sizes] : kCases) EXPECT_EQ(allocate(populations, allocation), sizes);
}

RC_GTEST_PROP(Allocation, GivesNobodyMoreThanThereIsAndMeetsTheTotal, ()) {
  const auto populations = *rc::gen::container<std::vector<std::int64_t>>(rc::gen::inRange<std::int64_t>(0, 500));
  const Allocation allocation{.per_agent = *rc::gen::inRange<std::int64_t>(0, 20),
                              .total = *rc::gen::inRange<std::int64_t>(0, 2'000)};
  const auto sizes = allocate(populations, allocation);
  std::int64_t minima = 0;
  std::int64_t all = 0;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    RC_ASSERT(sizes[i] <= populations[i]);
    RC_ASSERT(sizes[i] >= std::min(allocation.per_agent, populations[i]));
    minima += std::min(allocation.per_agent, populations[i]);
    all += populations[i];
  }
  RC_ASSERT(std::accumulate(sizes.begin(), sizes.end(), std::int64_t{0}) ==
            std::max(minima, std::min(allocation.total, all)));
}

RC_GTEST_PROP(Frame, DoesNotDependOnTheOrderOfContacts, ()) {
  std::vector<Row> rows = some_rows();
  const Frame frame = frame_of(rows, {.per_agent = 3}).value();
  statistics::RandomStream(sha256("order")).shuffle(std::span(rows));
  RC_ASSERT(frame_of(rows, {.per_agent = 3}).value() == frame);
}

RC_GTEST_PROP(Frame, AStratumReadsBackFromItsBytes, ()) {
  const Frame frame = frame_of(some_rows(), {.per_agent = 3}).value();
  for (const Stratum& stratum : frame.strata) {
    const std::string bytes = encode(stratum);
    RC_ASSERT(decode(bytes).value() == stratum);
    RC_ASSERT(frame.find(stratum.staff_no) == &stratum);
    // Cut anywhere it is damaged.
    const auto cut = *rc::gen::inRange<std::size_t>(0, bytes.size());
    RC_ASSERT(decode(std::string_view(bytes).substr(0, cut)).error().code == ErrorCode::corrupt);
  }
  RC_ASSERT(frame.find("nobody") == nullptr);
}

TEST(Frame, ItsBytesAreNetstrings) {
  const Frame frame =
      frame_of({{"1001", {"call", "", "08-12"}, "a1"}, {"1001", {"chat", "tv", ""}, "b", 2'500}}).value();
  EXPECT_EQ(encode(frame.strata.front()),
            "17:zhiheng stratum 1,4:1001,1:1,1:2,"
            "4:call,0:,5:08-12,1:1,2:a1,4:1000,"
            "4:chat,2:tv,0:,1:1,1:b,4:2500,");
}

TEST(Frame, RefusesDamagedBytes) {
  const std::string good = "17:zhiheng stratum 1,4:1001,1:0,1:0,";
  ASSERT_TRUE(decode(good).ok());
  for (const std::string& bad : std::vector<std::string>{
           good + "0:,", "17:zhiheng stratum 2,4:1001,1:0,1:0,", "17:zhiheng stratum 1,4:1001,1:1,1:0,",
           "17:zhiheng stratum 1,4:1001,2:-1,1:0,", "17:zhiheng stratum 1,4:1001,1:0,2:00,",
           "017:zhiheng stratum 1,4:1001,1:0,1:0,", "17:zhiheng stratum 1,4:1001,1:0,19:9999999999999999999,", ":,"}) {
    EXPECT_FALSE(decode(bad).ok()) << bad;
  }
  // Weights as in the frame, or the draw would have nothing to draw from.
  const std::string cell = "17:zhiheng stratum 1,4:1001,1:1,1:1,4:call,0:,0:,1:1,1:a,";
  EXPECT_TRUE(decode(cell + "1:1,").ok());
  EXPECT_FALSE(decode(cell + "1:0,").ok());
  EXPECT_FALSE(decode(cell + "7:1000001,").ok());
}

TEST(Frame, RefusesAContactThatStandsTwice) {
  const CellName morning{"call", "tv", "08-12"};
  const CellName evening{"call", "tv", "18-24"};
  EXPECT_EQ(frame_of({{"1001", morning, "a"}, {"1001", evening, "a"}}).error().code, ErrorCode::invalid);
  EXPECT_EQ(frame_of({{"1001", morning, "a"}, {"1001", morning, "a"}}).error().code, ErrorCode::invalid);
}

TEST(Frame, RefusesWeightsThatAreNone) {
  const CellName cell{"call", "tv", "08-12"};
  for (const std::int64_t weight : {std::int64_t{-1}, std::int64_t{0}, kLargestWeight + 1}) {
    EXPECT_EQ(frame_of({{"1001", cell, "a", weight}}).error().code, ErrorCode::invalid) << weight;
  }
  EXPECT_TRUE(frame_of({{"1001", cell, "a", 1}, {"1001", cell, "b", kLargestWeight}}).ok());
}

}  // namespace
}  // namespace zh::quality::sampling
