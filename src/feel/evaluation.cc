#include "feel/evaluation.h"

#include <fmt/format.h>

#include <algorithm>

#include "feel/source.h"

namespace zh::feel {

namespace {

constexpr std::uint64_t kStepsBetweenLooks = 4096;  // at the stop token
constexpr std::size_t kCausesMax = 1000;

}  // namespace

Evaluation::Evaluation(EvaluationOptions options)
    : options_(std::move(options)), steps_budget_(options_.limits.steps), depth_left_(options_.limits.depth) {}

Evaluation::~Evaluation() = default;

bool Evaluation::refill(std::uint64_t steps) {
  if (failed()) return false;
  if (options_.cancel.stop_requested()) {
    stop(error(ErrorCode::cancelled, {.zh = "求值已取消", .en = "the evaluation was cancelled"}));
    return false;
  }
  const std::uint64_t missing = steps - steps_left_;
  if (missing > steps_budget_) {
    stop(error(ErrorCode::limit,
               {.zh = fmt::format("求值超过上限：步数（{}）", options_.limits.steps),
                .en = fmt::format("the evaluation passed a limit: steps ({})", options_.limits.steps)}));
    return false;
  }
  steps_budget_ -= missing;
  steps_left_ = std::min(steps_budget_, kStepsBetweenLooks);
  steps_budget_ -= steps_left_;
  return true;
}

Value Evaluation::fail(const Cause& cause) {
  Value null = Value::null(cause);
  if (options_.collect && causes_.size() < kCausesMax) causes_.push_back(null);
  return null;
}

Value Evaluation::fail(Text message) {
  const auto* const note = new HostMessage(std::move(message));
  Value null = fail({.problem = Problem::host, .source = note});
  note->release();
  return null;
}

void Evaluation::stop(Error error) {
  if (failed()) return;
  failure_ = std::make_unique<Error>(std::move(error));
  steps_left_ = 0;
  steps_budget_ = 0;
}

std::vector<Diagnostic> Evaluation::diagnostics() const {
  std::vector<Diagnostic> result;
  for (const Value& null : causes_) {
    if (auto diagnostic = null.diagnostic()) result.push_back(std::move(*diagnostic));
  }
  return result;
}

Instant EvaluationAccess::now(Evaluation& run) {
  if (!run.options_.now) run.options_.now = system_now();
  return *run.options_.now;
}

}  // namespace zh::feel
