// Draft: a change of the regulation on its way to being published (kPackProcess). It holds the files of the version
// that it began from, with what was changed in them.
//
//   begin ▶ draft ──check──▶ checked ──consult──▶ consulted ──publish──▶ published
//             ▲─────edit────────┴──────────────────┘
//
// Whoever writes a draft cannot publish it: the rule that employees are measured by needs two people and, on the desk,
// the consultation (Labour Contract Law art. 4). Whatever is edited is checked and consulted about again.
#pragma once

#include <string>
#include <vector>

#include "rooms/policies/policies.h"

namespace zh::policies {

// Who acts, in the roles of the process table: "author", "manager".
struct Editor {
  std::string account;
  std::vector<std::string> roles;
  Instant now;
};

struct PackDraft {
  int number = 0;
  PackState state = PackState::draft;
  int change = 0;  // counts changes: who changes a draft names the one that was read
  std::string title;
  Hash base;  // the version that it began from
  policy::Sources sources;
  std::string author;  // account
  Instant begun_at;
  Instant changed_at;
  std::string consultation;            // when and with whom, and what came of it; once consulted
  std::optional<Date> effective_from;  // once published
};

inline constexpr std::size_t kDraftTitleMax = 100;           // code points
inline constexpr std::size_t kConsultationLengthMax = 2000;  // code points

// ---- steps: each in the caller's write transaction, audited. `read` is what the caller saw: stale when it changed
// since. Fail: conflict where the state does not have the step, forbidden where the editor may not take it.

// From the version in force on the day.
Result<PackDraft> begin_draft(db::Transaction& tx, const std::string& title, Date today, const Editor& by);
Result<PackDraft> edit_draft(db::Transaction& tx, const PackDraft& read, const policy::Sources& sources,
                             const Editor& by);
// Fails (invalid) on the first error; ask policy::load() for all.
Result<PackDraft> check_draft(db::Transaction& tx, const PackDraft& read, const policy::LoadOptions& options,
                              const Editor& by);
Result<PackDraft> consult_draft(db::Transaction& tx, const PackDraft& read, const std::string& consultation,
                                const Editor& by);
// Fails besides as publish(); conflict where another version came into force since the draft began.
Result<PackDraft> publish_draft(db::Transaction& tx, const PackDraft& read, const PublishOrder& order,
                                const Editor& by);

Result<PackDraft> find_draft(db::Transaction& tx, int number);  // not_found
// Newest first, at most 200.
Result<std::vector<PackDraft>> list_drafts(db::Transaction& tx);

// What the editor may do with it, as names: the desk's buttons.
std::vector<std::string> actions_for(const PackDraft& draft, const Editor& by);
std::string_view name_of(PackState state);

}  // namespace zh::policies
