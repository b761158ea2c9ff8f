#include "rooms/people/accounts/accounts.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "ledger/audit.h"
#include "rooms/people/organisation.h"
#include "rooms/people/people_store.h"
#include "tests/support/databases.h"

namespace zh::people {
namespace {

using testing_support::must;

constexpr Instant kMorning = Instant::from_seconds(1'791'767'109);

Instant after(std::int64_t seconds) { return {kMorning.us + seconds * 1'000'000}; }

class AccountsTest : public testing_support::StorageTest {
 protected:
  // Makes an account and gives back its generated password.
  std::string make(const std::string& name, const std::string& grant) {
    const auto first = must(make_first_password());
    auto tx = must(database().write());
    must(create_account(tx, {.name = name, .staff_no = "", .grants = {must(parse_grant(grant))}}, first, kOperator));
    must(tx.commit());
    return first.text;
  }
  Result<SignedIn> try_in(const std::string& name, const std::string& password, Instant now) {
    return sign_in(database(), {name, password, "127.0.0.1"}, now);
  }
  std::optional<Found> whose(const std::string& value, Instant now) {
    auto tx = must(database().read());
    return must(find_session(tx, value, now));
  }
  template <class Action>
  auto write(Action action) {
    auto tx = must(database().write());
    auto result = action(tx);
    if (result.ok()) must(tx.commit());
    return result;
  }

  const Acting kOperator{.actor = "operator", .now = kMorning};
};
ZH_ON_BOTH_DATABASES(AccountsTest);

TEST_P(AccountsTest, SignInGivesASessionUntilItEnds) {
  const auto password = make("li", "shift_leader:group:A");
  const auto session = must(try_in("li", password, kMorning));
  EXPECT_TRUE(session.principal.must_change_password);
  const auto found = whose(session.value, after(60));
  ASSERT_TRUE(found.has_value());
  EXPECT_EQ(found->principal.account, "li");
  EXPECT_EQ(to_string(found->principal.grants.at(0)), "shift_leader:group:A");
  EXPECT_FALSE(whose("nonsense", kMorning).has_value());

  must(write([&](auto& tx) { return sign_out(tx, session.value, kOperator); }));
  EXPECT_FALSE(whose(session.value, after(61)).has_value());
}

TEST_P(AccountsTest, SessionEndsByIdlenessAndByAge) {
  const auto password = make("li", "agent:self");
  const auto idle = must(try_in("li", password, kMorning));
  EXPECT_TRUE(whose(idle.value, after(kSessionIdleSeconds - 1)).has_value());
  EXPECT_FALSE(whose(idle.value, after(kSessionIdleSeconds)).has_value());

  const auto busy = must(try_in("li", password, kMorning));
  for (std::int64_t at = 1800; at < kSessionLifeSeconds; at += 1800) {
    const auto found = whose(busy.value, after(at));
    ASSERT_TRUE(found.has_value()) << at;
    must(write([&](auto& tx) { return touch_session(tx, found->session, after(at)); }));
  }
  EXPECT_FALSE(whose(busy.value, after(kSessionLifeSeconds)).has_value());
}

TEST_P(AccountsTest, WrongPasswordsMakeTheNextTryWait) {
  const auto password = make("li", "agent:self");
  for (int i = 0; i < 4; ++i) EXPECT_EQ(try_in("li", "wrong", kMorning).error().code, ErrorCode::unauthenticated);
  // Four failures: two seconds, even for the right password.
  EXPECT_EQ(try_in("li", password, after(1)).error().code, ErrorCode::limit);
  EXPECT_TRUE(try_in("li", password, after(2)).ok());
  // A success forgives.
  EXPECT_EQ(try_in("li", "wrong", after(3)).error().code, ErrorCode::unauthenticated);
  EXPECT_TRUE(try_in("li", password, after(3)).ok());
}

TEST_P(AccountsTest, WaitingDoesNotTellWhichAccountsExist) {
  make("li", "agent:self");
  for (const char* name : {"li", "nobody"}) {
    for (int i = 0; i < 4; ++i) EXPECT_EQ(try_in(name, "wrong", kMorning).error().code, ErrorCode::unauthenticated);
    EXPECT_EQ(try_in(name, "wrong", after(1)).error().code, ErrorCode::limit) << name;
  }
  // A name that no account can have is refused without being remembered.
  for (int i = 0; i < 6; ++i) EXPECT_EQ(try_in("No Name", "x", kMorning).error().code, ErrorCode::unauthenticated);
}

TEST_P(AccountsTest, TriesSentAtOnceAreAllCounted) {
  const auto password = make("li", "agent:self");
  std::atomic<int> looked_at = 0;
  std::vector<std::jthread> threads;
  for (int i = 0; i < 8; ++i) {
    threads.emplace_back([&] {
      if (try_in("li", "wrong", kMorning).error().code == ErrorCode::unauthenticated) ++looked_at;
    });
  }
  threads.clear();
  EXPECT_EQ(looked_at, 4);  // three that are free, and the one after which waiting begins
}

TEST_P(AccountsTest, UnknownAndDisabledAccountsSoundAlike) {
  const auto password = make("li", "agent:self");
  must(write([&](auto& tx) { return set_disabled(tx, "li", true, kOperator); }));
  const auto disabled = try_in("li", password, kMorning).error();
  const auto unknown = try_in("nobody", password, kMorning).error();
  EXPECT_EQ(disabled.code, unknown.code);
  EXPECT_EQ(disabled.message, unknown.message);
}

TEST_P(AccountsTest, ChangingThePasswordNeedsTheOldOneAndTheRules) {
  const auto password = make("li", "agent:self");
  const auto change = [&](const std::string& current, const std::string& next) {
    return change_password(database(), "li", {current, next, ""}, kOperator);
  };
  EXPECT_EQ(change("wrong", "a new long password").error().code, ErrorCode::unauthenticated);
  EXPECT_EQ(change(password, "short").error().code, ErrorCode::invalid);
  EXPECT_EQ(change(password, password).error().code, ErrorCode::invalid);
  must(change(password, "a new long password"));
  EXPECT_FALSE(must(try_in("li", "a new long password", kMorning)).principal.must_change_password);
  EXPECT_FALSE(try_in("li", password, kMorning).ok());
}

TEST_P(AccountsTest, ChangingThePasswordEndsTheOtherSessions) {
  const auto password = make("li", "agent:self");
  const auto here = must(try_in("li", password, kMorning));
  const auto elsewhere = must(try_in("li", password, kMorning));
  must(change_password(database(), "li", {password, "a new long password", here.principal.session}, kOperator));
  EXPECT_TRUE(whose(here.value, kMorning).has_value());
  EXPECT_FALSE(whose(elsewhere.value, kMorning).has_value());
}

TEST_P(AccountsTest, DisablingAndResettingEndSessions) {
  const auto password = make("li", "agent:self");
  const auto first = must(try_in("li", password, kMorning));
  const auto fresh = must(make_first_password());
  must(write([&](auto& tx) { return reset_password(tx, "li", fresh, kOperator); }));
  EXPECT_FALSE(whose(first.value, kMorning).has_value());
  const auto second = must(try_in("li", fresh.text, kMorning));
  must(write([&](auto& tx) { return set_disabled(tx, "li", true, kOperator); }));
  EXPECT_FALSE(whose(second.value, kMorning).has_value());
}

TEST_P(AccountsTest, AGrantOverADepartmentReachesItsGroups) {
  must(write([&](auto& tx) {
    return set_organisation(tx, {.departments = {{"Phones", {"A", "B"}}}, .actor = "test", .at = kMorning});
  }));
  const auto password = make("boss", "manager:department:Phones");
  const auto principal = must(try_in("boss", password, kMorning)).principal;
  std::vector<std::string> grants;
  for (const auto& grant : principal.grants) grants.push_back(to_string(grant));
  EXPECT_EQ(grants, (std::vector<std::string>{"manager:department:Phones", "manager:group:A", "manager:group:B"}));
  auto tx = must(database().read());
  EXPECT_EQ(must(grants_held(tx, "boss")).size(), 1U);
}

TEST_P(AccountsTest, APersonHasOneAccount) {
  {
    PersonRow row;
    row.staff_no = "1001";
    row.name = "王伟";
    row.hired_on = {19000};
    auto tx = must(database().write());
    must(lock_people(tx));
    const std::array stated{StatedRow{row, 1}};
    const auto change = change_of(must(load_people(tx)), stated);
    ledger::NewBatch batch;
    batch.kind = "people";
    batch.actor = "test";
    batch.at = kMorning;
    must(store_change(tx, must(ledger::record_batch(tx, batch)), stated, change));
    must(tx.commit());
  }
  const auto first = must(make_first_password());
  const auto create = [&](const std::string& name, const std::string& staff_no) {
    return write([&](auto& tx) { return create_account(tx, {name, staff_no, {}}, first, kOperator); });
  };
  must(create("wang.wei", "1001"));
  EXPECT_EQ(create("wang.wei2", "1001").error().code, ErrorCode::conflict);
  EXPECT_EQ(create("nobody", "9999").error().code, ErrorCode::invalid);
  EXPECT_EQ(create("wang.wei", "").error().code, ErrorCode::conflict);
  auto tx = must(database().read());
  EXPECT_EQ(must(name_of_person(tx, "1001")), "王伟");
  EXPECT_EQ(must(name_of_person(tx, "9999")), "");
}

TEST_P(AccountsTest, TheLastAdministratorStays) {
  make("admin", "admin:centre");
  const auto refused = write([&](auto& tx) { return set_disabled(tx, "admin", true, kOperator); });
  EXPECT_EQ(refused.error().code, ErrorCode::conflict);
  const auto demoted = write([&](auto& tx) { return set_grants(tx, "admin", {}, kOperator); });
  EXPECT_EQ(demoted.error().code, ErrorCode::conflict);
  make("second", "admin:centre");
  EXPECT_TRUE(write([&](auto& tx) { return set_disabled(tx, "admin", true, kOperator); }).ok());
}

TEST_P(AccountsTest, TokensWorkUntilTheyExpireOrAreRevoked) {
  make("robot", "manager:centre");
  const auto value = must(write([&](auto& tx) {
                       return create_token(tx, "robot", {"wallboard", {"metrics:read"}, after(100)}, kOperator);
                     })).value;
  const auto find = [&](Instant now) {
    auto tx = must(database().read());
    return must(find_token(tx, value, now));
  };
  const auto principal = find(after(99));
  ASSERT_TRUE(principal.has_value());
  EXPECT_TRUE(principal->by_token);
  EXPECT_EQ(principal->token_scopes, std::vector<std::string>{"metrics:read"});
  EXPECT_FALSE(find(after(100)).has_value());
  auto tx = must(database().read());
  const auto listed = must(list_tokens(tx, "robot"));
  ASSERT_EQ(listed.size(), 1U);
  must(tx.commit());
  must(write([&](auto& writing) { return revoke_token(writing, "robot", listed[0].id, kOperator); }));
  EXPECT_FALSE(find(kMorning).has_value());
}

TEST_P(AccountsTest, GuessingIsInTheAuditChainOnce) {
  make("li", "agent:self");
  for (int i = 0; i < 4; ++i) (void)try_in("li", "wrong", kMorning);
  (void)try_in("li", "wrong", after(5));
  for (int i = 0; i < 5; ++i) (void)try_in("nobody", "perhaps a password", kMorning);
  auto tx = must(database().read());
  EXPECT_EQ(must(ledger::audit_head(tx)).number.value, 2);  // made, delayed
}

TEST_P(AccountsTest, EverythingIsInTheAuditChain) {
  const auto password = make("li", "agent:self");
  must(try_in("li", password, kMorning));
  must(write([&](auto& tx) { return set_disabled(tx, "li", true, kOperator); }));
  auto tx = must(database().read());
  EXPECT_EQ(must(ledger::audit_head(tx)).number.value, 3);  // made, signed in, disabled
  EXPECT_TRUE(ledger::verify_audit(tx).ok());
}

TEST_P(AccountsTest, ListsByNameInPages) {
  for (const char* name : {"c", "a", "b"}) make(name, "agent:self");
  auto tx = must(database().read());
  const auto first = must(list_accounts(tx, {"", 2}, kMorning));
  ASSERT_EQ(first.size(), 2U);
  EXPECT_EQ(first[0].name, "a");
  const auto rest = must(list_accounts(tx, {first[1].name, 2}, kMorning));
  ASSERT_EQ(rest.size(), 1U);
  EXPECT_EQ(rest[0].name, "c");
}

}  // namespace
}  // namespace zh::people
