// The four sames: groups, tests and their adjustment by hand; then over stored contacts, on both databases.
#include "rooms/quality/consistency/consistency.h"

#include "policy/load.h"
#include "tests/support/checked_contacts.h"
#include "tests/support/quality_centre.h"

namespace zh::quality {
namespace {

using testing_support::chat_line;
using testing_support::must;

void add(std::vector<ScoredContact>& to, const std::string& staff_no, bool inspected,
         std::initializer_list<std::int64_t> scores) {
  for (const std::int64_t score : scores) {
    to.push_back({.staff_no = staff_no, .score = score, .inspected = inspected, .busy = false, .known = {}});
  }
}

const Contrast& of(const std::vector<Contrast>& all, Circumstance circumstance, std::string_view staff_no) {
  static const Contrast kNone;
  for (const Contrast& it : all) {
    if (it.circumstance == circumstance && it.staff_no == staff_no) return it;
  }
  ADD_FAILURE() << "no contrast of " << staff_no;
  return kNone;
}

TEST(Consistency, an_agent_who_is_better_when_inspected_is_found_among_others) {
  std::vector<ScoredContact> contacts;
  // 1001: all of the first five above all of the other ten. 2 of C(15, 5) = 3,003 deals lie as far apart: p = 2/3003.
  add(contacts, "1001", true, {100, 99, 98, 97, 96});
  add(contacts, "1001", false, {80, 81, 82, 83, 84, 85, 86, 87, 88, 89});
  // 1002: 19 22 16 29 24 against 20 11 17 12 10. In 3 of 25 pairs the other one is higher; 7 deals lie there or beyond,
  // and as many on the other side: p = 14/C(10, 5) = 14/252.
  add(contacts, "1002", true, {19, 22, 16, 29, 24});
  add(contacts, "1002", false, {20, 11, 17, 12, 10});
  add(contacts, "1003", true, {100});  // nothing to compare with
  const auto all = contrasts_of(contacts);
  const Contrast& first = of(all, Circumstance::inspected, "1001");
  EXPECT_EQ(first.contacts, 5);
  EXPECT_EQ(first.others, 10);
  EXPECT_EQ(first.mean->to_string(), "98.00");
  EXPECT_EQ(first.mean_of_others->to_string(), "84.50");
  EXPECT_EQ(first.test.effect, Decimal(1));
  EXPECT_EQ(first.test.p_value->round(9, Rounding::half_even).to_string(), "0.000666001");
  EXPECT_EQ(first.adjusted->round(9, Rounding::half_even).to_string(), "0.001332001");  // of two agents that have one
  EXPECT_TRUE(first.differs);
  const Contrast& second = of(all, Circumstance::inspected, "1002");
  EXPECT_EQ(second.adjusted->round(9, Rounding::half_even).to_string(), "0.055555556");
  EXPECT_FALSE(second.differs);
  const Contrast& third = of(all, Circumstance::inspected, "1003");
  EXPECT_EQ(third.test.gap, statistics::Gap::no_data);
  EXPECT_FALSE(third.adjusted.has_value());
  EXPECT_FALSE(third.differs);
  const Contrast& everybody = of(all, Circumstance::inspected, "");
  EXPECT_EQ(everybody.contacts, 11);
  EXPECT_EQ(everybody.adjusted, everybody.test.p_value);
  EXPECT_EQ(of(all, Circumstance::known, "").test.gap, statistics::Gap::no_data);
}

TEST(Consistency, a_group_of_fewer_than_five_is_not_compared) {
  const std::vector<std::int64_t> many(326, 100);
  const auto contrast = [&](std::size_t few) {
    std::vector<ScoredContact> contacts;
    for (std::size_t i = 0; i < few; ++i) add(contacts, "1001", true, {90});
    for (const std::int64_t score : many) add(contacts, "1001", false, {score});
    return of(contrasts_of(contacts), Circumstance::inspected, "1001");
  };
  for (const std::size_t few : {1, 4}) {
    const Contrast it = contrast(few);
    EXPECT_EQ(it.test.gap, statistics::Gap::too_few) << few;
    EXPECT_FALSE(it.test.p_value);
    EXPECT_FALSE(it.test.effect);
    EXPECT_FALSE(it.adjusted);
    EXPECT_FALSE(it.differs);
    EXPECT_EQ(it.mean->to_string(), "90.00");  // the means are told all the same
  }
  EXPECT_TRUE(contrast(5).differs);
  EXPECT_EQ(contrast(0).test.gap, statistics::Gap::no_data);
}

class ConsistencyTest : public testing_support::QualityTest {};
ZH_ON_BOTH_DATABASES(ConsistencyTest);

TEST_P(ConsistencyTest, contacts_are_told_apart_by_inspection_hour_and_customer) {
  testing_support::CheckedContacts contacts(database(), regulation().zone);
  policy::Sources sources;
  sources.name = "checked";
  sources.files["pack.yaml"] = "id: checked\ntitle: {zh: 包, en: pack}\n";
  sources.files["clauses.yaml"] = "clauses:\n  A1: {title: {zh: 条, en: c}, text: {zh: 文, en: t}, source: ours}\n";
  sources.files["checks.yaml"] =
      "checks:\n  stiff: {label: {zh: 查, en: c}, clause: A1, item: polite, severity: minor, points: 3,"
      " forbid: {phrases: 什么事}}\n";
  // 10 o'clock has three contacts, 11 and 12 one each: the middle hour has one, so 10 is the busy one.
  contacts.import(chat_line("call-1", "2026-10-01T10:00:00", "1001", {"什么事"}, "13900000001") +
                  chat_line("call-2", "2026-10-01T10:10:00", "1001", {"您好"}, "13900000002") +
                  chat_line("call-3", "2026-10-01T10:20:00", "9999", {"您好"}, "13900000003") +
                  chat_line("call-4", "2026-10-01T11:00:00", "1001", {"您好"}, "13900000001") +
                  chat_line("call-5", "2026-10-01T12:00:00", "1002", {"您好"}));
  contacts.check(std::make_shared<const policy::Pack>(must(policy::load_pack(sources))));
  running({call("1001", 1)});
  submitted(1, {});
  const people::People people = in_read([](auto& tx) { return people::load_people(tx); });
  const Interval october{at("2026-10-01"), at("2026-11-01")};
  auto found = in_read([&](auto& tx) { return scored_contacts(tx, people, regulation().zone, october); });
  std::vector<std::string> told;
  for (const ScoredContact& it : found) {
    told.push_back(it.staff_no + " " + std::to_string(it.score) + (it.inspected ? " inspected" : "") +
                   (it.busy ? " busy" : "") +
                   (!it.known   ? ""
                    : *it.known ? " known"
                                : " new"));
  }
  EXPECT_THAT(told, testing::UnorderedElementsAre("1001 97 inspected busy new", "1001 100 busy new", "1001 100 known",
                                                  "1002 100"));  // nobody knows 9999
}

}  // namespace
}  // namespace zh::quality
