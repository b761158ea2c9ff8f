#include "rooms/inspection/trial.h"

#include <fmt/format.h>

#include <algorithm>

#include "policy/checks/check_set.h"
#include "rooms/contacts/acoustics/acoustics.h"
#include "rooms/inspection/conversation.h"
#include "rooms/inspection/findings_code.h"
#include "rooms/inspection/proposal.h"
#include "rooms/inspection/trial_store.h"

namespace zh::inspection {

namespace {

// Keeps one of every so many, so that what is kept is spread over all that come: when it is full, every second goes.
class Sample {
 public:
  void offer(TrialExample example) {
    if (seen_++ % every_ != 0) return;
    kept_.push_back(std::move(example));
    if (kept_.size() <= kExamplesMax) return;
    std::vector<TrialExample> half;
    for (std::size_t i = 0; i < kept_.size(); i += 2) half.push_back(std::move(kept_[i]));
    kept_ = std::move(half);
    every_ *= 2;
  }
  std::vector<TrialExample> take() { return std::move(kept_); }

 private:
  std::vector<TrialExample> kept_;
  std::int64_t seen_ = 0;
  std::int64_t every_ = 1;
};

class Trying {
 public:
  Trying(const vault::Keys& keys, const Zone& zone, const policy::CheckSet& checks, const policy::Check& check)
      : keys_(keys), zone_(zone), checks_(checks), check_(check) {}

  void look_at(const contacts::StoredSpoken& stored, const audio::CallMeasures* heard) {
    ++trial_.contacts;
    const contacts::Contact& contact = stored.contact;
    const Date day = zone_.date_of(contact.offered_at);
    const Date asked = policy::day_in_force(check_, day);  // as if it were switched on
    if (!policy::in_force(check_, name_of(contact.channel), asked)) return;
    if (!contacts::open_spoken(stored, keys_, spoken_).ok()) return;
    TrialDay& counted = trial_.days[day];
    ++counted.in_force;
    ++trial_.in_force;
    ContactConversation conversation = conversation_of(contact, spoken_, heard, zone_);
    conversation.conversation.day = asked;
    std::vector<Finding> findings = findings_in(conversation.conversation);
    if (findings.empty()) return;
    ++counted.spoke_up;
    ++trial_.spoke_up;
    trial_.findings += static_cast<std::int64_t>(findings.size());
    trial_.proposals += times_counted(check_, static_cast<std::int64_t>(findings.size()));
    sample_.offer({.contact = contacts::place_of(contact), .finding = std::move(findings.front())});
  }

  std::int64_t looked_at() const { return trial_.contacts; }
  Trial end() {
    trial_.examples = sample_.take();
    return std::move(trial_);
  }

 private:
  std::vector<Finding> findings_in(const policy::Conversation& conversation) {
    if (check_.kind == policy::CheckKind::ask) {
      const auto asking = checks_.asking(conversation, workspace_);
      if (std::ranges::find(asking, &check_) == asking.end()) return {};
      Finding whole;  // the contact
      whole.check = check_.id;
      whole.clause = check_.clause;
      return {std::move(whole)};
    }
    std::vector<Finding> findings = findings_from(checks_.inspect(conversation, workspace_));
    std::erase_if(findings, [&](const Finding& it) { return it.check != check_.id; });
    return findings;
  }

  const vault::Keys& keys_;
  const Zone& zone_;
  const policy::CheckSet& checks_;
  const policy::Check& check_;
  policy::CheckSet::Workspace workspace_;
  contacts::Spoken spoken_;
  Sample sample_;
  Trial trial_;
};

}  // namespace

Result<Trial> try_check(db::Database& database, const vault::Keys& keys, const Zone& zone, const TrialOrder& order,
                        const std::shared_ptr<const policy::Pack>& pack,
                        const std::function<void(std::int64_t done, std::int64_t total)>& progress) {
  const policy::Check* const check = pack->checks == nullptr ? nullptr : pack->checks->find(order.check);
  if (check == nullptr) {
    return error(ErrorCode::not_found, {.zh = fmt::format("规章包里没有检查 `{}`", order.check),
                                        .en = fmt::format("the pack has no check `{}`", order.check)});
  }
  ZH_TRY(auto counting, database.read(order.stop));
  ZH_TRY(const std::int64_t total, store::count_transcripts(counting, order.offered));
  ZH_CHECK(counting.commit());
  progress(0, total);
  Trying trying(keys, zone, *pack->checks, *check);
  std::optional<contacts::ContactPlace> after;
  for (bool more = true; more;) {
    ZH_TRY(auto tx, database.read(order.stop));
    ZH_TRY(const auto page, contacts::spoken_page(tx, order.offered, after, order.page));
    for (const contacts::StoredSpoken& stored : page.contacts) {
      ZH_TRY(const auto sound, contacts::acoustics_of(tx, stored.contact.call, stored.contact.number));
      trying.look_at(stored, sound ? &sound->measures : nullptr);
    }
    ZH_CHECK(tx.commit());
    more = page.more_after.has_value();
    after = page.more_after;
    progress(trying.looked_at(), std::max(total, trying.looked_at()));
  }
  return trying.end();
}

}  // namespace zh::inspection
