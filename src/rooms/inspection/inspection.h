// Inspection: the pack's checks over the transcripts of a period, and what they found.
//
//   ZH_TRY(const Run run, inspect(database, keys, zone, {.offered = october, .threads = 2}, packs, progress));
//   ZH_TRY(const auto page, findings_page(tx, october, std::nullopt, 1000));
//
// Runs may be repeated at any time: contacts whose transcript, fields and pack are unchanged are passed over, and the
// same input gives the same bytes. A stop between two pages loses nothing.
#pragma once

#include <functional>
#include <optional>
#include <stop_token>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/hash.h"
#include "db/db.h"
#include "policy/pack.h"
#include "rooms/contacts/transcripts.h"
#include "vault/keys.h"

namespace zh::inspection {

// One hit of a forbidden condition, or one place where a required one was looked for in vain.
struct Finding {
  enum class Kind { hit, missing };
  Kind kind = Kind::hit;
  std::string check = {};
  std::string clause = {};
  std::optional<std::int64_t> turn = {};  // from 0; none: the whole contact
  // Code points of the turn's text as imported, an ill-formed byte counting one; none where no words were found.
  std::optional<std::int64_t> from = {};
  std::optional<std::int64_t> to = {};
  std::optional<std::int64_t> start_ms = {};
  std::optional<std::int64_t> end_ms = {};

  // Of a miss: where one of its conditions looked. One miss has as many as conditions failed.
  struct Looked {
    std::string condition = {};  // "checks.yaml:41:7"
    std::string role = {};       // agent, customer, system; any = agent and customer
    std::int64_t turns = 0;
    std::optional<std::int64_t> first = {};
    std::optional<std::int64_t> last = {};
    friend bool operator==(const Looked&, const Looked&) = default;
  };
  std::vector<Looked> looked = {};

  friend bool operator==(const Finding&, const Finding&) = default;
};

struct ContactFindings {
  contacts::ContactPlace contact;
  Hash pack;                      // version whose checks these are
  std::int64_t score = 0;         // automatic_score() (proposal.h)
  std::vector<Finding> findings;  // hits, then misses, each in the pack's order of checks, then by place

  std::string source_id() const;
};

inline constexpr Interval kAllTime{{0}, Instant::from_seconds(253'402'300'800)};  // to the year 10000

struct Order {
  Interval offered;  // contacts offered in it
  int threads = 1;   // that check; at least 1
  int page = 2'000;  // contacts per transaction
  // Only contacts whose transcript or sound was not checked yet: what has just arrived. Changes of a contact's fields,
  // of the pack and what was taken back wait for a run over everything.
  bool only_new = false;
  Instant now = {};  // when troubles are told
  std::stop_token stop = {};
};

// A contact that could not be checked, and why.
struct Unreadable {
  std::string source_id;
  Error error;
};

struct Run {
  std::int64_t contacts = 0;  // with a transcript, in the period
  std::int64_t checked = 0;   // of these, now; the others were unchanged
  std::vector<Unreadable> unreadable;
};

// The pack in force on a day; asked for each day once. A day on which none is (not_found) leaves its contacts
// unchecked.
using PackOn = std::function<Result<std::shared_ptr<const policy::Pack>>(Date)>;

// Checks what is new or changed and keeps what was found. `progress` is told the number of contacts behind after each
// page. Fails as the database does and as `packs` does; finished pages stay.
Result<Run> inspect(db::Database& database, const vault::Keys& keys, const Zone& zone, const Order& order,
                    const PackOn& packs, const std::function<void(std::int64_t)>& progress);

// What is kept for contacts offered in that time, in the order of ContactPlace, after that place; fewer than `limit` is
// the end. Contacts in which nothing was found are there too. Fails: corrupt.
Result<std::vector<ContactFindings>> findings_page(db::Transaction& tx, Interval offered,
                                                   const std::optional<contacts::ContactPlace>& after, int limit);
// What is kept for one contact; nothing when it was never checked. Fails: corrupt.
Result<std::optional<ContactFindings>> findings_of(db::Transaction& tx, const contacts::ContactName& contact);

// What is kept for a period, by check; in constant memory.
struct CheckTally {
  std::string check;
  std::string clause;
  std::int64_t hits = 0;
  std::int64_t missing = 0;
  std::int64_t contacts = 0;  // with one or the other
};
struct Tally {
  std::int64_t contacts = 0;  // that were checked
  std::vector<CheckTally> checks;
};
Result<Tally> tally(db::Transaction& tx, Interval offered);

}  // namespace zh::inspection
