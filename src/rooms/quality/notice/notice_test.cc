// Notices: to whom, until read, and one for each thing that happens in the room.
#include "rooms/quality/notice/notice.h"

#include <algorithm>

#include "rooms/quality/appeal/appeal.h"
#include "rooms/quality/appeal/thread.h"
#include "rooms/quality/rectification/rectification.h"
#include "rooms/quality/review/talk.h"
#include "tests/support/quality_centre.h"

namespace zh::quality {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using testing::SizeIs;
using testing_support::must;
using testing_support::one_finding;

class NoticeTest : public testing_support::QualityTest {
 protected:
  std::vector<Notice> of(const std::vector<Addressee>& addressees, bool all = false,
                         const std::string& account = "somebody") {
    return in_read([&](auto& tx) { return notices_for(tx, account, addressees, all); });
  }
  // "about object", oldest first.
  std::vector<std::string> told(const Addressee& to) {
    std::vector<std::string> lines;
    for (const Notice& notice : of({to})) {
      lines.push_back(std::string(name_of(notice.news.about)) + " " + notice.news.object);
    }
    std::ranges::reverse(lines);
    return lines;
  }
  void read(const std::string& account, const std::vector<std::int64_t>& numbers) {
    must(in_write([&](auto& tx) { return mark_read(tx, account, {to_supervisors()}, numbers, now); }));
  }
  void tell(const Addressee& to, std::int64_t count = 1) {
    const News news{.about = NoticeAbout::plan_approved, .object = "3", .count = count};
    must(in_write([&](auto& tx) { return notify(tx, to, news, manager()); }));
  }
};
ZH_ON_BOTH_DATABASES(NoticeTest);

TEST_P(NoticeTest, stands_until_the_account_has_read_it) {
  tell(to_supervisors());
  tell(to_supervisors());
  ASSERT_THAT(of({to_supervisors()}, false, "a"), SizeIs(2));
  EXPECT_EQ(of({to_supervisors()}, false, "a")[0].number, 2);  // newest first
  read("a", {1, 1, 77});
  EXPECT_THAT(of({to_supervisors()}, false, "a"), SizeIs(1));
  EXPECT_THAT(of({to_supervisors()}, false, "b"), SizeIs(2));  // each account for itself
  ASSERT_THAT(of({to_supervisors()}, true, "a"), SizeIs(2));
  EXPECT_EQ(of({to_supervisors()}, true, "a")[1].read_at, now);
}

TEST_P(NoticeTest, nobody_reads_for_others_nor_is_told_what_they_did) {
  tell(to_person("1001"));
  read("a", {1});  // not addressed to a supervisor
  EXPECT_THAT(of({to_person("1001")}, false, "a"), SizeIs(1));
  EXPECT_THAT(of({to_person("1001")}, false, "manager"), IsEmpty());
}

TEST_P(NoticeTest, goes_after_half_a_year_but_for_the_last_number) {
  tell(to_supervisors());
  tell(to_supervisors());
  read("a", {1, 2});
  const auto prune = [&](std::string_view when) {
    return must(in_write([&](auto& tx) { return prune_notices(tx, at(when)); }));
  };
  EXPECT_EQ(prune("2027-05-02T08:59:59"), 0);
  EXPECT_EQ(prune("2027-05-02T09:00:01"), 1);
  EXPECT_EQ(in_read([](auto& tx) { return last_notice(tx); }), 2);
}

TEST_P(NoticeTest, a_plan_and_a_batch_tell_who_goes_on_with_them) {
  running({call("1001", 1), call("1001", 2), call("1002", 3)});
  EXPECT_THAT(told(to_supervisors()), ElementsAre("plan_approved 1"));
  for (const int place : {1, 2, 3}) submitted(place, {});
  const std::string mine = found(1).inspector;
  const auto handed_in =
      must(in_write([&](auto& tx) { return hand_in(tx, must(find_batch(tx, mine, 1)), inspector(mine)); }));
  EXPECT_EQ(told(to_supervisors()).back(), "batch_handed_in " + mine + "/1");
  must(in_write([&](auto& tx) { return send_back(tx, handed_in, "which words?", {}, supervisor()); }));
  EXPECT_THAT(told(to_person(mine)), ElementsAre("batch_sent_back " + mine + "/1"));
}

TEST_P(NoticeTest, a_result_is_told_to_the_agent_and_the_superior_once) {
  PlanDraft draft = october();
  draft.inspectors = {{"3001", 10}};
  const auto plan = must(in_write([&](auto& tx) { return draw_up_plan(tx, regulation(), draft, supervisor()); }));
  const auto approved = must(in_write([&](auto& tx) { return approve_plan(tx, plan, manager()); }));
  const std::vector records{call("1001", 1), call("1001", 2), call("1002", 3), call("1003", 4)};
  must(in_write([&](auto& tx) { return start_round(tx, regulation(), approved, 1, records, supervisor()); }));
  for (const int place : {1, 2, 3, 4}) submitted(place, {});
  published("3001");
  EXPECT_THAT(told(to_person("1001")), ElementsAre("result_published "));
  EXPECT_EQ(of({to_person("1001")})[0].news.count, 2);
  EXPECT_THAT(told(to_person("1002")), ElementsAre("result_published 1-1-3"));
  EXPECT_EQ(of({to_leaders_of("A")})[0].news.count, 3);
  EXPECT_THAT(told(to_leaders_of("B")), ElementsAre("result_published 1-1-4"));
}

TEST_P(NoticeTest, a_severe_finding_tells_of_talk_rectification_and_appeal) {
  running({call("1001", 1)});
  submitted(1, one_finding("severe", 8));
  const std::string mine = found(1).inspector;
  published(mine);
  EXPECT_EQ(told(to_supervisors()).back(), "talk_due 1-1-1");
  EXPECT_THAT(told(to_person("1001")), ElementsAre("rectification_due 1-1-1/1", "result_published 1-1-1"));
  must(in_write([&](auto& tx) { return add_message(tx, {1, 1, 1}, 1, "which words?", agent("1001")); }));
  EXPECT_THAT(told(to_person(mine)), ElementsAre("question_asked 1-1-1"));
  const auto filed = must(in_write([&](auto& tx) {
    return file_appeal(tx, regulation(), {1, 1, 1}, {1, {"severe", 7}, "not that loud"}, agent("1001"));
  }));
  EXPECT_EQ(told(to_supervisors()).back(), "appeal_filed 1-1-1/1");
  const auto assigned =
      must(in_write([&](auto& tx) { return assign_appeal(tx, regulation(), filed, {"3002"}, supervisor()); }));
  EXPECT_EQ(told(to_person("3002")).back(), "appeal_assigned 1-1-1/1");
  const Ruling rejected{.outcome = AppealOutcome::rejected, .reading = {}, .reason = "it is loud"};
  must(in_write([&](auto& tx) { return decide_appeals(tx, regulation(), {assigned}, rejected, inspector("3002")); }));
  EXPECT_EQ(told(to_person("1001")).back(), "appeal_decided 1-1-1/1");
}

TEST_P(NoticeTest, a_late_rectification_goes_up) {
  running({call("1001", 1)});
  submitted(1, one_finding("general", 5));
  published(found(1).inspector);
  must(in_write([&](auto& tx) { return escalate_overdue(tx, regulation(), at("2026-11-11")); }));
  for (const Addressee& to : {to_person("1001"), to_leaders_of("A"), to_supervisors()}) {
    EXPECT_EQ(told(to).back(), "rectification_overdue 1-1-1/1") << to.name;
  }
}

TEST_P(NoticeTest, there_is_none_about_what_did_not_happen) {
  running({call("1001", 1)});
  submitted(1, {});
  const std::string mine = found(1).inspector;
  EXPECT_FALSE(in_write([&](auto& tx) { return hand_in(tx, must(find_batch(tx, mine, 1)), inspector("9999")); }).ok());
  EXPECT_THAT(told(to_supervisors()), ElementsAre("plan_approved 1"));
}

}  // namespace
}  // namespace zh::quality
