// The draw: which contacts of a stratum are inspected, from a seed and a frame alone, so that anyone can redraw.
//
// Before the period a seed of 256 bits is chosen and commitment_of(it) published; at the draw the frame is frozen under
// one hash and the seed shown. Whoever chose the seed could not know the frame, and whoever holds the frame could not
// know the seed; neither can be exchanged afterwards.
//
//   commitment   SHA-256(seed)                                   published before the period begins
//   salt         SHA-256(blind ‖ staff number)                   keeps neighbours' leaves from being guessed
//   leaf         RFC 6962 leaf of salt ‖ encode(stratum)         frame hash: RFC 6962 root of all leaves, in order
//   stratum key  SHA-256(seed ‖ frame hash ‖ staff number)       key of the RandomStream that draws this stratum
//   reserve key  SHA-256(stratum key ‖ "reserve " ‖ cell)        of a cell's order of replacements; cells from 0
//
// A draw has a fixed size and exact inclusion probabilities π: size × weight / sum of weights, and 1 where that would
// exceed 1 (such contacts are certain, the others share what is left). It is the pivotal method of Deville and Tillé
// (1998), cell by cell: two undecided contacts meet, and chance moves the one's probability to the other until one of
// them is in or out. What a cell leaves undecided meets its neighbours' rest, first within channel and product, then
// within the channel, then anywhere. So each cell, each product of a channel and each channel gets its share of the
// sample, rounded up or down, and no contact is without a chance.
//
// With equal weights every contact has the same π = size / population.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/fraction.h"
#include "base/hash.h"
#include "rooms/quality/sampling/frame.h"
#include "rooms/quality/sampling/merkle.h"

namespace zh::quality::sampling {

Hash commitment_of(const Hash& seed);
Hash salt_of(const Hash& blind, std::string_view staff_no);
Hash leaf_of(const Hash& salt, std::string_view encoded_stratum);

// What fixes a draw besides the stratum itself.
struct DrawKey {
  Hash seed;
  Hash frame;
};
Hash stratum_key(const DrawKey& key, std::string_view staff_no);

struct Pick {
  std::size_t cell = 0;  // in the stratum
  std::string contact;
  Fraction probability;
  friend bool operator==(const Pick&, const Pick&) = default;
};

// π of every contact, by cell and unit as in the stratum. Their sum is the size.
std::vector<std::vector<Fraction>> probabilities(const Stratum& stratum);

// The sample in drawn order, which is random too: whatever part of it is inspected is a random part.
std::vector<Pick> draw(const Stratum& stratum, const DrawKey& key);

// Who takes the place of an unusable record: the next, not yet taken, in the reserve order of its cell; where the cell
// has none left, of the nearest that has: first of the same channel and product, then of the same channel, then any, in
// the stratum's order. The reserve order of a cell puts its contacts in random order, each next one with chances by
// weight. `taken`: every contact drawn or given before. Nothing when the whole stratum is used up.
std::optional<Pick> replacement(const Stratum& stratum, const DrawKey& key, std::size_t cell,
                                const std::set<std::string, std::less<>>& taken);

// --- proof for one agent ---------------------------------------------------------------------------------------------

// What an agent gets: the own stratum whole, and of the others a few hashes.
struct StratumProof {
  Hash commitment;  // as published before the period
  Hash seed;
  Hash frame;
  Hash salt;
  std::string stratum;  // encoded
  MerklePlace place;
  std::vector<Hash> path;
};

// Why a proof does not hold. Stored: never reuse a number.
enum class Flaw : int {
  none = 0,
  seed = 1,     // the seed is not the one committed to
  frame = 2,    // the stratum is not part of the frame
  stratum = 3,  // the stratum's bytes are damaged
  picks = 4,    // another sample than the seed draws
};
Text explain(Flaw flaw);

// Redraws the stratum and compares it with the contacts that were drawn, in their order.
Flaw check_proof(const StratumProof& proof, std::span<const std::string> drawn);

}  // namespace zh::quality::sampling
