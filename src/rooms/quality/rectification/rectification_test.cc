// Rectification from the finding to its closure: last days, measures, verification on later records, and what is late.
#include "rooms/quality/rectification/rectification.h"

#include "rooms/quality/appeal/appeal.h"
#include "rooms/quality/review/talk.h"
#include "tests/support/quality_centre.h"

namespace zh::quality {
namespace {

using testing::ElementsAre;
using testing::SizeIs;
using testing_support::must;
using testing_support::one_finding;

class RectificationTest : public testing_support::QualityTest {
 protected:
  // 1-1-1 of 1001 with one finding, published on 3 November; 1-1-2 of 1001 and 1-1-3 of 1002 wait.
  void publish_one(const std::string& severity, int points) {
    running({call("1001", 1), call("1001", 2), call("1002", 3)});
    submitted(1, one_finding(severity, points));
    published(found(1).inspector);
  }
  Rectification current() {
    return in_read([](auto& tx) { return find_rectification(tx, {{1, 1, 1}, 1}); });
  }
  std::vector<RectificationLink> chain() {
    return in_read([](auto& tx) { return chain_of(tx, {{1, 1, 1}, 1}); });
  }
  std::vector<std::string> actions() {
    std::vector<std::string> names;
    for (const RectificationLink& link : chain()) names.push_back(link.action);
    return names;
  }
  std::vector<Talk> talks() {
    return in_read([](auto& tx) { return talks_of(tx, {1, 1, 1}); });
  }
  Result<Rectification> set(const std::string& measures, const std::string& who = "1001") {
    return in_write([&](auto& tx) { return set_measures(tx, current(), measures, agent(who)); });
  }
  Rectification reported(const std::string& measures = "listen to the end") {
    const auto under_way = must(set(measures));
    return must(in_write([&](auto& tx) { return report(tx, under_way, "done for a week", agent("1001")); }));
  }
  // The record of that place, published, as if it had been served after the report.
  InspectionKey later_record(int place) {
    submitted(place, {});
    published(found(place).inspector);
    constexpr db::Sql kLater = "UPDATE quality_inspections SET occurred_at = :at WHERE place = :place";
    auto tx = must(database().write());
    must(tx.execute(kLater, {{"at", Instant{now.us + 1}}, {"place", place}}));
    must(tx.commit());
    return {1, 1, place};
  }
  Result<Rectification> verify(bool good, const std::vector<InspectionKey>& records, const By& who) {
    return in_write([&](auto& tx) {
      return verify_effect(tx, regulation(), current(), {.good = good, .records = records, .text = "listened to it"},
                           who);
    });
  }
  std::size_t escalate(std::string_view when) {
    return must(in_write([&](auto& tx) { return escalate_overdue(tx, regulation(), at(when)); })).size();
  }
};
ZH_ON_BOTH_DATABASES(RectificationTest);

TEST_P(RectificationTest, opens_for_the_severities_of_the_pack) {
  publish_one("general", 4);
  EXPECT_EQ(current().state, RectificationState::open);
  EXPECT_EQ(current().due.to_string(), "2026-11-10");  // seven days
  EXPECT_THAT(actions(), ElementsAre("open"));
  EXPECT_EQ(chain()[0].text, "interrupts the customer");
}

TEST_P(RectificationTest, a_minor_finding_opens_none) {
  publish_one("minor", 3);
  EXPECT_THAT(in_read([](auto& tx) { return rectifications_of_agent(tx, "1001"); }), SizeIs(0));
}

TEST_P(RectificationTest, its_inspector_may_prescribe_another_day_until_measures_are_set) {
  publish_one("general", 4);
  const std::string mine = found(1).inspector;
  const std::string other = mine == "3001" ? "3002" : "3001";
  const auto prescribed = [&](std::string_view day, const By& who) {
    return in_write([&](auto& tx) {
      return prescribe(tx, regulation(), current(), Date::parse(day).value(), "before the fair", who);
    });
  };
  EXPECT_EQ(prescribed("2026-11-06", inspector(other)).error().code, ErrorCode::forbidden);
  EXPECT_EQ(prescribed("2026-11-06", agent("1001")).error().code, ErrorCode::forbidden);
  EXPECT_EQ(prescribed("2026-11-03", inspector(mine)).error().code, ErrorCode::invalid);  // today is no time
  EXPECT_EQ(must(prescribed("2026-11-06", inspector(mine))).due.to_string(), "2026-11-06");
  EXPECT_EQ(must(prescribed("2026-11-05", supervisor())).due.to_string(), "2026-11-05");
  must(set("listen"));
  EXPECT_EQ(prescribed("2026-11-07", inspector(mine)).error().clause, "Q4.5");
}

TEST_P(RectificationTest, is_verified_on_later_records_of_the_same_agent) {
  publish_one("severe", 8);
  const std::string mine = found(1).inspector;
  reported();
  EXPECT_EQ(verify(true, {}, inspector(mine)).error().clause, "Q4.5");
  EXPECT_EQ(verify(true, {{1, 1, 1}}, inspector(mine)).error().clause, "Q4.5");                  // the same record
  EXPECT_EQ(verify(true, {later_record(3)}, inspector(mine)).error().code, ErrorCode::invalid);  // another agent's
  const InspectionKey later = later_record(2);
  EXPECT_EQ(verify(true, {later}, agent("1001")).error().code, ErrorCode::forbidden);
  EXPECT_EQ(verify(true, {later}, inspector(mine == "3001" ? "3002" : "3001")).error().code, ErrorCode::forbidden);
  EXPECT_EQ(must(verify(true, {later}, inspector(mine))).state, RectificationState::verified);
  EXPECT_THAT(actions(), ElementsAre("open", "set_measures", "report", "verify"));
  EXPECT_THAT(chain().back().records, ElementsAre(later));
}

TEST_P(RectificationTest, a_poor_one_asks_for_a_talk_and_stronger_measures) {
  publish_one("severe", 8);
  reported("listen to the end");
  const InspectionKey later = later_record(2);
  now = at("2026-11-20T09:00:00");
  EXPECT_EQ(must(verify(false, {later}, supervisor())).due.to_string(), "2026-11-27");
  EXPECT_EQ(current().state, RectificationState::open);
  ASSERT_THAT(talks(), SizeIs(2));
  EXPECT_EQ(talks()[0].about, Talk::About::severe_finding);
  EXPECT_EQ(talks()[1].about, Talk::About::poor_rectification);
  EXPECT_EQ(talks()[1].finding, 1);
  EXPECT_EQ(set("listen to the end").error().clause, "Q4.5");
  now = at("2026-11-21T09:00:00");
  reported("a colleague listens in for a week");
  constexpr db::Sql kLater = "UPDATE quality_inspections SET occurred_at = :at WHERE place = 2";
  must(in_write([&](auto& tx) { return tx.execute(kLater, {{"at", Instant{now.us + 1}}}); }));
  EXPECT_EQ(verify(true, {later}, supervisor()).error().code, ErrorCode::conflict);  // the talk is due
  must(in_write([&](auto& tx) { return record_talk(tx, {1, 1, 1}, 2, "agreed to listen", supervisor()); }));
  EXPECT_EQ(must(verify(true, {later}, supervisor())).state, RectificationState::verified);
  EXPECT_THAT(actions(),
              ElementsAre("open", "set_measures", "report", "find_poor", "set_measures", "report", "talk", "verify"));
}

TEST_P(RectificationTest, found_poor_twice_asks_for_a_talk_each_time) {
  publish_one("severe", 8);
  reported("listen");
  const InspectionKey later = later_record(2);
  must(verify(false, {later}, supervisor()));
  must(in_write([&](auto& tx) { return record_talk(tx, {1, 1, 1}, 2, "agreed", supervisor()); }));
  reported("listen more");
  must(verify(false, {later}, supervisor()));
  ASSERT_THAT(talks(), SizeIs(3));
  EXPECT_EQ(talks()[1].state, TalkState::recorded);
  EXPECT_EQ(talks()[2].state, TalkState::due);
}

TEST_P(RectificationTest, an_extension_needs_approval) {
  publish_one("general", 5);
  const Date later = Date::parse("2026-11-17").value();
  const auto ask = [&](Date until) {
    return in_write([&](auto& tx) { return ask_extension(tx, current(), until, "on leave", agent("1001")); });
  };
  const auto settle = [&](bool granted, const By& who) {
    return in_write([&](auto& tx) { return settle_extension(tx, current(), granted, "agreed", who); });
  };
  EXPECT_EQ(settle(true, supervisor()).error().code, ErrorCode::conflict);
  EXPECT_EQ(ask(current().due).error().code, ErrorCode::invalid);
  must(ask(later));
  EXPECT_EQ(current().due.to_string(), "2026-11-10");  // asking alone changes nothing
  EXPECT_EQ(settle(true, agent("1001")).error().code, ErrorCode::forbidden);
  EXPECT_EQ(settle(true, inspector(found(1).inspector)).error().code, ErrorCode::forbidden);
  EXPECT_EQ(must(settle(true, supervisor())).due, later);
  must(ask(later.plus_days(1)));
  EXPECT_EQ(must(settle(false, supervisor())).due, later);
}

TEST_P(RectificationTest, what_is_overdue_is_escalated_once) {
  publish_one("general", 5);
  EXPECT_EQ(escalate("2026-11-10T23:59:59"), 0U);
  EXPECT_EQ(escalate("2026-11-11T00:00:00"), 1U);
  EXPECT_EQ(escalate("2026-11-12T00:00:00"), 0U);
  EXPECT_TRUE(current().escalated_at);
  EXPECT_THAT(actions(), ElementsAre("open", "escalate"));
}

TEST_P(RectificationTest, what_is_reported_in_time_is_not_escalated) {
  publish_one("general", 5);
  reported();
  EXPECT_EQ(escalate("2026-12-24T00:00:00"), 0U);
}

TEST_P(RectificationTest, goes_with_its_talk_when_an_appeal_takes_the_finding_back) {
  publish_one("severe", 8);
  const auto filed = must(in_write([&](auto& tx) {
    return file_appeal(tx, regulation(), {1, 1, 1}, {1, {"minor", 2}, "another call"}, agent("1001"));
  }));
  const auto assigned =
      must(in_write([&](auto& tx) { return assign_appeal(tx, regulation(), filed, {"3002"}, supervisor()); }));
  const Ruling accepted{.outcome = AppealOutcome::accepted, .reading = {}, .reason = "it was not meant"};
  must(in_write([&](auto& tx) { return decide_appeals(tx, regulation(), {assigned}, accepted, inspector("3002")); }));
  EXPECT_EQ(current().state, RectificationState::dropped);  // minor ones need none
  EXPECT_EQ(talks().front().state, TalkState::dropped);
  EXPECT_EQ(found(1).score, Decimal(98));
}

TEST_P(RectificationTest, goes_when_the_inspection_is_annulled_and_its_appeals_lapse) {
  publish_one("severe", 8);
  must(in_write([&](auto& tx) {
    return file_appeal(tx, regulation(), {1, 1, 1}, {1, {"minor", 2}, "another call"}, agent("1001"));
  }));
  must(in_write([&](auto& tx) { return annul(tx, regulation(), found(1), "wrong record", "3002", supervisor()); }));
  EXPECT_EQ(current().state, RectificationState::dropped);
  EXPECT_EQ(talks().front().state, TalkState::dropped);
  EXPECT_EQ(in_read([](auto& tx) { return find_appeal(tx, {{1, 1, 1}, 1}); }).state, AppealState::lapsed);
}

TEST_P(RectificationTest, is_listed_for_the_agent_the_group_the_inspector_and_the_centre) {
  publish_one("general", 5);
  const auto count = [&](auto list) { return in_read(list).size(); };
  EXPECT_EQ(count([](auto& tx) { return rectifications_of_agent(tx, "1001"); }), 1U);
  EXPECT_EQ(count([](auto& tx) { return rectifications_of_agent(tx, "1002"); }), 0U);
  EXPECT_EQ(count([](auto& tx) { return open_rectifications_of_group(tx, "A"); }), 1U);
  EXPECT_EQ(count([](auto& tx) { return open_rectifications_of_group(tx, "B"); }), 0U);
  const std::string mine = found(1).inspector;
  EXPECT_EQ(count([&](auto& tx) { return open_rectifications_of_inspector(tx, mine); }), 1U);
  EXPECT_EQ(count([](auto& tx) { return open_rectifications(tx); }), 1U);
}

TEST_P(RectificationTest, of_two_who_act_at_once_one_is_told) {
  publish_one("general", 5);
  const Rectification read = current();
  const auto twice = [&] {
    return in_write([&](auto& tx) { return set_measures(tx, read, "listen", agent("1001")); });
  };
  EXPECT_TRUE(twice().ok());
  EXPECT_EQ(twice().error().code, ErrorCode::stale);
  EXPECT_EQ(set("x", "1002").error().code, ErrorCode::forbidden);
  EXPECT_EQ(set(" ").error().clause, "Q4.5");
}

}  // namespace
}  // namespace zh::quality
