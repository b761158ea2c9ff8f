// The recording library (C1): outstanding and typical records to learn from, without those who are in them.
//
//   draft ──edit──▶ draft ──share──▶ shared ──describe──▶ shared ──withdraw──▶ withdrawn          (kEntrySteps)
//
// What identifies somebody is proposed for cutting by rules (identify.h) when a record is added; a person looks, adds
// and removes cuts, and shares. Sharing makes a copy – the text with placeholders, the sound with stretches silenced –
// and readers are given that copy and nothing of the contact it came from: not its id, its day, its agent. A correction
// or the end of the record's own time changes no shared copy; withdrawing removes it.
//
// Entries are numbered 1, 2, 3 … . Who changes one names the change that was read.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "analysis/audio/span.h"
#include "base/process.h"
#include "db/db.h"
#include "rooms/quality/library/identify.h"
#include "vault/contents.h"

namespace zh::quality::library {

enum class Kind : int { outstanding = 1, typical = 2 };           // stored
enum class State : int { draft = 1, shared = 2, withdrawn = 3 };  // stored
enum class Step { edit, describe, share, withdraw };
using EntryStep = Transition<State, Step>;
inline constexpr std::array kEntrySteps{
    EntryStep{State::draft, Step::edit, State::draft, "keeper", "", "C1"},
    EntryStep{State::draft, Step::describe, State::draft, "keeper", "", "C1"},
    EntryStep{State::shared, Step::describe, State::shared, "keeper", "", "C1"},
    EntryStep{State::draft, Step::share, State::shared, "keeper", "looked_through", "C1"},
    EntryStep{State::draft, Step::withdraw, State::withdrawn, "keeper", "", "C1"},
    EntryStep{State::shared, Step::withdraw, State::withdrawn, "keeper", "", "C1"},
};
static_assert(is_deterministic(std::span(kEntrySteps)));

std::string_view name_of(Kind kind);
std::string_view name_of(State state);

inline constexpr std::size_t kTitleMax = 200;  // code points
inline constexpr std::size_t kNoteMax = 4'000;
inline constexpr std::size_t kTagMax = 40;
inline constexpr std::size_t kTagsMax = 20;
inline constexpr std::size_t kCutsMax = 5'000;

// The names that people of the centre have or had, each once: to be looked for in what was said.
std::vector<std::string> names_of(const people::People& everybody);

// What people say about a record.
struct About {
  Kind kind = Kind::typical;
  std::string title = {};
  std::string note = {};
  std::vector<std::string> tags = {};  // sorted, each once
  friend bool operator==(const About&, const About&) = default;
};

struct Entry {
  int number = 0;
  State state = State::draft;
  int change = 0;
  About about = {};
  std::string contact = {};  // source id; for keepers alone
  std::string channel = {};
  std::string added_by = {};
  Instant added_at = {};
  std::string shared_by = {};
  std::optional<Instant> shared_at = {};
  std::optional<Hash> sound = {};  // shared: the content of the silenced copy; none: shared as text
};

// What is left out of a draft.
struct Masking {
  std::vector<Cut> cuts = {};  // by turn, then place, none overlapping
  audio::Spans silences = {};  // besides those of the cuts: what a person heard and no transcript says
  friend bool operator==(const Masking&, const Masking&) = default;
};

// The record behind a draft, as it stands.
struct Source {
  std::vector<contacts::Turn> turns = {};  // none without a transcript
  std::int64_t duration_ms = 0;
  bool has_sound = false;
};

struct By {
  std::string account;
  Instant now;
};

// Everything below is part of the caller's transaction, checks what it is asked for and writes its audit entry.

// Adds the contact of that source id as a draft, with the cuts that the rules propose. Fails: not_found (no such
// contact, or nothing is recorded of it); invalid; conflict when it stands in the library already.
Result<Entry> add(db::Transaction& tx, const vault::Keys& keys, std::string_view source_id, const About& about,
                  const By& by);

// Fails: not_found.
Result<Entry> find(db::Transaction& tx, int number);

struct Filter {
  bool drafts = false;  // those not shared as well
  std::optional<Kind> kind = {};
  std::optional<std::string> tag = {};
};
// The latest first.
Result<std::vector<Entry>> list(db::Transaction& tx, const Filter& filter);
// Every tag of a shared entry, sorted.
Result<std::vector<std::string>> tags(db::Transaction& tx);

Result<Masking> masking_of(db::Transaction& tx, int number);
Result<Source> source_of(db::Transaction& tx, const vault::Keys& keys, const Entry& entry);

// Replaces what is said about a draft and what is left out of it. Fails: conflict (no draft); invalid, when a cut does
// not lie within its turn, overlaps another, or an about is too long or empty.
Result<Entry> edit(db::Transaction& tx, const vault::Keys& keys, const Entry& read, const About& about,
                   const Masking& masking, const By& by);

// Replaces what is said about an entry, its kind among it; what is left out of it stays. Also of a shared one: an
// outstanding record turns out to be a typical one, a tag is missing. Fails: conflict (withdrawn); invalid.
Result<Entry> describe(db::Transaction& tx, const Entry& read, const About& about, const By& by);

// The silenced sound of a draft, to be listened to before it is shared. Fails as masked_sound(); invalid when a cut
// turn has no time, since its words cannot be found in the sound.
Result<std::string> sound_of(db::Transaction& tx, vault::Contents& contents, const Entry& draft);

// Shares the draft as it was read, with the content of its silenced sound, or as text alone. Fails: conflict (no
// draft); invalid (neither text nor sound).
Result<Entry> share(db::Transaction& tx, const vault::Keys& keys, const Entry& read, const std::optional<Hash>& sound,
                    const By& by);
// The shared text: turns with placeholders. Fails: not_found where it is not shared.
Result<std::vector<contacts::Turn>> shared_turns(db::Transaction& tx, const vault::Keys& keys, const Entry& entry);

// Nobody is given it any more, its copies go.
Result<Entry> withdraw(db::Transaction& tx, const Entry& read, const By& by);

// Whether a shared entry's sound is that content: tidying up leaves it alone.
Result<bool> is_needed(db::Transaction& tx, const Hash& content);

}  // namespace zh::quality::library
