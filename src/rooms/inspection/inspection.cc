#include "rooms/inspection/inspection.h"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <map>
#include <thread>
#include <tuple>
#include <unordered_map>

#include "policy/checks/check_set.h"
#include "rooms/contacts/acoustics/acoustics.h"
#include "rooms/contacts/spoken.h"
#include "rooms/contacts/troubles.h"
#include "rooms/inspection/conversation.h"
#include "rooms/inspection/findings_code.h"
#include "rooms/inspection/inspection_store.h"
#include "rooms/inspection/proposal.h"

namespace zh::inspection {

namespace {

using contacts::ContactPlace;
using contacts::StoredSpoken;
using PackPtr = std::shared_ptr<const policy::Pack>;
using Kept = std::vector<std::pair<ContactPlace, Hash>>;  // inputs, in the order of contacts

// A contact whose findings are to be made, and what they are.
struct Task {
  const StoredSpoken* stored = nullptr;
  PackPtr pack;
  Hash input;
  bool was_kept = false;  // findings of before have to go
  std::optional<audio::CallMeasures> heard = {};
  Result<store::Row> row = store::Row{};
};

// What a thread works with, used again from contact to contact.
struct Bench {
  policy::CheckSet::Workspace workspace;
  contacts::Spoken spoken;
  FindingsWriter writer;
};

Text too_much() {
  return {.zh = "这条联络里的命中太多，检查只看了前面的一部分",
          .en = "there are more matches in this contact than checks look at: only the first ones were"};
}

class Inspector {
 public:
  Inspector(db::Database& database, const vault::Keys& keys, const Zone& zone, const Order& order, const PackOn& packs)
      : database_(database), keys_(keys), zone_(zone), order_(order), packs_(packs) {
    benches_.resize(static_cast<std::size_t>(std::max(order.threads, 1)));
  }

  Result<Run> run(const std::function<void(std::int64_t)>& progress) {
    for (bool more = true; more;) {
      ZH_TRY(const contacts::SpokenPage page, read_page());
      // The stretch up to the last contact; behind the last page, to the end of the period.
      const store::Stretch stretch{.offered = order_.offered, .after = after_, .last = page.more_after};
      ZH_CHECK(check_page(page.contacts, stretch));
      run_.contacts += static_cast<std::int64_t>(page.contacts.size());
      more = page.more_after.has_value();
      after_ = page.more_after;
      progress(run_.contacts);
    }
    return std::move(run_);
  }

 private:
  Result<contacts::SpokenPage> read_page() {
    ZH_TRY(db::Transaction tx, database_.read(order_.stop));
    if (!order_.only_new) return contacts::spoken_page(tx, order_.offered, after_, order_.page);
    ZH_TRY(const auto places, store::not_checked(tx, order_.offered, after_, order_.page));
    contacts::SpokenPage page;
    if (static_cast<int>(places.size()) == order_.page) page.more_after = places.back();
    std::size_t bytes = 0;
    for (const ContactPlace& place : places) {
      ZH_TRY(auto stored, contacts::spoken_of(tx, place.call, place.number));
      if (!stored) continue;
      bytes += stored->sealed.size();
      page.contacts.push_back(*std::move(stored));
      if (bytes < contacts::kSpokenPageBytes) continue;
      page.more_after = place;
      break;
    }
    return page;
  }

  Result<Kept> kept_in(const store::Stretch& stretch) {
    if (order_.only_new) return Kept();
    ZH_TRY(db::Transaction tx, database_.read(order_.stop));
    return store::inputs(tx, stretch);
  }

  // Goes along the contacts and what is kept of them, which stand in the same order.
  Status check_page(const std::vector<StoredSpoken>& page, const store::Stretch& stretch) {
    ZH_TRY(const Kept kept, kept_in(stretch));
    std::vector<Task> tasks;
    std::vector<ContactPlace> gone;  // kept of contacts that have no transcript any more, or no pack
    auto old = kept.begin();
    for (const StoredSpoken& stored : page) {
      const ContactPlace place = contacts::place_of(stored.contact);
      for (; old != kept.end() && old->first < place; ++old) gone.push_back(old->first);
      const auto here = old != kept.end() && old->first == place ? old++ : kept.end();
      auto pack = pack_on(zone_.date_of(stored.contact.offered_at));
      if (!pack.ok()) {
        if (pack.error().code != ErrorCode::not_found) return std::move(pack).error();
        run_.unreadable.push_back({stored.contact.source_id(), std::move(pack).error()});
        if (here != kept.end()) gone.push_back(place);
        continue;
      }
      const Hash input = input_of(stored, (*pack)->version);
      if (here != kept.end() && here->second == input) continue;
      tasks.push_back({.stored = &stored,
                       .pack = *std::move(pack),
                       .input = input,
                       .was_kept = order_.only_new || here != kept.end()});
    }
    for (; old != kept.end(); ++old) gone.push_back(old->first);
    ZH_CHECK(hear(tasks));
    check(tasks);
    return keep(tasks, gone);
  }

  // Measures that were taken back since are missed by the next run, which finds another sound.
  Status hear(std::vector<Task>& tasks) {
    const bool any = std::ranges::any_of(tasks, [](const Task& task) { return task.stored->sound.has_value(); });
    if (!any) return {};
    ZH_TRY(db::Transaction tx, database_.read(order_.stop));
    for (Task& task : tasks) {
      if (!task.stored->sound) continue;
      const contacts::Contact& contact = task.stored->contact;
      ZH_TRY(auto heard, contacts::acoustics_of(tx, contact.call, contact.number));
      if (heard) task.heard = std::move(heard->measures);
    }
    return {};
  }

  Result<PackPtr> pack_on(Date day) {
    const auto known = by_day_.find(day);
    if (known != by_day_.end()) return known->second;
    ZH_TRY(PackPtr pack, packs_(day));
    by_day_.emplace(day, pack);
    return pack;
  }

  // Each thread takes the next task that nobody has; what comes out does not depend on who does it.
  void check(std::vector<Task>& tasks) {
    std::atomic<std::size_t> next{0};
    const auto work = [&](Bench& bench) {
      for (std::size_t i = next++; i < tasks.size(); i = next++) tasks[i].row = findings_of(tasks[i], bench);
    };
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < benches_.size(); ++i) others.emplace_back([&, i] { work(benches_[i]); });
    work(benches_.front());
  }

  Result<store::Row> findings_of(const Task& task, Bench& bench) const {
    const StoredSpoken& stored = *task.stored;
    ZH_CHECK(contacts::open_spoken(stored, keys_, bench.spoken));
    policy::Findings findings;
    if (task.pack->checks != nullptr) {
      const ContactConversation contact =
          conversation_of(stored.contact, bench.spoken, task.heard ? &*task.heard : nullptr, zone_);
      findings = task.pack->checks->inspect(contact.conversation, bench.workspace);
    }
    return store::Row{.contact = contacts::place_of(stored.contact),
                      .pack = task.pack->version,
                      .input = task.input,
                      .transcript = stored.content,
                      .sound = stored.sound,
                      .hits = static_cast<std::int64_t>(findings.hits.size()),
                      .missing = static_cast<std::int64_t>(findings.missing.size()),
                      .score = automatic_score(findings),
                      .findings = bench.writer.encode(findings),
                      .truncated = findings.truncated};
  }

  // On the contact, for those who look at it.
  Status tell_troubles(db::Transaction& tx, const std::vector<Task>& tasks) {
    using contacts::TroubleKind;
    ZH_TRY(const bool any_before, contacts::any_trouble(tx, TroubleKind::checking));
    for (const Task& task : tasks) {
      const contacts::ContactName name{task.stored->contact.call, task.stored->contact.number};
      if (!task.row.ok()) {
        ZH_CHECK(contacts::tell_trouble(
            tx, name, {.kind = TroubleKind::checking, .told = contacts::told_of(task.row.error()), .at = order_.now}));
      } else if (task.row->truncated) {
        ZH_CHECK(
            contacts::tell_trouble(tx, name, {.kind = TroubleKind::checking, .told = too_much(), .at = order_.now}));
      } else if (any_before) {
        ZH_CHECK(contacts::end_trouble(tx, name, TroubleKind::checking));
      }
    }
    return {};
  }

  Status keep(std::vector<Task>& tasks, const std::vector<ContactPlace>& gone) {
    if (tasks.empty() && gone.empty()) return {};
    ZH_TRY(db::Transaction tx, database_.write(order_.stop));
    for (const ContactPlace& contact : gone) ZH_CHECK(store::forget(tx, contact));
    ZH_CHECK(tell_troubles(tx, tasks));
    std::vector<const store::Row*> rows;
    rows.reserve(tasks.size());
    for (Task& task : tasks) {
      if (task.was_kept) ZH_CHECK(store::forget(tx, contacts::place_of(task.stored->contact)));
      if (task.row.ok()) {
        rows.push_back(&*task.row);
        ++run_.checked;
      } else {
        run_.unreadable.push_back({task.stored->contact.source_id(), std::move(task.row).error()});
      }
    }
    std::vector<Word> words;
    for (Bench& bench : benches_) std::ranges::move(bench.writer.take_new_words(), std::back_inserter(words));
    ZH_CHECK(store::keep(tx, rows, words));
    return tx.commit();
  }

  db::Database& database_;
  const vault::Keys& keys_;
  const Zone& zone_;
  const Order& order_;
  const PackOn& packs_;
  std::vector<Bench> benches_;  // one per thread
  std::map<Date, PackPtr> by_day_;
  std::optional<ContactPlace> after_;
  Run run_;
};

Result<ContactFindings> opened(const store::Row& row, const Words& words) {
  ZH_TRY(auto findings, decode(row.findings, words));
  return ContactFindings{.contact = row.contact, .pack = row.pack, .score = row.score, .findings = std::move(findings)};
}

}  // namespace

std::string ContactFindings::source_id() const {
  return contact.number == 1 ? contact.call : contact.call + "#" + std::to_string(contact.number);
}

Result<Run> inspect(db::Database& database, const vault::Keys& keys, const Zone& zone, const Order& order,
                    const PackOn& packs, const std::function<void(std::int64_t)>& progress) {
  return Inspector(database, keys, zone, order, packs).run(progress);
}

Result<std::vector<ContactFindings>> findings_page(db::Transaction& tx, Interval offered,
                                                   const std::optional<ContactPlace>& after, int limit) {
  ZH_TRY(const Words words, store::words(tx));
  ZH_TRY(const auto rows, store::page(tx, offered, after, limit));
  std::vector<ContactFindings> result;
  result.reserve(rows.size());
  for (const store::Row& row : rows) {
    ZH_TRY(ContactFindings contact, opened(row, words));
    result.push_back(std::move(contact));
  }
  return result;
}

Result<std::optional<ContactFindings>> findings_of(db::Transaction& tx, const contacts::ContactName& contact) {
  ZH_TRY(const auto row, store::find(tx, contact));
  if (!row) return std::optional<ContactFindings>();
  ZH_TRY(const Words words, store::words(tx));
  ZH_TRY(ContactFindings found, opened(*row, words));
  return std::optional(std::move(found));
}

Result<Tally> tally(db::Transaction& tx, Interval offered) {
  struct Counted {
    CheckTally tally;
    std::int64_t last_contact = 0;
  };
  std::unordered_map<std::uint64_t, Counted> by_word;
  Tally result;
  ZH_CHECK(store::each(tx, offered, [&](std::string_view findings) {
    ++result.contacts;
    return each_check(findings, [&](Finding::Kind kind, std::uint64_t word) {
      Counted& counted = by_word[word];
      ++(kind == Finding::Kind::hit ? counted.tally.hits : counted.tally.missing);
      if (counted.last_contact != result.contacts) ++counted.tally.contacts;
      counted.last_contact = result.contacts;
    });
  }));
  ZH_TRY(const Words words, store::words(tx));
  for (auto& [word, counted] : by_word) {
    const auto text = words.find(word);
    if (text != words.end()) std::tie(counted.tally.check, counted.tally.clause) = check_and_clause(text->second);
    result.checks.push_back(std::move(counted.tally));
  }
  std::ranges::sort(result.checks, [](const CheckTally& a, const CheckTally& b) {
    return std::tie(a.check, a.clause) < std::tie(b.check, b.clause);
  });
  return result;
}

}  // namespace zh::inspection
