#include "jobs/rules.h"

#include <algorithm>

namespace zh::jobs {

std::chrono::milliseconds pause_after(int attempt, double chance) {
  constexpr int doublings_max = 16;  // far past the longest pause
  const int doublings = std::clamp(attempt - 1, 0, doublings_max);
  const auto whole = std::min(kFirstPause * (1 << doublings), kLongestPause);
  const double taken = 0.5 * std::clamp(chance, 0.0, 1.0);
  const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(whole);
  return ms - std::chrono::milliseconds(static_cast<std::int64_t>(static_cast<double>(ms.count()) * taken));
}

bool is_worth_another_try(ErrorCode code) {
  switch (code) {
    case ErrorCode::unavailable:
    case ErrorCode::internal:
    case ErrorCode::cancelled:
    case ErrorCode::stale:
      return true;
    case ErrorCode::invalid:
    case ErrorCode::not_found:
    case ErrorCode::conflict:
    case ErrorCode::forbidden:
    case ErrorCode::unauthenticated:
    case ErrorCode::limit:
    case ErrorCode::corrupt:
    case ErrorCode::unsupported:
      return false;
  }
  return false;
}

}  // namespace zh::jobs
