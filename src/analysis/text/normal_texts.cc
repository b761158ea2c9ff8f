#include "analysis/text/normal_texts.h"

namespace zh::text {

namespace {

// Nearly every text: each character comes from the one at its place.
bool is_plain(std::span<const OriginRun> runs) { return runs.size() == 1 && runs.front() == OriginRun{}; }

constexpr std::uint64_t kPlain = 0;  // instead of a number of runs, which is stored one higher
constexpr std::size_t kRunBytesMin = 3;

}  // namespace

void NormalTexts::clear() {
  all_.clear();
  begins_.assign(1, 0);
  runs_.clear();
  run_ends_.clear();
}

void NormalTexts::add(const Normaliser& normaliser, std::string_view original) {
  normaliser.normalise(original, added_, added_runs_);
  all_ += added_;
  all_ += '\n';
  begins_.push_back(static_cast<std::uint32_t>(all_.size()));
  runs_.insert(runs_.end(), added_runs_.begin(), added_runs_.end());
  run_ends_.push_back(static_cast<std::uint32_t>(runs_.size()));
}

std::string_view NormalTexts::all(std::size_t first, std::size_t last) const {
  return all().substr(begins_[first], begins_[last] - begins_[first]);
}

std::string_view NormalTexts::text(std::size_t i) const {
  return all().substr(begins_[i], begins_[i + 1] - begins_[i] - 1);
}

std::span<const OriginRun> NormalTexts::runs(std::size_t i) const {
  const std::size_t first = i == 0 ? 0 : run_ends_[i - 1];
  return std::span(runs_).subspan(first, run_ends_[i] - first);
}

Span NormalTexts::original(std::size_t i, std::size_t from, std::size_t to) const {
  return original_of(runs(i), text(i), from, to);
}

// The number of texts; of each its length and runs; the texts.
void NormalTexts::append_to(std::string& bytes) const {
  compact::append(bytes, size());
  for (std::size_t i = 0; i < size(); ++i) {
    compact::append(bytes, text(i).size());
    const auto of_text = runs(i);
    if (is_plain(of_text)) {
      compact::append(bytes, kPlain);
      continue;
    }
    compact::append(bytes, of_text.size() + 1);
    for (const OriginRun& run : of_text) {
      compact::append(bytes, run.byte);
      compact::append(bytes, run.original.from);
      compact::append(bytes, run.original.to - run.original.from);
    }
  }
  compact::append_text(bytes, all_);
}

void NormalTexts::read_runs(compact::Reader& in) {
  const std::uint64_t stored = in.number();
  if (stored == kPlain) {
    runs_.emplace_back();
  } else if ((stored - 1) <= in.left() / kRunBytesMin) {
    for (std::uint64_t i = 1; i < stored; ++i) {
      OriginRun run;
      run.byte = static_cast<std::uint32_t>(in.number());
      run.original.from = static_cast<std::uint32_t>(in.number());
      run.original.to = run.original.from + static_cast<std::uint32_t>(in.number());
      runs_.push_back(run);
    }
  } else {
    in.refuse();
  }
  run_ends_.push_back(static_cast<std::uint32_t>(runs_.size()));
}

void NormalTexts::read(compact::Reader& in) {
  clear();
  const std::size_t count = in.count(2);
  begins_.reserve(count + 1);
  std::uint64_t end = 0;
  for (std::size_t i = 0; i < count; ++i) {
    end += in.count(1) + 1;
    begins_.push_back(static_cast<std::uint32_t>(end));
    read_runs(in);
  }
  in.text(all_);
  if (all_.size() == end && !in.failed()) return;
  clear();
  in.refuse();
}

}  // namespace zh::text
