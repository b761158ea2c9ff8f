#include "jobs/jobs_store.h"

#include <sodium.h>

#include <array>
#include <climits>

#include "base/hash.h"

namespace zh::jobs {

namespace {

constexpr db::Sql kInsert = R"(
  INSERT INTO jobs (ref, kind, payload, state, priority, due_at, attempt, attempts_max, unique_key, held_key,
                    key_for_ever, account, worker, cancel_requested, done, total, note_zh, note_en, created_at,
                    changed_at)
  VALUES (:ref, :kind, :payload, 1, :priority, :due, 0, :attempts_max, :unique_key, :unique_key, :key_for_ever,
          :account, '', 0, 0, 0, '', '', :now, :now)
  ON CONFLICT (held_key) DO NOTHING
  RETURNING ref)";
constexpr db::Sql kHolder = "SELECT ref FROM jobs WHERE held_key = :unique_key";

constexpr db::Sql kFind = R"(
  SELECT ref, kind, payload, state, priority, due_at, attempt, attempts_max, account, worker, cancel_requested, done,
         total, note_zh, note_en, result, error_code, error_zh, error_en, created_at, started_at, ended_at, changed_at
    FROM jobs
   WHERE ref = :ref)";
constexpr db::Sql kList = R"(
  SELECT ref, kind, payload, state, priority, due_at, attempt, attempts_max, account, worker, cancel_requested, done,
         total, note_zh, note_en, result, error_code, error_zh, error_en, created_at, started_at, ended_at, changed_at
    FROM jobs
   WHERE (CAST(:state AS INTEGER) = 0 OR state = :state)
     AND id < :before
   ORDER BY id DESC
   LIMIT :limit)";
constexpr db::Sql kChangedSince = R"(
  SELECT ref, kind, payload, state, priority, due_at, attempt, attempts_max, account, worker, cancel_requested, done,
         total, note_zh, note_en, result, error_code, error_zh, error_en, created_at, started_at, ended_at, changed_at
    FROM jobs
   WHERE changed_at >= :since
   ORDER BY changed_at, id
   LIMIT :limit)";
constexpr db::Sql kIdOf = "SELECT id FROM jobs WHERE ref = :ref";
constexpr db::Sql kCount = R"(
  SELECT COUNT(*) FILTER (WHERE state = 1), COUNT(*) FILTER (WHERE state = 2), COUNT(*) FILTER (WHERE state = 4),
         MIN(due_at) FILTER (WHERE state = 1 AND due_at <= :now)
    FROM jobs
   WHERE state IN (1, 2, 4))";

constexpr db::Sql kCancelWaiting = R"(
  UPDATE jobs
     SET state = 5, cancel_requested = 1, ended_at = :now, changed_at = :now,
         held_key = CASE WHEN key_for_ever = 1 THEN held_key END
   WHERE ref = :ref AND state = 1)";
constexpr db::Sql kAskToCancel =
    "UPDATE jobs SET cancel_requested = 1, changed_at = :now WHERE ref = :ref AND state = 2";
constexpr db::Sql kRetry = R"(
  UPDATE jobs
     SET state = 1, attempts_max = attempt + :more, due_at = :now, held_key = unique_key,
         cancel_requested = 0, ended_at = NULL, changed_at = :now
   WHERE ref = :ref AND state = 4)";
constexpr db::Sql kKeyIsHeld = R"(
  SELECT 1
    FROM jobs AS dead
    JOIN jobs AS living ON living.held_key = dead.unique_key AND living.id <> dead.id
   WHERE dead.ref = :ref)";
constexpr db::Sql kPrune = "DELETE FROM jobs WHERE state IN (3, 5) AND ended_at < :before";

// Claiming is the one statement that differs: PostgreSQL's workers step over rows that another is taking, SQLite has
// one writer at a time and no such words.
constexpr db::Sql kClaimSqlite = R"(
  UPDATE jobs
     SET state = 2, attempt = attempt + 1, due_at = :until, worker = :worker, started_at = :now, changed_at = :now,
         done = 0, total = 0, note_zh = '', note_en = ''
   WHERE id = (SELECT id
                 FROM jobs
                WHERE state <= 2 AND due_at <= :now
                ORDER BY priority DESC, due_at, id
                LIMIT 1)
  RETURNING id, ref)";
constexpr db::Sql kClaimPostgres = R"(
  UPDATE jobs
     SET state = 2, attempt = attempt + 1, due_at = :until, worker = :worker, started_at = :now, changed_at = :now,
         done = 0, total = 0, note_zh = '', note_en = ''
   WHERE id = (SELECT id
                 FROM jobs
                WHERE state <= 2 AND due_at <= :now
                ORDER BY priority DESC, due_at, id
                LIMIT 1
                  FOR UPDATE SKIP LOCKED)
  RETURNING id, ref)";
constexpr db::Sql kAnythingDue = "SELECT 1 FROM jobs WHERE state <= 2 AND due_at <= :now LIMIT 1";
constexpr db::Sql kBury = R"(
  UPDATE jobs
     SET state = 4, error_code = :code, error_zh = :zh, error_en = :en, ended_at = :now, changed_at = :now,
         held_key = CASE WHEN key_for_ever = 1 THEN held_key END
   WHERE state = 2 AND due_at <= :now AND attempt >= attempts_max)";
constexpr db::Sql kExtend = R"(
  UPDATE jobs
     SET due_at = :until
   WHERE id = :id AND attempt = :attempt AND state = 2
  RETURNING cancel_requested)";
constexpr db::Sql kProgress = R"(
  UPDATE jobs
     SET done = :done, total = :total, note_zh = :zh, note_en = :en, changed_at = :now
   WHERE id = :id AND attempt = :attempt AND state = 2)";
constexpr db::Sql kEnd = R"(
  UPDATE jobs
     SET state = :state, result = :result, error_code = :code, error_zh = :zh, error_en = :en, ended_at = :now,
         changed_at = :now, held_key = CASE WHEN key_for_ever = 1 THEN held_key END
   WHERE id = :id AND attempt = :attempt AND state = 2)";
constexpr db::Sql kPutBack = R"(
  UPDATE jobs
     SET state = 1, due_at = :due, attempts_max = attempts_max + :uncounted, error_code = :code, error_zh = :zh,
         error_en = :en, changed_at = :now
   WHERE id = :id AND attempt = :attempt AND state = 2)";

constexpr int kAttemptsAfterRetry = 5;

std::string new_ref() {
  std::array<unsigned char, 16> bytes{};
  randombytes_buf(bytes.data(), bytes.size());
  std::string text(bytes.size() * 2 + 1, '\0');
  sodium_bin2hex(text.data(), text.size(), bytes.data(), bytes.size());
  text.pop_back();
  return text;
}

Result<std::vector<Job>> read_jobs(db::Rows rows) {
  std::vector<Job> jobs;
  while (rows.next()) {
    Job& job = jobs.emplace_back();
    job.ref = rows.get<std::string>(0);
    job.kind = rows.get<std::string>(1);
    job.payload = rows.get<std::string>(2);
    job.state = static_cast<JobState>(rows.get<int>(3));
    job.priority = rows.get<int>(4);
    job.due = rows.get<Instant>(5);
    job.attempt = rows.get<int>(6);
    job.attempts_max = rows.get<int>(7);
    job.account = rows.get<std::string>(8);
    job.worker = rows.get<std::string>(9);
    job.cancel_requested = rows.get<bool>(10);
    job.done = rows.get<std::int64_t>(11);
    job.total = rows.get<std::int64_t>(12);
    job.note = {.zh = rows.get<std::string>(13), .en = rows.get<std::string>(14)};
    job.result = rows.get<std::optional<std::string>>(15);
    if (const auto code = rows.get<std::optional<int>>(16)) {
      job.error = error(static_cast<ErrorCode>(*code), {.zh = rows.get<std::optional<std::string>>(17).value_or(""),
                                                        .en = rows.get<std::optional<std::string>>(18).value_or("")});
    }
    job.created_at = rows.get<Instant>(19);
    job.started_at = rows.get<std::optional<Instant>>(20);
    job.ended_at = rows.get<std::optional<Instant>>(21);
    job.changed_at = rows.get<Instant>(22);
  }
  ZH_CHECK(rows.finish());
  return jobs;
}

Error no_such_job() { return error(ErrorCode::not_found, {.zh = "没有这个任务", .en = "there is no such job"}); }

Error lease_lost() {
  return error(ErrorCode::conflict,
               {.zh = "任务的租约已失效，本次运行作废",
                .en = "the job's lease has run out and the job is another's: this run does not count"});
}

// One row was meant; none means the lease is another's.
Status held(const Result<std::int64_t>& changed) {
  if (!changed.ok()) return changed.error();
  return *changed == 1 ? Status() : Status(lease_lost());
}

// Columns of an error, all null without one.
struct ErrorColumns {
  std::optional<int> code;
  std::optional<std::string_view> zh;
  std::optional<std::string_view> en;
};

Status end(db::Transaction& tx, const Lease& lease, JobState state, std::optional<std::string_view> result,
           const ErrorColumns& columns, Instant now) {
  return held(tx.execute(kEnd, {{"id", lease.id},
                                {"attempt", lease.attempt},
                                {"state", static_cast<int>(state)},
                                {"result", result},
                                {"code", columns.code},
                                {"zh", columns.zh},
                                {"en", columns.en},
                                {"now", now}}));
}

}  // namespace

std::string_view name_of(JobState state) {
  switch (state) {
    case JobState::waiting:
      return "waiting";
    case JobState::running:
      return "running";
    case JobState::done:
      return "done";
    case JobState::dead:
      return "dead";
    case JobState::cancelled:
      return "cancelled";
  }
  return "";
}

Result<Enqueued> enqueue(db::Transaction& tx, const NewJob& job, Instant now) {
  const auto key = job.unique_key.empty() ? std::optional<std::string_view>() : std::string_view(job.unique_key);
  const std::string ref = new_ref();
  ZH_TRY(const auto made, tx.first<std::string>(kInsert, {{"ref", ref},
                                                          {"kind", job.kind},
                                                          {"payload", job.payload},
                                                          {"priority", job.priority},
                                                          {"due", job.due.value_or(now)},
                                                          {"attempts_max", job.attempts_max},
                                                          {"unique_key", key},
                                                          {"key_for_ever", job.unique_for == UniqueFor::ever ? 1 : 0},
                                                          {"account", job.account},
                                                          {"now", now}}));
  if (made) return Enqueued{.ref = *made, .fresh = true};
  ZH_TRY(const auto holder, tx.first<std::string>(kHolder, {{"unique_key", key}}));
  // On PostgreSQL the holder may have ended in this very moment: the caller's next try succeeds.
  if (!holder)
    return error(ErrorCode::unavailable, {.zh = "任务刚刚结束，请再试一次", .en = "the job has just ended; try again"});
  return Enqueued{.ref = *holder, .fresh = false};
}

Result<std::optional<Job>> find(db::Transaction& tx, std::string_view ref) {
  ZH_TRY(auto rows, tx.query(kFind, {{"ref", ref}}));
  ZH_TRY(auto jobs, read_jobs(std::move(rows)));
  if (jobs.empty()) return std::optional<Job>();
  return std::optional(std::move(jobs.front()));
}

Result<std::vector<Job>> list(db::Transaction& tx, const JobFilter& filter) {
  std::int64_t before = INT64_MAX;
  if (filter.after) {
    ZH_TRY(const auto id, tx.first<std::int64_t>(kIdOf, {{"ref", *filter.after}}));
    if (!id) return no_such_job();
    before = *id;
  }
  const int state = filter.state ? static_cast<int>(*filter.state) : 0;
  ZH_TRY(auto rows, tx.query(kList, {{"state", state}, {"before", before}, {"limit", filter.limit}}));
  return read_jobs(std::move(rows));
}

Result<std::vector<Job>> changed_since(db::Transaction& tx, Instant since, int limit) {
  ZH_TRY(auto rows, tx.query(kChangedSince, {{"since", since}, {"limit", limit}}));
  return read_jobs(std::move(rows));
}

Result<JobCounts> count(db::Transaction& tx, Instant now) {
  ZH_TRY(auto rows, tx.query(kCount, {{"now", now}}));
  JobCounts counts;
  if (rows.next()) {
    counts.waiting = rows.get<std::int64_t>(0);
    counts.running = rows.get<std::int64_t>(1);
    counts.dead = rows.get<std::int64_t>(2);
    counts.oldest_due = rows.get<std::optional<Instant>>(3);
  }
  ZH_CHECK(rows.finish());
  return counts;
}

Status cancel(db::Transaction& tx, std::string_view ref, Instant now) {
  ZH_TRY(const auto ended, tx.execute(kCancelWaiting, {{"ref", ref}, {"now", now}}));
  if (ended == 1) return {};
  ZH_TRY(const auto asked, tx.execute(kAskToCancel, {{"ref", ref}, {"now", now}}));
  if (asked == 1) return {};
  ZH_TRY(const auto id, tx.first<std::int64_t>(kIdOf, {{"ref", ref}}));
  if (!id) return no_such_job();
  return error(ErrorCode::conflict,
               {.zh = "任务已经结束，不能取消", .en = "the job has ended and cannot be cancelled"});
}

Status retry(db::Transaction& tx, std::string_view ref, Instant now) {
  ZH_TRY(const auto living, tx.first<std::int64_t>(kKeyIsHeld, {{"ref", ref}}));
  if (living) {
    return error(ErrorCode::conflict, {.zh = "同一任务已重新排队", .en = "the same work is queued again already"});
  }
  ZH_TRY(const auto changed, tx.execute(kRetry, {{"ref", ref}, {"more", kAttemptsAfterRetry}, {"now", now}}));
  if (changed == 1) return {};
  ZH_TRY(const auto id, tx.first<std::int64_t>(kIdOf, {{"ref", ref}}));
  if (!id) return no_such_job();
  return error(ErrorCode::conflict,
               {.zh = "只有已放弃的任务可以重试", .en = "only a job that was given up can be retried"});
}

Result<std::int64_t> prune(db::Transaction& tx, Instant before) { return tx.execute(kPrune, {{"before", before}}); }

Result<bool> anything_due(db::Transaction& tx, Instant now) {
  ZH_TRY(const auto found, tx.first<std::int64_t>(kAnythingDue, {{"now", now}}));
  return found.has_value();
}

Result<std::optional<Claimed>> claim(db::Transaction& tx, std::string_view worker, Instant now, Instant until) {
  const bool postgres = tx.backend() == db::Backend::postgres;
  ZH_TRY(const auto taken, (tx.first<std::int64_t, std::string>(postgres ? kClaimPostgres : kClaimSqlite,
                                                                {{"worker", worker}, {"now", now}, {"until", until}})));
  if (!taken) return std::optional<Claimed>();
  ZH_TRY(auto job, find(tx, std::get<1>(*taken)));
  if (!job) return error(ErrorCode::internal, verbatim("a claimed job is not there"));
  const Lease lease{.id = std::get<0>(*taken), .attempt = job->attempt};
  return std::optional(Claimed{.lease = lease, .job = std::move(*job)});
}

Result<std::int64_t> bury_cut_off(db::Transaction& tx, Instant now) {
  return tx.execute(kBury, {{"code", static_cast<int>(ErrorCode::internal)},
                            {"zh", "执行任务的进程在运行中退出"},
                            {"en", "the process that ran the job ended in the middle of it"},
                            {"now", now}});
}

Result<Extended> extend(db::Transaction& tx, const Lease& lease, Instant until) {
  ZH_TRY(const auto cancel_requested,
         tx.first<bool>(kExtend, {{"id", lease.id}, {"attempt", lease.attempt}, {"until", until}}));
  return Extended{.held = cancel_requested.has_value(), .cancel_requested = cancel_requested.value_or(false)};
}

Status set_progress(db::Transaction& tx, const Lease& lease, const Progress& progress, Instant now) {
  return held(tx.execute(kProgress, {{"id", lease.id},
                                     {"attempt", lease.attempt},
                                     {"done", progress.done},
                                     {"total", progress.total},
                                     {"zh", progress.note.zh},
                                     {"en", progress.note.en},
                                     {"now", now}}));
}

Status end_done(db::Transaction& tx, const Lease& lease, std::optional<std::string_view> result, Instant now) {
  return end(tx, lease, JobState::done, result, {}, now);
}

Status end_dead(db::Transaction& tx, const Lease& lease, const Error& error, Instant now) {
  return end(tx, lease, JobState::dead, std::nullopt,
             {.code = static_cast<int>(error.code), .zh = error.message.zh, .en = error.message.en}, now);
}

Status end_cancelled(db::Transaction& tx, const Lease& lease, Instant now) {
  return end(tx, lease, JobState::cancelled, std::nullopt, {}, now);
}

Status put_back(db::Transaction& tx, const Lease& lease, const std::optional<Error>& error, Instant due, bool counted,
                Instant now) {
  ErrorColumns columns;
  if (error) columns = {.code = static_cast<int>(error->code), .zh = error->message.zh, .en = error->message.en};
  return held(tx.execute(kPutBack, {{"id", lease.id},
                                    {"attempt", lease.attempt},
                                    {"due", due},
                                    {"uncounted", counted ? 0 : 1},
                                    {"code", columns.code},
                                    {"zh", columns.zh},
                                    {"en", columns.en},
                                    {"now", now}}));
}

}  // namespace zh::jobs
