// Figures from the rollups and the agents' changes. Members meet people here, by the day.
#include <algorithm>
#include <set>

#include "rooms/contacts/contacts.h"
#include "rooms/contacts/contacts_store.h"
#include "rooms/contacts/queue_products.h"
#include "rooms/contacts/rollup_zone.h"
#include "rooms/people/people.h"

namespace zh::contacts {

namespace {

struct Holder {
  std::string key;  // staff_no, or the member's name
  bool known = false;
};

// Who is behind a member's name; asks people once per member and day.
class Holders {
 public:
  explicit Holders(const people::People& people) : people_(people) {}

  const Holder& of(const std::string& member, Date day) {
    if (day != day_) known_.clear();
    day_ = day;
    const auto [at, is_new] = known_.try_emplace(member);
    if (is_new) {
      const people::Person* const person = people_.holder_of(member, day);
      at->second = person == nullptr ? Holder{member, false} : Holder{person->staff_no(), true};
    }
    return at->second;
  }

 private:
  const people::People& people_;
  Date day_{};
  std::map<std::string, Holder, std::less<>> known_;
};

using Rows = std::map<std::string, MetricRow, std::less<>>;

MetricRow& row_of(Rows& rows, const std::string& key) {
  MetricRow& row = rows[key];
  row.key = key;
  return row;
}

std::string key_of(const RollupKey& key, By by) {
  if (by == By::day) return key.day.to_string();
  return !key.queue.empty() ? key.queue : key.product;
}

// A person's time within one day, by state.
struct DayTimes {
  std::map<std::string, std::vector<Interval>> paused;
  std::vector<Interval> signed_in;
};

DayTimes times_of(std::vector<AgentState> states) {
  DayTimes times;
  for (AgentState& state : states) {
    (state.paused ? times.paused[state.reason] : times.signed_in).push_back(state.during);
  }
  return times;
}

void add_times(MetricRow& row, DayTimes times) {
  std::vector<Interval> all;
  for (auto& [reason, intervals] : times.paused) {
    all.insert(all.end(), intervals.begin(), intervals.end());
    row.paused_us[reason] += union_us(std::move(intervals));
  }
  row.paused_total_us += union_us(std::move(all));
  row.signed_in_us += union_us(std::move(times.signed_in));
}

// Adds the states of one day to the agents' rows.
void add_states(Rows& rows, const Centre& centre, Date day, Instant log_end, std::vector<AgentChange> changes) {
  Holders holders(centre.people);
  std::vector<AgentChange> restarts;
  std::map<std::string, std::vector<AgentChange>> by_person;
  for (AgentChange& change : changes) {
    if (change.change == Change::restart) {
      restarts.push_back(std::move(change));
    } else {
      const std::string& key = holders.of(change.member, day).key;
      by_person[key].push_back(std::move(change));
    }
  }
  for (auto& [key, of_person] : by_person) {
    of_person.insert(of_person.end(), restarts.begin(), restarts.end());
    auto times = times_of(states_of({.day = centre.zone.interval_of(day), .log_end = log_end, .changes = of_person}));
    if (times.paused.empty() && times.signed_in.empty()) continue;
    add_times(row_of(rows, key), std::move(times));
  }
}

Status add_all_states(db::Transaction& tx, const Centre& centre, Days days, Rows& rows) {
  ZH_TRY(const auto log_end, store::log_end(tx));
  if (!log_end.has_value()) return {};
  // A month's changes of a large centre are some hundred thousand; a day's are held at a time.
  for (Date day = days.from; day <= days.until; day = day.plus_days(1)) {
    const Interval interval = centre.zone.interval_of(day);
    if (interval.from > *log_end) break;
    ZH_TRY(std::vector<AgentChange> changes, store::changes_within(tx, interval));
    std::erase_if(changes, [&](const AgentChange& change) { return !interval.contains(change.at); });
    add_states(rows, centre, day, *log_end, std::move(changes));
  }
  return {};
}

std::vector<MetricRow> in_order(Rows rows) {
  std::vector<MetricRow> list;
  list.reserve(rows.size());
  for (auto& [key, row] : rows) list.push_back(std::move(row));
  return list;
}

}  // namespace

Status check_zone(db::Transaction& tx, const Zone& zone) {
  ZH_TRY(const std::string kept, store::rollup_zone(tx));
  if (kept.empty() || kept == zone.name()) return {};
  return error(ErrorCode::conflict, {.zh = "联络的汇总按时区 " + kept + " 保存，而中心的时区是 " + zone.name() +
                                           "；请先运行 zhiheng rebuild",
                                     .en = "contacts are summed up in the time zone " + kept +
                                           ", but the centre's is " + zone.name() + "; run zhiheng rebuild first"});
}

Result<std::vector<MetricRow>> metrics(db::Transaction& tx, const Centre& centre, Days days, By by) {
  ZH_CHECK(check_zone(tx, centre.zone));
  ZH_TRY(const std::vector<store::Rollup> sums, store::daily_sums(tx, days));
  Rows rows;
  Holders holders(centre.people);
  for (const store::Rollup& rollup : sums) {
    if (by != By::agent) {
      row_of(rows, key_of(rollup.key, by)).sums += rollup.sums;
    } else if (!rollup.key.member.empty()) {
      row_of(rows, holders.of(rollup.key.member, rollup.key.day).key).sums += rollup.sums;
    }
  }
  if (by == By::agent) ZH_CHECK(add_all_states(tx, centre, days, rows));
  return in_order(std::move(rows));
}

Result<std::vector<AgentDay>> agent_days(db::Transaction& tx, const Centre& centre, Days days) {
  ZH_CHECK(check_zone(tx, centre.zone));
  ZH_TRY(const std::vector<store::Rollup> sums, store::daily_sums(tx, days));
  ZH_TRY(const QueueProducts products, load_queue_products(tx));
  std::map<std::tuple<std::string, bool, Date, std::string>, AgentDay> by_key;
  Holders holders(centre.people);
  for (const store::Rollup& rollup : sums) {
    if (rollup.key.member.empty()) continue;
    const Holder& holder = holders.of(rollup.key.member, rollup.key.day);
    const std::string& product =
        rollup.key.product.empty() ? products.product_of(rollup.key.queue, rollup.key.day) : rollup.key.product;
    AgentDay& day = by_key[{holder.key, holder.known, rollup.key.day, product}];
    day.handled += rollup.sums.talked;
    day.talk_ms += rollup.sums.talk_ms;
    day.assigned += rollup.sums.assigned();
    day.answered += rollup.sums.answered;
  }
  std::vector<AgentDay> list;
  for (auto& [key, day] : by_key) {
    std::tie(day.staff_no, day.known, day.day, day.product) = key;
    list.push_back(std::move(day));
  }
  return list;
}

Result<std::vector<UnknownMember>> unknown_members(db::Transaction& tx, const Centre& centre, Days days) {
  ZH_TRY(const std::vector<AgentDay> list, agent_days(tx, centre, days));
  std::map<std::string, std::int64_t> counts;
  for (const AgentDay& day : list) {
    if (!day.known) counts[day.staff_no] += day.assigned;
  }
  std::vector<UnknownMember> unknown;
  for (const auto& [member, count] : counts) {
    const people::Person* const likely = centre.people.likely_holder(member);
    unknown.push_back({member, count, likely == nullptr ? "" : likely->staff_no()});
  }
  return unknown;
}

Result<std::vector<Date>> days_with_contacts(db::Transaction& tx, Days days) {
  return store::days_with_contacts(tx, days);
}

}  // namespace zh::contacts
