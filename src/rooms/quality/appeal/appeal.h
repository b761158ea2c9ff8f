// Appeal: an agent's formal objection to one finding of a published result, with the points it should cost instead
// (Q7.1). Somebody looks at the record again and decides; the agent may ask once more, and the supervisor's decision is
// final. Questions have no deadline and are a thread (thread.h).
//
//   filed ──assign──▶ assigned ──decide──▶ decided ──file again──▶ filed again ──decide──▶ final      (process.h)
//
// An appeal can only lift a score. What is granted changes the finding, the score and its derivation, and supersedes
// the fact, all in one transaction; in a closed month that becomes an adjustment.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "rooms/quality/inspection/inspection.h"

namespace zh::quality {

struct AppealKey {
  InspectionKey inspection;
  int finding = 0;  // its number

  std::string to_string() const;  // "3-1-17/2"
  friend auto operator<=>(const AppealKey&, const AppealKey&) = default;
};

// What a finding should be instead. Deduct: the severity and points within it, or 0 points: the finding does not stand.
// Weighted: the answer; no points.
struct Reading {
  std::string choice;
  int points = 0;
  friend bool operator==(const Reading&, const Reading&) = default;
};

enum class AppealOutcome : int { accepted = 1, partly = 2, rejected = 3 };  // stored

struct AppealDecision {
  int number = 0;  // 1 the first, 2 the final one
  AppealOutcome outcome = AppealOutcome::rejected;
  Reading before;
  Reading after;
  std::string decided_by;  // account
  Instant decided_at;
  std::string reason;
};

struct Appeal {
  AppealKey key;
  std::string staff_no;  // of the agent
  AppealState state = AppealState::filed;
  int change = 0;  // counts changes
  Instant filed_at;
  std::string reason;
  Reading proposed;
  std::string assigned_to;               // staff number; empty before
  std::string reason_again;              // of asking for the final round
  bool blind = false;                    // assigned to a second inspector who does not see what the first found
  std::optional<Reading> blind_reading;  // what the second made of it
  std::vector<AppealDecision> decisions;

  // Whether the account is to read the record without knowing what was found in it.
  bool is_blind_to(std::string_view reviewer) const { return blind && !blind_reading && assigned_to == reviewer; }
};

// ---- rules: pure

// The last instant at which a result published then can be appealed against, or a decision made then asked about once
// more: the end of the working day that the pack's window leads to. Nothing where the pack knows no appeals.
std::optional<Instant> appeal_until(const policy::Pack& pack, const Zone& zone, Instant published);

// Why the finding cannot become that: not milder than it is, or no reading of the rubric. Nothing when it can.
std::optional<MarkFault> fault_of(const policy::Rubric& rubric, const Finding& finding, const Reading& reading);
// Why this is no reading of the item at all, milder or not. Nothing when it is one.
std::optional<MarkFault> fault_of(const policy::Rubric& rubric, const std::string& item, const Reading& reading);

// The last instant at which the agent may ask for the final round: nothing unless it is decided.
std::optional<Instant> again_until(const Appeal& appeal, const policy::Pack& pack, const Zone& zone);
// What the actor may do with the appeal now: the desk's buttons.
std::vector<std::string> actions_of(const Appeal& appeal, const Actor& actor, std::optional<Instant> again_until,
                                    Instant now);

// ---- steps: each in the caller's write transaction, audited

struct NewAppeal {
  int finding = 0;
  Reading proposed;
  std::string reason;
};
// Fails: not_found (no such finding), conflict (not published, the window is over, there is an appeal already),
// forbidden (somebody else's result), invalid (the proposal is not milder, no reason).
Result<Appeal> file_appeal(db::Transaction& tx, const Regulation& regulation, const InspectionKey& inspection,
                           const NewAppeal& appeal, const By& by);
// To whom an appeal goes.
struct Reviewer {
  std::string staff_no;  // the original inspector or another who may inspect the record
  bool blind = false;    // not the original: reads the record before seeing what was found in it
};
Result<Appeal> assign_appeal(db::Transaction& tx, const Regulation& regulation, const Appeal& read, const Reviewer& to,
                             const By& by);
// What the blind reviewer makes of the item; from then on everything about the appeal is shown and it can be decided.
// Fails: conflict unless it is assigned blind and not read yet; invalid when it is no reading of the item.
Result<Appeal> read_blind(db::Transaction& tx, const Regulation& regulation, const Appeal& read, const Reading& reading,
                          const By& by);
struct Ruling {
  AppealOutcome outcome = AppealOutcome::rejected;
  Reading reading;  // of `partly`; the others take the proposal's or leave the finding as it is
  std::string reason;
};
// Decides several at once where they are about one reading of an item: all name the same item and get the same ruling,
// or none is decided. Fails: invalid, forbidden, conflict as the process says.
Result<std::vector<Appeal>> decide_appeals(db::Transaction& tx, const Regulation& regulation,
                                           const std::vector<Appeal>& read, const Ruling& ruling, const By& by);
Result<Appeal> file_again(db::Transaction& tx, const Regulation& regulation, const Appeal& read,
                          const std::string& reason, const By& by);
Result<Appeal> withdraw_appeal(db::Transaction& tx, const Appeal& read, const By& by);
// Lets every decision stand whose time for another round is over; gives their number. By the program itself.
Result<std::int64_t> expire_appeals(db::Transaction& tx, const Regulation& regulation, Instant now);
// Ends every open appeal against an annulled inspection.
Status lapse_appeals(db::Transaction& tx, const InspectionKey& inspection, const By& by);

// ---- reading; lists are read by two statements however long they are

Result<Appeal> find_appeal(db::Transaction& tx, const AppealKey& key);  // not_found
Result<std::vector<Appeal>> appeals_of(db::Transaction& tx, const InspectionKey& inspection);
Result<std::vector<Appeal>> appeals_of_agent(db::Transaction& tx, std::string_view staff_no);  // latest first
// Those that wait for somebody: filed, assigned and filed again; oldest first.
Result<std::vector<Appeal>> open_appeals(db::Transaction& tx);

}  // namespace zh::quality
