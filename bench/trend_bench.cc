// The trend of service quality over 24 months, answered from the month sums, after few inspections and after many: what
// trend_of() and problems_of() take, on the database given, beside summing the inspections themselves.
//   bench_trend [postgresql://…]     FEW=10000 MANY=1000000 ZH_ROUNDS=201
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <functional>
#include <memory>
#include <vector>

#include "db/migrate.h"
#include "ledger/batches.h"
#include "policy/load.h"
#include "rooms/people/people_store.h"
#include "rooms/quality/month/sums.h"

namespace {

using namespace zh;

constexpr int kMonths = 24;
constexpr std::int64_t kAgents = 100;  // each has results in every month, after few inspections too
constexpr db::Into kIntoInspections{"quality_inspections",
                                    "plan, round, place, contact, channel, product, staff_no, group_name, occurred_at, "
                                    "probability, inspector, state, change, rubric, not_applicable, score, reason"};
constexpr db::Into kIntoFindings{"quality_findings",
                                 "plan, round, place, number, item, choice, points, span_of, span_turn, span_from, "
                                 "span_until, reason"};
constexpr db::Sql kBySumming =
    "SELECT count(*), sum(CAST(score AS INTEGER)) FROM quality_inspections"
    " WHERE occurred_at >= :from AND occurred_at < :until AND state = 4 GROUP BY occurred_at / 2592000000000";

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

quality::Regulation regulation() {
  auto pack = std::make_shared<policy::Pack>(
      must(policy::load_pack(must(policy::read_sources("policies/quality-inspection")))));
  const auto same = [pack](db::Transaction&, auto&&) -> Result<quality::PackPtr> { return quality::PackPtr(pack); };
  return {.zone = must(Zone::find("Asia/Shanghai")), .pack_on = same, .pack_of = same};
}

// One inspector, and a plan for the inspections to belong to.
void draw_up(db::Database& database, const quality::Regulation& regulation, Month month) {
  people::PersonRow row;
  row.staff_no = "3001";
  row.name = "inspector";
  row.position = people::Position::inspector;
  row.hired_on = Date::parse("2020-01-01").value();
  const std::vector<people::StatedRow> rows{{row, 2}};
  auto tx = must(database.write());
  must(people::lock_people(tx));
  const auto change = people::change_of(must(people::load_people(tx)), rows);
  const Instant now = regulation.zone.start_of(month.first());
  const auto batch = must(
      ledger::record_batch(tx, {.kind = "people", .files = {"bench"}, .content = {}, .actor = "bench", .at = now}));
  must(people::store_change(tx, batch, rows, change));
  const auto pack = must(regulation.pack_on(tx, month.first()));
  const quality::PlanDraft draft{.month = month,
                                 .title = "bench",
                                 .scope = {},
                                 .rounds = quality::default_rounds(month, *pack),
                                 .inspectors = {{"3001", 10}}};
  must(quality::draw_up_plan(tx, regulation, draft,
                             {.actor = {.account = "bench", .staff_no = {}, .roles = {"qa_supervisor"}}, .now = now}));
  must(tx.commit());
}

// Published inspections spread evenly over the months, a round for each, every third with a finding; then their sums.
void fill(db::Database& database, const quality::Regulation& regulation, Interval during, std::int64_t inspections) {
  auto tx = must(database.write());
  const std::int64_t of_round = (inspections + kMonths - 1) / kMonths;
  {
    auto load = must(tx.load(kIntoInspections));
    for (std::int64_t i = 0; i < inspections; ++i) {
      const std::int64_t agent = i * 7'919 % kAgents;
      must(
          load.add({1, i / of_round + 1, i % of_round + 1, fmt::format("c{}", i), "call",
                    fmt::format("product{}", i % 6), std::to_string(10'000 + agent), fmt::format("group{}", agent / 20),
                    Instant{during.from.us + i * (during.length_us() / inspections)}, "1/10", "3001", 4, 1, "service",
                    "", std::to_string(100 - i % 3), ""}));
    }
    must(load.finish());
  }
  {
    auto load = must(tx.load(kIntoFindings));
    for (std::int64_t i = 0; i < inspections; ++i) {
      if (i % 3 == 0) continue;
      must(load.add({1, i / of_round + 1, i % of_round + 1, 1, i % 2 == 0 ? "listening" : "clear", "minor", i % 3, 0, 0,
                     0, 0, "bench"}));
    }
    must(load.finish());
  }
  must(quality::rebuild_sums(tx, regulation));
  must(tx.commit());
}

template <class Work>
double median_us(std::int64_t rounds, Work&& work) {
  std::vector<double> values;
  for (std::int64_t round = 0; round < rounds; ++round) {
    const auto begin = std::chrono::steady_clock::now();
    work();
    values.push_back(std::chrono::duration<double, std::micro>(std::chrono::steady_clock::now() - begin).count());
  }
  std::ranges::sort(values);
  return values[values.size() / 2];
}

struct Times {
  double trend = 0;     // of centre, a group and an agent
  double problems = 0;  // of the last month by item, agent, group and product
  double summing = 0;   // of the inspections themselves
};

Times measure(const db::Options& options, std::int64_t inspections) {
  const auto regulation_in_force = regulation();
  auto database = must(db::Database::open(options));
  must(db::migrate(*database));
  const Month last = must(Month::parse("2026-10"));
  Month first = last;
  for (int i = 1; i < kMonths; ++i) first = first.previous();
  const Zone& zone = regulation_in_force.zone;
  const Interval during{zone.start_of(first.first()), zone.start_of(last.next().first())};
  draw_up(*database, regulation_in_force, last);
  fill(*database, regulation_in_force, during, inspections);

  auto tx = must(database->read());
  using quality::ProblemsBy;
  using quality::SumAbout;
  const auto trends = [&] {
    for (const quality::SumOf& of : {quality::SumOf{SumAbout::centre, ""}, quality::SumOf{SumAbout::group, "group3"},
                                     quality::SumOf{SumAbout::agent, "10007"}}) {
      if (must(quality::trend_of(tx, of, first, last)).back().inspections == 0)
        std::exit(1);  // NOLINT(concurrency-mt-unsafe): one thread
    }
  };
  const auto problems = [&] {
    for (const ProblemsBy by : {ProblemsBy::item, ProblemsBy::agent, ProblemsBy::group, ProblemsBy::product}) {
      must(quality::problems_of(tx, last, by));
    }
  };
  const auto summing = [&] {
    auto rows = must(tx.query(kBySumming, {{"from", during.from}, {"until", during.until}}));
    while (rows.next()) {
    }
    must(rows.finish());
  };
  const std::int64_t rounds = setting("ZH_ROUNDS", 201);
  return {
      .trend = median_us(rounds, trends), .problems = median_us(rounds, problems), .summing = median_us(3, summing)};
}

void compare(const char* name, const std::function<db::Options(const char*)>& place) {
  const std::int64_t few = setting("FEW", 10'000);
  const std::int64_t many = setting("MANY", 1'000'000);
  const Times small = measure(place("few"), few);
  const Times large = measure(place("many"), many);
  fmt::print("{}: after {} and {} inspections of {} agents\n", name, few, many, kAgents);
  fmt::print("  trends over {} months   {:8.0f} µs {:8.0f} µs   ratio {:.2f} (goal 0.5 to 1.5)\n", kMonths, small.trend,
             large.trend, large.trend / small.trend);
  fmt::print("  problems of a month     {:8.0f} µs {:8.0f} µs   ratio {:.2f}\n", small.problems, large.problems,
             large.problems / small.problems);
  fmt::print("  summing inspections     {:8.0f} µs {:8.0f} µs   ratio {:.2f}\n", small.summing, large.summing,
             large.summing / small.summing);
}

}  // namespace

int main(int argc, char** argv) {
  const auto folder = std::filesystem::temp_directory_path() / fmt::format("zh_bench_trend_{}", getpid());
  std::filesystem::create_directories(folder);
  compare("SQLite", [&](const char* which) {
    db::Options options;
    options.location = folder / fmt::format("{}.db", which);
    return options;
  });
  std::filesystem::remove_all(folder);
  if (argc < 2) return 0;
  const auto schema = [&](const char* which) {
    db::Options options;
    options.location = argv[1];
    options.schema = fmt::format("zh_bench_trend_{}", which);
    return options;
  };
  compare("PostgreSQL", schema);
  must(db::drop_schema(schema("few")));
  must(db::drop_schema(schema("many")));
}
