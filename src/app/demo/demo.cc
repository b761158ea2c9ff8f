#include "app/demo/demo.h"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <system_error>
#include <utility>

#include "app/demo/calls.h"
#include "app/demo/cast.h"
#include "app/demo/dialogues.h"
#include "app/demo/month_facts.h"
#include "app/demo/sound.h"

namespace zh::app::demo {

namespace fs = std::filesystem;

namespace {

Error cannot_write(const fs::path& path) {
  return error(ErrorCode::unavailable, {.zh = "无法写入演示文件", .en = "cannot write the demo's file"},
               {.file = path.string()});
}

Status write(const fs::path& path, const std::string& text) {
  std::ofstream file(path, std::ios::binary | std::ios::trunc);
  file << text;
  file.close();
  if (!file) return cannot_write(path);
  return {};
}

// Whose sound there is: the shortest of all, and of those drawn last, which wait to be inspected.
std::vector<Spoken> heard(std::vector<Spoken> calls) {
  constexpr std::ptrdiff_t kOfAll = 5;
  constexpr std::ptrdiff_t kWaiting = 3;
  constexpr std::ptrdiff_t kDrawnLast = 12;
  if (std::ssize(calls) <= kDrawnLast) return calls;
  const auto by_length = [](const Spoken& call) { return std::pair(call.length_s, call.source_id); };
  const auto last = calls.end() - kDrawnLast;
  std::ranges::sort(calls.begin(), last, {}, by_length);
  std::ranges::sort(last, calls.end(), {}, by_length);
  std::vector<Spoken> chosen(calls.begin(), std::min(calls.begin() + kOfAll, last));
  chosen.insert(chosen.end(), last, last + kWaiting);
  return chosen;
}

}  // namespace

Result<std::vector<DemoFile>> write_files(const fs::path& folder) {
  std::error_code problem;
  fs::create_directories(folder, problem);
  if (problem) return cannot_write(folder);
  const std::vector<DemoFile> files{{"people", folder / "people.csv"}, {"queue-log", folder / "queue_log"},
                                    {"facts", folder / "facts.csv"},   {"facts", folder / "appeals.csv"},
                                    {"facts", folder / "late.csv"},    {"transcripts", folder / "transcripts.jsonl"}};
  ZH_CHECK(write(files[0].path, people_csv()));
  const std::string log = queue_log();
  ZH_CHECK(write(files[1].path, log));
  ZH_CHECK(write(files[2].path, facts_csv()));
  ZH_CHECK(write(files[3].path, appeals_csv()));
  ZH_CHECK(write(files[4].path, late_csv()));
  ZH_CHECK(write(files[5].path, transcripts_jsonl(log)));
  return files;
}

Result<std::vector<DemoFile>> write_records(const fs::path& folder, const std::vector<Spoken>& calls) {
  const std::vector<DemoFile> files{{"transcripts", folder / "drawn.jsonl"}, {"recordings", folder / "recordings"}};
  ZH_CHECK(write(files[0].path, transcripts_jsonl(calls)));
  std::error_code problem;
  fs::create_directories(files[1].path, problem);
  if (problem) return cannot_write(files[1].path);
  const std::vector<Spoken> chosen = heard(calls);
  for (const Spoken& call : chosen) {
    const auto speeches = speeches_of(call);
    std::string customer = leg_wav(speeches, false);
    if (&call == &chosen.back()) customer.resize(customer.size() * 2 / 3);
    ZH_CHECK(write(files[1].path / (call.source_id + "-in.wav"), customer));
    ZH_CHECK(write(files[1].path / (call.source_id + "-out.wav"), leg_wav(speeches, true)));
  }
  return files;
}

}  // namespace zh::app::demo
