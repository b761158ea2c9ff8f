// What the importers of this room share: collecting records while a file is read, and entering them.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "rooms/contacts/contacts_import.h"
#include "rooms/contacts/contacts_store.h"
#include "rooms/contacts/transcripts_store.h"

namespace zh::contacts {

// Lines of a file that make one run of records (records.h). Part of what is stored: changing it makes a log that has
// grown state its calls a second time, which is harmless but takes space.
inline constexpr std::int64_t kLinesOfARun = 100'000;

// Counts names without growing for ever: past the limit, further names are counted together and not listed.
class NameTally {
 public:
  void count(std::string_view name);
  // By name.
  std::vector<NameCount> counts() const;

 private:
  static constexpr std::size_t kNamesMax = 20'000;
  std::map<std::string, std::int64_t, std::less<>> counts_;
};

// The members in a file whom nobody holds on the day, and the queues that are nobody's product and have none stated.
class UnknownNames {
 public:
  static Result<UnknownNames> open(db::Database& database, const Centre& centre);

  void member(std::string_view member, Instant at);
  // The agent that a transcript names, by staff number or as a member.
  void agent(std::string_view agent, Instant at);
  void queue(std::string_view queue);
  // Fills in the two lists, with suggestions.
  void report(ImportResult& result) const;

 private:
  UnknownNames(const Centre& centre, QueueProducts products) : centre_(centre), products_(std::move(products)) {}

  const Centre& centre_;
  QueueProducts products_;
  Interval day_{};  // the last day asked about
  Date date_{};
  std::unordered_map<std::string, bool> held_;  // on that day
  NameTally members_;
  NameTally queues_;
};

// How what a run has stated is entered.
struct Entering {
  const BeforeEntering& before;
  const AtEntering& last;
  std::optional<Interval> extent = {};  // the time that a queue log covers
  Hash content = {};                    // handed to `before` with the counts
  // Done in the transaction that enters, once it holds the lock. May be empty.
  std::function<Status(db::Transaction& tx)> also = {};
};

// One file on its way into the database.
class ImportRun {
 public:
  static Result<ImportRun> open(db::Database& database);

  // Another line of the file was read; ends the run when it is full.
  Status count_line();
  // States a line about a call or a member's day. Requires text without LF. Lines that the summary does not count as
  // accepted (restarts) are not `counted`.
  void state(store::About about, Source source, std::string_view key, std::string_view line, bool counted = true);
  // A transcript's text, kept once what names it is entered.
  Status keep_text(store::Text text);
  // Enters what was stated as a batch and derives from it.
  Status enter(const Centre& centre, const Entering& entering, ImportResult& result);

 private:
  ImportRun(db::Workspace workspace, db::Transaction stage, store::StagedRecords records);
  Status end_run();
  Status stage_texts();

  db::Workspace workspace_;
  std::optional<db::Transaction> stage_;
  std::optional<store::StagedRecords> staged_;
  std::int64_t lines_ = 0;
  std::vector<store::Record> records_;
  std::unordered_map<std::string, std::size_t> index_;
  std::string lookup_;
  std::vector<store::Text> texts_;  // not staged yet
  std::size_t text_bytes_ = 0;
  bool any_text_ = false;
};

}  // namespace zh::contacts
