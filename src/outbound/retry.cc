#include "outbound/retry.h"

#include <algorithm>

namespace zh::outbound {

using std::chrono::milliseconds;

namespace {

bool is_worth_it(const Attempt& attempt) {
  switch (attempt.trouble) {
    case Trouble::unreachable:
    case Trouble::busy:
      return true;
    case Trouble::slow:
    case Trouble::cut:
    case Trouble::failed:
      return attempt.repeatable;
    case Trouble::untrusted:
    case Trouble::nonsense:
      return false;
  }
  return false;
}

milliseconds pause_after(const RetryRule& rule, int number, double chance) {
  constexpr int kDoublingsMax = 16;  // far past the longest pause
  const milliseconds whole = std::min(rule.first * (1 << std::clamp(number - 1, 0, kDoublingsMax)), rule.longest);
  const double taken = 0.5 * std::clamp(chance, 0.0, 1.0);
  return whole - milliseconds(static_cast<std::int64_t>(static_cast<double>(whole.count()) * taken));
}

}  // namespace

std::optional<Trouble> trouble_of(int status) {
  if (status == 429 || status == 503) return Trouble::busy;
  const bool is_final = status < 500 || status == 501 || status == 505 || status == 507;
  return is_final ? std::nullopt : std::optional(Trouble::failed);
}

std::optional<milliseconds> pause_before_next(const RetryRule& rule, const Attempt& attempt, double chance) {
  if (attempt.number >= rule.attempts || !is_worth_it(attempt)) return std::nullopt;
  const milliseconds pause =
      std::max(pause_after(rule, attempt.number, chance), attempt.asked.value_or(milliseconds{0}));
  if (attempt.spent + pause > rule.in_all) return std::nullopt;
  return pause;
}

}  // namespace zh::outbound
