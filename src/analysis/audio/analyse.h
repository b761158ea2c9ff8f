// From files to measures: decodes a call's recording and measures it in one pass.
//
//   ZH_TRY(const CallMeasures call, analyse("call.wav"));                  // stereo: left customer, right agent
//   ZH_TRY(const CallMeasures call, analyse_legs("in.wav", "out.wav"));    // a file for each
#pragma once

#include <filesystem>

#include "analysis/audio/decode.h"
#include "analysis/audio/measures.h"

namespace zh::audio {

// A file with one channel, or with two that sound the same, is mixed and says so. Diagnostics of decoding come first.
// Fails as Recording::open does.
Result<CallMeasures> analyse(const std::filesystem::path& file, const DecodeLimits& limits = {});

// Of a leg's file that has two channels the mean counts. When one file cannot be read (diagnostic unreadable) the
// other's leg is measured alone: whether the party that is not heard spoke is not known. Fails only when both cannot be
// read, with the customer's error.
Result<CallMeasures> analyse_legs(const std::filesystem::path& customer, const std::filesystem::path& agent,
                                  const DecodeLimits& limits = {});

// The same for recordings that are open, such as decrypted ones. Reads them to their end.
CallMeasures measure(Recording& recording);
// Of a leg whose recording could not be opened the error becomes the diagnostic unreadable, of both too.
CallMeasures measure_legs(Result<Recording>& customer, Result<Recording>& agent);

}  // namespace zh::audio
