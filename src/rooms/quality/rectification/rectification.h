// Rectification: what an agent does about a finding, until when, and whether later records show that it helped (Q4.5).
// Publishing opens one for each finding of the severities that the pack names. Known as inspection and finding:
// "3-1-17/2".
//
//   open ──set measures──▶ under way ──report──▶ reported ──verify──▶ verified      (process.h)
//     ▲                                             │
//     └──────────── find poor: a talk is due, stronger measures, a new last day
//
// Every step stays in the chain, from the finding to its closure. The last day is the pack's until the inspector
// prescribes another; an extension needs approval; what is overdue is escalated once. A finding that an appeal or an
// annulment takes back leaves nothing to rectify.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rooms/quality/inspection/inspection.h"

namespace zh::quality {

struct RectificationKey {
  InspectionKey inspection;
  int finding = 0;  // its number

  std::string to_string() const;
  friend auto operator<=>(const RectificationKey&, const RectificationKey&) = default;
};

struct Rectification {
  RectificationKey key;
  std::string staff_no;   // of the agent
  std::string inspector;  // who verifies, besides a supervisor
  RectificationState state = RectificationState::open;
  int change = 0;  // counts changes, each of which is a link of the chain
  Date due;        // the last day
  std::string measures;
  std::optional<Date> asked_until;  // an extension that waits for approval
  std::optional<Instant> reported_at;
  std::optional<Instant> escalated_at;
  bool talk_due = false;  // about its having been found poor; as read

  // Whether the last day is over and the agent has not reported.
  bool is_overdue(Date today) const;
};

// One link of the chain.
struct RectificationLink {
  int number = 0;      // 1, 2, 3 …
  std::string action;  // as the process table names it; "open" for the first, "talk" for the talk about a poor one
  std::string by;      // account
  Instant at;
  std::string text;
  std::optional<Date> due;             // where the step sets a last day, or asks for one
  std::vector<InspectionKey> records;  // the later inspections that show the effect
};

inline constexpr int kRectificationDaysMax = 366;  // that a prescription or an extension reaches ahead
inline constexpr std::size_t kLaterRecordsMax = 20;

// What the actor may do with it: the desk's buttons.
std::vector<std::string> actions_of(const Rectification& rectification, const Actor& actor);

// ---- steps: each in the caller's write transaction, audited. `read` is what the caller saw: stale when it changed
// since.

// One for each finding of a just published inspection that the pack wants rectified.
Status open_rectifications(db::Transaction& tx, const Regulation& regulation, const policy::Pack& pack,
                           const Inspection& inspection, const By& by);
// Whether the pack wants this finding, as it stands, rectified.
bool wants_rectification(const policy::Pack& pack, const policy::Rubric& rubric, const Finding& finding);

// Another last day than the pack's, before the agent has set measures: by the finding's inspector or a supervisor.
Result<Rectification> prescribe(db::Transaction& tx, const Regulation& regulation, const Rectification& read, Date due,
                                const std::string& reason, const By& by);
// After a poor rectification the same measures again are refused.
Result<Rectification> set_measures(db::Transaction& tx, const Rectification& read, const std::string& measures,
                                   const By& by);
Result<Rectification> report(db::Transaction& tx, const Rectification& read, const std::string& text, const By& by);
Result<Rectification> ask_extension(db::Transaction& tx, const Rectification& read, Date until,
                                    const std::string& reason, const By& by);
Result<Rectification> settle_extension(db::Transaction& tx, const Rectification& read, bool granted,
                                       const std::string& reason, const By& by);

// What later records of the agent show.
struct Effect {
  bool good = false;
  std::vector<InspectionKey> records;  // published, of the same agent, of contacts after the report
  std::string text;
};
// By the finding's inspector or a supervisor. Good: it is verified, unless the talk about a poor one is still due.
// Poor: it is open again with a new last day, and a talk is due.
Result<Rectification> verify_effect(db::Transaction& tx, const Regulation& regulation, const Rectification& read,
                                    const Effect& effect, const By& by);
// Adds the talk about a poor one to the chain.
Status note_talk(db::Transaction& tx, const RectificationKey& key, const std::string& record, const By& by);
// The finding does not stand any more. Nothing changes where it is verified already.
Status drop_rectification(db::Transaction& tx, const Rectification& read, const By& by);
// Marks what is overdue and was not escalated yet, and gives it. By the program itself.
Result<std::vector<Rectification>> escalate_overdue(db::Transaction& tx, const Regulation& regulation, Instant now);

// ---- reading

Result<Rectification> find_rectification(db::Transaction& tx, const RectificationKey& key);         // not_found
Result<std::vector<RectificationLink>> chain_of(db::Transaction& tx, const RectificationKey& key);  // in its order
Result<std::vector<Rectification>> rectifications_of(db::Transaction& tx, const InspectionKey& inspection);
// All of an agent: those that wait first, by last day.
Result<std::vector<Rectification>> rectifications_of_agent(db::Transaction& tx, std::string_view staff_no);
// Those that are neither verified nor dropped, by last day: of a group's agents, to be verified by an inspector, all.
Result<std::vector<Rectification>> open_rectifications_of_group(db::Transaction& tx, std::string_view group);
Result<std::vector<Rectification>> open_rectifications_of_inspector(db::Transaction& tx, std::string_view inspector);
Result<std::vector<Rectification>> open_rectifications(db::Transaction& tx);

}  // namespace zh::quality
