// Redraws what is stored and says where it differs.
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "ledger/audit.h"
#include "rooms/quality/sampling/sampling.h"
#include "rooms/quality/sampling/sampling_store.h"

namespace zh::quality::sampling {

namespace {

// What the audit chain says about one draw: the first entry of each kind counts.
struct Witness {
  std::optional<std::string> commitment;
  Instant committed_at;
  std::optional<std::string> frame;
};
using Witnesses = std::map<std::string, Witness, std::less<>>;  // by the entry's object

std::optional<std::string> word_of(const json::Value& detail, std::string_view name) {
  const json::Value* const value = detail.find(name);
  if (value == nullptr || value->text() == nullptr) return std::nullopt;
  return *value->text();
}

Result<Witnesses> witnesses_of(db::Transaction& tx, std::int64_t plan) {
  Witnesses witnesses;
  const std::string prefix = fmt::format("plan {} round ", plan);
  ZH_TRY(auto reader, ledger::read_audit(tx));
  while (reader.next()) {
    const ledger::AuditEvent& event = reader.entry().event;
    if (!event.object.starts_with(prefix)) continue;
    Witness& witness = witnesses[event.object];
    if (event.action == "commit_seed" && !witness.commitment) {
      witness.commitment = word_of(event.detail, "commitment");
      witness.committed_at = event.at;
    } else if (event.action == "draw_sample" && !witness.frame) {
      witness.frame = word_of(event.detail, "frame");
    }
  }
  ZH_CHECK(reader.finish());
  return witnesses;
}

// One round, redrawn.
class Redraw {
 public:
  Redraw(db::Transaction& tx, Verified& verified, const Hash& blind)
      : tx_(tx), verified_(verified), blind_(blind), picks_(picks_by_agent(verified.drawn.picks)) {}

  Status run(const Witness& witness) {
    const Drawn& drawn = verified_.drawn;
    if (commitment_of(drawn.seed) != drawn.commitment) add({}, explain(Flaw::seed));
    if (witness.commitment != drawn.commitment.hex() || witness.committed_at != drawn.committed_at) {
      add({}, {.zh = "审计链中没有该种子的承诺，或承诺不同", .en = "the audit chain holds no such commitment"});
    }
    if (witness.frame != drawn.frame.hex()) {
      add({}, {.zh = "审计链中没有该抽样框，或哈希不同", .en = "the audit chain holds no such frame hash"});
    }
    ZH_TRY(const auto leaves, store::leaves(tx_, drawn.id));
    std::vector<Hash> hashes;
    std::ranges::transform(leaves, std::back_inserter(hashes), &store::Leaf::hash);
    if (merkle_root(hashes) != drawn.frame) add({}, explain(Flaw::frame));
    for (const store::Leaf& leaf : leaves) ZH_CHECK(stratum(leaf));
    // What is left belongs to nobody in the frame.
    for (const auto& [staff_no, picks] : picks_) add(staff_no, explain(Flaw::picks));
    return {};
  }

 private:
  using ByAgent = std::map<std::string, std::vector<StoredPick>, std::less<>>;

  static ByAgent picks_by_agent(const std::vector<StoredPick>& picks) {
    ByAgent by_agent;
    for (const StoredPick& pick : picks) by_agent[pick.staff_no].push_back(pick);
    return by_agent;
  }

  void add(const std::string& staff_no, Text what) {
    verified_.findings.push_back({.staff_no = staff_no, .what = std::move(what)});
  }

  Status stratum(const store::Leaf& leaf) {
    ++verified_.strata;
    const auto stored = picks_.extract(leaf.staff_no);
    ZH_TRY(const auto content, store::content_of(tx_, verified_.drawn.id, leaf.staff_no));
    const auto stratum = decode(content.value_or(""));
    if (!stratum.ok() || stratum->staff_no != leaf.staff_no ||
        leaf_of(salt_of(blind_, leaf.staff_no), *content) != leaf.hash) {
      add(leaf.staff_no, explain(Flaw::stratum));
      return {};
    }
    verified_.contacts += stratum->population();
    if (!same_picks(*stratum, stored ? stored.mapped() : std::vector<StoredPick>())) {
      add(leaf.staff_no, explain(Flaw::picks));
    }
    return {};
  }

  // Whether the stored picks are those that the seed draws, each replacement being the next when it was called for.
  bool same_picks(const Stratum& stratum, const std::vector<StoredPick>& stored) const {
    const DrawKey key{.seed = verified_.drawn.seed, .frame = verified_.drawn.frame};
    const std::vector<Pick> drawn = draw(stratum, key);
    if (stored.size() < drawn.size()) return false;
    std::set<std::string, std::less<>> taken;
    for (std::size_t i = 0; i < stored.size(); ++i) {
      const StoredPick& pick = stored[i];
      if (pick.place != static_cast<std::int64_t>(i) + 1 || pick.replaces.has_value() != (i >= drawn.size()))
        return false;
      const auto expected = i < drawn.size() ? std::optional(drawn[i]) : next_for(stratum, key, stored, i, taken);
      if (!expected || !is_same(pick, *expected)) return false;
      taken.insert(pick.contact);
    }
    return true;
  }
  // What had to fill the place that the i-th pick says it fills.
  static std::optional<Pick> next_for(const Stratum& stratum, const DrawKey& key, const std::vector<StoredPick>& stored,
                                      std::size_t i, const std::set<std::string, std::less<>>& taken) {
    const std::int64_t filled = *stored[i].replaces;
    if (filled < 1 || std::cmp_greater(filled, i)) return std::nullopt;
    const auto cell = static_cast<std::size_t>(stored[static_cast<std::size_t>(filled) - 1].cell);
    return replacement(stratum, key, cell, taken);
  }
  static bool is_same(const StoredPick& stored, const Pick& pick) {
    return stored.contact == pick.contact && std::cmp_equal(stored.cell, pick.cell) &&
           stored.probability == pick.probability;
  }

  db::Transaction& tx_;
  Verified& verified_;
  const Hash& blind_;
  ByAgent picks_;
};

}  // namespace

Result<std::vector<Verified>> verify_plan(db::Transaction& tx, std::int64_t plan) {
  ZH_TRY(const auto rounds, store::drawn_rounds(tx, plan));
  if (rounds.empty()) {
    return error(ErrorCode::not_found, {.zh = fmt::format("计划 {} 还没有抽过样", plan),
                                        .en = fmt::format("plan {} has not been drawn", plan)});
  }
  ZH_TRY(const Witnesses witnesses, witnesses_of(tx, plan));
  std::vector<Verified> all;
  for (const int round : rounds) {
    const DrawId id{.plan = plan, .round = round};
    ZH_TRY(auto drawn, find_draw(tx, id));
    ZH_TRY(const auto seed, store::seed_of(tx, id));
    if (!drawn || !seed) {
      return error(ErrorCode::corrupt, {.zh = fmt::format("计划 {} 第 {} 轮的种子不见了", plan, round),
                                        .en = fmt::format("the seed of round {} of plan {} is gone", round, plan)});
    }
    Verified& verified = all.emplace_back();
    verified.drawn = *std::move(drawn);
    verified.committed_before_period = verified.drawn.committed_at < verified.drawn.during.from;
    const auto witness = witnesses.find(fmt::format("plan {} round {}", plan, round));
    ZH_CHECK(Redraw(tx, verified, seed->secrets.blind).run(witness == witnesses.end() ? Witness() : witness->second));
  }
  return all;
}

}  // namespace zh::quality::sampling
