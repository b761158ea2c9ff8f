// Inspection: one drawn record, who looks at it, and what was found in it (Q4.2–Q4.4). Known as plan-round-place:
// "3-1-17".
//
//   assigned ──take──▶ taken ──submit──▶ submitted ──publish──▶ published ──acknowledge──▶ acknowledged   (process.h)
//
// Whoever has taken an inspection is the only one who can write it: every change of a draft is stored at once and names
// the change it builds on, so nothing is lost in a crash and of two windows one is told. The score is computed when it
// is submitted and stands with its derivation; publishing makes it a fact in the same transaction (review/batch.h).
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rooms/quality/plan/plan.h"
#include "rooms/quality/rubric/scoring.h"

namespace zh::quality {

struct InspectionKey {
  int plan = 0;
  int round = 0;
  int place = 0;

  std::string to_string() const;
  static Result<InspectionKey> parse(std::string_view text);  // not_found on anything else
  friend auto operator<=>(const InspectionKey&, const InspectionKey&) = default;
};

struct Inspection {
  InspectionKey key;
  DrawnRecord record;
  std::optional<int> instead_of;  // the place of the one it stands in for
  std::string rubric;             // of the plan's pack
  std::string inspector;          // staff number
  InspectionState state = InspectionState::assigned;
  int change = 0;  // counts changes
  Marks marks;
  std::optional<Instant> taken_at;
  std::optional<Instant> submitted_at;
  std::optional<Instant> published_at;
  std::optional<Instant> acknowledged_at;
  std::optional<int> batch;      // of its inspector, once submitted
  std::optional<Decimal> score;  // 0–100, as it stands; once submitted
  std::string derivation;        // policy::encode()d; once submitted
  std::optional<Hash> fact;      // in force; once published
  std::string reason;            // of setting it aside or annulling it

  // Whether the agent and the agent's superiors see it.
  bool is_public() const { return state == InspectionState::published || state == InspectionState::acknowledged; }
};

// The kind of fact that the score of a contact of this channel becomes: qa_recording, qa_text; empty for visits, which
// no appraisal reads.
std::string_view fact_kind_of(std::string_view channel);

// What the actor may do with the inspection: the desk's buttons.
std::vector<std::string> actions_of(const Inspection& inspection, const Actor& actor);

// Waits until nobody else changes these inspections, and keeps it so to the end of the transaction. Every step locks
// its own; who takes steps on several locks them all first, so that no two wait for each other.
Status lock_inspections(db::Transaction& tx, std::vector<InspectionKey> keys);

// ---- steps: each in the caller's write transaction, audited. `read` is what the caller saw: stale when it changed
// since.

Result<Inspection> take(db::Transaction& tx, const Inspection& read, const By& by);
// Stores the draft whole. Fails (invalid) on marks that do not fit: ask faults_of() first for all of them.
Result<Inspection> save_draft(db::Transaction& tx, const Regulation& regulation, const Inspection& read,
                              const Marks& marks, const Extent& extent, const By& by);
Result<Inspection> release(db::Transaction& tx, const Inspection& read, const By& by);
// To another inspector, who may inspect it; the draft goes with it.
Result<Inspection> reassign(db::Transaction& tx, const Regulation& regulation, const Inspection& read,
                            const std::string& inspector, const By& by);
// The record cannot be inspected: `instead`, the next in the drawn order, takes its place with the same inspector.
// Without one nothing is left to draw and the plan has one record less.
Result<Inspection> set_aside(db::Transaction& tx, const Inspection& read, const std::string& reason,
                             const std::optional<DrawnRecord>& instead, const By& by);
// Scores it and puts it into the inspector's batch of the week. Fails (invalid) while something is missing.
Result<Inspection> submit(db::Transaction& tx, const Regulation& regulation, const Inspection& read, const By& by);
Result<Inspection> acknowledge(db::Transaction& tx, const Inspection& read, const By& by);
// Takes a published result back: its fact is retracted, and the same record is inspected anew by `inspector`.
Result<Inspection> annul(db::Transaction& tx, const Regulation& regulation, const Inspection& read,
                         const std::string& reason, const std::string& inspector, const By& by);

// Whether the person may look at the record today: an inspector or supervisor who is employed, never the agent and not
// of the agent's group unless the pack allows it (Q1.3). Fails: invalid, forbidden.
Status check_may_inspect(db::Transaction& tx, const Regulation& regulation, const Inspection& inspection,
                         const std::string& staff_no, Instant now);

// ---- reading

Result<Inspection> find_inspection(db::Transaction& tx, const InspectionKey& key);  // not_found
// Those that the agent has appealed against, and all that have an appeal that waits; in no order.
Result<std::vector<Inspection>> appealed_by(db::Transaction& tx, std::string_view staff_no);
Result<std::vector<Inspection>> with_open_appeals(db::Transaction& tx);
// What an inspector has in hand: taken first, then assigned, by key.
Result<std::vector<Inspection>> queue_of(db::Transaction& tx, std::string_view inspector);
// Published results by contact time, latest first; the latest 5,000 of them.
Result<std::vector<Inspection>> results_of_agent(db::Transaction& tx, std::string_view staff_no, Interval during);
Result<std::vector<Inspection>> results_of_group(db::Transaction& tx, std::string_view group, Interval during);
Result<std::vector<Inspection>> results(db::Transaction& tx, Interval during);

// The rubric it is made by, kept alive by its pack.
struct RubricInForce {
  PackPtr pack;
  const policy::Rubric* rubric = nullptr;
};
Result<RubricInForce> rubric_of(db::Transaction& tx, const Regulation& regulation, const Inspection& inspection);

}  // namespace zh::quality
