// Calibration sessions: several inspectors score the same records without seeing one another's marks; then the marks
// are laid side by side, the differences measured, and one reading agreed on, which stays as guidance on the items
// (Q2.1).
//
//   scoring ──save, hand_in──▶ scoring ──compare──▶ comparing ──agree──▶ comparing ──close──▶ closed
//
// What an inspector marks is saved as a draft, so nothing is lost in a crash, and counts once it is handed in.
//
// Blind means blind: while a session is scoring nobody is given another's reading, the supervisor neither. Readings of
// a session score nobody: no fact is written.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/hash.h"
#include "base/instant.h"
#include "db/db.h"
#include "policy/rubric.h"
#include "rooms/quality/calibration/agreement.h"
#include "rooms/quality/inspection/inspection.h"

namespace zh::quality::calibration {

enum class SessionState : int { scoring = 1, comparing = 2, closed = 3 };  // stored
enum class SessionAction { save, hand_in, compare, agree, close };
using SessionStep = Transition<SessionState, SessionAction>;
inline constexpr std::array kSessionSteps{
    SessionStep{SessionState::scoring, SessionAction::save, SessionState::scoring, "inspector", "own_assignment",
                "Q2.1"},
    SessionStep{SessionState::scoring, SessionAction::hand_in, SessionState::scoring, "inspector", "own_assignment",
                "Q2.1"},
    SessionStep{SessionState::scoring, SessionAction::compare, SessionState::comparing, "qa_supervisor",
                "two_handed_in", "Q2.1"},
    SessionStep{SessionState::comparing, SessionAction::agree, SessionState::comparing, "qa_supervisor", "", "Q2.1"},
    SessionStep{SessionState::comparing, SessionAction::close, SessionState::closed, "qa_supervisor", "all_agreed",
                "Q2.1"},
};
inline constexpr std::span kSessionProcess(kSessionSteps);
static_assert(is_deterministic(kSessionProcess));

struct SessionRecord {
  std::string contact;  // source id
  std::string channel;
  friend bool operator==(const SessionRecord&, const SessionRecord&) = default;
};

struct SessionDraft {
  std::string title;
  std::string rubric;                   // of the pack in force on the day of opening
  std::vector<SessionRecord> records;   // place 1, 2 …
  std::vector<std::string> inspectors;  // staff numbers
};
inline constexpr std::size_t kRecordsMax = 50;
inline constexpr std::size_t kInspectorsMax = 20;

struct Session {
  int number = 0;
  SessionState state = SessionState::scoring;
  int change = 0;  // counts changes; handing in is none
  SessionDraft what;
  Hash pack;  // version it was opened under
  std::string opened_by;
  Instant opened_at;
  std::optional<Instant> closed_at;
};

struct Reading {
  int place = 0;
  std::string inspector;  // empty: what was agreed on
  Marks marks;
  std::optional<Decimal> score;  // of a draft as it would be handed in now: nothing while no item is answered
  bool handed_in = true;         // else a draft, which is its inspector's alone and counts nowhere
  Instant at;
};

// What was learnt about an item in a session.
struct Guidance {
  std::string item;
  int session = 0;
  int place = 0;
  std::string words;
  friend bool operator==(const Guidance&, const Guidance&) = default;
};

// --- rules -----------------------------------------------------------------------------------------------------------

bool takes_part(const Session& session, const Actor& actor);
// Whether the actor may be shown everybody's readings: nobody while the session is scoring, then its inspectors and
// supervisors. The own ones are always shown.
bool sees_all_readings(const Session& session, const Actor& actor);

// How gravely the marks read one item: deduct: 0 = nothing found, 1, 2 … = the gravest severity found, lightest first;
// weighted: the answer's share in percent. Nothing where it does not apply or has no answer.
std::optional<Decimal> grade_of(const policy::Rubric& rubric, const policy::RubricItem& item, const Marks& marks);

// The records' scores by inspector, in the session's order; the agreed readings are not among them.
Ratings scores_of(const Session& session, const std::vector<Reading>& readings);

struct Measured {
  Measure measure = Measure::percent;
  Estimate estimate;
};
struct ItemAgreement {
  std::string item;
  std::vector<Measured> measures;
};
struct InspectorFigures {
  std::string staff_no;
  Estimate severity;        // against the others
  Estimate against_agreed;  // against the agreed reading
};
struct Report {
  std::vector<Measured> overall;  // grades of all items together, resampled by record
  std::vector<Measured> scores;   // of the records
  std::vector<ItemAgreement> items;
  std::vector<InspectorFigures> inspectors;
};
// Deterministic: intervals follow from the session's number.
Report report_of(const policy::Rubric& rubric, const Session& session, const std::vector<Reading>& readings);

// --- service: each call is one step, audited, in the caller's write transaction

// Fails: forbidden unless a QA supervisor opens it; invalid: no title, no such rubric, no record, fewer than two
// inspectors, one of either twice, a channel that the rubric does not have, somebody who does not inspect; limit.
Result<Session> open_session(db::Transaction& tx, const Regulation& regulation, const SessionDraft& draft,
                             const By& by);
// The inspector's draft of a reading, whole: findings, bonuses, what does not apply; something may be missing yet.
// Fails as hand_in(), and conflict when the reading is handed in already.
Status save_draft(db::Transaction& tx, const Regulation& regulation, int session, int place, const Marks& marks,
                  const By& by);
// The inspector's reading of one record; stating it again replaces it until the marks are compared. Fails: not_found,
// conflict (no longer scoring), forbidden (not one of its inspectors), invalid (the first thing that does not fit the
// rubric or is missing, with its pointer).
Status hand_in(db::Transaction& tx, const Regulation& regulation, int session, int place, const Marks& marks,
               const By& by);
// These three fail besides (stale) when `read` is no longer how the session stands.
// Lays the marks open. Fails (conflict) while no record has two readings.
Result<Session> compare(db::Transaction& tx, const Session& read, const By& by);
// States the agreed reading of a record, with what was learnt about items; stating it again replaces both.
Result<Session> agree(db::Transaction& tx, const Regulation& regulation, const Session& read, int place,
                      const Marks& marks, const std::vector<Guidance>& learnt, const By& by);
// Fails (conflict) while a record has no agreed reading.
Result<Session> close_session(db::Transaction& tx, const Session& read, const By& by);

// --- reading

Result<Session> find_session(db::Transaction& tx, int number);  // not_found
// Newest first.
Result<std::vector<Session>> list_sessions(db::Transaction& tx, std::int64_t limit = 100);
// The rubric that the session's marks are made by.
Result<RubricInForce> rubric_of(db::Transaction& tx, const Regulation& regulation, const Session& session);
// By place, then inspector, the agreed one first; only what the actor may be shown is read. While the session is
// scoring the own drafts are among them.
Result<std::vector<Reading>> readings_for(db::Transaction& tx, const Session& session, const Actor& actor);
// Who has handed in a reading of which record, and nothing of what is in it. By inspector, then place.
struct HandedIn {
  std::string inspector;
  int place = 0;
};
Result<std::vector<HandedIn>> handed_in(db::Transaction& tx, int session);
// The places that an agreed reading is stated of, ascending.
Result<std::vector<int>> agreed_places(db::Transaction& tx, int session);
// What the actor may do with the session: the desk's buttons.
std::vector<std::string> actions_of(const Session& session, const std::vector<HandedIn>& handed_in,
                                    const std::vector<int>& agreed, const Actor& actor);
// Of sessions that are closed: what a scorer is shown beside the rubric. By item, newest first.
Result<std::vector<Guidance>> guidance(db::Transaction& tx);
// Fails (conflict) while the session is scoring: figures would tell what is still blind.
Result<Report> report_on(db::Transaction& tx, const Regulation& regulation, const Session& session);
// The inspector in all closed sessions.
struct OverTime {
  Estimate severity;
  Estimate drift;  // of it, in thirty days
};
Result<OverTime> over_time(db::Transaction& tx, const std::string& staff_no, const Zone& zone, Confidence confidence);

}  // namespace zh::quality::calibration

namespace zh::quality {

template <>
struct Words<calibration::SessionState> {
  using E = calibration::SessionState;
  using W = Word<E>;
  static constexpr std::array kTable{W{E::scoring, "scoring", "盲评中", "scoring blind"},
                                     W{E::comparing, "comparing", "对照讨论中", "comparing"},
                                     W{E::closed, "closed", "已结束", "closed"}};
};
template <>
struct Words<calibration::SessionAction> {
  using E = calibration::SessionAction;
  using W = Word<E>;
  static constexpr std::array kTable{W{E::save, "save", "保存", "save"},
                                     W{E::hand_in, "hand_in", "提交评分", "hand in"},
                                     W{E::compare, "compare", "开始对照", "compare"},
                                     W{E::agree, "agree", "达成一致", "agree"}, W{E::close, "close", "结束", "close"}};
};

}  // namespace zh::quality
