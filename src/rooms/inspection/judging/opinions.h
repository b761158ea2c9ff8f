// What the judge says of contacts, for those who look at a contact, inspect it or ask what a question is worth.
//
//   judging     a contact's transcript put to the judge: waiting → done, or given up with the reason, or left out
//   opinion     of one question: no; yes, with places where its quotes stand; yes with none: dropped, no proposal
//
// An opinion costs nothing. It becomes a proposal like a check's finding (proposal.h), which an inspector accepts,
// changes or rejects; it enters no automatic score.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/instant.h"
#include "base/text.h"
#include "db/db.h"
#include "judge/evidence.h"
#include "rooms/contacts/transcripts.h"
#include "rooms/inspection/inspection.h"

namespace zh::inspection {

// Stored: never reuse a number.
enum class JudgingState : int { waiting = 1, done = 2, given_up = 3, left_out = 4 };
std::string_view name_of(JudgingState state);  // "given_up"

struct JudgedQuestion {
  std::string check = {};
  bool found = false;
  // Hits of the question's check, in order; one that was found without any is dropped.
  std::vector<Finding> places = {};
  std::map<judge::Drop, std::int64_t> dropped = {};  // quotes, by reason
  friend bool operator==(const JudgedQuestion&, const JudgedQuestion&) = default;

  bool is_dropped() const { return found && places.empty(); }
};

struct Judging {
  contacts::ContactPlace contact = {};
  Hash transcript = {};
  Hash pack = {};   // whose questions they are
  Hash input = {};  // of the request
  JudgingState state = JudgingState::waiting;
  int attempts = 0;
  Instant due = {};  // waiting: not before
  std::string model = {};
  Text told = {};  // what went wrong; empty: nothing to tell
  Instant changed_at = {};
  std::vector<JudgedQuestion> questions = {};  // that were asked, in the pack's order
};

// Nothing where the contact's transcript as it stands was never put to the judge, is no longer there, or is another one
// by now: places would point at other words.
Result<std::optional<Judging>> judging_of(db::Transaction& tx, const contacts::ContactName& contact);

// What the judge found in a contact, as the checks' findings are: what proposals are made of. In the pack's order.
std::vector<Finding> judged_findings(const Judging& judging);

// Forgets what was said of contacts that have no transcript any more.
Status forget_judgings(db::Transaction& tx);

struct QuestionCount {
  std::string check;
  std::int64_t asked = 0;    // contacts
  std::int64_t found = 0;    // of these, with a quote that stands
  std::int64_t places = 0;   // such quotes
  std::int64_t dropped = 0;  // contacts in which the judge said yes and no quote stood
};
// Of contacts offered in that time, by check.
Result<std::vector<QuestionCount>> count_questions(db::Transaction& tx, Interval during);

}  // namespace zh::inspection
