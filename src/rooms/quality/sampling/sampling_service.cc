#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>

#include "ledger/audit.h"
#include "rooms/quality/sampling/sampling.h"
#include "rooms/quality/sampling/sampling_store.h"

namespace zh::quality::sampling {

namespace {

constexpr const char* kClause = "Q1.3";

Error refused(ErrorCode code, Text message) { return error(code, std::move(message), {}, kClause); }

std::string object_of(const DrawId& id) { return fmt::format("plan {} round {}", id.plan, id.round); }

Status note(db::Transaction& tx, const DrawId& id, const By& by, const char* action, json::Object detail) {
  ZH_CHECK(ledger::append_audit(
      tx, {.at = by.at, .actor = by.actor, .action = action, .object = object_of(id), .detail = std::move(detail)}));
  return {};
}

std::vector<StoredPick> stored(const Stratum& stratum, const std::vector<Pick>& picks) {
  std::vector<StoredPick> all;
  for (const Pick& pick : picks) {
    all.push_back({.staff_no = stratum.staff_no,
                   .place = static_cast<std::int64_t>(all.size()) + 1,
                   .contact = pick.contact,
                   .cell = static_cast<std::int64_t>(pick.cell),
                   .probability = pick.probability,
                   .replaces = {},
                   .reason = {}});
  }
  return all;
}

std::vector<store::StoredStratum> frozen(const Frame& frame, const Hash& blind) {
  std::vector<store::StoredStratum> strata;
  strata.reserve(frame.strata.size());
  for (const Stratum& stratum : frame.strata) {
    std::string content = encode(stratum);
    const Hash leaf = leaf_of(salt_of(blind, stratum.staff_no), content);
    strata.push_back({.staff_no = stratum.staff_no,
                      .leaf = leaf,
                      .population = stratum.population(),
                      .content = std::move(content)});
  }
  return strata;
}

template <class Leaves, class Projection>
Hash root_of(const Leaves& leaves, Projection projection) {
  std::vector<Hash> hashes;
  std::ranges::transform(leaves, std::back_inserter(hashes), projection);
  return merkle_root(hashes);
}

// The agent's stratum as it was frozen. Requires that the agent is in the frame.
Result<Stratum> frozen_stratum(db::Transaction& tx, const DrawId& id, const std::string& staff_no) {
  ZH_TRY(const auto content, store::content_of(tx, id, staff_no));
  return decode(content.value_or(""));
}

struct Unusable {
  const StoredPick& pick;
  std::set<std::string, std::less<>> taken;
};

// The pick that holds the contact, with everything the agent's sample has used.
Result<Unusable> find_unusable(const std::vector<StoredPick>& picks, const std::string& contact) {
  std::set<std::string, std::less<>> taken;
  for (const StoredPick& pick : picks) taken.insert(pick.contact);
  const auto found = std::ranges::find(picks, contact, &StoredPick::contact);
  if (std::ranges::find(picks, std::optional(found->place), &StoredPick::replaces) != picks.end()) {
    return refused(ErrorCode::conflict, {.zh = fmt::format("记录 {} 已被替换过", contact),
                                         .en = fmt::format("the record {} was replaced already", contact)});
  }
  return Unusable{.pick = *found, .taken = std::move(taken)};
}

Error drawn_already() {
  return refused(ErrorCode::conflict,
                 {.zh = "该轮已经抽样，不能重抽", .en = "this round has been drawn; it cannot be drawn again"});
}

Error not_drawn(const DrawId& id) {
  return refused(ErrorCode::not_found,
                 {.zh = fmt::format("计划 {} 第 {} 轮尚未抽样", id.plan, id.round),
                  .en = fmt::format("round {} of plan {} has not been drawn", id.round, id.plan)});
}

}  // namespace

Secrets random_secrets() {
  Secrets secrets;
  randombytes_buf(secrets.seed.bytes.data(), secrets.seed.bytes.size());
  randombytes_buf(secrets.blind.bytes.data(), secrets.blind.bytes.size());
  return secrets;
}

Result<Hash> commit_seed(db::Transaction& tx, const DrawId& id, const Secrets& secrets, const By& by) {
  const Hash commitment = commitment_of(secrets.seed);
  ZH_TRY(const bool fresh,
         store::add_seed(tx, id, {.commitment = commitment, .secrets = secrets, .committed_at = by.at}));
  if (!fresh) {
    return refused(ErrorCode::conflict,
                   {.zh = fmt::format("计划 {} 第 {} 轮已承诺过种子，不能更换", id.plan, id.round),
                    .en = fmt::format("round {} of plan {} has its seed; it cannot be exchanged", id.round, id.plan)});
  }
  ZH_CHECK(note(tx, id, by, "commit_seed", {{"commitment", commitment.hex()}}));
  return commitment;
}

Result<std::optional<Commitment>> find_commitment(db::Transaction& tx, const DrawId& id) {
  ZH_TRY(const auto seed, store::seed_of(tx, id));
  if (!seed) return std::optional<Commitment>();
  return std::optional(Commitment{.commitment = seed->commitment, .committed_at = seed->committed_at});
}

Result<Drawn> draw_sample(db::Transaction& tx, const Order& order, const Reading& reading, const By& by) {
  ZH_TRY(const auto seed, store::seed_of(tx, order.id));
  if (!seed) {
    return refused(ErrorCode::conflict, {.zh = "抽样前须先承诺种子：请先批准计划",
                                         .en = "no seed was committed to for this draw: approve the plan first"});
  }
  ZH_TRY(const auto before, store::draw_of(tx, order.id));
  if (before) return drawn_already();
  ZH_TRY(const Frame frame, frame_of(tx, order, reading));
  const auto strata = frozen(frame, seed->secrets.blind);
  const Hash root = root_of(strata, &store::StoredStratum::leaf);
  ZH_TRY(const bool fresh,
         store::add_draw(tx, order.id, {.during = order.scope.during, .frame = root, .drawn_at = by.at}));
  if (!fresh) return drawn_already();  // by somebody else meanwhile
  Drawn drawn{.id = order.id,
              .commitment = seed->commitment,
              .committed_at = seed->committed_at,
              .during = order.scope.during,
              .seed = seed->secrets.seed,
              .frame = root,
              .drawn_at = by.at,
              .picks = {}};
  for (const Stratum& stratum : frame.strata) {
    const auto picks = stored(stratum, draw(stratum, {.seed = drawn.seed, .frame = root}));
    drawn.picks.insert(drawn.picks.end(), picks.begin(), picks.end());
  }
  ZH_CHECK(store::add_strata(tx, order.id, strata));
  ZH_CHECK(store::add_picks(tx, order.id, drawn.picks));
  ZH_CHECK(note(
      tx, order.id, by, "draw_sample",
      {{"frame", root.hex()}, {"seed", drawn.seed.hex()}, {"agents", strata.size()}, {"picks", drawn.picks.size()}}));
  return drawn;
}

Result<std::optional<Drawn>> find_draw(db::Transaction& tx, const DrawId& id) {
  ZH_TRY(const auto draw, store::draw_of(tx, id));
  ZH_TRY(const auto seed, store::seed_of(tx, id));
  if (!draw || !seed) return std::optional<Drawn>();
  ZH_TRY(auto picks, store::picks(tx, id));
  return std::optional(Drawn{.id = id,
                             .commitment = seed->commitment,
                             .committed_at = seed->committed_at,
                             .during = draw->during,
                             .seed = seed->secrets.seed,
                             .frame = draw->frame,
                             .drawn_at = draw->drawn_at,
                             .picks = std::move(picks)});
}

Result<std::vector<Population>> populations_of(db::Transaction& tx, const DrawId& id) {
  return store::populations(tx, id);
}

Result<StoredPick> replace(db::Transaction& tx, const DrawId& id, const std::string& contact, const std::string& reason,
                           const By& by) {
  if (reason.empty()) {
    return refused(ErrorCode::invalid, {.zh = "请写明该记录为何无法使用", .en = "say why the record cannot be used"});
  }
  ZH_TRY(const auto draw, store::draw_of(tx, id));
  ZH_TRY(const auto seed, store::seed_of(tx, id));
  ZH_TRY(const auto agent, store::agent_of(tx, id, contact));
  if (!draw || !seed || !agent) {
    return refused(ErrorCode::not_found, {.zh = fmt::format("样本中没有记录 {}", contact),
                                          .en = fmt::format("the sample has no record {}", contact)});
  }
  ZH_TRY(const auto picks, store::picks_of(tx, id, *agent));
  ZH_TRY(const Unusable unusable, find_unusable(picks, contact));
  ZH_TRY(const Stratum stratum, frozen_stratum(tx, id, *agent));
  const auto next = replacement(stratum, {.seed = seed->secrets.seed, .frame = draw->frame},
                                static_cast<std::size_t>(unusable.pick.cell), unusable.taken);
  if (!next) {
    return refused(ErrorCode::conflict, {.zh = fmt::format("坐席 {} 本轮已没有可替换的记录", *agent),
                                         .en = fmt::format("agent {} has no contact left in this round", *agent)});
  }
  StoredPick pick{.staff_no = *agent,
                  .place = picks.back().place + 1,
                  .contact = next->contact,
                  .cell = static_cast<std::int64_t>(next->cell),
                  .probability = next->probability,
                  .replaces = unusable.pick.place,
                  .reason = reason};
  ZH_CHECK(store::add_picks(tx, id, {pick}));
  ZH_CHECK(note(tx, id, by, "replace_record", {{"staff_no", *agent}, {"place", *pick.replaces}, {"by", pick.place}}));
  return pick;
}

Result<OwnStratum> own_stratum(db::Transaction& tx, const DrawId& id, const std::string& staff_no) {
  ZH_TRY(const auto draw, store::draw_of(tx, id));
  ZH_TRY(const auto seed, store::seed_of(tx, id));
  if (!draw || !seed) return not_drawn(id);
  ZH_TRY(const auto leaves, store::leaves(tx, id));
  const auto own = std::ranges::find(leaves, staff_no, &store::Leaf::staff_no);
  if (own == leaves.end()) {
    return refused(ErrorCode::not_found, {.zh = fmt::format("工号 {} 不在本轮抽样框中", staff_no),
                                          .en = fmt::format("{} is not in this round's frame", staff_no)});
  }
  std::vector<Hash> hashes;
  std::ranges::transform(leaves, std::back_inserter(hashes), &store::Leaf::hash);
  const auto index = static_cast<std::size_t>(own - leaves.begin());
  ZH_TRY(auto content, store::content_of(tx, id, staff_no));
  OwnStratum result{.proof = {.commitment = seed->commitment,
                              .seed = seed->secrets.seed,
                              .frame = draw->frame,
                              .salt = salt_of(seed->secrets.blind, staff_no),
                              .stratum = std::move(content).value_or(""),
                              .place = {.index = index, .leaves = leaves.size()},
                              .path = merkle_path(hashes, index)},
                    .drawn = {}};
  ZH_TRY(const auto picks, store::picks_of(tx, id, staff_no));
  for (const StoredPick& pick : picks) {
    if (!pick.replaces) result.drawn.push_back(pick.contact);
  }
  return result;
}

}  // namespace zh::quality::sampling
