#include "rooms/inspection/inspection.h"

#include <algorithm>
#include <atomic>
#include <map>
#include <thread>

#include "policy/checks/check_set.h"
#include "rooms/contacts/acoustics/acoustics.h"
#include "rooms/inspection/conversation.h"
#include "rooms/inspection/findings_code.h"
#include "rooms/inspection/inspection_store.h"
#include "rooms/inspection/proposal.h"

namespace zh::inspection {

namespace {

using contacts::ContactPlace;
using contacts::StoredTranscript;
using PackPtr = std::shared_ptr<const policy::Pack>;

// A transcript whose findings are to be made, and what they are.
struct Task {
  const StoredTranscript* stored = nullptr;
  PackPtr pack;
  Hash input;
  std::optional<Hash> sound;
  std::optional<audio::CallMeasures> heard;
  Result<store::Row> row = store::Row{};
};

class Inspector {
 public:
  Inspector(db::Database& database, const vault::Keys& keys, const Zone& zone, const Order& order, const PackOn& packs)
      : database_(database), keys_(keys), zone_(zone), order_(order), packs_(packs) {
    workspaces_.resize(static_cast<std::size_t>(std::max(order.threads, 1)));
  }

  Result<Run> run(const std::function<void(std::int64_t)>& progress) {
    for (bool more = true; more;) {
      ZH_TRY(const auto page, read_page());
      more = static_cast<int>(page.size()) == order_.page;
      const auto last = page.empty() ? std::nullopt : std::optional(contacts::place_of(page.back().contact));
      // The stretch up to the last contact; behind the last page, to the end of the period.
      const store::Stretch stretch{.offered = order_.offered, .after = after_, .last = more ? last : std::nullopt};
      ZH_CHECK(check_page(page, stretch));
      run_.contacts += static_cast<std::int64_t>(page.size());
      if (last) after_ = last;
      progress(run_.contacts);
    }
    return std::move(run_);
  }

 private:
  Result<std::vector<StoredTranscript>> read_page() {
    ZH_TRY(db::Transaction tx, database_.read(order_.stop));
    if (!order_.only_new) return contacts::transcripts_page(tx, order_.offered, after_, order_.page);
    std::vector<StoredTranscript> page;
    ZH_TRY(const auto places, store::not_checked(tx, order_.offered, after_, order_.page));
    page.reserve(places.size());
    for (const ContactPlace& place : places) {
      ZH_TRY(auto stored, contacts::transcript_of(tx, place.call, place.number));
      if (stored) page.push_back(*std::move(stored));
    }
    return page;
  }

  // What is known of the contacts of a page.
  struct Known {
    std::map<ContactPlace, Hash> inputs;  // that were checked; of a run over everything
    std::map<ContactPlace, Hash> sounds;
  };
  Result<Known> known_of(const std::vector<StoredTranscript>& page, const store::Stretch& stretch) {
    Known known;
    ZH_TRY(db::Transaction tx, database_.read(order_.stop));
    if (!order_.only_new) {
      ZH_TRY(known.inputs, store::inputs(tx, stretch));
      ZH_TRY(known.sounds, store::sounds(tx, stretch));
      return known;
    }
    for (const StoredTranscript& stored : page) {
      const ContactPlace place = contacts::place_of(stored.contact);
      ZH_TRY(const auto sound, store::sound_of(tx, place));
      if (sound) known.sounds.emplace(place, *sound);
    }
    return known;
  }

  Status check_page(const std::vector<StoredTranscript>& page, const store::Stretch& stretch) {
    ZH_TRY(Known known, known_of(page, stretch));
    auto& kept = known.inputs;
    std::vector<Task> tasks;
    for (const StoredTranscript& stored : page) {
      auto found = pack_on(zone_.date_of(stored.contact.offered_at));
      if (!found.ok() && found.error().code == ErrorCode::not_found) {
        run_.unreadable.push_back({stored.contact.source_id(), std::move(found).error()});
        continue;
      }
      ZH_TRY(PackPtr pack, std::move(found));
      const ContactPlace place = contacts::place_of(stored.contact);
      const auto sound = known.sounds.find(place);
      const auto sound_input = sound == known.sounds.end() ? std::nullopt : std::optional(sound->second);
      const Hash input = input_of(stored, sound_input, pack->version);
      const auto old = kept.find(place);
      const bool unchanged = old != kept.end() && old->second == input;
      if (old != kept.end()) kept.erase(old);
      if (unchanged) continue;
      tasks.push_back({.stored = &stored,
                       .pack = std::move(pack),
                       .input = input,
                       .sound = sound_input,
                       .heard = {},
                       .row = store::Row{}});
    }
    ZH_CHECK(hear(tasks));
    check(tasks);
    return keep(tasks, kept);
  }

  // Measures that were taken back since are missed by the next run, which finds another sound.
  Status hear(std::vector<Task>& tasks) {
    const bool any = std::ranges::any_of(tasks, [](const Task& task) { return task.sound.has_value(); });
    if (!any) return {};
    ZH_TRY(db::Transaction tx, database_.read(order_.stop));
    for (Task& task : tasks) {
      if (!task.sound) continue;
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
    const auto work = [&](policy::CheckSet::Workspace& workspace) {
      for (std::size_t i = next++; i < tasks.size(); i = next++) tasks[i].row = findings_of(tasks[i], workspace);
    };
    std::vector<std::jthread> others;
    for (std::size_t i = 1; i < workspaces_.size(); ++i) others.emplace_back([&, i] { work(workspaces_[i]); });
    work(workspaces_.front());
  }

  Result<store::Row> findings_of(const Task& task, policy::CheckSet::Workspace& workspace) const {
    ZH_TRY(const contacts::Transcript transcript, contacts::open_transcript(*task.stored, keys_));
    policy::Findings findings;
    if (task.pack->checks != nullptr) {
      const ContactConversation contact =
          conversation_of(task.stored->contact, transcript, task.heard ? &*task.heard : nullptr, zone_);
      findings = task.pack->checks->inspect(contact.conversation, workspace);
    }
    return store::Row{.contact = contacts::place_of(task.stored->contact),
                      .pack = task.pack->version,
                      .input = task.input,
                      .transcript = task.stored->content,
                      .sound = task.sound,
                      .hits = static_cast<std::int64_t>(findings.hits.size()),
                      .missing = static_cast<std::int64_t>(findings.missing.size()),
                      .score = automatic_score(findings),
                      .findings = encode(findings)};
  }

  Status keep(std::vector<Task>& tasks, const std::map<ContactPlace, Hash>& without_transcript) {
    if (tasks.empty() && without_transcript.empty()) return {};
    ZH_TRY(db::Transaction tx, database_.write(order_.stop));
    for (const auto& [contact, input] : without_transcript) ZH_CHECK(store::forget(tx, contact));
    for (Task& task : tasks) {
      if (task.row.ok()) {
        ZH_CHECK(store::keep(tx, *task.row));
        ++run_.checked;
      } else {
        ZH_CHECK(store::forget(tx, contacts::place_of(task.stored->contact)));
        run_.unreadable.push_back({task.stored->contact.source_id(), std::move(task.row).error()});
      }
    }
    return tx.commit();
  }

  db::Database& database_;
  const vault::Keys& keys_;
  const Zone& zone_;
  const Order& order_;
  const PackOn& packs_;
  std::vector<policy::CheckSet::Workspace> workspaces_;  // one per thread
  std::map<Date, PackPtr> by_day_;
  std::optional<ContactPlace> after_;
  Run run_;
};

Result<ContactFindings> opened(const store::Row& row) {
  ZH_TRY(auto findings, decode(row.findings));
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
  ZH_TRY(const auto rows, store::page(tx, offered, after, limit));
  std::vector<ContactFindings> result;
  result.reserve(rows.size());
  for (const store::Row& row : rows) {
    ZH_TRY(ContactFindings contact, opened(row));
    result.push_back(std::move(contact));
  }
  return result;
}

Result<std::optional<ContactFindings>> findings_of(db::Transaction& tx, const contacts::ContactName& contact) {
  ZH_TRY(const auto row, store::find(tx, contact));
  if (!row) return std::optional<ContactFindings>();
  ZH_TRY(ContactFindings found, opened(*row));
  return std::optional(std::move(found));
}

}  // namespace zh::inspection
