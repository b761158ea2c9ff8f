// From findings to proposals and to the automatic score, with the arithmetic visible; quotes.
#include "rooms/inspection/proposal.h"

#include <gtest/gtest.h>

#include "policy/load.h"
#include "rooms/inspection/quote.h"
#include "tests/support/databases.h"

namespace zh::inspection {
namespace {

using Kind = Finding::Kind;

// `once` takes off 4; `each` takes off 2 for each hit, at most 5; `needed` is required and costs 3.
const policy::CheckSet& checks() {
  static const policy::Pack pack = [] {
    policy::Sources sources;
    sources.name = "proposed";
    sources.files["pack.yaml"] = "id: proposed\ntitle: {zh: 包, en: pack}\n";
    sources.files["clauses.yaml"] = "clauses:\n  A1: {title: {zh: 条, en: c}, text: {zh: 文, en: t}, source: ours}\n";
    const std::string head = "label: {zh: 查, en: c}, clause: A1, item: polite, severity: minor";
    sources.files["checks.yaml"] = "checks:\n  once: {" + head + ", points: 4, forbid: {phrases: x}}\n  each: {" +
                                   head + ", points: 2, count: per_hit, cap: 5, forbid: {phrases: y}}\n  needed: {" +
                                   head + ", points: 3, require: {phrases: z}}\n";
    return testing_support::must(policy::load_pack(sources));
  }();
  return *pack.checks;
}

Finding hit(const std::string& check, std::int64_t turn, std::int64_t from) {
  Finding finding;
  finding.check = check;
  finding.turn = turn;
  finding.from = from;
  finding.to = from + 1;
  return finding;
}

Finding miss(const std::string& check) {
  Finding finding;
  finding.kind = Kind::missing;
  finding.check = check;
  return finding;
}

TEST(Proposals, a_check_counts_once_or_for_each_hit_up_to_its_cap) {
  struct Row {
    const char* check;
    std::int64_t hits;
    std::int64_t times;
  };
  const Row rows[] = {{"once", 0, 0},  {"once", 1, 1}, {"once", 9, 1}, {"each", 0, 0},
                      {"each", 1, 1},  {"each", 2, 2}, {"each", 3, 2},  // 2 + 2 = 4; a third would make 6 > 5
                      {"needed", 1, 1}};
  for (const Row& row : rows) {
    EXPECT_EQ(times_counted(*checks().find(row.check), row.hits), row.times) << row.check << row.hits;
  }
}

TEST(Proposals, places_that_cost_nothing_more_stay_with_the_last_one) {
  const auto proposals = proposals_of({hit("once", 0, 1), hit("once", 2, 0), hit("each", 1, 0), hit("each", 1, 5),
                                       hit("each", 3, 0), miss("needed"), hit("gone", 0, 0)},
                                      checks());
  ASSERT_EQ(proposals.size(), 4U);
  EXPECT_EQ(proposals[0].id, "once");
  EXPECT_EQ(proposals[0].points, 4);
  EXPECT_EQ(proposals[0].findings.size(), 2U);
  EXPECT_EQ(proposals[1].id, "each.1.0-1");
  EXPECT_EQ(proposals[1].findings.size(), 1U);
  EXPECT_EQ(proposals[2].id, "each.1.5-6");
  EXPECT_EQ(proposals[2].findings.size(), 2U);
  EXPECT_EQ(proposals[3].id, "needed");
  EXPECT_EQ(proposals[3].findings.front().kind, Kind::missing);
}

TEST(Proposals, a_time_has_an_id_of_its_own) {
  Finding silence = hit("each", 4, 0);
  silence.from = silence.to = std::nullopt;
  silence.start_ms = 1'000;
  silence.end_ms = 9'000;
  EXPECT_EQ(proposals_of({silence}, checks()).front().id, "each.4.1000-9000ms");
}

TEST(Proposals, the_automatic_score_is_what_is_left_of_a_hundred) {
  policy::Findings findings;
  EXPECT_EQ(automatic_score(findings), 100);
  const auto add = [&](const char* check, int times) {
    for (int i = 0; i < times; ++i) findings.hits.push_back({checks().find(check), {}, {}, {}, {}});
  };
  add("once", 3);
  EXPECT_EQ(automatic_score(findings), 96);
  add("each", 3);
  EXPECT_EQ(automatic_score(findings), 92);  // 100 − 4 − 2 × 2
  findings.missing.push_back({.check = checks().find("needed"), .looked = {}});
  EXPECT_EQ(automatic_score(findings), 89);
}

TEST(Quote, has_what_stands_around_and_hides_numbers) {
  const Quote whole = quote_of("您的电话是139 1234 3479吗", 0, 1);
  EXPECT_EQ(whole.text, "您的电话是139 **** 3479吗");
  EXPECT_EQ(whole.from, 0);
  EXPECT_EQ(whole.to, 1);
  const std::string before(100, 'a');
  const std::string behind(100, 'b');
  const Quote cut = quote_of(before + "什么事" + behind, 100, 103);
  EXPECT_EQ(cut.text, "…" + std::string(30, 'a') + "什么事" + std::string(30, 'b') + "…");
  EXPECT_EQ(cut.from, 31);
  EXPECT_EQ(cut.to, 34);
}

TEST(Quote, of_places_and_bytes_that_are_not_there) {
  EXPECT_EQ(quote_of("", 3, 9).text, "");
  EXPECT_EQ(quote_of("ab", 5, 9).to, 2);
  EXPECT_EQ(quote_of("\xff"
                     "ab",
                     1, 2)
                .text,
            "\xef\xbf\xbd"
            "ab");
  EXPECT_EQ(quote_of(std::string(1'000, 'x'), 0, 1'000).to, 4 * kQuoteAround);
}

}  // namespace
}  // namespace zh::inspection
