// What the routes of the check editor and the test bench take and give. Private to the api.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rooms/inspection/api/records.h"

namespace zh::inspection::api {

// ---- the checks in force

struct CheckRow {
  std::string id = {};
  CheckText label = {};
  std::string clause = {};
  std::string item = {};
  std::string severity = {};
  std::int64_t points = 0;
  std::string kind = {};                   // forbid, require, ask
  std::optional<CheckText> question = {};  // of one that asks
  std::vector<std::string> channels = {};  // none: all
  std::optional<Date> from = {};
  std::optional<Date> until = {};
  std::string rule = {};  // "checks.yaml:41"
  bool editable = false;  // stands in the pack itself, not in one that it includes
  std::string yaml = {};
};
struct ChecksRow {
  std::string pack = {};
  Hash version = {};
  std::optional<std::string> judge = {};  // the model that checks which ask would be put to; none: they ask nobody
  std::vector<CheckRow> items = {};
};
struct ChecksQuery {
  std::optional<Date> on = {};
};

// ---- what conditions are made of

struct KeyRow {
  std::string key = {};
  std::string kind = {};
  CheckText label = {};
  bool required = false;
  std::vector<std::string> choices = {};
};
struct OperatorRow {
  std::string name = {};
  std::string kind = {};  // of its value; `text` with keys: a mapping of them
  CheckText label = {};
  std::vector<KeyRow> keys = {};
  std::vector<std::string> choices = {};
  bool scoped = false;   // takes the scope's keys
  bool counted = false;  // `how_many` among them
};
struct OperatorsRow {
  std::vector<OperatorRow> operators = {};
  std::vector<KeyRow> scope = {};
  std::vector<std::string> measures = {};
};

// ---- one check as text and as form

struct YamlBody {
  std::string yaml = {};
};
struct FormBody {
  http::RawJson form = {};
};
struct CheckProblemRow {
  std::string severity = {};  // error, warning
  std::string code = {};
  int line = 0;  // of the text that was sent, from 1; 0: it stands elsewhere
  int column = 0;
  std::string place = {};  // in the pack
  CheckText text = {};
  CheckText mend = {};
};
struct ReadCheckRow {
  std::optional<std::string> id = {};
  std::optional<http::RawJson> form = {};  // none where it is no YAML of one check
  std::vector<CheckProblemRow> problems = {};
};
struct YamlRow {
  std::string yaml = {};
};

// ---- the test bench

struct BenchTurn {
  std::string role = {};  // agent, customer, system
  std::string text = {};
  std::optional<std::int64_t> start_ms = {};
  std::optional<std::int64_t> end_ms = {};
};
struct BenchMeasure {
  std::string name = {};  // "ring", as in formulas
  Decimal value = {};
};
struct BenchField {
  std::string name = {};  // "ended_by"
  std::string value = {};
};
struct BenchBody {
  std::optional<std::string> check = {};             // of the pack in force
  std::optional<std::string> yaml = {};              // or as it is being written
  std::optional<std::string> contact = {};           // a stored one by its id
  std::optional<std::vector<BenchTurn>> turns = {};  // or a dialogue
  std::optional<std::string> channel = {};           // of the dialogue; a call without it
  std::optional<std::vector<BenchMeasure>> measures = {};
  std::optional<std::vector<BenchField>> fields = {};
};
struct BenchPlace {
  std::optional<std::int64_t> turn = {};
  std::optional<std::int64_t> from = {};
  std::optional<std::int64_t> to = {};
  std::optional<std::int64_t> start_ms = {};
  std::optional<std::int64_t> end_ms = {};
};
struct BenchCondition {
  int depth = 0;          // conditions stand in the order of the file; parts are one deeper than what they belong to
  std::string part = {};  // when, except, condition
  std::string operation = {};
  int line = 0;  // of the text that was sent, or of the pack's file
  int column = 0;
  std::string holds = {};  // yes, no, unknown
  std::vector<BenchPlace> places = {};
  LookedRow looked = {};
};
struct BenchRow {
  std::string check = {};
  std::string outcome = {};  // not_in_force, not_asked, silent, unknown, hit, missing, asked
  std::vector<BenchPlace> hits = {};
  std::vector<BenchCondition> conditions = {};
  std::vector<CheckProblemRow> problems = {};  // of a text that cannot be used: then there is nothing else
};

}  // namespace zh::inspection::api

#define ZH_CELL(member) \
  Field { &R::member, "", #member, Unit::none, PersonalData::none, Secrecy::internal, SeenBy::all }
#define ZH_IN(member) zh::http::input(&R::member, #member)
#define ZH_RECORD(Record, ShownName, ...)                   \
  template <>                                               \
  struct zh::Fields<zh::inspection::api::Record> {          \
    using R = zh::inspection::api::Record;                  \
    static constexpr std::string_view kName = ShownName;    \
    static constexpr auto kTable = std::tuple{__VA_ARGS__}; \
  }

ZH_RECORD(CheckRow, "CheckListed", ZH_CELL(id), ZH_CELL(label), ZH_CELL(clause), ZH_CELL(item), ZH_CELL(severity),
          ZH_CELL(points), ZH_CELL(kind), ZH_CELL(question), ZH_CELL(channels), ZH_CELL(from), ZH_CELL(until),
          ZH_CELL(rule), ZH_CELL(editable), ZH_CELL(yaml));
ZH_RECORD(ChecksRow, "Checks", ZH_CELL(pack), ZH_CELL(version), ZH_CELL(judge), ZH_CELL(items));
ZH_RECORD(ChecksQuery, "ChecksQuery", ZH_IN(on));
ZH_RECORD(KeyRow, "CheckKey", ZH_CELL(key), ZH_CELL(kind), ZH_CELL(label), ZH_CELL(required), ZH_CELL(choices));
ZH_RECORD(OperatorRow, "CheckOperator", ZH_CELL(name), ZH_CELL(kind), ZH_CELL(label), ZH_CELL(keys), ZH_CELL(choices),
          ZH_CELL(scoped), ZH_CELL(counted));
ZH_RECORD(OperatorsRow, "CheckOperators", ZH_CELL(operators), ZH_CELL(scope), ZH_CELL(measures));
ZH_RECORD(YamlBody, "CheckYamlBody", ZH_IN(yaml));
ZH_RECORD(FormBody, "CheckFormBody", ZH_IN(form));
ZH_RECORD(CheckProblemRow, "CheckProblem", ZH_CELL(severity), ZH_CELL(code), ZH_CELL(line), ZH_CELL(column),
          ZH_CELL(place), ZH_CELL(text), ZH_CELL(mend));
ZH_RECORD(ReadCheckRow, "CheckRead", ZH_CELL(id), ZH_CELL(form), ZH_CELL(problems));
ZH_RECORD(YamlRow, "CheckYaml", ZH_CELL(yaml));
ZH_RECORD(BenchTurn, "BenchTurn", ZH_IN(role), ZH_IN(text), ZH_IN(start_ms), ZH_IN(end_ms));
ZH_RECORD(BenchMeasure, "BenchMeasure", ZH_IN(name), ZH_IN(value));
ZH_RECORD(BenchField, "BenchField", ZH_IN(name), ZH_IN(value));
ZH_RECORD(BenchBody, "BenchBody", ZH_IN(check), ZH_IN(yaml), ZH_IN(contact), ZH_IN(turns), ZH_IN(channel),
          ZH_IN(measures), ZH_IN(fields));
ZH_RECORD(BenchPlace, "BenchPlace", ZH_CELL(turn), ZH_CELL(from), ZH_CELL(to), ZH_CELL(start_ms), ZH_CELL(end_ms));
ZH_RECORD(BenchCondition, "BenchCondition", ZH_CELL(depth), ZH_CELL(part), ZH_CELL(operation), ZH_CELL(line),
          ZH_CELL(column), ZH_CELL(holds), ZH_CELL(places), ZH_CELL(looked));
ZH_RECORD(BenchRow, "BenchResult", ZH_CELL(check), ZH_CELL(outcome), ZH_CELL(hits), ZH_CELL(conditions),
          ZH_CELL(problems));

#undef ZH_RECORD
#undef ZH_IN
#undef ZH_CELL
