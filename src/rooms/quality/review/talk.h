// Talk: the supervisor and the agent about a severe finding (Q4.4) or a rectification that was found poor (Q4.5); what
// was said and agreed is recorded. Numbered 1, 2, 3 … within the inspection.
//
//   due ──record──▶ recorded        (process.h)
//    └──drop──▶ dropped: an appeal or an annulment has taken the finding back
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rooms/quality/inspection/inspection.h"

namespace zh::quality {

struct Talk {
  enum class About : int { severe_finding = 1, poor_rectification = 2 };  // stored
  InspectionKey inspection;
  int number = 0;
  About about = About::severe_finding;
  int finding = 0;       // poor rectification: the finding's number; 0: all severe ones
  std::string staff_no;  // of the agent
  TalkState state = TalkState::due;
  Instant opened_at;
  std::optional<Instant> recorded_at;
  std::string recorded_by;  // account
  std::string record;       // what was said and agreed
};

inline constexpr std::size_t kTalkLengthMax = 4000;  // code points

// Each in the caller's write transaction.

// Nothing changes where such a talk is due already.
Status open_talk(db::Transaction& tx, const Inspection& inspection, Talk::About about, int finding, const By& by);
// Fails: not_found; conflict when it is recorded or dropped already; invalid without text. The talk about a poor
// rectification becomes a link of its chain.
Result<Talk> record_talk(db::Transaction& tx, const InspectionKey& inspection, int number, const std::string& record,
                         const By& by);
Status drop_talk(db::Transaction& tx, const Talk& read, const By& by);

Result<std::vector<Talk>> talks_of(db::Transaction& tx, const InspectionKey& inspection);  // by number
Result<std::vector<Talk>> due_talks(db::Transaction& tx);                                  // oldest first

}  // namespace zh::quality
