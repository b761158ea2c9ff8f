// Drafts of packs, on both databases: every step of the process, and what each refuses.
#include "rooms/policies/drafts.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/support/databases.h"

namespace zh::policies {
namespace {

using testing_support::must;
using testing_support::StorageTest;

Date day(std::string_view text) { return Date::parse(text).value(); }

policy::Sources sources(const std::string& text = "规矩") {
  policy::Sources result;
  result.name = "small";
  result.files["pack.yaml"] = "id: small\ntitle: {zh: 小包, en: small}\n";
  result.files["clauses.yaml"] =
      "clauses: {A1: {title: {zh: 条, en: clause}, text: {zh: " + text +
      "。, en: a text}, source: ours, covered: informative, reason: {zh: 说明, en: told}}}\n";
  return result;
}

class DraftsTest : public StorageTest {
 protected:
  void SetUp() override {
    StorageTest::SetUp();
    if (IsSkipped()) return;
    must(write([&](auto& tx) { return publish(tx, sources(), order("2026-10-01")); }));
  }

  static PublishOrder order(std::string_view from) {
    return {.effective_from = day(from),
            .now = Instant::from_seconds(1'790'000'000),
            .actor = "manager",
            .closed_until = {},
            .load = {}};
  }
  static Editor author() { return {.account = "supervisor", .roles = {"author"}, .now = Instant::from_seconds(1)}; }
  static Editor manager() {
    return {.account = "manager", .roles = {"author", "manager"}, .now = Instant::from_seconds(2)};
  }

  template <class Step>
  auto write(Step step) -> decltype(step(std::declval<db::Transaction&>())) {
    auto tx = must(database().write());
    auto result = step(tx);
    if (result.ok()) must(tx.commit());
    return result;
  }
  PackDraft begun(const Editor& by) {
    return must(write([&](auto& tx) { return begin_draft(tx, "更严", day("2026-10-20"), by); }));
  }
  PackDraft edited(const PackDraft& draft, const Editor& by, const std::string& text = "新规矩") {
    return must(write([&](auto& tx) { return edit_draft(tx, draft, sources(text), by); }));
  }
  PackDraft consulted(const Editor& by) {
    const PackDraft draft = edited(begun(by), by);
    const PackDraft checked = must(write([&](auto& tx) { return check_draft(tx, draft, {}, by); }));
    return must(write([&](auto& tx) { return consult_draft(tx, checked, "10 月 20 日职代会", manager()); }));
  }
  template <class Value>
  static ErrorCode code_of(const Result<Value>& refused) {
    return refused.ok() ? ErrorCode::internal : refused.error().code;
  }
};
ZH_ON_BOTH_DATABASES(DraftsTest);

TEST_P(DraftsTest, a_change_goes_from_draft_to_published_by_two_people) {
  const PackDraft ready = consulted(author());
  EXPECT_EQ(actions_for(ready, author()), (std::vector<std::string>{"edit"}));
  EXPECT_EQ(actions_for(ready, manager()), (std::vector<std::string>{"edit", "publish"}));
  const PackDraft done =
      must(write([&](auto& tx) { return publish_draft(tx, ready, order("2026-11-01"), manager()); }));
  EXPECT_EQ(done.state, PackState::published);
  EXPECT_EQ(done.effective_from, day("2026-11-01"));
  EXPECT_TRUE(actions_for(done, manager()).empty());
  auto tx = must(database().read());
  EXPECT_EQ(must(pack_on(tx, day("2026-11-01")))->clauses[0].text.zh, "新规矩。");
  EXPECT_EQ(must(pack_on(tx, day("2026-10-31")))->clauses[0].text.zh, "规矩。");
  EXPECT_EQ(must(list_drafts(tx)).front().consultation, "10 月 20 日职代会");
}

TEST_P(DraftsTest, who_wrote_it_does_not_publish_it) {
  const PackDraft own = consulted(manager());
  EXPECT_EQ(code_of(write([&](auto& tx) { return publish_draft(tx, own, order("2026-11-01"), manager()); })),
            ErrorCode::forbidden);
  EXPECT_EQ(code_of(write([&](auto& tx) { return consult_draft(tx, own, "再议", manager()); })), ErrorCode::conflict);
}

TEST_P(DraftsTest, what_is_not_consulted_about_is_not_published_on_the_desk) {
  const PackDraft draft = edited(begun(author()), author());
  const PackDraft checked = must(write([&](auto& tx) { return check_draft(tx, draft, {}, author()); }));
  EXPECT_EQ(code_of(write([&](auto& tx) { return publish_draft(tx, checked, order("2026-11-01"), manager()); })),
            ErrorCode::conflict);
}

TEST_P(DraftsTest, an_edit_asks_for_the_check_and_the_consultation_again) {
  const PackDraft again = edited(consulted(author()), author(), "又一条");
  EXPECT_EQ(again.state, PackState::draft);
  EXPECT_EQ(again.consultation, "");
}

TEST_P(DraftsTest, of_two_who_edit_one_is_told) {
  const PackDraft read = begun(author());
  edited(read, author());
  EXPECT_EQ(code_of(write([&](auto& tx) { return edit_draft(tx, read, sources("别的"), manager()); })),
            ErrorCode::stale);
}

TEST_P(DraftsTest, errors_keep_it_a_draft) {
  policy::Sources broken = sources();
  broken.files["clauses.yaml"] = "clauses: {A1: {title: {zh: 条}}}\n";
  const PackDraft read = begun(author());
  const PackDraft draft = must(write([&](auto& tx) { return edit_draft(tx, read, broken, author()); }));
  EXPECT_EQ(code_of(write([&](auto& tx) { return check_draft(tx, draft, {}, author()); })), ErrorCode::invalid);
  auto tx = must(database().read());
  EXPECT_EQ(must(find_draft(tx, draft.number)).state, PackState::draft);
}

TEST_P(DraftsTest, a_draft_from_before_another_publication_begins_anew) {
  const PackDraft ready = consulted(author());
  must(write([&](auto& tx) { return publish(tx, sources("别的"), order("2026-11-01")); }));
  EXPECT_EQ(code_of(write([&](auto& tx) { return publish_draft(tx, ready, order("2026-12-01"), manager()); })),
            ErrorCode::conflict);
}

TEST_P(DraftsTest, titles_and_consultations_say_something) {
  EXPECT_EQ(code_of(write([&](auto& tx) { return begin_draft(tx, " ", day("2026-10-20"), author()); })),
            ErrorCode::invalid);
  EXPECT_EQ(code_of(write([&](auto& tx) {
              return begin_draft(tx, std::string(kDraftTitleMax + 1, 'x'), day("2026-10-20"), author());
            })),
            ErrorCode::invalid);
  auto tx = must(database().read());
  EXPECT_EQ(find_draft(tx, 7).error().code, ErrorCode::not_found);
}

}  // namespace
}  // namespace zh::policies
