// Replays the committed corpus of the fuzz target, so that what it found once is tried in every test run.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "tests/fuzz/dmn_model.h"

namespace zh::fuzz {
namespace {

std::vector<std::uint8_t> bytes_of(const std::filesystem::path& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(DmnCorpus, Replays) {
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(ZH_SOURCE_DIR "/tests/fuzz/corpus/dmn")) {
    dmn_model(bytes_of(entry.path()));
    ++count;
  }
  EXPECT_GT(count, 5);
}

TEST(DmnCorpus, AModelCutAtEveryPlace) {
  const auto whole = bytes_of(ZH_SOURCE_DIR "/tests/golden/dmn/table-cells/table-cells.dmn");
  ASSERT_GT(whole.size(), 1'000U);
  for (std::size_t size = 0; size <= whole.size(); size += 97) {
    dmn_model(std::span(whole).first(size));
  }
}

}  // namespace
}  // namespace zh::fuzz
