#include "rooms/people/api/people_api.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "base/utf8.h"
#include "idempotency/keep.h"
#include "rooms/people/api/people_edit.h"
#include "rooms/people/api/people_json.h"
#include "rooms/people/known_people.h"
#include "rooms/people/organisation.h"

namespace zh::people {

namespace api {

namespace {

using http::Call;
using http::Role;
using http::Scope;

http::Access reading_access() {
  return http::allow({{Role::agent, Scope::self},
                      {Role::inspector, Scope::self},
                      {Role::office, Scope::self},
                      {Role::shift_leader, Scope::group},
                      {Role::qa_supervisor, Scope::centre},
                      {Role::trainer, Scope::centre},
                      {Role::manager, Scope::centre},
                      {Role::hr, Scope::centre},
                      {Role::admin, Scope::centre}},
                     Secrecy::internal)
      .with_token_scope("people:read");
}

http::Access editing_access() {
  return http::allow({{Role::manager, Scope::centre}, {Role::hr, Scope::centre}, {Role::admin, Scope::centre}},
                     Secrecy::internal)
      .with_token_scope("people:write");
}

struct PeopleDesk {
  PeopleDesk(db::Database& opened, Zone of_centre) : database(opened), zone(std::move(of_centre)) {}

  db::Database& database;
  const Zone zone;
  KnownPeople known;
};
using DeskPtr = std::shared_ptr<PeopleDesk>;

Result<std::shared_ptr<const People>> everybody(PeopleDesk& desk) {
  ZH_TRY(auto tx, desk.database.read());
  return desk.known.of(tx);
}

// By the group of today, or the last one of somebody who has left.
bool reaches(const http::Reach& reach, const Person& person, Date today) {
  return reach.centre || (!reach.self.empty() && person.staff_no() == reach.self) ||
         std::ranges::find(reach.groups, person.on(today).group) != reach.groups.end();
}

PersonJson person_json(const Person& person, Date today) {
  const PersonRow& row = person.on(today);
  return {.staff_no = person.staff_no(),
          .name = row.name,
          .group = row.group,
          .position = row.position,
          .hired_on = person.hired_on(),
          .left_on = person.left_on(),
          .probation_until = row.probation_until,
          .products = row.products,
          .phone_ids = row.phone_ids,
          .history = {}};
}

bool matches(const PeopleQuery& query, const Person& person, Date today) {
  const PersonRow& row = person.on(today);
  if (query.group && row.group != *query.group) return false;
  if (query.position && row.position != *query.position) return false;
  if (query.employed && person.employed_on(today) != *query.employed) return false;
  if (!query.q || query.q->empty()) return true;
  const auto holds = [&](const std::string& phone_id) { return phone_id.find(*query.q) != std::string::npos; };
  return person.staff_no().starts_with(*query.q) || row.name.find(*query.q) != std::string::npos ||
         std::ranges::any_of(row.phone_ids, holds);
}

// What a cursor belongs to: another filter does not take it.
std::string list_name(const PeopleQuery& query) {
  const std::string position = query.position ? std::string(name_of(*query.position)) : "";
  const std::string employed = query.employed ? (*query.employed ? "1" : "0") : "";
  return fmt::format("people\n{}\n{}\n{}\n{}", query.group.value_or(""), position, employed, query.q.value_or(""));
}

Result<http::Page<PersonJson>> people_page(Call& call, PeopleDesk& desk, const PeopleQuery& query) {
  const std::string list = list_name(query);
  std::string after;
  if (query.cursor) {
    ZH_TRY(const auto position, call.cursors->decode(list, *query.cursor));
    if (!position.empty()) after = position.front();
  }
  const auto limit = static_cast<std::size_t>(std::clamp(query.limit.value_or(http::kPageSize), 1, http::kPageSizeMax));
  ZH_TRY(const auto people, everybody(desk));
  const Date today = desk.zone.date_of(call.now);
  http::Page<PersonJson> page;
  std::int64_t total = 0;
  bool more = false;
  for (const Person& person : people->all()) {
    if (!reaches(call.reach, person, today) || !matches(query, person, today)) continue;
    ++total;
    if (person.staff_no() <= after) continue;
    if (page.items.size() < limit) {
      page.items.push_back(person_json(person, today));
    } else {
      more = true;
    }
  }
  page.total = total;
  if (more) page.next = call.cursors->encode(list, std::array{page.items.back().staff_no});
  return page;
}

Error no_such_person(std::string_view staff_no) {
  const std::string shown = utf8::shortened(staff_no, 40);
  return error(ErrorCode::not_found, {.zh = fmt::format("没有工号为“{}”的人员", shown),
                                      .en = fmt::format("nobody has the staff number “{}”", shown)});
}

// What is shown of a record depends on who looks, so a version is the viewer's own: a browser that is handed from one
// to the other must not take the one's page for the other's.
std::string version_for(const Call& call, const Person& person, Date today) {
  return version_of(person) + "-" + sha256(call.principal.account + today.to_string()).hex().substr(0, 8);
}

http::Versioned<PersonJson> with_history(const Call& call, const Person& person, Date today) {
  PersonJson json = person_json(person, today);
  for (const PersonRow& row : person.history()) {
    json.history.push_back({.staff_no = person.staff_no(),
                            .effective_from = row.effective_from,
                            .name = row.name,
                            .group = row.group,
                            .position = row.position,
                            .probation_until = row.probation_until,
                            .products = row.products,
                            .phone_ids = row.phone_ids});
  }
  return {std::move(json), version_for(call, person, today)};
}

Result<http::Versioned<PersonJson>> one_person(Call& call, PeopleDesk& desk) {
  ZH_TRY(const auto people, everybody(desk));
  const Date today = desk.zone.date_of(call.now);
  const Person* const person = people->find(call.path_text("staff_no"));
  if (person == nullptr || !reaches(call.reach, *person, today)) return no_such_person(call.path_text("staff_no"));
  return with_history(call, *person, today);
}

// ---- editing

// Whether the body names the member at all: a null clears, what is left out stays.
bool names(const json::Value& body, std::string_view member) { return body.find(member) != nullptr; }

// The row in force on that day with what becomes different. Employment is that of the latest row.
Result<PersonRow> changed_row(const Person& person, const PersonChangeJson& change, std::string_view body) {
  ZH_TRY(const json::Value members, json::parse(body));
  PersonRow row = person.on(change.effective_from);
  row.name = change.name.value_or(person.name());
  row.group = change.group.value_or(row.group);
  row.position = change.position.value_or(row.position);
  row.hired_on = change.hired_on.value_or(person.hired_on());
  if (names(members, "probation_until")) row.probation_until = change.probation_until;
  row.left_on = names(members, "left_on") ? change.left_on : person.left_on();
  row.products = change.products.value_or(row.products);
  row.phone_ids = change.phone_ids.value_or(row.phone_ids);
  row.effective_from = change.effective_from;
  return row;
}

Edit edit_by(const Call& call) { return {.actor = call.principal.account, .now = call.now}; }

bool take_faults(Call& call, const PersonRow& row) {
  for (const auto& fault : faults_of(row)) call.reject(fault.pointer, fault.detail);
  return call.has_faults();
}

Result<http::Versioned<PersonJson>> change_person(Call& call, PeopleDesk& desk, const PersonChangeJson& change) {
  const std::string& staff_no = call.path_text("staff_no");
  const Date today = desk.zone.date_of(call.now);
  ZH_TRY(auto tx, desk.database.write());
  ZH_CHECK(lock_people(tx));
  ZH_TRY(const People before, load_people(tx));
  const Person* const person = before.find(staff_no);
  if (person == nullptr || !reaches(call.reach, *person, today)) return no_such_person(staff_no);
  ZH_CHECK(call.check_version(version_for(call, *person, today)));
  ZH_TRY(const PersonRow row, changed_row(*person, change, call.request.body));
  if (take_faults(call, row)) return call.refused();
  // Who looks after one group sends nobody to another.
  Person stated = *person;
  stated.state(row);
  if (!reaches(call.reach, stated, today)) return out_of_reach();
  ZH_TRY(const Person after, state_row(tx, before, row, edit_by(call)));
  ZH_CHECK(tx.commit());
  return with_history(call, after, today);
}

Result<http::Created<PersonJson>> add_person(Call& call, PeopleDesk& desk, const NewPersonJson& body) {
  const Date today = desk.zone.date_of(call.now);
  PersonRow row;
  row.staff_no = body.staff_no;
  row.name = body.name;
  row.group = body.group.value_or("");
  row.position = body.position;
  row.hired_on = body.hired_on;
  row.probation_until = body.probation_until;
  row.products = body.products.value_or(std::vector<std::string>());
  row.phone_ids = body.phone_ids.value_or(std::vector<std::string>());
  if (take_faults(call, row)) return call.refused();
  if (!reaches(call.reach, Person::of(std::span(&row, 1)), today)) return out_of_reach();
  ZH_TRY(auto tx, desk.database.write());
  ZH_CHECK(lock_people(tx));
  ZH_TRY(const People before, load_people(tx));
  if (before.find(row.staff_no) != nullptr) {
    return error(ErrorCode::conflict, {.zh = fmt::format("工号 {} 已有人使用", row.staff_no),
                                       .en = fmt::format("the staff number {} is somebody's already", row.staff_no)});
  }
  ZH_TRY(const Person after, state_row(tx, before, row, edit_by(call)));
  http::Created<PersonJson> added{with_history(call, after, today).value, "/api/v1/people/" + row.staff_no};
  ZH_CHECK(idempotency::keep_answer(tx, call, added));
  ZH_CHECK(tx.commit());
  return added;
}

// ---- the organisation

UnitJson group_unit(const People& people, const std::string& name, std::optional<std::string> parent, Date today) {
  UnitJson unit{.name = name, .parent = std::move(parent)};
  for (const Person& person : people.all()) {
    const PersonRow& row = person.on(today);
    if (row.group != name || !person.employed_on(today)) continue;
    ++unit.people;
    if (row.position != Position::shift_leader) continue;
    unit.leader = unit.leader ? *unit.leader + "、" + row.name : row.name;
  }
  return unit;
}

// Departments with their groups, then the groups that are in none.
UnitList units_of(const People& people, const std::vector<Department>& stated, Date today) {
  UnitList list;
  std::set<std::string, std::less<>> placed;
  for (const Department& department : stated) {
    const std::size_t at = list.items.size();
    list.items.push_back({.name = department.name});
    for (const auto& group : department.groups) {
      placed.insert(group);
      list.items.push_back(group_unit(people, group, department.name, today));
      list.items[at].people += list.items.back().people;
    }
  }
  std::set<std::string, std::less<>> others;
  for (const Person& person : people.all()) {
    const auto& group = person.on(today).group;
    if (!group.empty() && person.employed_on(today) && !placed.contains(group)) others.insert(group);
  }
  for (const auto& group : others) list.items.push_back(group_unit(people, group, std::nullopt, today));
  return list;
}

Result<http::Versioned<UnitList>> units(Call& call, PeopleDesk& desk, db::Transaction& tx) {
  ZH_TRY(const auto people, desk.known.of(tx));
  ZH_TRY(const auto stated, departments(tx));
  UnitList list = units_of(*people, stated, desk.zone.date_of(call.now));
  const std::string version = sha256(http::to_json(list, http::Viewer{})).hex().substr(0, 32);
  return http::Versioned<UnitList>{std::move(list), version};
}

Result<http::Versioned<UnitList>> read_units(Call& call, PeopleDesk& desk) {
  ZH_TRY(auto tx, desk.database.read());
  return units(call, desk, tx);
}

Result<void> state_organisation(Call& call, PeopleDesk& desk, const StateOrganisationJson& body) {
  if (!call.reach.centre) return out_of_reach();
  NewOrganisation next{.departments = {}, .actor = call.principal.account, .at = call.now};
  for (const auto& department : body.departments) next.departments.push_back({department.name, department.groups});
  ZH_TRY(auto tx, desk.database.write());
  ZH_TRY(const auto before, units(call, desk, tx));
  ZH_CHECK(call.check_version(before.version));
  ZH_CHECK(set_organisation(tx, next));
  return tx.commit();
}

void add_person_routes(http::Site& site, const DeskPtr& desk) {
  site.router().add(
      {.method = http::Method::get,
       .path = "/api/v1/people",
       .id = "listPeople",
       .summary = {.zh = "人员列表", .en = "The people"},
       .tag = "people",
       .access = reading_access()},
      [desk](Call& call, const http::Query<PeopleQuery>& query) { return people_page(call, *desk, *query); });
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/people/{staff_no}",
                     .id = "getPerson",
                     .summary = {.zh = "一个人的档案及沿革", .en = "A person's record with its history"},
                     .tag = "people",
                     .access = reading_access()},
                    [desk](Call& call) { return one_person(call, *desk); });
  site.router().add(
      {.method = http::Method::post,
       .path = "/api/v1/people",
       .id = "addPerson",
       .summary = {.zh = "新增人员", .en = "Add a person"},
       .tag = "people",
       .access = editing_access(),
       .idempotent_create = true},
      [desk](Call& call, const http::Body<NewPersonJson>& body) { return add_person(call, *desk, *body); });
  site.router().add(
      {.method = http::Method::patch,
       .path = "/api/v1/people/{staff_no}",
       .id = "changePerson",
       .summary = {.zh = "自某日起变更档案", .en = "Change a record from a day on"},
       .tag = "people",
       .access = editing_access(),
       .if_match = true},
      [desk](Call& call, const http::Body<PersonChangeJson>& body) { return change_person(call, *desk, *body); });
}

void add_organisation_routes(http::Site& site, const DeskPtr& desk) {
  http::Access arranging = http::allow(
      {{Role::manager, Scope::centre}, {Role::hr, Scope::centre}, {Role::admin, Scope::centre}}, Secrecy::internal);
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/groups",
                     .id = "listUnits",
                     .summary = {.zh = "组织架构", .en = "The organisation's tree"},
                     .tag = "people",
                     .access = http::allow_any_account()},
                    [desk](Call& call) { return read_units(call, *desk); });
  site.router().add({.method = http::Method::put,
                     .path = "/api/v1/groups",
                     .id = "setOrganisation",
                     .summary = {.zh = "设置部门与班组", .en = "State departments and their groups"},
                     .tag = "people",
                     .access = std::move(arranging),
                     .if_match = true},
                    [desk](Call& call, const http::Body<StateOrganisationJson>& body) {
                      return state_organisation(call, *desk, *body);
                    });
}

}  // namespace

}  // namespace api

void add_people_routes(http::Site& site, db::Database& database, Zone zone) {
  const auto desk = std::make_shared<api::PeopleDesk>(database, std::move(zone));
  api::add_person_routes(site, desk);
  api::add_organisation_routes(site, desk);
}

}  // namespace zh::people
