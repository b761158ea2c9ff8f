#include "rooms/quality/sampling/sampling_store.h"

namespace zh::quality::sampling::store {

constexpr db::Sql kAddSeed =
    "INSERT INTO sample_seeds (plan, round, commitment, seed, blind, committed_at)"
    " VALUES (:plan, :round, :commitment, :seed, :blind, :committed_at) ON CONFLICT (plan, round) DO NOTHING";

Result<bool> add_seed(db::Transaction& tx, const DrawId& id, const Seed& seed) {
  ZH_TRY(const std::int64_t added, tx.execute(kAddSeed, {{"plan", id.plan},
                                                         {"round", id.round},
                                                         {"commitment", seed.commitment},
                                                         {"seed", seed.secrets.seed},
                                                         {"blind", seed.secrets.blind},
                                                         {"committed_at", seed.committed_at}}));
  return added == 1;
}

constexpr db::Sql kSeed =
    "SELECT commitment, seed, blind, committed_at FROM sample_seeds WHERE plan = :plan AND round = :round";

Result<std::optional<Seed>> seed_of(db::Transaction& tx, const DrawId& id) {
  ZH_TRY(const auto row, (tx.first<Hash, Hash, Hash, Instant>(kSeed, {{"plan", id.plan}, {"round", id.round}})));
  if (!row) return std::optional<Seed>();
  const auto& [commitment, seed, blind, committed_at] = *row;
  return std::optional(
      Seed{.commitment = commitment, .secrets = {.seed = seed, .blind = blind}, .committed_at = committed_at});
}

constexpr db::Sql kAddDraw =
    "INSERT INTO sample_draws (plan, round, from_at, until_at, frame, drawn_at)"
    " VALUES (:plan, :round, :from_at, :until_at, :frame, :drawn_at) ON CONFLICT (plan, round) DO NOTHING";

Result<bool> add_draw(db::Transaction& tx, const DrawId& id, const Draw& draw) {
  ZH_TRY(const std::int64_t added, tx.execute(kAddDraw, {{"plan", id.plan},
                                                         {"round", id.round},
                                                         {"from_at", draw.during.from},
                                                         {"until_at", draw.during.until},
                                                         {"frame", draw.frame},
                                                         {"drawn_at", draw.drawn_at}}));
  return added == 1;
}

constexpr db::Sql kDraw =
    "SELECT from_at, until_at, frame, drawn_at FROM sample_draws WHERE plan = :plan AND round = :round";

Result<std::optional<Draw>> draw_of(db::Transaction& tx, const DrawId& id) {
  ZH_TRY(const auto row, (tx.first<Instant, Instant, Hash, Instant>(kDraw, {{"plan", id.plan}, {"round", id.round}})));
  if (!row) return std::optional<Draw>();
  const auto& [from, until, frame, drawn_at] = *row;
  return std::optional(Draw{.during = {from, until}, .frame = frame, .drawn_at = drawn_at});
}

constexpr db::Sql kDrawnRounds = "SELECT round FROM sample_draws WHERE plan = :plan ORDER BY round";

Result<std::vector<int>> drawn_rounds(db::Transaction& tx, std::int64_t plan) {
  ZH_TRY(auto rows, tx.query(kDrawnRounds, {{"plan", plan}}));
  std::vector<int> rounds;
  while (rows.next()) rounds.push_back(rows.get<int>(0));
  ZH_CHECK(rows.finish());
  return rounds;
}

constexpr db::Into kIntoStrata{"sample_strata", "plan, round, staff_no, leaf, population, content"};

Status add_strata(db::Transaction& tx, const DrawId& id, const std::vector<StoredStratum>& strata) {
  ZH_TRY(auto load, tx.load(kIntoStrata));
  for (const StoredStratum& stratum : strata) {
    ZH_CHECK(
        load.add({id.plan, id.round, stratum.staff_no, stratum.leaf, stratum.population, db::Blob{stratum.content}}));
  }
  ZH_CHECK(load.finish());
  return {};
}

constexpr db::Sql kContent =
    "SELECT content FROM sample_strata WHERE plan = :plan AND round = :round AND staff_no = :staff_no";

Result<std::optional<std::string>> content_of(db::Transaction& tx, const DrawId& id, const std::string& staff_no) {
  ZH_TRY(auto rows, tx.query(kContent, {{"plan", id.plan}, {"round", id.round}, {"staff_no", staff_no}}));
  std::optional<std::string> content;
  if (rows.next()) content.emplace(rows.get<db::Blob>(0).bytes);
  ZH_CHECK(rows.finish());
  return content;
}

constexpr db::Sql kPopulations =
    "SELECT staff_no, population FROM sample_strata WHERE plan = :plan AND round = :round ORDER BY staff_no";

Result<std::vector<Population>> populations(db::Transaction& tx, const DrawId& id) {
  ZH_TRY(auto rows, tx.query(kPopulations, {{"plan", id.plan}, {"round", id.round}}));
  std::vector<Population> all;
  while (rows.next()) all.push_back({.staff_no = rows.get<std::string>(0), .contacts = rows.get<std::int64_t>(1)});
  ZH_CHECK(rows.finish());
  return all;
}

constexpr db::Sql kLeaves =
    "SELECT staff_no, leaf FROM sample_strata WHERE plan = :plan AND round = :round ORDER BY staff_no";

Result<std::vector<Leaf>> leaves(db::Transaction& tx, const DrawId& id) {
  ZH_TRY(auto rows, tx.query(kLeaves, {{"plan", id.plan}, {"round", id.round}}));
  std::vector<Leaf> all;
  while (rows.next()) all.push_back({.staff_no = rows.get<std::string>(0), .hash = rows.get<Hash>(1)});
  ZH_CHECK(rows.finish());
  return all;
}

constexpr db::Into kIntoPicks{"sample_picks",
                              "plan, round, staff_no, place, cell, contact, probability, replaces, reason"};

Status add_picks(db::Transaction& tx, const DrawId& id, const std::vector<StoredPick>& picks) {
  ZH_TRY(auto load, tx.load(kIntoPicks));
  for (const StoredPick& pick : picks) {
    const std::string probability = pick.probability.to_string();
    const std::optional<std::string> reason = pick.replaces ? std::optional(pick.reason) : std::nullopt;
    ZH_CHECK(load.add(
        {id.plan, id.round, pick.staff_no, pick.place, pick.cell, pick.contact, probability, pick.replaces, reason}));
  }
  ZH_CHECK(load.finish());
  return {};
}

namespace {

Result<std::vector<StoredPick>> read_picks(db::Rows rows) {
  std::vector<StoredPick> all;
  while (rows.next()) {
    ZH_TRY(Fraction probability, Fraction::parse(rows.get<std::string>(4)));
    all.push_back({.staff_no = rows.get<std::string>(0),
                   .place = rows.get<std::int64_t>(1),
                   .contact = rows.get<std::string>(3),
                   .cell = rows.get<std::int64_t>(2),
                   .probability = std::move(probability),
                   .replaces = rows.get<std::optional<std::int64_t>>(5),
                   .reason = rows.get<std::optional<std::string>>(6).value_or("")});
  }
  ZH_CHECK(rows.finish());
  return all;
}

}  // namespace

constexpr db::Sql kPicks =
    "SELECT staff_no, place, cell, contact, probability, replaces, reason FROM sample_picks"
    " WHERE plan = :plan AND round = :round ORDER BY staff_no, place";

Result<std::vector<StoredPick>> picks(db::Transaction& tx, const DrawId& id) {
  ZH_TRY(auto rows, tx.query(kPicks, {{"plan", id.plan}, {"round", id.round}}));
  return read_picks(std::move(rows));
}

constexpr db::Sql kPicksOf =
    "SELECT staff_no, place, cell, contact, probability, replaces, reason FROM sample_picks"
    " WHERE plan = :plan AND round = :round AND staff_no = :staff_no ORDER BY place";

Result<std::vector<StoredPick>> picks_of(db::Transaction& tx, const DrawId& id, const std::string& staff_no) {
  ZH_TRY(auto rows, tx.query(kPicksOf, {{"plan", id.plan}, {"round", id.round}, {"staff_no", staff_no}}));
  return read_picks(std::move(rows));
}

constexpr db::Sql kAgentOf =
    "SELECT staff_no FROM sample_picks WHERE plan = :plan AND round = :round AND contact = :contact";

Result<std::optional<std::string>> agent_of(db::Transaction& tx, const DrawId& id, const std::string& contact) {
  return tx.first<std::string>(kAgentOf, {{"plan", id.plan}, {"round", id.round}, {"contact", contact}});
}

}  // namespace zh::quality::sampling::store
