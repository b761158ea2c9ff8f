// What the routes of people take and give. Private to the api.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "http/shape.h"
#include "rooms/people/people.h"

template <>
struct zh::http::Choices<zh::people::Position> {
  using Position = zh::people::Position;
  static constexpr std::array kNames{
      std::pair{Position::agent, std::string_view("agent")},
      std::pair{Position::shift_leader, std::string_view("shift_leader")},
      std::pair{Position::inspector, std::string_view("inspector")},
      std::pair{Position::supervisor, std::string_view("supervisor")},
      std::pair{Position::trainer, std::string_view("trainer")},
      std::pair{Position::manager, std::string_view("manager")},
      std::pair{Position::hr, std::string_view("hr")},
      std::pair{Position::office, std::string_view("office")},
      std::pair{Position::admin, std::string_view("admin")},
  };
};

namespace zh::people::api {

struct PeopleQuery {
  std::optional<std::string> group = {};
  std::optional<Position> position = {};
  std::optional<std::string> q = {};  // part of a name, the beginning of a staff number, part of a phone id
  std::optional<bool> employed = {};  // today; left out: whoever there is
  std::optional<std::string> cursor = {};
  std::optional<int> limit = {};
};

// One row of a record's history: how somebody stands from that day on.
struct StageJson {
  std::string staff_no = {};                // whose it is; not shown once more
  std::optional<Date> effective_from = {};  // none: the base row
  std::string name = {};
  std::string group = {};
  Position position = Position::agent;
  std::optional<Date> probation_until = {};
  std::vector<std::string> products = {};
  std::vector<std::string> phone_ids = {};
};

// A record as it stands today; the history where one person is asked for, empty in lists.
struct PersonJson {
  std::string staff_no = {};
  std::string name = {};
  std::string group = {};
  Position position = Position::agent;
  Date hired_on = {};
  std::optional<Date> left_on = {};
  std::optional<Date> probation_until = {};
  std::vector<std::string> products = {};
  std::vector<std::string> phone_ids = {};
  std::vector<StageJson> history = {};
};

// What becomes different from a day on; what is left out stays. A null clears probation_until and left_on.
struct PersonChangeJson {
  Date effective_from = {};
  std::optional<std::string> name = {};
  std::optional<std::string> group = {};
  std::optional<Position> position = {};
  std::optional<Date> hired_on = {};
  std::optional<Date> probation_until = {};
  std::optional<Date> left_on = {};
  std::optional<std::vector<std::string>> products = {};
  std::optional<std::vector<std::string>> phone_ids = {};
};

struct NewPersonJson {
  std::string staff_no = {};
  std::string name = {};
  std::optional<std::string> group = {};
  Position position = Position::agent;
  Date hired_on = {};
  std::optional<Date> probation_until = {};
  std::optional<std::vector<std::string>> products = {};
  std::optional<std::vector<std::string>> phone_ids = {};
};

// A department, or a group.
struct UnitJson {
  std::string name = {};
  std::optional<std::string> parent = {};  // of a group: its department
  std::optional<std::string> leader = {};  // names of its shift leaders
  int people = 0;                          // employed today
};
struct UnitList {
  std::vector<UnitJson> items = {};
};

struct StateDepartmentJson {
  std::string name = {};
  std::vector<std::string> groups = {};
};
struct StateOrganisationJson {
  std::vector<StateDepartmentJson> departments = {};
};

}  // namespace zh::people::api

#define ZH_SHOWN(member, personal_data, seen_by) \
  Field { &R::member, "", #member, Unit::none, PersonalData::personal_data, Secrecy::internal, SeenBy::seen_by }
#define ZH_TAKEN(member) zh::http::input(&R::member, #member)

template <>
struct zh::Fields<zh::people::api::PeopleQuery> {
  using R = zh::people::api::PeopleQuery;
  static constexpr auto kTable = std::tuple{ZH_TAKEN(group),    ZH_TAKEN(position), ZH_TAKEN(q),
                                            ZH_TAKEN(employed), ZH_TAKEN(cursor),   ZH_TAKEN(limit)};
};
// Which rows there are for whom is the reach's business; dates of employment are masked besides.
template <>
struct zh::Fields<zh::people::api::StageJson> {
  using R = zh::people::api::StageJson;
  static constexpr std::string_view kName = "PersonStage";
  static std::string_view subject(const R& stage) { return stage.staff_no; }
  static constexpr auto kTable = std::tuple{ZH_SHOWN(effective_from, none, all),
                                            ZH_SHOWN(name, employee, all),
                                            ZH_SHOWN(group, none, all),
                                            ZH_SHOWN(position, none, all),
                                            ZH_SHOWN(probation_until, employee, self_and_hr),
                                            ZH_SHOWN(products, none, all),
                                            ZH_SHOWN(phone_ids, pseudonym, all)};
};
template <>
struct zh::Fields<zh::people::api::PersonJson> {
  using R = zh::people::api::PersonJson;
  static constexpr std::string_view kName = "Person";
  static std::string_view subject(const R& person) { return person.staff_no; }
  static constexpr auto kTable = std::tuple{ZH_SHOWN(staff_no, pseudonym, all),
                                            ZH_SHOWN(name, employee, all),
                                            ZH_SHOWN(group, none, all),
                                            ZH_SHOWN(position, none, all),
                                            ZH_SHOWN(hired_on, employee, self_and_hr),
                                            ZH_SHOWN(left_on, employee, self_and_hr),
                                            ZH_SHOWN(probation_until, employee, self_and_hr),
                                            ZH_SHOWN(products, none, all),
                                            ZH_SHOWN(phone_ids, pseudonym, all),
                                            ZH_SHOWN(history, employee, all)};
};
template <>
struct zh::Fields<zh::people::api::PersonChangeJson> {
  using R = zh::people::api::PersonChangeJson;
  static constexpr std::string_view kName = "PersonChange";
  static constexpr auto kTable = std::tuple{ZH_TAKEN(effective_from), ZH_TAKEN(name),     ZH_TAKEN(group),
                                            ZH_TAKEN(position),       ZH_TAKEN(hired_on), ZH_TAKEN(probation_until),
                                            ZH_TAKEN(left_on),        ZH_TAKEN(products), ZH_TAKEN(phone_ids)};
};
template <>
struct zh::Fields<zh::people::api::NewPersonJson> {
  using R = zh::people::api::NewPersonJson;
  static constexpr std::string_view kName = "NewPerson";
  static constexpr auto kTable = std::tuple{ZH_TAKEN(staff_no), ZH_TAKEN(name),     ZH_TAKEN(group),
                                            ZH_TAKEN(position), ZH_TAKEN(hired_on), ZH_TAKEN(probation_until),
                                            ZH_TAKEN(products), ZH_TAKEN(phone_ids)};
};
template <>
struct zh::Fields<zh::people::api::UnitJson> {
  using R = zh::people::api::UnitJson;
  static constexpr std::string_view kName = "Unit";
  static constexpr auto kTable = std::tuple{ZH_SHOWN(name, none, all), ZH_SHOWN(parent, none, all),
                                            ZH_SHOWN(leader, employee, all), ZH_SHOWN(people, none, all)};
};
template <>
struct zh::Fields<zh::people::api::UnitList> {
  using R = zh::people::api::UnitList;
  static constexpr auto kTable = std::tuple{ZH_SHOWN(items, none, all)};
};
template <>
struct zh::Fields<zh::people::api::StateDepartmentJson> {
  using R = zh::people::api::StateDepartmentJson;
  static constexpr auto kTable = std::tuple{ZH_TAKEN(name), ZH_TAKEN(groups)};
};
template <>
struct zh::Fields<zh::people::api::StateOrganisationJson> {
  using R = zh::people::api::StateOrganisationJson;
  static constexpr auto kTable = std::tuple{ZH_TAKEN(departments)};
};

#undef ZH_SHOWN
#undef ZH_TAKEN
