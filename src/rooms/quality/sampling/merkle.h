// The Merkle tree of Certificate Transparency (RFC 6962, section 2.1): one hash over many leaves, and for each leaf a
// short path that proves it belongs there and says nothing about the others.
//
//   leaf = SHA-256(0x00 ‖ data)     node = SHA-256(0x01 ‖ left ‖ right)     no leaf: SHA-256 of nothing
//   the left half of n leaves holds the largest power of two below n.
#pragma once

#include <cstddef>
#include <span>
#include <string_view>
#include <vector>

#include "base/hash.h"

namespace zh::quality::sampling {

Hash merkle_leaf(std::string_view data);
Hash merkle_root(std::span<const Hash> leaves);
// The hashes beside the way from the leaf up to the root, lowest first. Requires index < leaves.size().
std::vector<Hash> merkle_path(std::span<const Hash> leaves, std::size_t index);

struct MerklePlace {
  std::size_t index = 0;
  std::size_t leaves = 0;  // in the whole tree
};
// Whether the path leads from the leaf at that place to the root.
bool merkle_proves(const Hash& root, const Hash& leaf, MerklePlace place, std::span<const Hash> path);

}  // namespace zh::quality::sampling
