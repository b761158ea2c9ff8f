// The frame of an order from the stored contacts.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <functional>
#include <optional>
#include <set>
#include <unordered_map>

#include "ledger/facts.h"
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

// What was answered last about a name, and for which day: contacts come by time, so most ask the same again.
template <class Answer>
class LastOfDay {
 public:
  template <class Find>
  const Answer& get(std::string_view name, Date day, Find&& find) {
    auto found = answers_.find(name);
    if (found == answers_.end()) found = answers_.emplace(std::string(name), Dated{}).first;
    Dated& last = found->second;
    if (last.day != day) last = {day, find()};
    return last.answer;
  }

 private:
  struct Dated {
    std::optional<Date> day = {};
    Answer answer = {};
  };
  struct Hashing : std::hash<std::string_view> {
    using is_transparent = void;
  };
  std::unordered_map<std::string, Dated, Hashing, std::equal_to<>> answers_;
};

// What is known of contacts besides what they say themselves. Days are those of an agent: facts name no contact.
struct Known {
  contacts::SourceIds repeats;
  contacts::SourceIds silent;
  std::set<std::pair<std::string, Date>> complaints;
  std::set<std::pair<std::string, Date>> dissatisfied;
};

bool is_complaint(const ledger::Fact& fact) {
  constexpr std::array<std::string_view, 3> kKinds{"complaint", "complaint_major", "attitude_complaint"};
  return std::ranges::find(kKinds, fact.kind) != kKinds.end();
}

Status read_facts(db::Transaction& tx, const Order& order, const Zone& zone, Known& known) {
  ZH_TRY(auto facts, ledger::current_facts(tx, order.scope.during));
  while (facts.next()) {
    const ledger::Fact& fact = facts.fact();
    const bool dissatisfied = fact.kind == "satisfaction" && fact.value && fact.value->is_zero();
    if (!dissatisfied && !is_complaint(fact)) continue;
    (dissatisfied ? known.dissatisfied : known.complaints).emplace(fact.subject, zone.date_of(fact.occurred_at));
  }
  return facts.finish();
}

// Only what the order asks for is read.
Result<Known> known_for(db::Transaction& tx, const Order& order, const Zone& zone) {
  Known known;
  if (order.risk.repeat_contact > 0) {
    ZH_TRY(known.repeats, contacts::repeat_contacts(tx, order.scope.during, order.risk.repeat_days * kDayUs));
  }
  if (order.risk.long_silence > 0) {
    ZH_TRY(known.silent, contacts::silent_contacts(tx, order.scope.during, order.risk.silent_from_ms));
  }
  if (order.risk.complaint > 0 || order.risk.low_satisfaction > 0) ZH_CHECK(read_facts(tx, order, zone, known));
  return known;
}

// Puts one contact after the other into the frame. What is the same for all contacts of an agent's day, of a queue's
// day or of a cell is found once.
class Source {
 public:
  Source(const Order& order, const Reading& reading, std::vector<std::string> parts, Known known)
      : order_(order), reading_(reading), parts_(std::move(parts)), known_(std::move(known)), clock_(reading.zone) {}

  Status add(const contacts::Handled& contact) {
    if (!asked_for(order_.scope.channels, contact.channel)) return {};
    const LocalTime local = clock_.local(contact.offered_at);
    const Duty& duty = duty_of(contact, local.day);
    if (duty.agent == nullptr) return {};
    const std::string& product = queue_product(contact, local.day);
    if (!asked_for(order_.scope.products, product)) return {};

    std::string source_id = contact.source_id();
    std::int64_t weight = weight_of(contact) + duty.adds;
    if (known_.repeats.contains(source_id)) weight += order_.risk.repeat_contact;
    if (known_.silent.contains(source_id)) weight += order_.risk.long_silence;
    return cell_of(*duty.agent, contact.channel, product, part_of(local)).add(std::move(source_id), weight);
  }
  Result<Frame> finish() && { return std::move(builder_).finish(order_.allocation); }

 private:
  // A member's day: whose contacts they are, nobody's where they are not asked for; and what the day adds to a weight.
  struct Duty {
    const people::Person* agent = nullptr;
    std::int64_t adds = 0;
  };
  struct KnownCell {
    contacts::Channel channel;
    std::size_t part;
    std::string product;
    CellBuilder* cell;
  };

  const Duty& duty_of(const contacts::Handled& contact, Date day) {
    // A transcript may name an agent by staff number: the same word can mean somebody else there.
    auto& duties = contact.source == contacts::Source::transcript ? named_in_transcripts_ : named_in_logs_;
    return duties.get(contact.member, day, [&]() -> Duty {
      const people::Person* const agent = contacts::agent_named(reading_.people, contact.source, contact.member, day);
      if (agent == nullptr) return {};
      const people::PersonRow& record = agent->on(day);
      const bool wanted = record.position == people::Position::agent && asked_for(order_.scope.groups, record.group);
      return wanted ? Duty{agent, weight_on(*agent, day)} : Duty{};
    });
  }
  const std::string& queue_product(const contacts::Handled& contact, Date day) {
    const bool own = !contact.product.empty();  // a contact may name its product itself
    return products_[own ? 1 : 0].get(own ? contact.product : contact.queue, day,
                                      [&] { return product_of(contact, day, reading_.products); });
  }
  CellBuilder& cell_of(const people::Person& agent, contacts::Channel channel, const std::string& product,
                       std::size_t part) {
    std::vector<KnownCell>& known = cells_[&agent];
    for (const KnownCell& one : known) {
      if (one.channel == channel && one.part == part && one.product == product) return *one.cell;
    }
    CellBuilder& cell = builder_.cell(
        agent.staff_no(), {.channel = std::string(name_of(channel)), .product = product, .time_of_day = parts_[part]});
    known.push_back({channel, part, product, &cell});
    return cell;
  }
  std::size_t part_of(const LocalTime& local) const {
    const auto hour = static_cast<int>(local.us_of_day / kHourUs);
    const auto next = std::ranges::upper_bound(order_.parts_of_day, hour);
    return static_cast<std::size_t>(next - order_.parts_of_day.begin()) - 1;
  }
  // What the contact itself says.
  std::int64_t weight_of(const contacts::Handled& contact) const {
    const RiskWeights& risk = order_.risk;
    std::int64_t weight = kPlainWeight;
    if (contact.talk_ms.value_or(0) >= risk.long_from_ms) weight += risk.long_contact;
    if (contact.transferred != contacts::Transferred::none) weight += risk.transferred;
    return weight;
  }
  // What the agent's day adds.
  std::int64_t weight_on(const people::Person& agent, Date day) const {
    const RiskWeights& risk = order_.risk;
    std::int64_t weight = 0;
    if (risk.new_agent > 0 && agent.on_probation(day)) weight += risk.new_agent;
    const std::pair on{agent.staff_no(), day};
    if (known_.complaints.contains(on)) weight += risk.complaint;
    if (known_.dissatisfied.contains(on)) weight += risk.low_satisfaction;
    return weight;
  }

  const Order& order_;
  const Reading& reading_;
  std::vector<std::string> parts_;
  Known known_;
  Clock clock_;
  LastOfDay<Duty> named_in_logs_;
  LastOfDay<Duty> named_in_transcripts_;
  std::array<LastOfDay<std::string>, 2> products_;  // of a queue, and as contacts name them
  std::unordered_map<const people::Person*, std::vector<KnownCell>> cells_;
  FrameBuilder builder_;
};

}  // namespace

Result<Frame> frame_of(db::Transaction& tx, const Order& order, const Reading& reading) {
  ZH_TRY(auto parts, names_of_parts(order.parts_of_day));
  ZH_TRY(Known known, known_for(tx, order, reading.zone));
  Source source(order, reading, std::move(parts), std::move(known));
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
