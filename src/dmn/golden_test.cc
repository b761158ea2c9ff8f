// Whole models against stated results: our own (tests/golden/dmn) always, the standard's conformance kit where it is
// present beside the repository.
#include <gtest/gtest.h>

#include <filesystem>

#include "dmn/tck.h"

namespace zh::dmn {
namespace {

tck::Counts run(const std::filesystem::path& folder) {
  const auto report = tck::run_folder(folder);
  EXPECT_TRUE(report.ok()) << (report.ok() ? "" : report.error().to_string(Language::en));
  if (!report.ok()) return {};
  for (const auto& failure : report.value().failures) {
    ADD_FAILURE() << failure.folder << '/' << failure.test << ' ' << failure.node << ": expected " << failure.expected
                  << ", got " << failure.got;
  }
  return report.value().counts;
}

TEST(Golden, OwnModels) {
  const auto counts = run(ZH_SOURCE_DIR "/tests/golden/dmn");
  EXPECT_GT(counts.passed, 80);
  EXPECT_EQ(counts.skipped, 1) << "the call of a Java function";
}

TEST(Golden, ConformanceKit) {
  const std::filesystem::path kit = ZH_SOURCE_DIR "/../shared/data/dmn-tck/dev";
  if (!std::filesystem::exists(kit)) {
    GTEST_SKIP() << "SKIPPED: the conformance kit is not at " << kit << "; nothing of the standard was checked here";
  }
  EXPECT_GT(run(kit).passed, 2'900);
}

}  // namespace
}  // namespace zh::dmn
