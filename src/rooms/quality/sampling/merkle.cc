#include "rooms/quality/sampling/merkle.h"

#include <bit>
#include <cassert>
#include <optional>
#include <string>

namespace zh::quality::sampling {

namespace {

std::string_view view(const Hash& hash) {
  return {reinterpret_cast<const char*>(hash.bytes.data()), hash.bytes.size()};
}

Hash node(const Hash& left, const Hash& right) {
  return Hasher().stream("\x01").stream(view(left)).stream(view(right)).finish();
}

// The leaves of the left half. Requires n > 1.
std::size_t left_half(std::size_t n) { return std::bit_floor(n - 1); }

// The root that the path leads to, nothing when it is too short or too long for the place.
std::optional<Hash> climb(const Hash& leaf, MerklePlace place, std::span<const Hash> path) {
  if (place.leaves == 1) return path.empty() ? std::optional(leaf) : std::nullopt;
  if (path.empty()) return std::nullopt;
  const std::size_t half = left_half(place.leaves);
  const bool left = place.index < half;
  const MerklePlace below =
      left ? MerklePlace{place.index, half} : MerklePlace{place.index - half, place.leaves - half};
  const auto reached = climb(leaf, below, path.first(path.size() - 1));
  if (!reached.has_value()) return std::nullopt;
  return left ? node(*reached, path.back()) : node(path.back(), *reached);
}

}  // namespace

Hash merkle_leaf(std::string_view data) { return Hasher().stream(std::string_view("\0", 1)).stream(data).finish(); }

Hash merkle_root(std::span<const Hash> leaves) {
  if (leaves.empty()) return sha256("");
  if (leaves.size() == 1) return leaves.front();
  const std::size_t half = left_half(leaves.size());
  return node(merkle_root(leaves.first(half)), merkle_root(leaves.subspan(half)));
}

std::vector<Hash> merkle_path(std::span<const Hash> leaves, std::size_t index) {
  assert(index < leaves.size());
  if (leaves.size() == 1) return {};
  const std::size_t half = left_half(leaves.size());
  const bool left = index < half;
  std::vector<Hash> path =
      left ? merkle_path(leaves.first(half), index) : merkle_path(leaves.subspan(half), index - half);
  path.push_back(merkle_root(left ? leaves.subspan(half) : leaves.first(half)));
  return path;
}

bool merkle_proves(const Hash& root, const Hash& leaf, MerklePlace place, std::span<const Hash> path) {
  return place.index < place.leaves && climb(leaf, place, path) == root;
}

}  // namespace zh::quality::sampling
