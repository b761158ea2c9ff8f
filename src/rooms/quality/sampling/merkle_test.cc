#include "rooms/quality/sampling/merkle.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace zh::quality::sampling {
namespace {

// The leaves and roots that Certificate Transparency's reference implementation tests itself with.
TEST(Merkle, GivesTheRootsOfTheReference) {
  using namespace std::string_literals;
  const std::vector<std::string> data = {""s,
                                         "\x00"s,
                                         "\x10"s,
                                         "\x20\x21"s,
                                         "\x30\x31"s,
                                         "\x40\x41\x42\x43"s,
                                         "\x50\x51\x52\x53\x54\x55\x56\x57"s,
                                         "\x60\x61\x62\x63\x64\x65\x66\x67\x68\x69\x6a\x6b\x6c\x6d\x6e\x6f"s};
  const std::vector<std::string> roots = {"e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
                                          "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
                                          "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
                                          "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
                                          "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
                                          "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
                                          "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
                                          "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
                                          "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328"};
  std::vector<Hash> leaves;
  EXPECT_EQ(merkle_root(leaves).hex(), roots.front());
  for (std::size_t n = 1; n <= data.size(); ++n) {
    leaves.push_back(merkle_leaf(data[n - 1]));
    EXPECT_EQ(merkle_root(leaves).hex(), roots[n]) << n;
  }
}

std::vector<Hash> some_leaves() {
  std::vector<Hash> leaves;
  const auto count = *rc::gen::inRange<std::size_t>(1, 40);
  for (std::size_t i = 0; i < count; ++i) leaves.push_back(merkle_leaf(std::to_string(i)));
  return leaves;
}

RC_GTEST_PROP(Merkle, ThePathOfEachLeafProvesIt, ()) {
  const std::vector<Hash> leaves = some_leaves();
  const Hash root = merkle_root(leaves);
  const auto index = *rc::gen::inRange<std::size_t>(0, leaves.size());
  RC_ASSERT(merkle_proves(root, leaves[index], {index, leaves.size()}, merkle_path(leaves, index)));
}

RC_GTEST_PROP(Merkle, WhateverIsChangedProvesNothing, ()) {
  const std::vector<Hash> leaves = some_leaves();
  const Hash root = merkle_root(leaves);
  const auto index = *rc::gen::inRange<std::size_t>(0, leaves.size());
  const MerklePlace place{index, leaves.size()};
  const std::vector<Hash> path = merkle_path(leaves, index);

  RC_ASSERT(!merkle_proves(root, merkle_leaf("another"), place, path));
  RC_ASSERT(!merkle_proves(sha256("another"), leaves[index], place, path));
  RC_ASSERT(!merkle_proves(root, leaves[index], {leaves.size(), leaves.size()}, path));
  std::vector<Hash> longer = path;
  longer.push_back(root);
  RC_ASSERT(!merkle_proves(root, leaves[index], place, longer));
  if (path.empty()) return;
  RC_ASSERT(!merkle_proves(root, leaves[index], place, std::span(path).first(path.size() - 1)));
  std::vector<Hash> bent = path;
  bent[*rc::gen::inRange<std::size_t>(0, path.size())].bytes[0] ^= 1;
  RC_ASSERT(!merkle_proves(root, leaves[index], place, bent));
  // A neighbour's place proves nothing either.
  const std::size_t other = index == 0 ? 1 : index - 1;
  RC_ASSERT(!merkle_proves(root, leaves[index], {other, leaves.size()}, path));
}

}  // namespace
}  // namespace zh::quality::sampling
