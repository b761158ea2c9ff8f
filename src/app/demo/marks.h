// What the demo centre's inspectors find: marks that come near an agent's usual score, with reasons in Chinese and
// English.
#pragma once

#include <optional>

#include "app/demo/random.h"
#include "rooms/quality/rubric/scoring.h"

namespace zh::app::demo {

// Findings that take about 100 − `score` points off, those in `begun` counted, each at a place of the record where one
// is known.
quality::Marks marks_near(int score, const quality::Extent& extent, Random& random, quality::Marks begun = {});

}  // namespace zh::app::demo
