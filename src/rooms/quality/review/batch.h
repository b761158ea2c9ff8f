// Batch: one inspector's submissions of a week. The supervisor reviews it, sends it back or publishes it; what is
// published reaches the agents, their superiors and the month's appraisal at once (Q4.4).
//
//   collecting ──hand in──▶ in review ──publish──▶ published ──close──▶ closed        (process.h)
//
// A finding of a severity that asks for a talk opens one (talk.h); the batch closes when all of them are recorded.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rooms/quality/inspection/inspection.h"

namespace zh::quality {

struct Batch {
  std::string inspector;  // staff number
  int number = 0;         // 1, 2, 3 … of that inspector
  Date week;              // its Monday
  BatchState state = BatchState::collecting;
  int change = 0;       // counts changes
  std::string comment;  // of whoever sent it back last
  std::optional<Instant> handed_in_at;
  std::string published_by;  // account; empty before
  std::optional<Instant> published_at;
  std::int64_t count = 0;      // inspections in it; as read
  std::int64_t talks_due = 0;  // about severe findings in it; as read
};

inline constexpr std::size_t kCommentLengthMax = 2000;  // code points

// What the actor may do with the batch: the desk's buttons.
std::vector<std::string> actions_of(const Batch& batch, const Actor& actor);

// Each step in the caller's write transaction, audited

// The number of the batch that the inspector's submissions of this week go into; a new one where the week's was handed
// in already.
Result<int> collecting_batch(db::Transaction& tx, const Regulation& regulation, const std::string& inspector,
                             Instant now);
// Fails (invalid) when nothing is in it.
Result<Batch> hand_in(db::Transaction& tx, const Batch& read, const By& by);
// With a comment; `which` go back to their inspector as drafts, all of them where it is empty.
Result<Batch> send_back(db::Transaction& tx, const Batch& read, const std::string& comment,
                        const std::vector<InspectionKey>& which, const By& by);
// By somebody else than its inspector. States the facts, opens the talks and the rectifications.
Result<Batch> publish(db::Transaction& tx, const Regulation& regulation, const Batch& read, const By& by);
// Fails (conflict) while a talk is due.
Result<Batch> close_batch(db::Transaction& tx, const Batch& read, const By& by);

Result<Batch> find_batch(db::Transaction& tx, std::string_view inspector, int number);  // not_found
// Those that are not closed, by week, inspector, number.
Result<std::vector<Batch>> open_batches(db::Transaction& tx);
Result<std::vector<Batch>> batches_of(db::Transaction& tx, std::string_view inspector);  // latest first
Result<std::vector<Inspection>> inspections_of(db::Transaction& tx, const Batch& batch);

}  // namespace zh::quality
