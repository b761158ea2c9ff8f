#include "jobs/jobs.h"

#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <latch>
#include <thread>

#include "jobs/jobs_store.h"
#include "jobs/runner.h"
#include "tests/support/databases.h"

namespace zh::jobs {
namespace {

using testing_support::must;

constexpr db::Sql kMakeEffects = "CREATE TABLE IF NOT EXISTS effects (what INTEGER NOT NULL)";
constexpr db::Sql kAddEffect = "INSERT INTO effects (what) VALUES (:what)";
constexpr db::Sql kCountEffects = "SELECT COUNT(*) FROM effects";

class JobsTest : public testing_support::StorageTest {
 protected:
  void SetUp() override {
    StorageTest::SetUp();
    if (IsSkipped()) return;
    auto tx = must(database().write());
    must(tx.execute(kMakeEffects));
    must(tx.commit());
  }

  Enqueued add(NewJob job) {
    auto tx = must(database().write());
    Enqueued queued = must(enqueue(tx, job, now));
    must(tx.commit());
    return queued;
  }
  Job read(const std::string& ref) {
    auto tx = must(database().read());
    return must(find(tx, ref)).value();
  }
  std::int64_t effects() {
    auto tx = must(database().read());
    return must(tx.value<std::int64_t>(kCountEffects));
  }
  // The work of all handlers here: one row, in one transaction with the job's end.
  static Status do_once(db::Database& database, JobRun& run) {
    ZH_TRY(auto tx, database.write());
    ZH_CHECK(tx.execute(kAddEffect, {{"what", 1}}));
    ZH_CHECK(run.complete(tx, R"({"rows":1})"));
    return tx.commit();
  }
  std::unique_ptr<Runner> runner(Handler handler, std::string worker = "w1") {
    Handlers handlers;
    handlers.add("work", std::move(handler));
    auto made = std::make_unique<Runner>(database(), std::move(handlers), Zone::utc(),
                                         RunnerOptions{.threads = 2,
                                                       .lease = std::chrono::seconds(60),
                                                       .poll = std::chrono::milliseconds(20),
                                                       .worker = std::move(worker)});
    made->set_clock([this] { return now.load(); });
    return made;
  }
  // The heartbeat of the runner under test, as its own thread would give it.
  Status run_beat() const { return beating->beat(); }
  void pass(std::int64_t seconds) { now = Instant{now.load().us + seconds * 1'000'000}; }

  Runner* beating = nullptr;
  std::atomic<Instant> now{Instant::from_seconds(1'790'000'000)};
};
ZH_ON_BOTH_DATABASES(JobsTest);

TEST_P(JobsTest, RunsWhatWasQueuedOnce) {
  const Enqueued queued = add({.kind = "work", .payload = R"({"a":1})", .account = "me"});
  EXPECT_EQ(queued.ref.size(), 32U);
  std::string seen;
  const auto worker = runner([&](JobRun& run) {
    seen = run.job().payload;
    EXPECT_EQ(run.job().state, JobState::running);
    return do_once(database(), run);
  });
  EXPECT_TRUE(must(worker->run_one()));
  EXPECT_FALSE(must(worker->run_one()));
  EXPECT_EQ(seen, R"({"a":1})");
  EXPECT_EQ(effects(), 1);
  const Job job = read(queued.ref);
  EXPECT_EQ(job.state, JobState::done);
  EXPECT_EQ(job.result, R"({"rows":1})");
  EXPECT_EQ(job.attempt, 1);
  EXPECT_EQ(job.worker, "w1");
  EXPECT_EQ(job.account, "me");
}

TEST_P(JobsTest, QueueingIsPartOfItsTransaction) {
  {
    auto tx = must(database().write());
    must(enqueue(tx, {.kind = "work"}, now));
  }  // not committed
  EXPECT_FALSE(must(runner([](JobRun&) { return Status(); })->run_one()));
}

TEST_P(JobsTest, ComesInTheOrderOfUrgencyThenTime) {
  add({.kind = "work", .payload = "\"late\"", .due = Instant{now.load().us + 1'000'000}});
  add({.kind = "work", .payload = "\"first\""});
  add({.kind = "work", .payload = "\"urgent\"", .priority = 1});
  std::string order;
  const auto worker = runner([&](JobRun& run) {
    order += run.job().payload;
    return Status();
  });
  while (must(worker->run_one())) {
  }
  EXPECT_EQ(order, R"("urgent""first")");
  pass(1);
  EXPECT_TRUE(must(worker->run_one()));
}

TEST_P(JobsTest, AUniqueKeyAdmitsOneJobForItsLife) {
  const Enqueued first = add({.kind = "work", .unique_key = "month 2026-10"});
  const Enqueued second = add({.kind = "work", .unique_key = "month 2026-10"});
  EXPECT_TRUE(first.fresh);
  EXPECT_FALSE(second.fresh);
  EXPECT_EQ(second.ref, first.ref);
  EXPECT_TRUE(must(runner([](JobRun&) { return Status(); })->run_one()));
  EXPECT_TRUE(add({.kind = "work", .unique_key = "month 2026-10"}).fresh);

  add({.kind = "work", .unique_key = "once", .unique_for = UniqueFor::ever});
  const auto worker = runner([](JobRun&) { return Status(); });
  while (must(worker->run_one())) {
  }
  EXPECT_FALSE(add({.kind = "work", .unique_key = "once"}).fresh);
}

TEST_P(JobsTest, AFailureThatMayPassIsTriedAgainLaterThenGivenUp) {
  const Enqueued queued = add({.kind = "work", .attempts_max = 2});
  const auto worker = runner([](JobRun&) -> Status {
    return error(ErrorCode::unavailable, {.zh = "数据库不在", .en = "the database is away"});
  });
  EXPECT_TRUE(must(worker->run_one()));
  Job job = read(queued.ref);
  EXPECT_EQ(job.state, JobState::waiting);
  EXPECT_EQ(job.error->message.en, "the database is away");
  const std::int64_t pause_us = job.due.us - now.load().us;
  EXPECT_GE(pause_us, 2'500'000);
  EXPECT_LE(pause_us, 5'000'000);
  EXPECT_FALSE(must(worker->run_one()));
  pass(5);
  EXPECT_TRUE(must(worker->run_one()));
  job = read(queued.ref);
  EXPECT_EQ(job.state, JobState::dead);
  EXPECT_EQ(job.attempt, 2);
}

TEST_P(JobsTest, AFailureThatStaysIsGivenUpAtOnceAndKept) {
  const Enqueued queued = add({.kind = "work", .unique_key = "k"});
  const auto worker = runner([](JobRun&) -> Status { return invalid({.zh = "文件有误", .en = "the file is wrong"}); });
  EXPECT_TRUE(must(worker->run_one()));
  EXPECT_EQ(read(queued.ref).state, JobState::dead);
  const Enqueued unknown = add({.kind = "nobody's"});
  EXPECT_TRUE(must(worker->run_one()));
  EXPECT_EQ(read(unknown.ref).error->code, ErrorCode::unsupported);

  auto tx = must(database().write());
  EXPECT_EQ(must(prune(tx, Instant{now.load().us + 1})), 0);  // dead letters are a person's to decide on
  EXPECT_EQ(must(count(tx, now)).dead, 2);
  must(retry(tx, queued.ref, now));
  EXPECT_EQ(retry(tx, queued.ref, now).error().code, ErrorCode::conflict);
  EXPECT_EQ(retry(tx, "unknown", now).error().code, ErrorCode::not_found);
  must(tx.commit());
  EXPECT_TRUE(must(runner([](JobRun&) { return Status(); })->run_one()));
  EXPECT_EQ(read(queued.ref).state, JobState::done);
}

TEST_P(JobsTest, ADeadJobDoesNotReturnBesideItsSuccessor) {
  const Enqueued dead = add({.kind = "work", .unique_key = "k"});
  EXPECT_TRUE(must(runner([](JobRun&) -> Status { return invalid({}); })->run_one()));
  EXPECT_TRUE(add({.kind = "work", .unique_key = "k"}).fresh);
  auto tx = must(database().write());
  EXPECT_EQ(retry(tx, dead.ref, now).error().code, ErrorCode::conflict);
}

TEST_P(JobsTest, AnExceptionIsAFailureLikeAnother) {
  const Enqueued queued = add({.kind = "work"});
  EXPECT_TRUE(must(runner([](JobRun&) -> Status { throw std::runtime_error("bug"); })->run_one()));
  EXPECT_EQ(read(queued.ref).error->code, ErrorCode::internal);
  EXPECT_EQ(read(queued.ref).state, JobState::waiting);
}

TEST_P(JobsTest, AWorkerWithALostLeaseLeavesNothing) {
  const Enqueued queued = add({.kind = "work"});
  const auto quick = runner([&](JobRun& run) { return do_once(database(), run); }, "quick");
  const auto slow = runner(
      [&](JobRun& run) -> Status {
        pass(61);  // the lease runs out meanwhile, and another takes the job and finishes it
        EXPECT_TRUE(must(quick->run_one()));
        return do_once(database(), run);
      },
      "slow");
  EXPECT_TRUE(must(slow->run_one()));
  EXPECT_EQ(effects(), 1);
  const Job job = read(queued.ref);
  EXPECT_EQ(job.state, JobState::done);
  EXPECT_EQ(job.worker, "quick");
  EXPECT_EQ(job.attempt, 2);
}

TEST_P(JobsTest, AHeartbeatKeepsTheLease) {
  add({.kind = "work"});
  const auto other = runner([](JobRun&) { return Status(); }, "other");
  const auto worker = runner([&](JobRun& run) -> Status {
    for (int i = 0; i < 5; ++i) {
      pass(50);
      must(run_beat());
      EXPECT_FALSE(must(other->run_one()));
    }
    return do_once(database(), run);
  });
  beating = worker.get();
  EXPECT_TRUE(must(worker->run_one()));
  EXPECT_EQ(effects(), 1);
}

TEST_P(JobsTest, ARunningJobCanBeCancelled) {
  const Enqueued waiting = add({.kind = "work", .due = Instant{now.load().us + 1}});
  {
    auto tx = must(database().write());
    must(cancel(tx, waiting.ref, now));
    EXPECT_EQ(cancel(tx, waiting.ref, now).error().code, ErrorCode::conflict);
    EXPECT_EQ(cancel(tx, "unknown", now).error().code, ErrorCode::not_found);
    must(tx.commit());
  }
  EXPECT_EQ(read(waiting.ref).state, JobState::cancelled);

  const Enqueued running = add({.kind = "work"});
  const auto worker = runner([&](JobRun& run) -> Status {
    auto tx = must(database().write());
    must(cancel(tx, run.job().ref, now));
    must(tx.commit());
    EXPECT_FALSE(run.stop().stop_requested());
    must(run_beat());
    EXPECT_TRUE(run.stop().stop_requested());
    return error(ErrorCode::cancelled, {.zh = "已取消", .en = "cancelled"});
  });
  beating = worker.get();
  EXPECT_TRUE(must(worker->run_one()));
  EXPECT_EQ(read(running.ref).state, JobState::cancelled);
}

TEST_P(JobsTest, ProgressIsToldAndStored) {
  const Enqueued queued = add({.kind = "work"});
  std::vector<std::int64_t> told;
  const auto worker = runner([&](JobRun& run) -> Status {
    for (int i = 1; i <= 30; ++i) {
      pass(i % 10 == 0 ? 1 : 0);
      run.progress(i, 30, {.zh = "导入", .en = "importing"});
    }
    EXPECT_EQ(read(queued.ref).done, 30);
    EXPECT_EQ(read(queued.ref).note.zh, "导入");
    return do_once(database(), run);
  });
  worker->set_listener([&](const Job& job) { told.push_back(job.done); });
  EXPECT_TRUE(must(worker->run_one()));
  EXPECT_EQ(told, (std::vector<std::int64_t>{0, 1, 10, 20, 30, 30}));  // at most once a second, and at both ends
}

TEST_P(JobsTest, OthersSeeWhatChanged) {
  const Enqueued first = add({.kind = "work"});
  pass(10);
  const Instant since = now;
  const Enqueued second = add({.kind = "work"});
  auto tx = must(database().read());
  const auto changed = must(changed_since(tx, since));
  ASSERT_EQ(changed.size(), 1U);
  EXPECT_EQ(changed[0].ref, second.ref);
  const auto all = must(list(tx, {}));
  ASSERT_EQ(all.size(), 2U);
  EXPECT_EQ(all[0].ref, second.ref);
  EXPECT_EQ(must(list(tx, {.after = second.ref}))[0].ref, first.ref);
  EXPECT_TRUE(must(list(tx, {.state = JobState::dead})).empty());
  EXPECT_EQ(must(count(tx, now)).oldest_due, Instant{since.us - 10'000'000});
}

TEST_P(JobsTest, EndedJobsArePrunedInTime) {
  const Enqueued queued = add({.kind = "work"});
  EXPECT_TRUE(must(runner([](JobRun&) { return Status(); })->run_one()));
  auto tx = must(database().write());
  EXPECT_EQ(must(prune(tx, now)), 0);
  EXPECT_EQ(must(prune(tx, Instant{now.load().us + 1})), 1);
  EXPECT_FALSE(must(find(tx, queued.ref)).has_value());
}

TEST_P(JobsTest, AScheduleQueuesOneJobAtItsTimeAndOneForAllThatWasMissed) {
  const auto worker = runner([&](JobRun& run) { return do_once(database(), run); });
  must(worker->add_schedule({.name = "nightly", .cron = "30 2 * * *", .kind = "work"}));
  EXPECT_EQ(worker->add_schedule({.name = "bad", .cron = "x", .kind = "work"}).error().code, ErrorCode::invalid);
  now = Zone::utc().parse_instant("2026-10-12T02:29:00").value();
  EXPECT_EQ(must(worker->run_schedules()), 0);
  pass(60);
  EXPECT_EQ(must(worker->run_schedules()), 1);
  EXPECT_EQ(must(worker->run_schedules()), 0);
  pass(5 * 86'400);  // five nights without a server
  EXPECT_EQ(must(worker->run_schedules()), 1);
  while (must(worker->run_one())) {
  }
  EXPECT_EQ(effects(), 2);
}

TEST_P(JobsTest, SeveralProcessesMakeOneJobOfASchedule) {
  std::atomic<int> queued{0};
  std::vector<std::unique_ptr<Runner>> runners;
  for (int i = 0; i < 4; ++i) {
    runners.push_back(runner([](JobRun&) { return Status(); }, "w" + std::to_string(i)));
    must(runners.back()->add_schedule({.name = "hourly", .cron = "0 * * * *", .kind = "work"}));
    EXPECT_EQ(must(runners.back()->run_schedules()), 0);
  }
  pass(3600);
  std::vector<std::jthread> threads;
  for (auto& each : runners) {
    threads.emplace_back([&queued, runner = each.get()] { queued += must(runner->run_schedules()); });
  }
  threads.clear();
  EXPECT_EQ(queued, 1);
}

TEST_P(JobsTest, ManyWorkersTakeEachJobOnce) {
  constexpr int jobs = 40;
  for (int i = 0; i < jobs; ++i) add({.kind = "work"});
  const auto first = runner([&](JobRun& run) { return do_once(database(), run); }, "first");
  const auto second = runner([&](JobRun& run) { return do_once(database(), run); }, "second");
  first->start();
  second->start();
  for (int i = 0; i < 1000 && effects() < jobs; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  first->stop();
  second->stop();
  EXPECT_EQ(effects(), jobs);
  auto tx = must(database().read());
  EXPECT_EQ(must(list(tx, {.state = JobState::done, .limit = 100})).size(), static_cast<std::size_t>(jobs));
}

TEST_P(JobsTest, StopGivesRunningJobsBackUncounted) {
  const Enqueued queued = add({.kind = "work", .attempts_max = 1});
  std::latch begun(1);
  const auto worker = runner([&](JobRun& run) -> Status {
    begun.count_down();
    while (!run.stop().stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return error(ErrorCode::cancelled, {.zh = "停止", .en = "stopped"});
  });
  worker->start();
  begun.wait();
  worker->stop();
  EXPECT_EQ(read(queued.ref).state, JobState::waiting);
  EXPECT_TRUE(must(runner([&](JobRun& run) { return do_once(database(), run); })->run_one()));
  EXPECT_EQ(effects(), 1);
}

// kill −9 at each point of a run: the job runs again, and its effect is there once.
enum class KillAt { before_effect, after_complete, after_commit };

class KilledJobsTest : public JobsTest {
 protected:
  // Runs one job in a process of its own that dies where told.
  void run_and_kill(KillAt at) {
    const pid_t child = ::fork();
    ASSERT_GE(child, 0);
    if (child == 0) {
      const auto own = open();
      Handlers handlers;
      handlers.add("work", [&own, at](JobRun& run) -> Status {
        if (at == KillAt::before_effect) ::raise(SIGKILL);
        ZH_TRY(auto tx, own->write());
        ZH_CHECK(tx.execute(kAddEffect, {{"what", 1}}));
        ZH_CHECK(run.complete(tx));
        if (at == KillAt::after_complete) ::raise(SIGKILL);
        ZH_CHECK(tx.commit());
        ::raise(SIGKILL);
        return {};
      });
      Runner worker(*own, std::move(handlers), Zone::utc(), {.lease = std::chrono::seconds(60), .worker = "child"});
      worker.set_clock([this] { return now.load(); });
      [[maybe_unused]] const auto ran = worker.run_one();
      ::_exit(1);
    }
    int status = 0;
    ASSERT_EQ(::waitpid(child, &status, 0), child);
    ASSERT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << status;
  }

  // Until PostgreSQL notices that the killed process is gone, its transaction stands and keeps others from the job.
  void run_until_done(Runner& worker, const std::string& ref) {
    const auto until = std::chrono::steady_clock::now() + std::chrono::seconds(30);
    while (read(ref).state != JobState::done && std::chrono::steady_clock::now() < until) {
      if (!must(worker.run_one())) std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
  }
};
ZH_ON_BOTH_DATABASES(KilledJobsTest);

TEST_P(KilledJobsTest, RunAgainOnceInEffect) {
  for (const KillAt at : {KillAt::before_effect, KillAt::after_complete, KillAt::after_commit}) {
    const std::int64_t before = effects();
    const Enqueued queued = add({.kind = "work"});
    run_and_kill(at);
    const auto worker = runner([&](JobRun& run) { return do_once(database(), run); });
    EXPECT_FALSE(must(worker->run_one()));  // its lease still runs, or it is done
    pass(61);
    run_until_done(*worker, queued.ref);
    EXPECT_EQ(effects(), before + 1) << static_cast<int>(at);
    EXPECT_EQ(read(queued.ref).state, JobState::done);
  }
}

TEST_P(KilledJobsTest, AJobThatKillsItsProcessIsGivenUp) {
  const Enqueued queued = add({.kind = "work", .attempts_max = 2});
  run_and_kill(KillAt::before_effect);
  pass(61);
  run_and_kill(KillAt::before_effect);
  pass(61);
  EXPECT_FALSE(must(runner([&](JobRun& run) { return do_once(database(), run); })->run_one()));
  EXPECT_EQ(read(queued.ref).state, JobState::dead);
  EXPECT_EQ(effects(), 0);
}

}  // namespace
}  // namespace zh::jobs
