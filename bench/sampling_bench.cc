// Drawing a plan's sample beside counting the same contacts by agent: what `SELECT member, count(*) … GROUP BY member`
// takes, and what the whole draw takes (frame, hashes, sample, stored), on the database given.
//   bench_sampling [postgresql://…]     CONTACTS=1000000 AGENTS=2000 ZH_ROUNDS=5
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <memory>

#include "db/migrate.h"
#include "rooms/quality/sampling/sampling.h"

namespace {

using namespace zh;
namespace sampling = quality::sampling;

constexpr db::Into kIntoContacts{"contacts",
                                 "call_id, number, source, channel, direction, queue, product, member, offered_at, "
                                 "talk_ms, outcome, transferred, ended_by, entered, connected"};
constexpr db::Into kIntoCustomers{"contact_customers", "call_id, number, customer, offered_at"};
constexpr db::Sql kCount =
    "SELECT member, count(*) FROM contacts"
    " WHERE offered_at >= :from AND offered_at < :until AND outcome = 1 AND member <> '' GROUP BY member";

std::int64_t setting(const char* name, std::int64_t otherwise) {
  const char* const text = std::getenv(name);  // NOLINT(concurrency-mt-unsafe): one thread
  return text == nullptr ? otherwise : std::atoll(text);
}

// Ends the program with the error's words.
template <class T>
T must(Result<T> result) {
  if (result.ok()) return std::move(result).value();
  fmt::print(stderr, "{}\n", result.error().to_string(Language::en));
  std::exit(1);  // NOLINT(concurrency-mt-unsafe): one thread
}
void must(const Status& status) {
  if (!status.ok()) must(Result<int>(status.error()));
}

std::string member_of(std::int64_t agent) { return fmt::format("PJSIP/{}", 10'000 + agent); }

people::People everybody(std::int64_t agents) {
  std::vector<people::Person> all;
  for (std::int64_t agent = 0; agent < agents; ++agent) {
    people::PersonRow row;
    row.staff_no = std::to_string(10'000 + agent);
    row.group = std::to_string(agent / 20);
    row.hired_on = Date::parse("2020-01-01").value();
    row.phone_ids = {member_of(agent)};
    all.push_back(people::Person::of(std::vector{row}));
  }
  return people::People(std::move(all));
}

// One contact every so often through the month, of agents and queues in turn.
void fill(db::Database& database, Interval month, std::int64_t contacts, std::int64_t agents) {
  auto tx = must(database.write());
  auto load = must(tx.load(kIntoContacts));
  const std::int64_t step = month.length_us() / contacts;
  for (std::int64_t i = 0; i < contacts; ++i) {
    const std::int64_t agent = i * 7'919 % agents;
    must(load.add({fmt::format("{}.{}", 1'790'000'000 + i * 2, i % 997), 1, 1, i % 5 == 0 ? 2 : 1, 1,
                   fmt::format("queue{}", i % 6), "", member_of(agent), Instant{month.from.us + i * step},
                   (i * 37 % 900) * 1'000, i % 12 == 0 ? 2 : 1, i % 40 == 0 ? 1 : 0, 0, 1, 1}));
  }
  must(load.finish());
  auto customers = must(tx.load(kIntoCustomers));
  for (std::int64_t i = 0; i < contacts; ++i) {
    must(customers.add({fmt::format("{}.{}", 1'790'000'000 + i * 2, i % 997), 1,
                        fmt::format("139{:08}", i * 31 % 400'000), Instant{month.from.us + i * step}}));
  }
  must(customers.finish());
  must(tx.commit());
}

template <class Work>
double seconds(Work&& work) {
  const auto begin = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
}
double median(std::vector<double> values) {
  std::ranges::sort(values);
  return values[values.size() / 2];
}

void measure(db::Database& database, const char* name) {
  const std::int64_t agents = setting("AGENTS", 2'000);
  const std::int64_t contacts = setting("CONTACTS", 1'000'000);
  const Zone zone = must(Zone::find("Asia/Shanghai"));
  const Interval month = zone.interval_of(must(Month::parse("2026-10")));
  must(db::migrate(database));
  fill(database, month, contacts, agents);
  const people::People people = everybody(agents);
  const contacts::QueueProducts products;

  std::vector<double> counting;
  std::vector<double> drawing;
  std::size_t picks = 0;
  for (std::int64_t round = 1; round <= setting("ZH_ROUNDS", 5); ++round) {
    counting.push_back(seconds([&] {
      auto tx = must(database.read());
      auto rows = must(tx.query(kCount, {{"from", month.from}, {"until", month.until}}));
      std::int64_t sum = 0;
      while (rows.next()) sum += rows.get<std::int64_t>(1);
      must(rows.finish());
      if (sum == 0) std::exit(1);  // NOLINT(concurrency-mt-unsafe): one thread
    }));
    drawing.push_back(seconds([&] {
      const sampling::DrawId id{.plan = round, .round = 1};
      const sampling::By by{.actor = "bench", .at = month.until};
      auto tx = must(database.write());
      must(sampling::commit_seed(tx, id, sampling::random_secrets(), by));
      const sampling::Order order{
          .id = id,
          .scope = {.during = month, .channels = {}, .products = {}, .groups = {}},
          .allocation = {.per_agent = 4, .total = 20'000},
          .risk = {.long_contact = 1'000, .repeat_contact = 500, .transferred = 500, .new_agent = 500},
          .parts_of_day = {0, 8, 12, 18}};
      picks = must(sampling::draw_sample(tx, order, {.people = people, .products = products, .zone = zone}, by))
                  .picks.size();
      must(tx.commit());
    }));
  }
  fmt::print("{}: {} contacts, {} agents, {} drawn: count by agent {:.2f} s, draw {:.2f} s, ratio {:.1f} (goal 10)\n",
             name, contacts, agents, picks, median(counting), median(drawing), median(drawing) / median(counting));
}

}  // namespace

int main(int argc, char** argv) {
  const auto folder = std::filesystem::temp_directory_path() / fmt::format("zh_bench_sampling_{}", getpid());
  std::filesystem::create_directories(folder);
  {
    db::Options options;
    options.location = folder / "zhiheng.db";
    measure(*must(db::Database::open(options)), "SQLite");
  }
  std::filesystem::remove_all(folder);
  if (argc < 2) return 0;
  db::Options options;
  options.location = argv[1];
  options.schema = "zh_bench_sampling";
  measure(*must(db::Database::open(options)), "PostgreSQL");
  must(db::drop_schema(options));
  return 0;
}
