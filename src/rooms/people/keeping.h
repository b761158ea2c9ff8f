// How long recordings and transcripts are kept: the names of two centre settings (settings.h), whole numbers of days
// without a date of their own. Unset means for ever.
#pragma once

#include <string_view>

namespace zh::people {

inline constexpr std::string_view kKeepRecordingsDays = "keep_recordings_days";
inline constexpr std::string_view kKeepTranscriptsDays = "keep_transcripts_days";
inline constexpr int kKeepDaysMax = 36'500;

}  // namespace zh::people
