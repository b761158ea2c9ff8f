// Published packs: which version of the regulation holds on which day. Publishing is the only way in, and nothing is
// changed afterwards: a change is a new version with a later date.
//
//   ZH_TRY(const auto sources, policy::read_sources("policies/chengdu-2014"));
//   ZH_TRY(const Publication it, publish(tx, sources, {.effective_from = first_of_october, …}));
//   ZH_TRY(const PackPtr pack, pack_on(tx, october.last()));     // what the month of October is closed under
//
// A version is the hash of its resolved content, so publishing equal content twice from the same day changes nothing.
#pragma once

#include <array>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/calendar.h"
#include "base/process.h"
#include "db/db.h"
#include "policy/load.h"

namespace zh::policies {

// ---- the life of a version
// -------------------------------------------------------------------------------------------

// Stored and shown: never renumber.
enum class PackState : int { draft = 1, checked = 2, consulted = 3, published = 4, superseded = 5 };
enum class PackAction : int { check = 1, edit = 2, consult = 3, publish = 4, supersede = 5 };

// On the command line publishing follows the check at once, on the operator's responsibility (audited as such); the
// desk asks for the consultation that Labour Contract Law art. 4 wants of rules that touch employees.
inline constexpr std::array kPackProcess{
    Transition<PackState, PackAction>{PackState::draft, PackAction::check, PackState::checked, "author", "no_errors",
                                      ""},
    Transition<PackState, PackAction>{PackState::draft, PackAction::edit, PackState::draft, "author", "", ""},
    Transition<PackState, PackAction>{PackState::checked, PackAction::edit, PackState::draft, "author", "", ""},
    Transition<PackState, PackAction>{PackState::checked, PackAction::consult, PackState::consulted, "manager", "",
                                      "G8"},
    Transition<PackState, PackAction>{PackState::checked, PackAction::publish, PackState::published, "operator",
                                      "starts_with_a_month_and_after_the_last", "G8"},
    Transition<PackState, PackAction>{PackState::consulted, PackAction::edit, PackState::draft, "author", "", ""},
    Transition<PackState, PackAction>{PackState::consulted, PackAction::publish, PackState::published, "manager",
                                      "starts_with_a_month_and_after_the_last another_person", "G8"},
    Transition<PackState, PackAction>{PackState::published, PackAction::supersede, PackState::superseded, "system",
                                      "later_version_in_force", "G8"},
};
static_assert(is_deterministic(std::span(kPackProcess)));

// ---- publishing
// ------------------------------------------------------------------------------------------------------

struct Publication {
  Date effective_from;
  Hash version;
  std::string pack;  // its id
  Text title;
  Instant published_at;
  std::string published_by;
};

struct PublishOrder {
  Date effective_from;
  Instant now;
  std::string actor;
  // The last month that is closed: what has been issued under a version is not given another one.
  std::optional<Month> closed_until;
  policy::LoadOptions load;
};

// Checks the pack and puts it in force from that day on. Equal content from the same day: done already, nothing
// changes. Writes an audit entry. Fails: invalid (an error in the pack, naming its place; a start inside a month;
// another effective_from than the pack's own), conflict (another version is published from that day or a later one, or
// the month is closed).
Result<Publication> publish(db::Transaction& tx, const policy::Sources& sources, const PublishOrder& order);

// All, by effective_from.
Result<std::vector<Publication>> publications(db::Transaction& tx);
// superseded when a later one is in force on `today`.
PackState state_on(std::span<const Publication> all, const Publication& it, Date today);

// ---- reading
// ---------------------------------------------------------------------------------------------------------

using PackPtr = std::shared_ptr<const policy::Pack>;

// The version in force on the day. Fails: not_found when none is, naming the command that publishes.
Result<Hash> version_on(db::Transaction& tx, Date day);
// Its pack. Fails besides: corrupt when the stored content does not give its hash.
Result<PackPtr> pack_on(db::Transaction& tx, Date day);
// That version, however old.
Result<PackPtr> pack_of(db::Transaction& tx, const Hash& version);
// Its files. Fails as pack_of() where there is none.
Result<policy::Sources> sources_of(db::Transaction& tx, const Hash& version);
// What the check says about it today: its warnings, and errors where the program has become stricter since.
Result<std::vector<policy::Problem>> problems_of(db::Transaction& tx, const Hash& version,
                                                 const policy::LoadOptions& options);

}  // namespace zh::policies
