// The sound of a demo call: voices without words, a high and a low one, where the transcript has them.
#pragma once

#include <string>
#include <vector>

#include "app/demo/dialogues.h"

namespace zh::app::demo {

// One leg as a WAV file: 8,000 samples a second of 16 bits. Whole numbers only.
std::string leg_wav(const std::vector<Speech>& speeches, bool of_agent);

}  // namespace zh::app::demo
