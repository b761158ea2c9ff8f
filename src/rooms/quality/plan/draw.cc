#include "rooms/quality/plan/draw.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "ledger/audit.h"
#include "rooms/contacts/queue_products.h"
#include "rooms/people/people_store.h"

namespace zh::quality {

namespace {

constexpr std::array kChannels{contacts::Channel::call, contacts::Channel::chat, contacts::Channel::mail,
                               contacts::Channel::visit};

sampling::By as_drawer(const By& by) { return {.actor = by.actor.account, .at = by.now}; }

// The channels of the plan; all that a rubric is for where it names none.
std::vector<contacts::Channel> channels_of(const Plan& plan, const policy::Pack& pack) {
  const std::vector<std::string>& wanted = plan.what.scope.channels;
  std::vector<contacts::Channel> channels;
  for (const contacts::Channel channel : kChannels) {
    const std::string_view name = contacts::name_of(channel);
    const bool named =
        wanted.empty() ? pack.rubric_for(name) != nullptr : std::ranges::find(wanted, name) != wanted.end();
    if (named) channels.push_back(channel);
  }
  return channels;
}

DrawnRecord record_of(const sampling::StoredPick& pick, const sampling::Described& contact) {
  return {.contact = pick.contact,
          .channel = contact.channel,
          .product = contact.product,
          .staff_no = pick.staff_no,
          .group = contact.group,
          .occurred_at = contact.occurred_at,
          .probability = pick.probability.to_string()};
}

// Nothing to draw, or a record that nobody drew, is no reason to keep an unusable one.
bool is_exhausted(const Error& failure) {
  return failure.code == ErrorCode::conflict || failure.code == ErrorCode::not_found;
}

Status note_late(db::Transaction& tx, const sampling::DrawId& id, Date first_day, const By& by) {
  ZH_CHECK(ledger::append_audit(tx, {.at = by.now,
                                     .actor = by.actor.account,
                                     .action = "commit_seed_late",
                                     .object = fmt::format("plan {} round {}", id.plan, id.round),
                                     .detail = json::Object{{"first_day", first_day.to_string()}}}));
  return {};
}

}  // namespace

Result<Plan> approve_and_commit(db::Transaction& tx, const Regulation& regulation, const Plan& read, const By& by,
                                const std::function<sampling::Secrets()>& secrets) {
  ZH_TRY(Plan plan, approve_plan(tx, read, by));
  for (const PlanRound& round : plan.what.rounds) {
    const sampling::DrawId id{.plan = plan.number, .round = round.round};
    ZH_CHECK(sampling::commit_seed(tx, id, secrets(), as_drawer(by)));
    if (by.now >= regulation.zone.start_of(round.first_day)) ZH_CHECK(note_late(tx, id, round.first_day, by));
  }
  return plan;
}

Result<Plan> draw_round(db::Transaction& tx, const Regulation& regulation, const Plan& read, int number, const By& by) {
  const PlanRound* const round = read.round(number);
  if (round == nullptr) {
    return error(ErrorCode::not_found, {.zh = fmt::format("计划没有第 {} 轮", number),
                                        .en = fmt::format("the plan has no round {}", number)});
  }
  ZH_TRY(const PackPtr pack, regulation.pack_of(tx, read.pack));
  ZH_TRY(const people::People people, people::load_people(tx));
  ZH_TRY(const contacts::QueueProducts products, contacts::load_queue_products(tx));
  const Zone& zone = regulation.zone;
  const sampling::Reading reading{.people = people, .products = products, .zone = zone};
  const sampling::Order order{
      .id = {.plan = read.number, .round = number},
      .scope = {.during = {zone.start_of(round->first_day), zone.start_of(round->last_day.plus_days(1))},
                .channels = channels_of(read, *pack),
                .products = read.what.scope.products,
                .groups = read.what.scope.groups},
      .allocation = {.per_agent = round->per_agent, .total = round->total},
      .risk = read.what.risk};
  ZH_TRY(const sampling::Drawn drawn, sampling::draw_sample(tx, order, reading, as_drawer(by)));
  std::vector<DrawnRecord> records;
  for (const sampling::StoredPick& pick : drawn.picks) {
    ZH_TRY(const sampling::Described contact, sampling::describe(tx, pick, reading));
    records.push_back(record_of(pick, contact));
  }
  return start_round(tx, regulation, read, number, records, by);
}

Result<Inspection> set_aside_and_replace(db::Transaction& tx, const Regulation& regulation, const Inspection& read,
                                         const std::string& reason, const By& by) {
  ZH_CHECK(lock_inspections(tx, {read.key}));
  const sampling::DrawId id{.plan = read.key.plan, .round = read.key.round};
  auto pick = sampling::replace(tx, id, read.record.contact, reason, as_drawer(by));
  if (!pick.ok()) {
    if (!is_exhausted(pick.error())) return std::move(pick).error();
    return set_aside(tx, read, reason, std::nullopt, by);
  }
  ZH_TRY(const people::People people, people::load_people(tx));
  ZH_TRY(const contacts::QueueProducts products, contacts::load_queue_products(tx));
  ZH_TRY(const sampling::Described contact,
         sampling::describe(tx, *pick, {.people = people, .products = products, .zone = regulation.zone}));
  return set_aside(tx, read, reason, record_of(*pick, contact), by);
}

}  // namespace zh::quality
