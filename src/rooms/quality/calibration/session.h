// Calibration sessions: several inspectors score the same records without seeing one another's marks; then the marks
// are laid side by side, the differences measured, and one reading agreed on, which stays as guidance on the items
// (Q2.1).
//
//   scoring ──hand_in──▶ scoring ──compare──▶ comparing ──agree──▶ comparing ──close──▶ closed
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
#include "rooms/quality/process.h"
#include "rooms/quality/rubric/scoring.h"

namespace zh::quality::calibration {

enum class SessionState : int { scoring = 1, comparing = 2, closed = 3 };  // stored
enum class SessionAction { hand_in, compare, agree, close };
using SessionStep = Transition<SessionState, SessionAction>;
inline constexpr std::array kSessionSteps{
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
  std::vector<SessionRecord> records;   // place 1, 2 …
  std::vector<std::string> inspectors;  // staff numbers
};
inline constexpr std::size_t kRecordsMax = 50;
inline constexpr std::size_t kInspectorsMax = 20;

struct Session {
  int number = 0;
  SessionState state = SessionState::scoring;
  SessionDraft what;
  Hash rubric;  // version
  std::string opened_by;
  Instant opened_at;
  std::optional<Instant> closed_at;
};

struct Reading {
  int place = 0;
  std::string inspector;  // empty: what was agreed on
  Marks marks;
  Decimal score;
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

// The readings that may be shown to the actor: the own while the session is scoring, afterwards all to its inspectors
// and to supervisors.
std::vector<Reading> seen_by(const Session& session, std::vector<Reading> readings, const Actor& actor);

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
// ------------------------------------------

struct By {
  Actor actor;
  Instant now;
};

// Fails: forbidden unless a QA supervisor opens it; invalid: no title, no record, fewer than two inspectors, one of
// either twice, a channel that the rubric does not have; limit.
Result<Session> open_session(db::Transaction& tx, const policy::Rubric& rubric, const SessionDraft& draft,
                             const By& by);
// The inspector's reading of one record; stating it again replaces it until the marks are compared. Fails: not_found,
// conflict (no longer scoring; another version of the rubric), forbidden (not one of its inspectors), invalid (the
// first thing that does not fit the rubric, with its pointer).
Status hand_in(db::Transaction& tx, const policy::Rubric& rubric, int session, int place, const Marks& marks,
               const By& by);
// Lays the marks open. Fails (conflict) while no record has two readings.
Status compare(db::Transaction& tx, int session, const By& by);
// States the agreed reading of a record, with what was learnt about items; stating it again replaces both.
Status agree(db::Transaction& tx, const policy::Rubric& rubric, int session, int place, const Marks& marks,
             const std::vector<Guidance>& learnt, const By& by);
// Fails (conflict) while a record has no agreed reading.
Status close_session(db::Transaction& tx, int session, const By& by);

Result<Session> find_session(db::Transaction& tx, int number);  // not_found
// Newest first.
Result<std::vector<Session>> list_sessions(db::Transaction& tx, std::int64_t limit = 100);
// By place, then inspector; only what the actor may be shown.
Result<std::vector<Reading>> readings_for(db::Transaction& tx, const Session& session, const Actor& actor);
// Of sessions that are closed, newest first: what a scorer is shown on the item.
Result<std::vector<Guidance>> guidance_on(db::Transaction& tx, const std::string& item);
// Fails (conflict) while the session is scoring: figures would tell what is still blind.
Result<Report> report_on(db::Transaction& tx, const policy::Rubric& rubric, int session);
// How the inspector's severity moves over all closed sessions, per thirty days.
Result<Estimate> drift_of(db::Transaction& tx, const std::string& staff_no, const Zone& zone, Confidence confidence);

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
  static constexpr std::array kTable{W{E::hand_in, "hand_in", "提交评分", "hand in"},
                                     W{E::compare, "compare", "开始对照", "compare"},
                                     W{E::agree, "agree", "达成一致", "agree"}, W{E::close, "close", "结束", "close"}};
};

}  // namespace zh::quality
