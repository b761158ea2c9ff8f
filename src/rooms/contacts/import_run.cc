#include "rooms/contacts/import_run.h"

#include <algorithm>

#include "base/csv.h"
#include "rooms/contacts/derive.h"
#include "rooms/people/people.h"

namespace zh::contacts {

namespace {

constexpr std::size_t kTextsHeldBytes = std::size_t{4} << 20;  // in memory, before they are staged

}  // namespace

void NameTally::count(std::string_view name) {
  const auto found = counts_.find(name);
  if (found != counts_.end()) {
    ++found->second;
  } else if (counts_.size() < kNamesMax) {
    counts_.emplace(name, 1);
  }
}

std::vector<NameCount> NameTally::counts() const {
  std::vector<NameCount> list;
  list.reserve(counts_.size());
  for (const auto& [name, count] : counts_) list.push_back({.name = name, .count = count, .suggestion = {}});
  return list;
}

Result<UnknownNames> UnknownNames::open(db::Database& database, const Centre& centre) {
  ZH_TRY(db::Transaction tx, database.read());
  ZH_TRY(QueueProducts products, load_queue_products(tx));
  return UnknownNames(centre, std::move(products));
}

void UnknownNames::member(std::string_view member, Instant at) {
  if (member.empty()) return;
  if (!day_.contains(at)) {
    date_ = centre_.zone.date_of(at);
    day_ = centre_.zone.interval_of(date_);
    held_.clear();
  }
  const auto [held, is_new] = held_.try_emplace(std::string(member));
  if (is_new) held->second = centre_.people.holder_of(member, date_) != nullptr;
  if (!held->second) members_.count(member);
}

void UnknownNames::agent(std::string_view agent, Instant at) {
  if (centre_.people.find(agent) == nullptr) member(agent, at);
}

void UnknownNames::queue(std::string_view queue) {
  if (!queue.empty()) queues_.count(queue);
}

void UnknownNames::report(ImportResult& result) const {
  result.unknown_members = members_.counts();
  for (NameCount& unknown : result.unknown_members) {
    const people::Person* const likely = centre_.people.likely_holder(unknown.name);
    if (likely != nullptr) unknown.suggestion = likely->staff_no();
  }
  std::vector<std::string_view> products;
  for (const people::Person& person : centre_.people.all()) {
    for (const people::PersonRow& row : person.history()) {
      products.insert(products.end(), row.products.begin(), row.products.end());
    }
  }
  std::sort(products.begin(), products.end());
  products.erase(std::unique(products.begin(), products.end()), products.end());
  for (NameCount& queue : queues_.counts()) {
    if (products_.knows(queue.name)) continue;
    if (std::binary_search(products.begin(), products.end(), std::string_view(queue.name))) continue;
    queue.suggestion = nearest(queue.name, products);
    result.unknown_queues.push_back(std::move(queue));
  }
}

ImportRun::ImportRun(db::Workspace workspace, db::Transaction stage, store::StagedRecords records)
    : workspace_(std::move(workspace)), stage_(std::move(stage)), staged_(std::move(records)) {}

Result<ImportRun> ImportRun::open(db::Database& database) {
  ZH_TRY(db::Workspace workspace, database.workspace());
  ZH_TRY(db::Transaction stage, workspace.stage());
  ZH_CHECK(store::make_staging(stage));
  ZH_TRY(store::StagedRecords records, store::StagedRecords::open(stage));
  return ImportRun(std::move(workspace), std::move(stage), std::move(records));
}

Status ImportRun::count_line() { return ++lines_ % kLinesOfARun == 0 ? end_run() : Status(); }

void ImportRun::state(store::About about, Source source, std::string_view key, std::string_view line, bool counted) {
  // Keys of different kinds share the index; a call id that looks like a day's key is told apart by what stands before.
  lookup_ = static_cast<char>('0' + static_cast<int>(about));
  lookup_ += key;
  const auto [at, is_new] = index_.try_emplace(lookup_, records_.size());
  if (is_new) records_.push_back({.about = about, .source = source, .key = std::string(key), .lines = {}});
  std::string& lines = records_[at->second].lines;
  lines += line;
  lines += '\n';
  if (counted) ++records_[at->second].line_count;
}

// A page of keys is cut by places (contacts_store.cc), so what is about the same kind of thing stays together.
Status ImportRun::end_run() {
  std::ranges::stable_sort(records_, {}, &store::Record::about);
  for (const store::Record& record : records_) ZH_CHECK(staged_->add(record));
  records_.clear();
  index_.clear();
  return {};
}

Status ImportRun::keep_text(store::Text text) {
  text_bytes_ += text.sealed.size() + text.spoken.size();
  texts_.push_back(std::move(text));
  return text_bytes_ < kTextsHeldBytes ? Status() : stage_texts();
}

// Nothing else may run while records are being loaded: the load ends here and goes on behind the texts.
Status ImportRun::stage_texts() {
  if (texts_.empty()) return {};
  ZH_TRY(const std::int64_t placed, staged_->finish());
  staged_.reset();
  if (!any_text_) ZH_CHECK(store::make_text_staging(*stage_));
  any_text_ = true;
  ZH_CHECK(store::stage_texts(*stage_, texts_));
  texts_.clear();
  text_bytes_ = 0;
  ZH_TRY(staged_, store::StagedRecords::open(*stage_, placed));
  return {};
}

Status ImportRun::enter(const Centre& centre, const Entering& entering, ImportResult& result) {
  ZH_CHECK(end_run());
  ZH_CHECK(stage_texts());
  ZH_TRY(const std::int64_t staged, staged_->finish());
  ZH_CHECK(stage_->commit());
  staged_.reset();
  stage_.reset();

  ledger::NewBatch counts;
  counts.content = entering.content;
  counts.accepted = result.accepted;
  counts.rejected = result.rejected;
  counts.ignored = result.ignored;
  ZH_TRY(const ledger::NewBatch named, entering.before(std::move(counts)));
  if (staged == 0) return {};

  ZH_TRY(db::Transaction tx, workspace_.write());
  ZH_TRY(const ledger::BatchId batch, ledger::record_batch(tx, named));
  ZH_CHECK(tx.lock("contacts"));
  ZH_TRY(const store::Entered entered, store::enter_staged(tx, batch));
  if (entering.extent) ZH_CHECK(store::set_extent(tx, batch, entering.extent->from, entering.extent->until));
  if (any_text_) ZH_CHECK(store::enter_staged_texts(tx));
  if (entering.also) ZH_CHECK(entering.also(tx));
  if (entered.new_records > 0) {
    ZH_CHECK(derive_staged(tx, centre.zone, {.calls = entered.calls_known, .days = entered.days_known}));
  }
  ImportResult as_entered = result;
  as_entered.batch = batch;
  as_entered.accepted -= entered.known_lines;
  as_entered.unchanged = entered.known_lines;
  if (entering.last) ZH_CHECK(entering.last(tx, as_entered));
  ZH_CHECK(tx.commit());
  result = std::move(as_entered);
  return {};
}

}  // namespace zh::contacts
