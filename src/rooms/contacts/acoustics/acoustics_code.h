// Measures as bytes, as they are stored. Pure.
//
//   1 byte 0x01 · duration · legs · silences · overlaps · responses · share · monologue · diagnostics
//
// Numbers are those of base/compact.h, times in milliseconds, each span counted from the end of the one before it;
// levels in hundredths of a decibel and shares in millionths, which is finer than they are measured. Whatever there may
// be none of has one byte before it, 0 or 1.
#pragma once

#include <string>
#include <string_view>

#include "analysis/audio/measures.h"
#include "base/result.h"

namespace zh::contacts {

std::string encode(const audio::CallMeasures& call);
// Fails (corrupt) on bytes that encode() did not make.
Result<audio::CallMeasures> decode_measures(std::string_view bytes);

}  // namespace zh::contacts
