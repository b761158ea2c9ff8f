// Plan: what a month inspects, how much of it, by which rubric and by whom (Q4.1). Plans are numbered 1, 2, 3 … and
// called by their number.
//
//   draft ──approve──▶ approved ──draw──▶ running ──close──▶ closed        (process.h)
//
// A round is one drawing of records and their results; the centre's regulation says how many there are in a month and
// until when each is published (C3.2). A plan holds the version of the pack it was drawn up under, so the rubric its
// inspections are made by never changes under them.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/hash.h"
#include "base/result.h"
#include "policy/pack.h"
#include "rooms/people/people.h"
#include "rooms/quality/process.h"
#include "rooms/quality/sampling/signals.h"

namespace zh::db {
class Transaction;
}

namespace zh::quality {

using PackPtr = std::shared_ptr<const policy::Pack>;

// What the room is given by the program: it knows no data directory.
struct Regulation {
  Zone zone;
  std::function<Result<PackPtr>(db::Transaction&, Date)> pack_on;         // in force on that day
  std::function<Result<PackPtr>(db::Transaction&, const Hash&)> pack_of;  // of that version, however old
};

// Who does something, and when.
struct By {
  Actor actor;
  Instant now;
};

// Which contacts are looked at. An empty list means all there are.
struct PlanScope {
  std::vector<std::string> groups;
  std::vector<std::string> products;
  std::vector<std::string> channels;
  friend bool operator==(const PlanScope&, const PlanScope&) = default;
};

// How records are inspected (Q4.1).
enum class InspectionMethod : int {  // stored
  recording = 1,
  text = 2,
  live = 3,
  on_site = 4,
};
template <>
struct Words<InspectionMethod> {
  using E = InspectionMethod;
  using W = Word<E>;
  static constexpr std::array kTable{W{E::recording, "recording", "听录音", "listening to recordings"},
                                     W{E::text, "text", "看文字记录", "reading chats and mails"},
                                     W{E::live, "live", "实时远程监听", "listening in remotely"},
                                     W{E::on_site, "on_site", "现场旁听", "sitting in on site"}};
};

struct PlanRound {
  int round = 0;   // 1, 2 …
  Date first_day;  // contacts of these days, both included
  Date last_day;
  Date publish_before;         // results are out before this day
  std::int64_t per_agent = 0;  // records of each agent, at least
  std::int64_t total = 0;      // records of all agents; what it leaves beyond the minima is shared out by contacts
  std::optional<Instant> drawn_at;
};

struct PlanInspector {
  std::string staff_no;
  std::int64_t capacity = 0;  // records of one round, at most
};

struct PlanDraft {
  Month month;
  std::string title;
  PlanScope scope;
  sampling::RiskWeights risk = {};             // what is looked at harder
  std::vector<InspectionMethod> methods = {};  // each once, ascending; drawn up without: usual_methods()
  std::string method_note = {};                // what there is to say about them; may be empty
  std::vector<PlanRound> rounds;               // by number
  std::vector<PlanInspector> inspectors;
};

struct Plan {
  int number = 0;
  PlanState state = PlanState::draft;
  int change = 0;  // counts changes: who changes a plan names the one that was read
  Hash pack;
  PlanDraft what;
  std::string drawn_up_by;  // account
  std::string approved_by;  // account; empty before
  std::int64_t open = 0;    // drawn records that are not published; as read

  const PlanRound* round(int round) const;
};

inline constexpr std::size_t kTitleLengthMax = 100;  // code points
inline constexpr std::size_t kPlanListMax = 1000;    // entries of one list
inline constexpr std::int64_t kPerAgentMax = 1000;
inline constexpr std::int64_t kRoundTotalMax = 1'000'000;
inline constexpr std::size_t kMethodNoteMax = 2000;  // code points

// ---- rules: pure

// What does not fit, with a JSON pointer into the draft.
struct PlanFault {
  std::string pointer;
  Text detail;
  std::string clause;
};
std::vector<PlanFault> faults_of(const PlanDraft& draft, const policy::Pack& pack, const people::People& people);

// How records of those channels are usually inspected: calls are heard, chats and mails read, visits sat in on.
std::vector<InspectionMethod> usual_methods(const PlanScope& scope, const policy::Pack& pack);

// How many records the draft intends: in each round the minima of its agents, or its total where that is more. Fewer
// are drawn where agents have fewer contacts.
std::int64_t intended_by(const PlanDraft& draft, const people::People& people);
// Whether the person is an agent of the scope's groups on the last day of the round that they are employed.
bool is_in_scope(const people::Person& person, const PlanRound& round, const PlanScope& scope);

// What the actor may do with the plan: the desk's buttons. A round can be drawn from the day after its last on.
std::vector<std::string> actions_of(const Plan& plan, const Actor& actor, Date today);

// The days between a default round's last day and the day its results are published before: it is drawn on the first of
// them. Any five days in a row hold three working days at least – to inspect, to review, to publish.
inline constexpr int kDaysToInspect = 5;

// The rounds that the pack prescribes for the month: each from the day after the one before, up to kDaysToInspect days
// before its deadline (C3.2: the 15th and the 30th, so contacts of the 1st to the 9th and of the 10th to the 24th).
// What the month has after the last of them is in no round: its results could not be out in time, and a score never
// counts in another month than its contact's (docs/decisions/0906). Without a prescription one round over the whole
// month, published in the following week.
std::vector<PlanRound> default_rounds(Month month, const policy::Pack& pack);

// A record that was drawn.
struct DrawnRecord {
  std::string contact;  // its source id
  std::string channel;
  std::string product;
  std::string staff_no;  // who served it
  std::string group;     // of that person on that day
  Instant occurred_at;
  std::string probability;  // of being drawn, as a fraction: "2/37"
};
// Somebody who may be given records, with the groups as of the day of assigning.
struct Assignable {
  std::string staff_no;
  std::string group;
  std::int64_t capacity = 0;
};
// Whether the person may inspect the record: never the own, and none of the own group unless the rule allows it (Q1.3).
bool may_inspect(const Assignable& inspector, std::string_view staff_no, std::string_view group,
                 const policy::Pack& pack);
// An inspector for each record, in the records' order: within everybody's capacity, as evenly by capacity as that
// allows. Finds an assignment wherever there is one. Fails (limit) saying how many records nobody can take.
Result<std::vector<std::string>> assign(const std::vector<DrawnRecord>& records,
                                        const std::vector<Assignable>& inspectors, const policy::Pack& pack);

// What a plan of that month can be made of: who is there to be inspected and to inspect, and what the pack prescribes.
struct PlanOutline {
  std::vector<PlanRound> rounds;               // default_rounds()
  std::map<std::string, std::int64_t> groups;  // agents of each in that month; "" = in no group
  std::set<std::string> products;              // that they serve
  std::set<std::string> channels;              // that a rubric is for
  std::vector<std::string> inspectors;         // staff numbers
};
PlanOutline outline_of(Month month, const policy::Pack& pack, const people::People& people);

// ---- service: each call is one step of the process, audited, in the caller's write transaction

// Draws up a plan under the pack in force on the month's last day. Fails (invalid) on the first fault; ask faults_of()
// for all.
Result<Plan> draw_up_plan(db::Transaction& tx, const Regulation& regulation, const PlanDraft& draft, const By& by);
// States a draft anew. Fails besides: not_found; stale when `change` is not the plan's; conflict unless it is a draft.
Result<Plan> edit_plan(db::Transaction& tx, const Regulation& regulation, const Plan& read, const PlanDraft& draft,
                       const By& by);
// By somebody else than who drew it up.
Result<Plan> approve_plan(db::Transaction& tx, const Plan& read, const By& by);
// Enters a round's drawn records as inspections and gives each its inspector. Fails: conflict when the round is drawn
// already or not over yet; invalid when nothing was drawn; limit as assign() does.
Result<Plan> start_round(db::Transaction& tx, const Regulation& regulation, const Plan& read, int round,
                         const std::vector<DrawnRecord>& records, const By& by);
// Fails (conflict) while something drawn is not published.
Result<Plan> close_plan(db::Transaction& tx, const Plan& read, const By& by);

Result<Plan> find_plan(db::Transaction& tx, int number);  // not_found
// The version of the pack alone that the plan was drawn up under. Fails: not_found.
Result<Hash> pack_of_plan(db::Transaction& tx, int number);
// Newest first. A handful of statements, however many there are.
Result<std::vector<Plan>> list_plans(db::Transaction& tx, std::int64_t limit = 500);

// How far one inspector or one agent is in a plan.
struct Progress {
  std::string staff_no;
  int round = 0;
  std::int64_t expected = 0;  // of an agent: what the plan promises, drawn or not
  std::int64_t assigned = 0;  // records in hand or done, those set aside and voided left out
  std::int64_t done = 0;      // submitted or further
  std::int64_t published = 0;
  std::int64_t overdue = 0;  // not published although the day to publish before has come
};
// Both by staff number, then round; `today` decides what is overdue.
Result<std::vector<Progress>> progress_of_inspectors(db::Transaction& tx, const Plan& plan, Date today);
// With every agent of the plan's groups who is employed in the round, whether something of theirs was drawn or not.
Result<std::vector<Progress>> progress_of_agents(db::Transaction& tx, const Plan& plan, const people::People& people,
                                                 Date today);

}  // namespace zh::quality
