#include "rooms/policies/policies.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "ledger/audit.h"
#include "rooms/policies/known_packs.h"
#include "tests/support/databases.h"

namespace zh::policies {
namespace {

using testing_support::must;
using testing_support::StorageTest;

Date day(std::string_view text) { return Date::parse(text).value(); }

// A pack that says little: one clause and one scorecard whose exam counts for everything.
policy::Sources sources(const std::string& label = "月度考核", const std::string& extra = {}) {
  policy::Sources result;
  result.name = "small";
  result.files["pack.yaml"] = "id: small\ntitle: {zh: 小包, en: small}\n" + extra;
  result.files["clauses.yaml"] =
      "clauses: {A1: {title: {zh: 考试, en: exam}, text: {zh: 考试占全部。, en: The exam is all.}, source: ours}}\n";
  result.files["facts.yaml"] =
      "facts: {exam: {label: {zh: 考试, en: exam}, clause: A1, unit: points, positions: {all: \"[0..100]\"}}}\n";
  result.files["appraisal.yaml"] =
      "scorecards:\n  agent:\n    label: {zh: " + label +
      ", en: appraisal}\n    clause: A1\n    position: agent\n"
      "    total: {unit: points, round: \"round half up(value, 2)\"}\n"
      "    items:\n      - {id: exam, label: {zh: 考试, en: exam}, clause: A1, weight: 100, "
      "metric: fact_mean, with: {kind: exam}, unit: points, no_data: not_applicable}\n";
  return result;
}

class PoliciesTest : public StorageTest {
 protected:
  Result<Publication> publish_from(std::string_view from, const policy::Sources& content,
                                   std::optional<Month> closed_until = std::nullopt) {
    auto tx = must(database().write());
    auto result = publish(tx, content,
                          {.effective_from = day(from),
                           .now = Instant::from_seconds(1'790'000'000),
                           .actor = "operator",
                           .closed_until = closed_until,
                           .load = {}});
    if (result.ok()) must(tx.commit());
    return result;
  }
};
ZH_ON_BOTH_DATABASES(PoliciesTest);

TEST_P(PoliciesTest, a_version_holds_from_its_day_until_the_next_begins) {
  const Hash first = must(publish_from("2026-01-01", sources())).version;
  const Hash second = must(publish_from("2026-10-01", sources("新考核"))).version;
  EXPECT_NE(first, second);
  auto tx = must(database().read());
  EXPECT_EQ(must(pack_on(tx, day("2026-01-01")))->version, first);
  EXPECT_EQ(must(pack_on(tx, day("2026-09-30")))->version, first);
  EXPECT_EQ(must(pack_on(tx, day("2026-10-01")))->version, second);
  EXPECT_EQ(must(pack_on(tx, day("2027-12-31")))->version, second);
  EXPECT_EQ(pack_on(tx, day("2025-12-31")).error().code, ErrorCode::not_found);
  EXPECT_EQ(must(pack_of(tx, first))->scorecards[0].label.zh, "月度考核");
  EXPECT_EQ(pack_of(tx, sha256("other")).error().code, ErrorCode::not_found);
}

TEST_P(PoliciesTest, states_follow_the_day_that_asks) {
  must(publish_from("2026-01-01", sources()));
  must(publish_from("2026-10-01", sources("新考核")));
  auto tx = must(database().read());
  const auto all = must(publications(tx));
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(state_on(all, all[0], day("2026-09-30")), PackState::published);
  EXPECT_EQ(state_on(all, all[0], day("2026-10-01")), PackState::superseded);
  EXPECT_EQ(state_on(all, all[1], day("2026-10-01")), PackState::published);
  EXPECT_EQ(all[0].title.en, "small");
  EXPECT_EQ(all[0].published_by, "operator");
}

TEST_P(PoliciesTest, a_pack_that_is_known_is_not_loaded_again) {
  const Hash first = must(publish_from("2026-01-01", sources())).version;
  const Hash second = must(publish_from("2026-10-01", sources("新考核"))).version;
  KnownPacks known;
  auto tx = must(database().read());
  const PackPtr pack = must(known.pack_on(tx, day("2026-05-01")));
  EXPECT_EQ(pack->version, first);
  EXPECT_EQ(must(known.pack_of(tx, first)), pack);
  EXPECT_EQ(must(known.pack_on(tx, day("2026-10-01")))->version, second);
  EXPECT_EQ(known.pack_of(tx, sha256("other")).error().code, ErrorCode::not_found);
}

TEST_P(PoliciesTest, publishing_equal_content_again_changes_nothing) {
  must(publish_from("2026-01-01", sources()));
  policy::Sources with_comment = sources();
  with_comment.files["appraisal.yaml"] = "# 一个注释 a comment\n" + with_comment.files["appraisal.yaml"];
  must(publish_from("2026-01-01", with_comment));
  auto tx = must(database().read());
  EXPECT_EQ(must(publications(tx)).size(), 1U);
  EXPECT_EQ(must(ledger::audit_head(tx)).number.value, 1);
}

TEST_P(PoliciesTest, what_is_published_is_not_changed) {
  must(publish_from("2026-10-01", sources()));
  for (const char* const from : {"2026-10-01", "2026-09-01"}) {
    const auto refused = publish_from(from, sources("新考核"));
    ASSERT_FALSE(refused.ok()) << from;
    EXPECT_EQ(refused.error().code, ErrorCode::conflict);
    EXPECT_THAT(refused.error().message.en, ::testing::HasSubstr("2026-10-01"));
    EXPECT_THAT(refused.error().message.zh, ::testing::HasSubstr("不能更改"));
  }
}

TEST_P(PoliciesTest, rules_of_the_month_begin_with_a_month) {
  EXPECT_EQ(publish_from("2026-10-02", sources()).error().code, ErrorCode::invalid);
  EXPECT_TRUE(publish_from("2026-10-01", sources()).ok());
}

TEST_P(PoliciesTest, a_closed_month_keeps_its_version) {
  const Month october{2026, 10};
  EXPECT_EQ(publish_from("2026-10-01", sources(), october).error().code, ErrorCode::conflict);
  EXPECT_TRUE(publish_from("2026-11-01", sources(), october).ok());
}

TEST_P(PoliciesTest, the_day_that_the_pack_names_is_held_to) {
  const auto content = sources("月度考核", "effective_from: 2026-11-01\n");
  EXPECT_EQ(publish_from("2026-10-01", content).error().code, ErrorCode::invalid);
  EXPECT_TRUE(publish_from("2026-11-01", content).ok());
}

TEST_P(PoliciesTest, a_pack_with_errors_is_not_published) {
  policy::Sources broken = sources();
  broken.files["appraisal.yaml"].replace(broken.files["appraisal.yaml"].find("weight: 100"), 11, "weight: 90");
  const auto refused = publish_from("2026-10-01", broken);
  ASSERT_FALSE(refused.ok());
  EXPECT_EQ(refused.error().place.file, "appraisal.yaml");
  auto tx = must(database().read());
  EXPECT_TRUE(must(publications(tx)).empty());
}

TEST_P(PoliciesTest, stored_content_that_was_touched_is_refused) {
  const Hash version = must(publish_from("2026-10-01", sources())).version;
  auto tx = must(database().write());
  std::string changed = policy::bundle(sources("别的考核"));
  constexpr db::Sql kTouch = "UPDATE pack_versions SET bundle = :bundle WHERE version = :version";
  must(tx.execute(kTouch, {{"bundle", db::Blob{changed}}, {"version", version}}));
  EXPECT_EQ(pack_of(tx, version).error().code, ErrorCode::corrupt);
}

}  // namespace
}  // namespace zh::policies
