// Replays the committed corpora of the fuzz targets, so that what they found once is tried in every test run.
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <vector>

#include "tests/fuzz/feel_eval.h"
#include "tests/fuzz/feel_parse.h"

namespace zh::fuzz {
namespace {

template <class Target>
int replay(const char* name, Target target) {
  const auto folder = std::filesystem::path(ZH_SOURCE_DIR) / "tests/fuzz/corpus" / name;
  int count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder)) {
    std::ifstream file(entry.path(), std::ios::binary);
    const std::vector<char> bytes{std::istreambuf_iterator<char>(file), {}};
    target({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
    ++count;
  }
  return count;
}

TEST(FeelCorpus, ReplaysThroughTheParser) { EXPECT_GT(replay("feel_parse", feel_parse), 10); }
TEST(FeelCorpus, ReplaysThroughTheEvaluator) { EXPECT_GT(replay("feel_eval", feel_eval), 10); }
TEST(FeelCorpus, TheParsersInputsAreEvaluatedToo) { EXPECT_GT(replay("feel_parse", feel_eval), 10); }

}  // namespace
}  // namespace zh::fuzz
