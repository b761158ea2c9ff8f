// Samples of inspection plans, drawn so that nobody can choose (Q1.3, Q4.2): the seed is committed to before the
// period, the frame is frozen at the draw, and whoever doubts can redraw.
//
//   ZH_TRY(const Hash published, commit_seed(tx, {plan, 1}, random_secrets(), {.actor = "2001", .at = now}));
//   …the period passes…
//   ZH_TRY(const Drawn drawn, draw_sample(tx, order, {.people = people, .products = products, .zone = zone}, by));
//   for (const StoredPick& pick : drawn.picks) …      // an inspection each
//
// A draw is known by its plan's number and its round, 1 or 2 (C3.2). Everything here is part of the caller's
// transaction, and every change writes its audit entry: the commitment and the frame's hash stand in the audit chain.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "db/db.h"
#include "rooms/contacts/contacts.h"
#include "rooms/contacts/queue_products.h"
#include "rooms/people/people.h"
#include "rooms/quality/sampling/draw.h"
#include "rooms/quality/sampling/signals.h"

namespace zh::quality::sampling {

struct DrawId {
  std::int64_t plan = 0;
  int round = 1;
  friend auto operator<=>(const DrawId&, const DrawId&) = default;
};

struct By {
  std::string actor;  // staff number or account, as in the audit
  Instant at;
};

// --- the seed --------------------------------------------------------------------------------------------------------

struct Secrets {
  Hash seed;
  Hash blind;
};
// 512 bits from the operating system.
Secrets random_secrets();

// Keeps the seed and gives its commitment, to be published. Fails (conflict) when this draw has a seed already.
Result<Hash> commit_seed(db::Transaction& tx, const DrawId& id, const Secrets& secrets, const By& by);

// What is known of a seed before the draw.
struct Commitment {
  Hash commitment;
  Instant committed_at;
};
Result<std::optional<Commitment>> find_commitment(db::Transaction& tx, const DrawId& id);

// --- the draw --------------------------------------------------------------------------------------------------------

// Which contacts are in the frame; an empty list leaves nothing out.
struct Scope {
  Interval during;
  std::vector<contacts::Channel> channels;
  std::vector<std::string> products;
  std::vector<std::string> groups;  // of the agent, on the day of the contact
};

struct Order {
  DrawId id;
  Scope scope;
  Allocation allocation;
  RiskWeights risk;
  // Hours at which a part of the day begins, ascending from 0: {0, 8, 12, 18} gives "00-08" … "18-24".
  std::vector<int> parts_of_day = {0, 8, 12, 18};
};

// What contacts are read with.
struct Reading {
  const people::People& people;
  const contacts::QueueProducts& products;
  Zone zone;
};

// The frame of the order: the answered contacts of agents that were employed on the contact's day. Contacts of members
// whom nobody held then are left out. Fails (invalid): parts of the day, weights.
Result<Frame> frame_of(db::Transaction& tx, const Order& order, const Reading& reading);

struct StoredPick {
  std::string staff_no;
  std::int64_t place = 0;  // from 1, in drawn order; replacements behind what was drawn
  std::string contact;     // source id
  std::int64_t cell = 0;
  Fraction probability = {};
  std::optional<std::int64_t> replaces = {};  // the place it fills
  std::string reason = {};                    // why that record could not be used
};

struct Drawn {
  DrawId id;
  Hash commitment;
  Instant committed_at;
  Interval during;
  Hash seed;
  Hash frame;
  Instant drawn_at;
  std::vector<StoredPick> picks;  // by staff number, then place
};

// Draws, freezes the frame and reveals the seed. Fails (conflict): no seed was committed to, or drawn already.
Result<Drawn> draw_sample(db::Transaction& tx, const Order& order, const Reading& reading, const By& by);

// Nothing when the round has not been drawn.
Result<std::optional<Drawn>> find_draw(db::Transaction& tx, const DrawId& id);

// How many contacts of each agent were in the frame, by staff number; empty when the round has not been drawn.
struct Population {
  std::string staff_no;
  std::int64_t contacts = 0;
};
Result<std::vector<Population>> populations_of(db::Transaction& tx, const DrawId& id);

// What a pick is, for whoever makes an inspection of it: as of the contact's day.
struct Described {
  std::string channel;
  std::string product;
  std::string group;  // of the agent
  Instant occurred_at;
};
// Fails (not_found) when the contact is gone: its import was undone after the draw.
Result<Described> describe(db::Transaction& tx, const StoredPick& pick, const Reading& reading);

// Puts the next record of the drawn order in the place of an unusable one. Fails: not_found (the contact is not in the
// sample), conflict (it was replaced already, or the agent has no contact left), invalid (no reason given).
Result<StoredPick> replace(db::Transaction& tx, const DrawId& id, const std::string& contact, const std::string& reason,
                           const By& by);

// --- proof -----------------------------------------------------------------------------------------------------------

// What an agent is given to check the own stratum without seeing anybody else's contacts. Fails (not_found): not drawn,
// or the agent is not in the frame.
struct OwnStratum {
  StratumProof proof;
  std::vector<std::string> drawn;  // in drawn order, replacements not among them
};
Result<OwnStratum> own_stratum(db::Transaction& tx, const DrawId& id, const std::string& staff_no);

// Why a stored draw does not hold; `staff_no` empty = the draw as a whole.
struct Finding {
  std::string staff_no;
  Text what;
};
struct Verified {
  Drawn drawn;
  bool committed_before_period = false;  // else the draw can be redrawn, but was not beyond anyone's reach
  std::int64_t strata = 0;
  std::int64_t contacts = 0;  // in the frame
  std::vector<Finding> findings;

  bool holds() const { return findings.empty(); }
};
// Redraws every drawn round of the plan from the kept frame and seed, replacements included, and holds seed, frame and
// picks against what the audit chain says. Fails (not_found) when no round of it has been drawn.
Result<std::vector<Verified>> verify_plan(db::Transaction& tx, std::int64_t plan);

}  // namespace zh::quality::sampling
