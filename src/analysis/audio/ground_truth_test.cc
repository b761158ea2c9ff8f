// The measures beside the truth of real Asterisk recordings (../shared/data/asterisk): two legs, turns placed to the
// sample. Prints its figures; skips loudly where the data are not there.
//
// Silences longer than 2 s and overlaps of 300 ms and more are matched to the truth's by intersection over union, each
// at most once. Compressed copies are made with the ffmpeg program, of the calls that have a silence or an overlap.
#include <fmt/format.h>
#include <gtest/gtest.h>

#include <cmath>
#include <cstdlib>
#include <fstream>
#include <functional>
#include <map>
#include <sstream>

#include "analysis/audio/analyse.h"
#include "base/json.h"
#include "tests/support/folder.h"
#include "tests/support/recordings.h"

namespace zh::audio {
namespace {

const std::filesystem::path& data() {
  static const std::filesystem::path folder = std::filesystem::path(ZH_SOURCE_DIR) / "../shared/data/asterisk";
  return folder;
}

struct Truth {
  std::string id;
  std::string date;
  std::filesystem::path customer_file;
  std::filesystem::path agent_file;
  Spans customer;  // turns
  Spans agent;
  Spans silences;  // longer than 2 s, between the first turn and the last
  bool has_events() const { return !silences.empty() || !long_overlaps().empty(); }
  Spans long_overlaps() const {
    Spans all = intersection(customer, agent);
    std::erase_if(all, [](const Span& span) { return span.length_ms() < 300; });
    return all;
  }
};

std::int64_t ms(const json::Value& object, const char* name) {
  return std::llround(std::stod(object.find(name)->number()->digits));
}
Span span_of(const json::Value& object) { return {ms(object, "start_ms"), ms(object, "end_ms")}; }

Truth truth_of(const json::Value& call) {
  Truth truth;
  truth.id = *call.find("callid")->text();
  truth.date = *call.find("date")->text();
  truth.customer_file = data() / "recordings" / *call.find("files")->find("customer")->text();
  truth.agent_file = data() / "recordings" / *call.find("files")->find("agent")->text();
  for (const auto& turn : *call.find("turns")->array()) {
    (*turn.find("role")->text() == "agent" ? truth.agent : truth.customer).push_back(span_of(turn));
  }
  for (const auto& silence : *call.find("silences_gt_2s")->array()) truth.silences.push_back(span_of(silence));
  return truth;
}

std::vector<Truth> load_truth() {
  std::ifstream in(data() / "truth.json");
  std::stringstream text;
  text << in.rdbuf();
  const auto document = json::parse(text.str());
  if (!document.ok()) return {};
  std::vector<Truth> calls;
  for (const auto& call : *document->array()) {
    if (*call.find("layout")->text() == "two_files") calls.push_back(truth_of(call));
  }
  return calls;
}

// --- scoring ---------------------------------------------------------------------------------------------------------

double overlap_over_union(const Span& a, const Span& b) {
  const auto shared = std::min(a.end_ms, b.end_ms) - std::max(a.start_ms, b.start_ms);
  const auto both = std::max(a.end_ms, b.end_ms) - std::min(a.start_ms, b.start_ms);
  return shared <= 0 ? 0.0 : static_cast<double>(shared) / static_cast<double>(both);
}

struct Score {
  int wanted = 0;
  int found = 0;
  int matched = 0;
  std::vector<double> off_ms;  // of the edges of what matched

  void add(const Spans& truth, Spans candidates, double least) {
    wanted += static_cast<int>(truth.size());
    found += static_cast<int>(candidates.size());
    for (const Span& one : truth) {
      const auto best = std::max_element(candidates.begin(), candidates.end(), [&](const Span& a, const Span& b) {
        return overlap_over_union(one, a) < overlap_over_union(one, b);
      });
      if (best == candidates.end() || overlap_over_union(one, *best) < least) continue;
      ++matched;
      off_ms.push_back(std::abs(static_cast<double>(best->start_ms - one.start_ms)));
      off_ms.push_back(std::abs(static_cast<double>(best->end_ms - one.end_ms)));
      candidates.erase(best);
    }
  }
  double f1() const { return wanted + found == 0 ? 1.0 : 2.0 * matched / (wanted + found); }
  double median_off_ms() const {
    std::vector<double> sorted = off_ms;
    std::sort(sorted.begin(), sorted.end());
    return sorted.empty() ? 0.0 : sorted[sorted.size() / 2];
  }
};

struct Figures {
  Score silences;
  Score overlaps;
  Score turns;
  double share_off_most = 0;  // points

  void add(const Truth& truth, const CallMeasures& call) {
    const std::int64_t from = std::min(truth.agent.front().start_ms, truth.customer.front().start_ms);
    const std::int64_t to = std::max(truth.agent.back().end_ms, truth.customer.back().end_ms);
    Spans quiet;
    for (const auto& one : call.silences) {
      const bool between_turns = one.span.start_ms > from && one.span.end_ms < to;
      if (between_turns && one.span.length_ms() > 2000) quiet.push_back(one.span);
    }
    silences.add(truth.silences, quiet, 0.8);
    Spans both;
    for (const auto& one : call.overlaps) {
      if (one.span.length_ms() >= 300) both.push_back(one.span);
    }
    overlaps.add(truth.long_overlaps(), both, 0.5);
    turns.add(truth.customer, call.legs[0].speech, 0.5);
    turns.add(truth.agent, call.legs[1].speech, 0.5);
    const double agent = static_cast<double>(total_ms(truth.agent));
    const double share = agent / (agent + static_cast<double>(total_ms(truth.customer)));
    share_off_most = std::max(share_off_most, 100 * std::abs(share - call.agent_share.value_or(0)));
  }

  void print(const std::string& name) const {
    fmt::print(
        "[   FIGURES] {:<22} silences F1 {:.3f} ({}/{}), overlaps F1 {:.3f} ({}/{}), turns F1 {:.3f}, edges off "
        "{:.0f} / {:.0f} / {:.0f} ms (median), talk share off {:.2f} points at most\n",
        name, silences.f1(), silences.matched, silences.wanted, overlaps.f1(), overlaps.matched, overlaps.wanted,
        turns.f1(), silences.median_off_ms(), overlaps.median_off_ms(), turns.median_off_ms(), share_off_most);
  }
};

// --- the recordings and their worse copies ---------------------------------------------------------------------------

class GroundTruth : public testing::Test {
 protected:
  static void SetUpTestSuite() { calls_ = load_truth(); }
  void SetUp() override {
    if (calls_.empty()) {
      GTEST_SKIP() << "*** SKIPPED: " << data().string() << " is not there, the measures were NOT checked against it";
    }
  }

  using Files = std::function<std::pair<std::filesystem::path, std::filesystem::path>(const Truth&)>;
  static Figures figures_of(const std::vector<Truth>& calls, const Files& files) {
    Figures figures;
    for (const Truth& truth : calls) {
      const auto [customer, agent] = files(truth);
      const auto call = analyse_legs(customer, agent);
      EXPECT_TRUE(call.ok()) << truth.id;
      if (call.ok()) figures.add(truth, *call);
    }
    return figures;
  }

  static std::vector<Truth> calls_with_events() {
    std::vector<Truth> some = calls_;
    std::erase_if(some, [](const Truth& truth) { return !truth.has_events(); });
    return some;
  }

  // At most 0.03 less than the goals of untouched recordings.
  static void expect_hardly_worse(const Figures& figures) {
    EXPECT_GE(figures.silences.f1(), 0.97 - 0.03);
    EXPECT_GE(figures.overlaps.f1(), 0.90 - 0.03);
    EXPECT_LE(figures.silences.median_off_ms(), 150);
    EXPECT_LE(figures.overlaps.median_off_ms(), 150);
    EXPECT_LE(figures.share_off_most, 3.0);
  }

  inline static std::vector<Truth> calls_;
  testing_support::Folder folder_;
};

TEST_F(GroundTruth, UntouchedRecordings) {
  const Figures figures =
      figures_of(calls_, [](const Truth& truth) { return std::pair{truth.customer_file, truth.agent_file}; });
  figures.print(fmt::format("{} calls", calls_.size()));
  EXPECT_GE(figures.silences.f1(), 0.97);
  EXPECT_GE(figures.overlaps.f1(), 0.90);
  EXPECT_LE(figures.silences.median_off_ms(), 150);
  EXPECT_LE(figures.overlaps.median_off_ms(), 150);
  EXPECT_LE(figures.turns.median_off_ms(), 150);
  EXPECT_LE(figures.share_off_most, 3.0);
}

// The days were recorded with different codecs and dialogues: none may be carried by the others.
TEST_F(GroundTruth, EachDayByItself) {
  std::map<std::string, std::vector<Truth>> days;
  for (const Truth& truth : calls_) days[truth.date].push_back(truth);
  for (const auto& [date, calls] : days) {
    const Figures figures =
        figures_of(calls, [](const Truth& truth) { return std::pair{truth.customer_file, truth.agent_file}; });
    figures.print(date);
    EXPECT_GE(figures.silences.f1(), 0.97) << date;
    EXPECT_GE(figures.overlaps.f1(), 0.90) << date;
    EXPECT_LE(figures.share_off_most, 3.0) << date;
  }
}

// White noise 20 dB below the voice of each leg.
TEST_F(GroundTruth, WithNoiseAdded) {
  const auto noisy = [&](const std::filesystem::path& file, const Spans& turns, unsigned seed) {
    auto recording = Recording::open(file).value();
    std::vector<std::int16_t> samples;
    for (auto block = recording.next(); !block.empty(); block = recording.next()) {
      samples.insert(samples.end(), block.begin(), block.end());
    }
    double power = 0;
    std::size_t count = 0;
    for (const Span& turn : turns) {
      for (auto i = static_cast<std::size_t>(turn.start_ms * 8); i < static_cast<std::size_t>(turn.end_ms * 8); ++i) {
        power += samples[i] * samples[i];
        ++count;
      }
    }
    std::mt19937 random(seed);
    std::normal_distribution<double> noise(0, std::sqrt(power / static_cast<double>(count) / 100));
    for (auto& sample : samples) {
      sample = static_cast<std::int16_t>(std::lround(std::clamp(sample + noise(random), -32'768.0, 32'767.0)));
    }
    return testing_support::write_file(folder_.path() / file.filename(), testing_support::wav(samples));
  };
  const Figures figures = figures_of(calls_, [&](const Truth& truth) {
    return std::pair{noisy(truth.customer_file, truth.customer, 1), noisy(truth.agent_file, truth.agent, 2)};
  });
  figures.print("20 dB above noise");
  expect_hardly_worse(figures);
}

class Compressed : public GroundTruth, public testing::WithParamInterface<std::pair<std::string, std::string>> {};

TEST_P(Compressed, Recordings) {
  const auto& [extension, options] = GetParam();
  if (std::system("ffmpeg -version >/dev/null 2>&1") != 0) {
    GTEST_SKIP() << "*** SKIPPED: no ffmpeg program, " << extension << " was NOT checked";
  }
  const auto compressed = [&, extension = extension, options = options](const std::filesystem::path& file) {
    const auto copy = (folder_.path() / file.filename()).replace_extension(extension);
    const std::string command =
        fmt::format("ffmpeg -v error -y -i '{}' {} '{}'", file.string(), options, copy.string());
    EXPECT_EQ(std::system(command.c_str()), 0) << command;
    return copy;
  };
  const Figures figures = figures_of(calls_with_events(), [&](const Truth& truth) {
    return std::pair{compressed(truth.customer_file), compressed(truth.agent_file)};
  });
  figures.print(extension);
  expect_hardly_worse(figures);
}

INSTANTIATE_TEST_SUITE_P(GroundTruth, Compressed,
                         testing::Values(std::pair{"mp3", "-b:a 16k"}, std::pair{"opus", "-b:a 12k"},
                                         std::pair{"gsm", "-c:a libgsm"}),
                         [](const auto& one) { return std::string(one.param.first); });

}  // namespace
}  // namespace zh::audio
