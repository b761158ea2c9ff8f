// A progress bar on stderr, where that is a terminal; anywhere else it does nothing.
//
//   facts.csv  [############--------]  61 %
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>

namespace zh::app {

class ProgressBar {
 public:
  // `size` of the whole; without it the amount alone is shown.
  ProgressBar(std::string label, std::optional<std::uint64_t> size);
  ProgressBar(const ProgressBar&) = delete;
  ProgressBar& operator=(const ProgressBar&) = delete;
  ~ProgressBar();  // takes the bar away

  // Redraws ten times a second at most.
  void reached(std::uint64_t position);
  // Takes the bar away until the next reached(), so that a line can be printed.
  void clear();

 private:
  std::string label_;
  std::optional<std::uint64_t> size_;
  bool terminal_;
  bool drawn_ = false;
  std::chrono::steady_clock::time_point next_;
};

}  // namespace zh::app
