// The frame of an order from the stored contacts.
#include <fmt/format.h>

#include <algorithm>
#include <unordered_map>
#include <unordered_set>

#include "rooms/contacts/handled.h"
#include "rooms/quality/sampling/sampling.h"

namespace zh::quality::sampling {

namespace {

constexpr int kHoursOfDay = 24;
constexpr std::int64_t kHourUs = 3'600'000'000;
constexpr std::int64_t kDayUs = kHoursOfDay * kHourUs;

// "08-12" for each part of the day.
Result<std::vector<std::string>> names_of_parts(const std::vector<int>& begins) {
  const bool ascending = std::ranges::adjacent_find(begins, std::greater_equal<>()) == begins.end();
  if (begins.empty() || begins.front() != 0 || begins.back() >= kHoursOfDay || !ascending) {
    return invalid({.zh = "一天的时段应从 0 点开始、按小时递增、小于 24",
                    .en = "parts of the day begin at hour 0 and ascend, below 24"});
  }
  std::vector<std::string> names;
  names.reserve(begins.size());
  for (std::size_t i = 0; i < begins.size(); ++i) {
    names.push_back(fmt::format("{:02}-{:02}", begins[i], i + 1 < begins.size() ? begins[i + 1] : kHoursOfDay));
  }
  return names;
}

// Local times, remembered by the quarter of an hour: no zone changes its clock in between.
class Clock {
 public:
  explicit Clock(const Zone& zone) : zone_(zone) {}

  LocalTime local(Instant at) {
    const std::int64_t quarter = at.us / kQuarterUs;
    const auto [found, fresh] = begins_.try_emplace(quarter);
    if (fresh) found->second = zone_.local({quarter * kQuarterUs});
    return {found->second.day, found->second.us_of_day + at.us % kQuarterUs};
  }

 private:
  static constexpr std::int64_t kQuarterUs = kHourUs / 4;
  Zone zone_;
  std::unordered_map<std::int64_t, LocalTime> begins_;
};

bool asked_for(const auto& wanted, const auto& one) {
  return wanted.empty() || std::ranges::find(wanted, one) != wanted.end();
}

std::string product_of(const contacts::Handled& contact, Date day, const contacts::QueueProducts& products) {
  if (!contact.product.empty()) return std::string(contact.product);
  return products.product_of(std::string(contact.queue), day);
}

// Source ids of contacts that something beyond the contact itself tells of.
struct Signals {
  std::unordered_set<std::string> repeats;
  std::unordered_set<std::string> silent;
};

Result<Signals> signals_of(db::Transaction& tx, const Order& order) {
  const RiskWeights& risk = order.risk;
  Signals signals;
  if (risk.repeat_contact > 0) {
    ZH_TRY(signals.repeats, contacts::repeat_contacts(tx, order.scope.during, risk.repeat_days * kDayUs));
  }
  if (risk.long_silence > 0) {
    ZH_TRY(signals.silent, contacts::silent_contacts(tx, order.scope.during, risk.silent_from_ms));
  }
  return signals;
}

// Puts one contact after the other into the frame.
class Source {
 public:
  Source(const Order& order, const Reading& reading, std::vector<std::string> parts, Signals signals)
      : order_(order),
        reading_(reading),
        parts_(std::move(parts)),
        signals_(std::move(signals)),
        clock_(reading.zone) {}

  Status add(const contacts::Handled& contact) {
    if (!asked_for(order_.scope.channels, contact.channel)) return {};
    const LocalTime local = clock_.local(contact.offered_at);
    const people::Person* const agent = reading_.people.holder_of(contact.member, local.day);
    if (agent == nullptr) return {};
    const people::PersonRow& record = agent->on(local.day);
    if (record.position != people::Position::agent || !asked_for(order_.scope.groups, record.group)) return {};
    const std::string product = product_of(contact, local.day, reading_.products);
    if (!asked_for(order_.scope.products, product)) return {};

    const std::string source_id = contact.source_id();
    std::int64_t weight = weight_of(contact);
    if (order_.risk.new_agent > 0 && agent->on_probation(local.day)) weight += order_.risk.new_agent;
    if (signals_.repeats.contains(source_id)) weight += order_.risk.repeat_contact;
    if (signals_.silent.contains(source_id)) weight += order_.risk.long_silence;
    return builder_.add(
        agent->staff_no(),
        {.channel = std::string(name_of(contact.channel)), .product = product, .time_of_day = part_of(local)},
        source_id, weight);
  }
  Result<Frame> finish() && { return std::move(builder_).finish(order_.allocation); }

 private:
  const std::string& part_of(const LocalTime& local) const {
    const auto hour = static_cast<int>(local.us_of_day / kHourUs);
    const auto next = std::ranges::upper_bound(order_.parts_of_day, hour);
    return parts_[static_cast<std::size_t>(next - order_.parts_of_day.begin()) - 1];
  }
  // What the contact itself says.
  std::int64_t weight_of(const contacts::Handled& contact) const {
    const RiskWeights& risk = order_.risk;
    std::int64_t weight = kPlainWeight;
    if (contact.talk_ms.value_or(0) >= risk.long_from_ms) weight += risk.long_contact;
    if (contact.transferred != contacts::Transferred::none) weight += risk.transferred;
    return weight;
  }

  const Order& order_;
  const Reading& reading_;
  std::vector<std::string> parts_;
  Signals signals_;
  Clock clock_;
  FrameBuilder builder_;
};

}  // namespace

Result<Frame> frame_of(db::Transaction& tx, const Order& order, const Reading& reading) {
  ZH_TRY(auto parts, names_of_parts(order.parts_of_day));
  ZH_TRY(Signals signals, signals_of(tx, order));
  Source source(order, reading, std::move(parts), std::move(signals));
  ZH_CHECK(contacts::each_handled(tx, order.scope.during,
                                  [&](const contacts::Handled& contact) { return source.add(contact); }));
  return std::move(source).finish();
}

Result<Described> describe(db::Transaction& tx, const StoredPick& pick, const Reading& reading) {
  Described described;
  const auto read = [&](const contacts::Handled& contact) -> Status {
    const Date day = reading.zone.date_of(contact.offered_at);
    const people::Person* const agent = reading.people.find(pick.staff_no);
    described = {.channel = std::string(name_of(contact.channel)),
                 .product = product_of(contact, day, reading.products),
                 .group = agent == nullptr ? std::string() : agent->on(day).group,
                 .occurred_at = contact.offered_at};
    return {};
  };
  ZH_TRY(const bool found, contacts::with_handled(tx, pick.contact, read));
  if (found) return described;
  return error(ErrorCode::not_found,
               {.zh = fmt::format("抽样之后联络 {} 的导入已被撤销", pick.contact),
                .en = fmt::format("the import of contact {} was undone after the draw", pick.contact)});
}

}  // namespace zh::quality::sampling
