#include "rooms/contacts/api/contacts_api.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <memory>

#include "ledger/audit.h"
#include "rooms/contacts/api/contact_path.h"
#include "rooms/contacts/api/listing.h"
#include "rooms/contacts/api/overview.h"
#include "rooms/contacts/api/records.h"
#include "rooms/contacts/api/view.h"
#include "rooms/contacts/queue_products.h"
#include "rooms/contacts/rollup_zone.h"
#include "rooms/people/known_people.h"

namespace zh::contacts {

namespace {

using http::Call;
using http::Role;
using http::Scope;

constexpr int kDaysMax = 366;
constexpr const char* kReadScope = "contacts:read";  // what a machine's token needs

// What the routes share.
struct Desk {
  db::Database& database;
  Zone zone;
  people::KnownPeople people;
};
using DeskPtr = std::shared_ptr<Desk>;

http::Access leads() {
  return http::allow({{Role::shift_leader, Scope::centre},
                      {Role::inspector, Scope::centre},
                      {Role::qa_supervisor, Scope::centre},
                      {Role::trainer, Scope::centre},
                      {Role::manager, Scope::centre}},
                     Secrecy::internal)
      .with_token_scope(kReadScope);
}

http::Access readers() { return api::listeners(Secrecy::internal).with_token_scope(kReadScope); }

// The days asked for. Faults go into the call.
Days days_of(Call& call, Date from, Date to) {
  if (to < from) {
    call.reject_parameter("to", {.zh = "结束日期早于开始日期", .en = "the last day lies before the first"});
  } else if (to.days - from.days >= kDaysMax) {
    call.reject_parameter("to",
                          {.zh = fmt::format("最多 {} 天", kDaysMax), .en = fmt::format("at most {} days", kDaysMax)});
  }
  return {from, to};
}

Interval interval_of(const Days& days, const Zone& zone) {
  return {zone.start_of(days.from), zone.start_of(days.until.plus_days(1))};
}

// ---- rows

std::optional<std::string> unless_empty(std::string text) {
  if (text.empty()) return std::nullopt;
  return text;
}

// What a contact's ids and queues stand for on its day.
struct Names {
  std::shared_ptr<const people::People> people;
  QueueProducts products;
  Zone zone;

  Centre centre() const { return {.people = *people, .zone = zone}; }
  static Result<Names> of(db::Transaction& tx, Desk& desk) {
    ZH_TRY(auto people, desk.people.of(tx));
    ZH_TRY(auto products, load_queue_products(tx));
    return Names{.people = std::move(people), .products = std::move(products), .zone = desk.zone};
  }
};

api::ContactRow row_of(const Contact& contact, const Names& names) {
  const Date day = names.zone.date_of(contact.offered_at);
  api::ContactRow row{
      .id = api::id_of(contact),
      .source_id = contact.source_id(),
      .channel = std::string(name_of(contact.channel)),
      .direction = std::string(name_of(contact.direction)),
      .queue = contact.queue,
      .product = contact.product.empty() ? names.products.product_of(contact.queue, day) : contact.product,
      .customer = unless_empty(api::masked_number(contact.customer)),
      .offered_at = contact.offered_at,
      .answered_at = contact.answered_at,
      .ended_at = contact.ended_at,
      .wait_ms = contact.wait_ms,
      .ring_ms = contact.ring_ms,
      .talk_ms = contact.talk_ms,
      .hold_ms = contact.hold_ms,
      .outcome = std::string(name_of(contact.outcome)),
      .transferred = std::string(name_of(contact.transferred)),
      .ended_by = std::string(name_of(contact.ended_by))};
  if (contact.member.empty()) return row;
  const people::Person* const agent = agent_of(contact, names.centre());
  row.agent = agent == nullptr ? contact.member : agent->staff_no();
  if (agent != nullptr) row.agent_name = agent->name();
  return row;
}

// ---- what is asked for

std::optional<Outcome> parse_outcome(std::string_view word) {
  for (int number = 0; number <= static_cast<int>(Outcome::withdrawn); ++number) {
    if (name_of(static_cast<Outcome>(number)) == word) return static_cast<Outcome>(number);
  }
  return std::nullopt;
}

// The phone ids, within the reach, of the person with that staff number or name, or of that member's name.
std::vector<api::Span> spans_named(std::string_view who, const http::Reach& reach, const people::People& people,
                                   const Zone& zone) {
  std::vector<api::Span> spans;
  for (const people::Person& person : people.all()) {
    if (person.staff_no() != who && person.name() != who) continue;
    auto of_person = api::spans_of(person, reach, zone);
    spans.insert(spans.end(), of_person.begin(), of_person.end());
  }
  if (!spans.empty()) return spans;
  if (reach.centre) {
    constexpr Interval ever{{std::numeric_limits<std::int64_t>::min()}, {std::numeric_limits<std::int64_t>::max()}};
    return {{.member = std::string(who), .during = ever}};
  }
  spans = api::spans_within(reach, people, zone);
  std::erase_if(spans, [&](const api::Span& span) { return span.member != who; });
  return spans;
}

bool names_somebody(std::string_view who, const people::People& people) {
  return std::ranges::any_of(people.all(), [&](const people::Person& person) {
    return person.staff_no() == who || person.name() == who ||
           std::ranges::any_of(person.history(), [&](const auto& row) {
             return std::ranges::find(row.phone_ids, who) != row.phone_ids.end();
           });
  });
}

// The list's name for its cursors: whatever else is asked for makes another list.
std::string list_name(const api::ListQuery& query, api::Sort sort) {
  return fmt::format("contacts?{}&{}&{}&{}&{}&{}&{}", query.from.to_string(), query.to.to_string(),
                     query.queue.value_or("*"), query.agent.value_or("*"), query.outcome.value_or("*"),
                     query.q.value_or("*"), to_string(sort));
}

void read_filters(Call& call, const api::ListQuery& query, api::Listing& listing) {
  if (query.outcome) {
    listing.outcome = parse_outcome(*query.outcome);
    if (!listing.outcome) {
      call.reject_parameter("outcome", {.zh = "没有这种结果", .en = "there is no such outcome"});
    }
  }
  const auto sort = api::parse_sort(query.sort.value_or("-offered_at"));
  if (sort) {
    listing.sort = *sort;
  } else {
    call.reject_parameter("sort",
                          {.zh = "可按 offered_at、wait_ms、talk_ms 排序，前加 - 为降序",
                           .en = "sort by offered_at, wait_ms or talk_ms; a - before it turns the order round"});
  }
  listing.queue = query.queue;
  listing.limit = query.limit.value_or(http::kPageSize);
  if (listing.limit < 1 || listing.limit > http::kPageSizeMax) {
    call.reject_parameter("limit", {.zh = fmt::format("应为 1 至 {}", http::kPageSizeMax),
                                    .en = fmt::format("expected 1 to {}", http::kPageSizeMax)});
  }
}

Text not_sortable(const api::Listing& listing) {
  if (listing.customer) {
    return {.zh = "一个客户的联络按时间列出", .en = "a customer's contacts are listed by time"};
  }
  return {.zh = fmt::format("这段时间超过 {} 条联络，不能按时长排序；请缩短日期范围", api::kSortedMax),
          .en = fmt::format("these days hold more than {} contacts, too many to sort by duration; choose fewer days",
                            api::kSortedMax)};
}

void read_cursor(Call& call, const api::ListQuery& query, api::Listing& listing) {
  if (!query.cursor) return;
  const auto position = call.cursors->decode(list_name(query, listing.sort), *query.cursor);
  api::Key key;
  const auto read = [](const std::string& text, auto& number) {
    return std::from_chars(text.data(), text.data() + text.size(), number).ec == std::errc();
  };
  if (position.ok() && position->size() == 3 && read((*position)[0], key.value) && read((*position)[2], key.number)) {
    key.call = (*position)[1];
    listing.after = std::move(key);
    return;
  }
  call.reject_parameter("cursor",
                        {.zh = "这个位置不属于此列表；请从头开始", .en = "this place is not of this list; begin anew"});
}

// ---- the routes

// What a search word stands for, from the narrowest: one call, a person, a customer's whole number.
Result<std::optional<std::vector<Contact>>> resolve_search(db::Transaction& tx, const std::string& q,
                                                           const people::People& people, api::Listing& listing,
                                                           std::vector<std::string>& agents) {
  std::vector<Contact> exact;
  const std::size_t hash = q.rfind('#');
  ZH_TRY(auto whole, api::store::contact(tx, q, 1));
  if (whole) exact.push_back(std::move(*whole));
  int number = 0;
  if (hash != std::string::npos &&
      std::from_chars(q.data() + hash + 1, q.data() + q.size(), number).ptr == q.data() + q.size()) {
    ZH_TRY(auto part, api::store::contact(tx, std::string_view(q).substr(0, hash), number));
    if (part) exact.push_back(std::move(*part));
  }
  if (!exact.empty()) return std::optional(std::move(exact));
  if (names_somebody(q, people)) {
    agents.push_back(q);
  } else {
    listing.customer = q;
  }
  return std::optional<std::vector<Contact>>();
}

Result<http::Page<api::ContactRow>> list_contacts(Call& call, Desk& desk, const api::ListQuery& query) {
  api::Listing listing;
  const Days days = days_of(call, query.from, query.to);
  read_filters(call, query, listing);
  if (!call.has_faults()) read_cursor(call, query, listing);
  if (call.has_faults()) return call.refused();
  listing.during = interval_of(days, desk.zone);

  ZH_TRY(auto tx, desk.database.read(call.request.stop));
  ZH_TRY(const Names names, Names::of(tx, desk));
  const people::People& people = *names.people;
  http::Page<api::ContactRow> page;
  std::vector<std::string> agents;  // all of these at once
  if (query.agent && !query.agent->empty()) agents.push_back(*query.agent);
  if (query.q && !query.q->empty()) {
    ZH_TRY(const auto exact, resolve_search(tx, *query.q, people, listing, agents));
    if (exact) {
      for (const Contact& contact : *exact) {
        if (api::within(call.reach, contact, names.centre())) page.items.push_back(row_of(contact, names));
      }
      return page;
    }
  }
  ZH_TRY(const bool sortable, api::is_sortable(tx, listing));
  if (!sortable) {
    call.reject_parameter("sort", not_sortable(listing));
    return call.refused();
  }
  for (const std::string& agent : agents) {
    auto spans = spans_named(agent, call.reach, people, desk.zone);
    listing.members = listing.members ? api::common_spans(*listing.members, spans) : std::move(spans);
  }
  if (agents.empty() && !call.reach.centre) {
    listing.members = api::spans_within(call.reach, people, desk.zone);
  }
  ZH_TRY(auto keys, api::page_of(tx, listing));
  const bool more = keys.size() > static_cast<std::size_t>(listing.limit);
  if (more) keys.pop_back();
  for (const api::Key& key : keys) {
    ZH_TRY(const auto contact, api::store::contact(tx, key.call, key.number));
    // A staff number may be another's phone id: whose contact it is, the contact decides.
    if (contact && api::within(call.reach, *contact, names.centre())) page.items.push_back(row_of(*contact, names));
  }
  if (more) {
    const api::Key& last = keys.back();
    const std::array<std::string, 3> position{std::to_string(last.value), last.call, std::to_string(last.number)};
    page.next = call.cursors->encode(list_name(query, listing.sort), position);
  }
  return page;
}

Result<api::ContactWithEvents> one_contact(Call& call, Desk& desk) {
  ZH_TRY(auto tx, desk.database.read(call.request.stop));
  ZH_TRY(const Names names, Names::of(tx, desk));
  const people::People& people = *names.people;
  ZH_TRY(const Contact contact, api::contact_of_path(call, tx, names.centre()));
  const Date day = desk.zone.date_of(contact.offered_at);
  ZH_TRY(const auto lines, api::store::lines_of(tx, contact.call));
  const bool of_log = contact.source == Source::queue_log || contact.source == Source::cdr;
  auto events = of_log ? api::events_of(lines) : api::events_of(contact);
  api::ContactWithEvents shown{.contact = row_of(contact, names)};
  for (api::Event& event : events) {
    api::EventRow row{.at = event.at, .event = std::move(event.event), .data = std::move(event.data)};
    if (!event.member.empty() && api::within(call.reach, people, event.member, day)) {
      const people::Person* const holder = people.holder_of(event.member, day);
      row.member = holder == nullptr ? event.member : holder->staff_no();
    }
    shown.events.push_back(std::move(row));
  }
  return shown;
}

Result<api::CustomerRow> customer_of(Call& call, Desk& desk) {
  ZH_TRY(auto tx, desk.database.write(call.request.stop));
  ZH_TRY(const auto people, desk.people.of(tx));
  ZH_TRY(const Contact contact, api::contact_of_path(call, tx, {.people = *people, .zone = desk.zone}));
  ZH_TRY(const auto entry, ledger::append_audit(tx, {.at = call.now,
                                                     .actor = call.principal.account,
                                                     .action = "read_secret",
                                                     .object = "customer of contact " + contact.source_id(),
                                                     .detail = {}}));
  (void)entry;
  ZH_CHECK(tx.commit());
  return api::CustomerRow{.customer = contact.customer};
}

void add_overview(http::Site& site, const DeskPtr& desk) {
  site.router().add(
      {.method = http::Method::get,
       .path = "/api/v1/overview",
       .id = "getOverview",
       .summary = {.zh = "每日、每小时、各队列和各产品的话务", .en = "Calls per day, hour, queue and product"},
       .tag = "contacts",
       .access = leads()},
      [desk](Call& call, const http::Query<api::DaysQuery>& query) -> Result<api::OverviewRow> {
        const Days days = days_of(call, query->from, query->to);
        if (call.has_faults()) return call.refused();
        ZH_TRY(auto tx, desk->database.read(call.request.stop));
        ZH_CHECK(check_zone(tx, desk->zone));
        ZH_TRY(const auto hours, api::store::hours(tx, days));
        ZH_TRY(const QueueProducts products, load_queue_products(tx));
        return api::overview_of(hours, products);
      });
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/overview/last-day",
                     .id = "getLastDay",
                     .summary = {.zh = "有话务数据的最后一天", .en = "The last day that has calls"},
                     .tag = "contacts",
                     .access = readers()},
                    [desk](Call& call) -> Result<api::LastDayRow> {
                      ZH_TRY(auto tx, desk->database.read(call.request.stop));
                      ZH_TRY(const auto last, api::store::last_day(tx));
                      return api::LastDayRow{.last = last};
                    });
}

void add_contacts(http::Site& site, const DeskPtr& desk) {
  site.router().add(
      {.method = http::Method::get,
       .path = "/api/v1/contacts",
       .id = "listContacts",
       .summary = {.zh = "联络列表", .en = "Contacts, filtered and paged"},
       .tag = "contacts",
       .access = readers()},
      [desk](Call& call, const http::Query<api::ListQuery>& query) { return list_contacts(call, *desk, *query); });
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/contacts/{id}",
                     .id = "getContact",
                     .summary = {.zh = "一条联络及其事件", .en = "One contact with its events"},
                     .tag = "contacts",
                     .access = readers()},
                    [desk](Call& call) { return one_contact(call, *desk); });
  site.router().add(
      {.method = http::Method::post,
       .path = "/api/v1/contacts/{id}/customer",
       .id = "readCustomer",
       .summary = {.zh = "查看完整的客户号码（记入审计）", .en = "The customer's whole number; reading it is audited"},
       .tag = "contacts",
       .access = api::listeners(Secrecy::secret)},
      [desk](Call& call) { return customer_of(call, *desk); });
}

}  // namespace

void add_contact_routes(http::Site& site, db::Database& database, Zone zone) {
  const DeskPtr desk(new Desk{.database = database, .zone = zone, .people = {}});
  add_overview(site, desk);
  add_contacts(site, desk);
}

}  // namespace zh::contacts
