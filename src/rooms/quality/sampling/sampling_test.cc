#include "rooms/quality/sampling/sampling.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>

#include "ledger/audit.h"
#include "ledger/batches.h"
#include "ledger/facts.h"
#include "tests/support/databases.h"

namespace zh::quality::sampling {
namespace {

using testing_support::must;
using testing_support::StorageTest;

constexpr db::Sql kAddContact =
    "INSERT INTO contacts (call_id, number, source, channel, direction, queue, product, member, offered_at, talk_ms,"
    " outcome, transferred, ended_by, entered, connected) VALUES (:call, 1, 1, :channel, 1, 'sales', '', :member,"
    " :offered_at, :talk_ms, :outcome, :transferred, 0, 1, 1)";
constexpr db::Sql kAddCustomer =
    "INSERT INTO contact_customers (call_id, number, customer, offered_at) VALUES (:call, 1, :customer, :offered_at)";
constexpr db::Sql kSecondOfCall =
    "INSERT INTO contacts (call_id, number, source, channel, direction, queue, product, member, offered_at, outcome,"
    " transferred, ended_by, entered, connected)"
    " VALUES ('c001', 2, 1, 1, 1, 'sales', '', 'Agent/1002', :offered_at, 1, 0, 0, 1, 1)";
constexpr db::Sql kComeFromTranscripts = "UPDATE contacts SET source = 4 WHERE call_id IN ('chat', 'left')";
constexpr db::Sql kExchangeSeed = "UPDATE sample_seeds SET seed = :seed";
constexpr db::Sql kExchangeCommitment = "UPDATE sample_seeds SET seed = :seed, commitment = :commitment";
constexpr db::Sql kExchangePick = "UPDATE sample_picks SET contact = 'c999' WHERE staff_no = '1001' AND place = 1";
constexpr db::Sql kDropPick = "DELETE FROM sample_picks WHERE staff_no = '1001' AND place = 3";
constexpr db::Sql kExchangeStratum = "UPDATE sample_strata SET content = :content WHERE staff_no = '1002'";
constexpr db::Sql kDropStratum = "DELETE FROM sample_strata WHERE staff_no = '1002'";
constexpr db::Sql kForgetContacts = "DELETE FROM contacts";

// Two agents with 60 contacts each in October, by the clock of Shanghai; 1003 has none.
class SamplingTest : public StorageTest {
 protected:
  void SetUp() override {
    StorageTest::SetUp();
    if (IsSkipped()) return;
    std::vector<people::Person> everybody = {person("1001", "A"), person("1002", "B"), person("1003", "A")};
    people_ = people::People(std::move(everybody));
    auto tx = must(database().write());
    for (int i = 0; i < 120; ++i) {
      add(tx, {.call = fmt::format("c{:03}", i),
               .member = i % 2 == 0 ? "Agent/1001" : "Agent/1002",
               .at = fmt::format("2026-10-{:02}T{:02}:30:00", 1 + i % 15, 8 + i % 12)});
    }
    must(tx.commit());
  }

  struct Row {
    std::string call;
    std::string member;
    std::string at;
    contacts::Channel channel = contacts::Channel::call;
    std::int64_t talk_ms = 60'000;
    int outcome = 1;
    int transferred = 0;
  };
  void add(db::Transaction& tx, const Row& row) {
    must(tx.execute(kAddContact, {{"call", row.call},
                                  {"channel", static_cast<int>(row.channel)},
                                  {"member", row.member},
                                  {"offered_at", instant(row.at)},
                                  {"talk_ms", row.talk_ms},
                                  {"outcome", row.outcome},
                                  {"transferred", row.transferred}}));
  }
  static people::Person person(const std::string& staff_no, const std::string& group) {
    people::PersonRow row;
    row.staff_no = staff_no;
    row.group = group;
    row.hired_on = Date::parse("2020-01-01").value();
    row.phone_ids = {"Agent/" + staff_no};
    return people::Person::of(std::vector{row});
  }
  static Instant instant(std::string_view text) { return zone().parse_instant(text).value(); }
  static Zone zone() { return Zone::find("Asia/Shanghai").value(); }

  Order order() const {
    return {.id = {.plan = 7, .round = 1},
            .scope = {.during = {instant("2026-10-01"), instant("2026-10-16")},
                      .channels = {},
                      .products = {},
                      .groups = {}},
            .allocation = {.per_agent = 5},
            .risk = {},
            .parts_of_day = {0, 8, 12, 18}};
  }
  Reading reading() const { return {.people = people_, .products = products_, .zone = zone()}; }
  By by(std::string_view at) const { return {.actor = "2001", .at = instant(at)}; }
  static Secrets secrets() { return {.seed = sha256("seed"), .blind = sha256("blind")}; }

  Frame frame(const Order& order) {
    auto tx = must(database().read());
    return must(frame_of(tx, order, reading()));
  }
  // Commits to the seed and draws.
  Drawn drawn() {
    auto tx = must(database().write());
    must(commit_seed(tx, order().id, secrets(), by("2026-09-28")));
    Drawn result = must(draw_sample(tx, order(), reading(), by("2026-10-16")));
    must(tx.commit());
    return result;
  }
  StoredPick replaced(const std::string& contact) {
    auto tx = must(database().write());
    StoredPick pick = must(replace(tx, order().id, contact, "recording is damaged", by("2026-10-17")));
    must(tx.commit());
    return pick;
  }
  ErrorCode refusal(const std::string& contact, const std::string& reason) {
    auto tx = must(database().write());
    return replace(tx, order().id, contact, reason, by("2026-10-17")).error().code;
  }
  Verified verified() {
    auto tx = must(database().read());
    return must(verify_plan(tx, order().id.plan)).front();
  }
  // What verification finds after somebody has changed the tables, in English.
  std::vector<std::string> findings_after(db::Sql sql, db::Params params = {}) {
    auto tx = must(database().write());
    must(tx.execute(sql, params));
    std::vector<std::string> findings;
    for (const Verified& round : must(verify_plan(tx, order().id.plan))) {
      for (const Finding& finding : round.findings) {
        findings.push_back((finding.staff_no.empty() ? "" : finding.staff_no + ": ") + finding.what.en);
      }
    }
    return findings;  // and rolls back
  }

  const people::People& people() const { return people_; }

 private:
  people::People people_;
  contacts::QueueProducts products_;
};
ZH_ON_BOTH_DATABASES(SamplingTest);

// --- the frame -------------------------------------------------------------------------------------------------------

TEST_P(SamplingTest, the_frame_holds_each_agents_contacts_by_cell) {
  const Frame all = frame(order());
  ASSERT_EQ(all.strata.size(), 2U);
  EXPECT_EQ(all.strata[0].staff_no, "1001");
  EXPECT_EQ(all.strata[0].population(), 60);
  EXPECT_EQ(all.strata[0].size, 5);
  std::vector<std::string> cells;
  for (const Cell& cell : all.strata[0].cells) {
    cells.push_back(cell.name.channel + " " + cell.name.product + " " + cell.name.time_of_day);
  }
  EXPECT_THAT(cells, testing::ElementsAre("call sales 08-12", "call sales 12-18", "call sales 18-24"));
}

TEST_P(SamplingTest, what_is_out_of_scope_is_not_in_the_frame) {
  {
    auto tx = must(database().write());
    const std::string day = "2026-10-05T10:00:00";
    add(tx, {.call = "chat", .member = "Agent/1001", .at = day, .channel = contacts::Channel::chat});
    add(tx, {.call = "nobody", .member = "Agent/4711", .at = day});
    add(tx, {.call = "missed", .member = "Agent/1001", .at = day, .outcome = 2});
    add(tx, {.call = "late", .member = "Agent/1001", .at = "2026-10-16T00:00:00"});
    add(tx, {.call = "early", .member = "Agent/1001", .at = "2026-09-30T23:59:59"});
    must(tx.commit());
  }
  EXPECT_EQ(frame(order()).strata[0].population(), 61);  // the chat
  Order calls = order();
  calls.scope.channels = {contacts::Channel::call};
  EXPECT_EQ(frame(calls).strata[0].population(), 60);
  Order group = order();
  group.scope.groups = {"B"};
  ASSERT_EQ(frame(group).strata.size(), 1U);
  EXPECT_EQ(frame(group).strata[0].staff_no, "1002");
  Order product = order();
  product.scope.products = {"service"};
  EXPECT_TRUE(frame(product).strata.empty());
}

// Chats and mails were never drawn: their transcripts name the agent by staff number, which is nobody's phone id.
TEST_P(SamplingTest, a_chat_is_drawn_whose_transcript_names_the_agent_by_staff_number) {
  {
    auto tx = must(database().write());
    add(tx, {.call = "chat", .member = "1003", .at = "2026-10-02T09:00:00", .channel = contacts::Channel::chat});
    add(tx, {.call = "left", .member = "1004", .at = "2026-10-02T09:00:00", .channel = contacts::Channel::chat});
    add(tx, {.call = "log", .member = "1001", .at = "2026-10-02T09:00:00", .channel = contacts::Channel::chat});
    must(tx.execute(kComeFromTranscripts));
    must(tx.commit());
  }
  Order chats = order();
  chats.scope.channels = {contacts::Channel::chat};
  const Frame found = frame(chats);
  ASSERT_EQ(found.strata.size(), 1U);
  EXPECT_EQ(found.strata[0].staff_no, "1003");
  EXPECT_EQ(found.strata[0].cells[0].units[0].contact, "chat");
}

TEST_P(SamplingTest, signals_of_risk_add_to_the_weight) {
  {
    auto tx = must(database().write());
    add(tx,
        {.call = "long", .member = "Agent/1001", .at = "2026-10-05T10:00:00", .talk_ms = 600'000, .transferred = 1});
    must(tx.commit());
  }
  Order risky = order();
  risky.risk = {.long_contact = 2'000, .transferred = 500};
  const Frame weighted = frame(risky);
  std::map<std::string, std::int64_t> weights;
  for (const Cell& cell : weighted.strata[0].cells) {
    for (const Unit& unit : cell.units) weights[unit.contact] = unit.weight;
  }
  EXPECT_EQ(weights["long"], 3'500);
  EXPECT_EQ(weights["c000"], kPlainWeight);
}

TEST_P(SamplingTest, a_customer_who_calls_again_adds_to_the_weight) {
  {
    auto tx = must(database().write());
    const auto calls = [&](const char* call, const char* customer, const char* at) {
      must(tx.execute(kAddCustomer, {{"call", call}, {"customer", customer}, {"offered_at", instant(at)}}));
    };
    calls("before", "138", "2026-09-25T08:30:00");  // seven days and no more before
    calls("c000", "138", "2026-10-02T08:30:00");
    calls("c002", "139", "2026-10-03T08:30:00");
    calls("c004", "139", "2026-10-10T08:30:01");  // a second later than seven days
    must(tx.commit());
  }
  Order risky = order();
  risky.risk.repeat_contact = 1'000;
  std::map<std::string, std::int64_t> weights;
  const Frame weighted = frame(risky);
  for (const Cell& cell : weighted.strata[0].cells) {
    for (const Unit& unit : cell.units) weights[unit.contact] = unit.weight;
  }
  EXPECT_EQ(weights["c000"], 2 * kPlainWeight);
  EXPECT_EQ(weights["c002"], kPlainWeight);
  EXPECT_EQ(weights["c004"], kPlainWeight);
}

TEST_P(SamplingTest, a_long_silence_adds_to_the_weight_where_all_of_it_was_heard) {
  {
    auto tx = must(database().write());
    const auto heard = [&](const char* call, std::optional<std::int64_t> silence_ms) {
      must(tx.execute(
          "INSERT INTO contact_acoustics (call_id, number, version, input, duration_ms, silence_longest_ms, measures)"
          " VALUES (:call, 1, 1, :input, 60000, :silence, :measures)",
          {{"call", call}, {"input", Hash{}}, {"silence", silence_ms}, {"measures", db::Blob{""}}}));
    };
    heard("c000", 10'000);
    heard("c002", 9'999);
    heard("c004", std::nullopt);  // a leg is missing
    must(tx.commit());
  }
  Order risky = order();
  risky.risk.long_silence = 1'500;
  std::map<std::string, std::int64_t> weights;
  const Frame weighted = frame(risky);
  for (const Cell& cell : weighted.strata[0].cells) {
    for (const Unit& unit : cell.units) weights[unit.contact] = unit.weight;
  }
  EXPECT_EQ(weights["c000"], kPlainWeight + 1'500);
  EXPECT_EQ(weights["c002"], kPlainWeight);
  EXPECT_EQ(weights["c004"], kPlainWeight);
}

// Facts name no contact: what was said of the agent that day weighs on all of the agent's contacts of the day.
TEST_P(SamplingTest, a_complaint_and_a_dissatisfied_customer_add_to_the_weight) {
  {
    auto tx = must(database().write());
    const auto batch = must(ledger::record_batch(
        tx, {.kind = "facts", .files = {"f"}, .content = {}, .actor = "test", .at = instant("2026-10-16")}));
    const auto fact = [](std::string kind, std::string_view at, std::optional<Decimal> value) {
      return ledger::NewFact{.kind = std::move(kind),
                             .subject = "1001",
                             .occurred_at = instant(at),
                             .value = value,
                             .note = {},
                             .source_ref = {}};
    };
    must(ledger::append_facts(tx, batch,
                              {fact("complaint", "2026-10-01T18:00:00", std::nullopt),
                               fact("satisfaction", "2026-10-01T12:00:00", Decimal(0)),
                               fact("satisfaction", "2026-10-03T12:00:00", Decimal(1))}));
    must(tx.commit());
  }
  Order risky = order();
  risky.risk.complaint = 2'000;
  risky.risk.low_satisfaction = 500;
  const Frame weighed = frame(risky);
  std::map<std::int64_t, int> weights;  // how many contacts have which
  for (const Stratum& stratum : weighed.strata) {
    for (const Cell& cell : stratum.cells) {
      for (const Unit& unit : cell.units) ++weights[stratum.staff_no == "1001" ? unit.weight : -unit.weight];
    }
  }
  const std::map<std::int64_t, int> expected{{3'500, 4}, {1'000, 56}, {-1'000, 60}};
  EXPECT_EQ(weights, expected);  // four of 1001's sixty are of the first of October
}

TEST_P(SamplingTest, parts_of_the_day_ascend_from_midnight) {
  for (const std::vector<int>& wrong : {std::vector<int>{}, {8, 12}, {0, 12, 12}, {0, 12, 8}, {0, 24}}) {
    Order bad = order();
    bad.parts_of_day = wrong;
    auto tx = must(database().read());
    EXPECT_EQ(frame_of(tx, bad, reading()).error().code, ErrorCode::invalid);
  }
}

// --- the draw --------------------------------------------------------------------------------------------------------

TEST_P(SamplingTest, a_draw_is_kept_and_can_be_redrawn) {
  const Drawn sample = drawn();
  EXPECT_EQ(sample.picks.size(), 10U);
  for (const StoredPick& pick : sample.picks) EXPECT_EQ(pick.probability, Fraction(1, 12));
  const Verified proof = verified();
  EXPECT_TRUE(proof.holds());
  EXPECT_TRUE(proof.committed_before_period);
  EXPECT_EQ(proof.strata, 2);
  EXPECT_EQ(proof.contacts, 120);
  EXPECT_EQ(proof.drawn.frame, sample.frame);
}

TEST_P(SamplingTest, a_pick_can_be_described) {
  {
    auto tx = must(database().write());
    must(tx.execute(kSecondOfCall, {{"offered_at", instant("2026-10-05T10:00:00")}}));
    must(tx.commit());
  }
  auto tx = must(database().read());
  const Described first = must(describe(tx, {.staff_no = "1001", .contact = "c000"}, reading()));
  EXPECT_EQ(first.channel, "call");
  EXPECT_EQ(first.product, "sales");
  EXPECT_EQ(first.group, "A");
  EXPECT_EQ(first.occurred_at, instant("2026-10-01T08:30:00"));
  EXPECT_EQ(must(describe(tx, {.staff_no = "1002", .contact = "c001#2"}, reading())).occurred_at,
            instant("2026-10-05T10:00:00"));
  for (const char* const none : {"c001#3", "c001#", "#2", "c#x", ""}) {
    EXPECT_EQ(describe(tx, {.staff_no = "1002", .contact = none}, reading()).error().code, ErrorCode::not_found);
  }
}

TEST_P(SamplingTest, the_frame_is_frozen) {
  drawn();
  {
    auto tx = must(database().write());
    must(tx.execute(kForgetContacts));
    must(tx.commit());
  }
  EXPECT_TRUE(verified().holds());
}

TEST_P(SamplingTest, a_late_commitment_is_told) {
  auto tx = must(database().write());
  must(commit_seed(tx, order().id, secrets(), by("2026-10-01")));  // the period's first moment
  must(draw_sample(tx, order(), reading(), by("2026-10-16")));
  EXPECT_FALSE(must(verify_plan(tx, 7)).front().committed_before_period);
}

TEST_P(SamplingTest, nothing_is_drawn_twice_and_nothing_without_a_seed) {
  auto tx = must(database().write());
  EXPECT_EQ(draw_sample(tx, order(), reading(), by("2026-10-16")).error().code, ErrorCode::conflict);
  const Hash commitment = must(commit_seed(tx, order().id, secrets(), by("2026-09-28")));
  EXPECT_EQ(commitment, sha256(std::string_view(reinterpret_cast<const char*>(secrets().seed.bytes.data()), 32)));
  EXPECT_EQ(commit_seed(tx, order().id, random_secrets(), by("2026-09-29")).error().code, ErrorCode::conflict);
  must(draw_sample(tx, order(), reading(), by("2026-10-16")));
  EXPECT_EQ(draw_sample(tx, order(), reading(), by("2026-10-17")).error().clause, "Q1.3");
  EXPECT_FALSE(must(find_draw(tx, {.plan = 7, .round = 2})));
  EXPECT_EQ(verify_plan(tx, 8).error().code, ErrorCode::not_found);
}

TEST_P(SamplingTest, secrets_are_never_the_same) {
  EXPECT_NE(random_secrets().seed, random_secrets().seed);
  const Secrets fresh = random_secrets();
  EXPECT_NE(fresh.seed, fresh.blind);
}

// --- replacements ----------------------------------------------------------------------------------------------------

TEST_P(SamplingTest, an_unusable_record_is_replaced_by_the_next) {
  const Drawn sample = drawn();
  const StoredPick next = replaced(sample.picks[0].contact);
  EXPECT_EQ(next.staff_no, "1001");
  EXPECT_EQ(next.place, 6);
  EXPECT_EQ(next.replaces, 1);
  EXPECT_EQ(next.cell, sample.picks[0].cell);
  EXPECT_EQ(replaced(next.contact).replaces, 6);  // the replacement is of no use either
  EXPECT_TRUE(verified().holds());
}

TEST_P(SamplingTest, a_replacement_needs_a_reason_and_a_record) {
  const Drawn sample = drawn();
  const std::string contact = sample.picks[0].contact;
  EXPECT_EQ(refusal(contact, ""), ErrorCode::invalid);
  EXPECT_EQ(refusal("c999", "damaged"), ErrorCode::not_found);
  replaced(contact);
  EXPECT_EQ(refusal(contact, "damaged"), ErrorCode::conflict);
}

TEST_P(SamplingTest, when_no_contact_is_left_nothing_is_replaced) {
  Order all = order();
  all.allocation.per_agent = 100;
  auto tx = must(database().write());
  must(commit_seed(tx, all.id, secrets(), by("2026-09-28")));
  const Drawn sample = must(draw_sample(tx, all, reading(), by("2026-10-16")));
  EXPECT_EQ(sample.picks.size(), 120U);
  EXPECT_EQ(replace(tx, all.id, sample.picks[0].contact, "damaged", by("2026-10-17")).error().code,
            ErrorCode::conflict);
}

// --- proof -----------------------------------------------------------------------------------------------------------

TEST_P(SamplingTest, an_agent_can_check_the_own_draw) {
  const Drawn sample = drawn();
  replaced(sample.picks[0].contact);
  auto tx = must(database().read());
  const OwnStratum own = must(own_stratum(tx, order().id, "1002"));
  EXPECT_EQ(check_proof(own.proof, own.drawn), Flaw::none);
  EXPECT_EQ(own.drawn.size(), 5U);
  EXPECT_EQ(own.proof.stratum.find("c000"), std::string::npos);  // nobody else's contacts
  EXPECT_EQ(own_stratum(tx, order().id, "1003").error().code, ErrorCode::not_found);
  EXPECT_EQ(own_stratum(tx, {.plan = 7, .round = 2}, "1002").error().code, ErrorCode::not_found);
}

TEST_P(SamplingTest, whatever_is_changed_behind_the_program_shows) {
  drawn();
  using testing::Contains;
  using testing::HasSubstr;
  EXPECT_THAT(findings_after(kExchangeSeed, {{"seed", sha256("another")}}), Contains(HasSubstr("seed is not the one")));
  EXPECT_THAT(findings_after(kExchangeCommitment,
                             {{"seed", sha256("another")}, {"commitment", commitment_of(sha256("another"))}}),
              Contains(HasSubstr("audit chain holds no such commitment")));
  EXPECT_THAT(findings_after(kExchangePick), testing::ElementsAre(HasSubstr("1001: the sample is not")));
  EXPECT_THAT(findings_after(kDropPick), testing::ElementsAre(HasSubstr("1001: the sample is not")));
  EXPECT_THAT(findings_after(kExchangeStratum, {{"content", db::Blob{"nothing"}}}),
              Contains(HasSubstr("1002: the agent's list of contacts is damaged")));
  EXPECT_THAT(findings_after(kDropStratum), Contains(HasSubstr("not part of the frame")));
  EXPECT_TRUE(verified().holds());
}

}  // namespace
}  // namespace zh::quality::sampling
