// What the evaluator may do to an Evaluation that hosts may not.
#pragma once

#include "feel/feel.h"

namespace zh::feel {

struct EvaluationAccess {
  static bool descend(Evaluation& run, std::uint32_t levels) {
    if (run.depth_left_ < levels) return false;
    run.depth_left_ -= levels;
    return true;
  }
  static void ascend(Evaluation& run, std::uint32_t levels) { run.depth_left_ += levels; }
  // The present of the run: asked of the clock at most once.
  static Instant now(Evaluation& run);
};

}  // namespace zh::feel
