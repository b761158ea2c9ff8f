#include "rooms/quality/sampling/draw.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cassert>
#include <iterator>
#include <numeric>
#include <utility>

#include "rooms/quality/statistics/random_stream.h"

namespace zh::quality::sampling {

namespace {

using statistics::RandomStream;

std::string_view view(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.bytes.data()), hash.bytes.size()};
}

// --- inclusion probabilities -----------------------------------------------------------------------------------------

// π as a rule: a weight from `certain_from` on is drawn for certain; of the others `size` are drawn, whose weights add
// up to `weights`. So π = size × weight / weights.
struct Chances {
  std::int64_t certain_from = kLargestWeight + 1;
  std::int64_t size = 0;
  std::int64_t weights = 0;

  bool certain(const Unit& unit) const { return unit.weight >= certain_from; }
  // In units of 1 / weights; at least 1 and below `weights` where the unit is not certain and the size not 0.
  std::int64_t share(const Unit& unit) const { return size * unit.weight; }
  Fraction probability(const Unit& unit) const {
    if (certain(unit)) return Fraction(1);
    return size == 0 ? Fraction() : Fraction(share(unit), weights);
  }
};

// Takes the heaviest as certain as long as its π would be 1 or more.
Chances chances_of(const Stratum& stratum) {
  std::vector<std::int64_t> weights;
  weights.reserve(static_cast<std::size_t>(stratum.population()));
  for (const Cell& cell : stratum.cells) {
    for (const Unit& unit : cell.units) weights.push_back(unit.weight);
  }
  Chances chances{.size = stratum.size, .weights = std::accumulate(weights.begin(), weights.end(), std::int64_t{0})};
  std::ranges::sort(weights, std::greater<>());
  for (const std::int64_t heaviest : weights) {
    if (chances.size == 0 || chances.size * heaviest < chances.weights) break;
    chances.certain_from = heaviest;
    --chances.size;
    chances.weights -= heaviest;
  }
  return chances;
}

// --- the pivotal method ----------------------------------------------------------------------------------------------

// A contact that is neither in nor out: its π so far, in units of 1 / `whole`.
struct Undecided {
  std::size_t cell = 0;
  std::size_t unit = 0;
  std::int64_t share = 0;
};

class Duels {
 public:
  Duels(RandomStream& random, std::int64_t whole) : random_(random), whole_(whole) {}

  // Lets the contacts meet one after the other. At most one is left undecided.
  std::optional<Undecided> run(std::span<const Undecided> contacts) {
    std::optional<Undecided> open;
    for (const Undecided& contact : contacts) open = open.has_value() ? meet(*open, contact) : contact;
    return open;
  }
  const std::vector<Undecided>& drawn() const { return drawn_; }

 private:
  std::optional<Undecided> meet(Undecided a, Undecided b) {
    const std::int64_t both = a.share + b.share;
    if (both < whole_) {  // one is out, the other takes the share of both
      Undecided& winner = below(both, a.share) ? a : b;
      winner.share = both;
      return winner;
    }
    const bool a_is_in = below(2 * whole_ - both, whole_ - b.share);
    drawn_.push_back(a_is_in ? a : b);
    Undecided& rest = a_is_in ? b : a;
    rest.share = both - whole_;
    return rest.share > 0 ? std::optional(rest) : std::nullopt;
  }
  // True with probability favourable / possible.
  bool below(std::int64_t possible, std::int64_t favourable) {
    return random_.below(static_cast<std::uint64_t>(possible)) < static_cast<std::uint64_t>(favourable);
  }

  RandomStream& random_;
  std::int64_t whole_;
  std::vector<Undecided> drawn_;
};

// Lets neighbours of one group meet, for each group; what stays undecided of each, in order.
template <class SameGroup>
std::vector<Undecided> meet_within(Duels& duels, std::span<const Undecided> contacts, SameGroup same_group) {
  std::vector<Undecided> left;
  while (!contacts.empty()) {
    const auto end = std::ranges::find_if_not(
        contacts, [&](const Undecided& one) { return same_group(contacts.front().cell, one.cell); });
    const auto count = static_cast<std::size_t>(end - contacts.begin());
    if (const auto open = duels.run(contacts.first(count))) left.push_back(*open);
    contacts = contacts.subspan(count);
  }
  return left;
}

bool same_product(const CellName& a, const CellName& b) { return a.channel == b.channel && a.product == b.product; }

// --- reserve ---------------------------------------------------------------------------------------------------------

Hash reserve_key(const DrawKey& key, std::string_view staff_no, std::size_t cell) {
  return Hasher().stream(view(stratum_key(key, staff_no))).stream(fmt::format("reserve {}", cell)).finish();
}

// The first contact of the cell's reserve order that is not taken.
const Unit* next_in_cell(const Cell& cell, const Hash& key, const std::set<std::string, std::less<>>& taken) {
  RandomStream random(key);
  std::vector<const Unit*> left;
  std::int64_t weights = 0;
  for (const Unit& unit : cell.units) {
    left.push_back(&unit);
    weights += unit.weight;
  }
  while (!left.empty()) {
    auto at = static_cast<std::int64_t>(random.below(static_cast<std::uint64_t>(weights)));
    const auto found = std::ranges::find_if(left, [&](const Unit* unit) { return (at -= unit->weight) < 0; });
    const Unit* const unit = *found;
    if (!taken.contains(unit->contact)) return unit;
    weights -= unit->weight;
    left.erase(found);
  }
  return nullptr;
}

// The cells of the stratum, nearest to `cell` first.
std::vector<std::size_t> nearest_cells(const Stratum& stratum, std::size_t cell) {
  const CellName& name = stratum.cells[cell].name;
  const auto distance = [&](std::size_t other) {
    const CellName& there = stratum.cells[other].name;
    if (other == cell) return 0;
    if (same_product(there, name)) return 1;
    return there.channel == name.channel ? 2 : 3;
  };
  std::vector<std::size_t> cells(stratum.cells.size());
  std::iota(cells.begin(), cells.end(), std::size_t{0});
  std::ranges::stable_sort(cells, {}, distance);
  return cells;
}

}  // namespace

Hash commitment_of(const Hash& seed) { return sha256(view(seed)); }

Hash salt_of(const Hash& blind, std::string_view staff_no) {
  return Hasher().stream(view(blind)).stream(staff_no).finish();
}

Hash leaf_of(const Hash& salt, std::string_view encoded_stratum) {
  std::string data(view(salt));
  data += encoded_stratum;
  return merkle_leaf(data);
}

Hash stratum_key(const DrawKey& key, std::string_view staff_no) {
  return Hasher().stream(view(key.seed)).stream(view(key.frame)).stream(staff_no).finish();
}

std::vector<std::vector<Fraction>> probabilities(const Stratum& stratum) {
  const Chances chances = chances_of(stratum);
  std::vector<std::vector<Fraction>> all;
  for (const Cell& cell : stratum.cells) {
    auto& of_cell = all.emplace_back();
    for (const Unit& unit : cell.units) of_cell.push_back(chances.probability(unit));
  }
  return all;
}

std::vector<Pick> draw(const Stratum& stratum, const DrawKey& key) {
  assert(0 <= stratum.size && stratum.size <= stratum.population());
  const Chances chances = chances_of(stratum);
  RandomStream random(stratum_key(key, stratum.staff_no));
  Duels duels(random, chances.weights);
  std::vector<Undecided> drawn;
  std::vector<Undecided> open;
  for (std::size_t cell = 0; cell < stratum.cells.size(); ++cell) {
    const std::vector<Unit>& units = stratum.cells[cell].units;
    std::vector<Undecided> undecided;
    for (std::size_t unit = 0; unit < units.size(); ++unit) {
      const Undecided one{.cell = cell, .unit = unit, .share = chances.share(units[unit])};
      if (chances.certain(units[unit])) {
        drawn.push_back(one);
      } else if (one.share > 0) {
        undecided.push_back(one);
      }
    }
    random.shuffle(std::span(undecided));
    if (const auto left = duels.run(undecided)) open.push_back(*left);
  }
  const auto name = [&](std::size_t cell) -> const CellName& { return stratum.cells[cell].name; };
  open = meet_within(duels, open, [&](std::size_t a, std::size_t b) { return same_product(name(a), name(b)); });
  open = meet_within(duels, open, [&](std::size_t a, std::size_t b) { return name(a).channel == name(b).channel; });
  open = meet_within(duels, open, [](std::size_t, std::size_t) { return true; });
  assert(open.empty());  // the shares add up to a whole number

  std::ranges::copy(duels.drawn(), std::back_inserter(drawn));
  random.shuffle(std::span(drawn));
  std::vector<Pick> picks;
  for (const Undecided& one : drawn) {
    const Unit& unit = stratum.cells[one.cell].units[one.unit];
    picks.push_back({.cell = one.cell, .contact = unit.contact, .probability = chances.probability(unit)});
  }
  return picks;
}

std::optional<Pick> replacement(const Stratum& stratum, const DrawKey& key, std::size_t cell,
                                const std::set<std::string, std::less<>>& taken) {
  const Chances chances = chances_of(stratum);
  for (const std::size_t near : nearest_cells(stratum, cell)) {
    const Unit* const unit = next_in_cell(stratum.cells[near], reserve_key(key, stratum.staff_no, near), taken);
    if (unit != nullptr) return Pick{.cell = near, .contact = unit->contact, .probability = chances.probability(*unit)};
  }
  return std::nullopt;
}

Text explain(Flaw flaw) {
  switch (flaw) {
    case Flaw::none:
      return {.zh = "样本可信：与事先承诺的种子和冻结的抽样框一致",
              .en = "the sample holds: it is what the committed seed draws from the frozen frame"};
    case Flaw::seed:
      return {.zh = "公开的种子与事先承诺的哈希不符", .en = "the seed is not the one that was committed to"};
    case Flaw::frame:
      return {.zh = "该坐席的记录清单不属于抽取时冻结的抽样框",
              .en = "the agent's list of contacts is not part of the frame frozen at the draw"};
    case Flaw::stratum:
      return {.zh = "该坐席的记录清单已损坏", .en = "the agent's list of contacts is damaged"};
    case Flaw::picks:
      return {.zh = "样本与种子重新抽取的结果不同", .en = "the sample is not the one that the seed draws"};
  }
  assert(false);
  return {};
}

Flaw check_proof(const StratumProof& proof, std::span<const std::string> drawn) {
  if (commitment_of(proof.seed) != proof.commitment) return Flaw::seed;
  if (!merkle_proves(proof.frame, leaf_of(proof.salt, proof.stratum), proof.place, proof.path)) return Flaw::frame;
  const auto stratum = decode(proof.stratum);
  if (!stratum.ok()) return Flaw::stratum;
  const std::vector<Pick> redrawn = draw(*stratum, {.seed = proof.seed, .frame = proof.frame});
  return std::ranges::equal(redrawn, drawn, {}, &Pick::contact) ? Flaw::none : Flaw::picks;
}

}  // namespace zh::quality::sampling
