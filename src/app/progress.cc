#include "app/progress.h"

#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <cstdio>

#include "base/utf8.h"

namespace zh::app {

namespace {

constexpr std::size_t kWidth = 30;
constexpr std::chrono::milliseconds kPause{100};

}  // namespace

ProgressBar::ProgressBar(std::string label, std::optional<std::uint64_t> size)
    : label_(utf8::shortened(label, 40)),
      size_(size),
      terminal_(::isatty(STDERR_FILENO) == 1),
      next_(std::chrono::steady_clock::now() + kPause) {}

ProgressBar::~ProgressBar() { clear(); }

void ProgressBar::reached(std::uint64_t position) {
  if (!terminal_) return;
  const auto now = std::chrono::steady_clock::now();
  if (now < next_) return;
  next_ = now + kPause;
  drawn_ = true;
  if (!size_ || *size_ == 0) {
    fmt::print(stderr, "\r\x1b[K{}  {:.1f} MB", label_, static_cast<double>(position) / 1e6);
    return;
  }
  const std::uint64_t percent = std::min<std::uint64_t>(100, position * 100 / *size_);
  const std::size_t filled = kWidth * percent / 100;
  fmt::print(stderr, "\r\x1b[K{}  [{}{}]  {} %", label_, std::string(filled, '#'), std::string(kWidth - filled, '-'),
             percent);
}

void ProgressBar::clear() {
  if (!drawn_) return;
  drawn_ = false;
  fmt::print(stderr, "\r\x1b[K");
}

}  // namespace zh::app
