// What the routes of trials take and give. Private to app/server.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/server/text_json.h"
#include "base/calendar.h"

namespace zh::app {

struct TrialBody {
  std::optional<std::string> yaml = {};   // a check as it is being written
  std::optional<std::string> check = {};  // or one of the pack in force
  std::optional<Date> from = {};          // without days: last month
  std::optional<Date> to = {};
};
struct TrialStartedJson {
  std::string job = {};
};
struct TrialDayJson {
  Date day = {};
  std::int64_t in_force = 0;
  std::int64_t spoke_up = 0;
};
struct TrialExampleJson {
  std::string source_id = {};
  Instant offered_at = {};
  bool missing = false;
  std::optional<std::int64_t> turn = {};
  std::optional<std::int64_t> from = {};
  std::optional<std::int64_t> to = {};
  std::optional<std::int64_t> start_ms = {};
  std::optional<std::int64_t> end_ms = {};
  std::optional<std::string> quote = {};  // numbers hidden
};
// What it would mean for inspectors, were as many records drawn as in these days.
struct TrialWorkJson {
  std::int64_t records = 0;    // inspected in these days
  std::int64_t proposals = 0;  // to be expected in as many, rounded up
  std::int64_t minutes = 0;    // at twenty seconds each, rounded up
};
struct TrialResultJson {
  std::int64_t contacts = 0;
  std::int64_t in_force = 0;
  std::int64_t spoke_up = 0;
  std::int64_t findings = 0;
  std::int64_t proposals = 0;
  std::vector<TrialDayJson> days = {};
  std::vector<TrialExampleJson> examples = {};
  std::optional<TrialWorkJson> work = {};  // none where no contact was read
};
struct TrialJson {
  std::string job = {};
  std::string state = {};
  std::int64_t done = 0;   // contacts read
  std::int64_t total = 0;  // of so many; 0: not counted yet
  std::string check = {};
  Date from = {};
  Date to = {};
  std::optional<TrialResultJson> result = {};
  std::optional<std::string> problem = {};
};

}  // namespace zh::app

#define ZH_CELL(member) zh::app::plain(&R::member, #member)
#define ZH_RECORD(Record, ShownName, ...)                   \
  template <>                                               \
  struct zh::Fields<zh::app::Record> {                      \
    using R = zh::app::Record;                              \
    static constexpr std::string_view kName = ShownName;    \
    static constexpr auto kTable = std::tuple{__VA_ARGS__}; \
  }

ZH_RECORD(TrialBody, "NewCheckTrial", zh::http::input(&R::yaml, "yaml"), zh::http::input(&R::check, "check"),
          zh::http::input(&R::from, "from"), zh::http::input(&R::to, "to"));
ZH_RECORD(TrialStartedJson, "CheckTrialStarted", ZH_CELL(job));
ZH_RECORD(TrialDayJson, "CheckTrialDay", ZH_CELL(day), ZH_CELL(in_force), ZH_CELL(spoke_up));
ZH_RECORD(TrialExampleJson, "CheckTrialExample", ZH_CELL(source_id), ZH_CELL(offered_at), ZH_CELL(missing),
          ZH_CELL(turn), ZH_CELL(from), ZH_CELL(to), ZH_CELL(start_ms), ZH_CELL(end_ms),
          zh::Field{&R::quote, "", "quote", zh::Unit::none, zh::PersonalData::customer, zh::Secrecy::internal,
                    zh::SeenBy::all});
ZH_RECORD(TrialWorkJson, "CheckTrialWork", ZH_CELL(records), ZH_CELL(proposals), ZH_CELL(minutes));
ZH_RECORD(TrialResultJson, "CheckTrialResult", ZH_CELL(contacts), ZH_CELL(in_force), ZH_CELL(spoke_up),
          ZH_CELL(findings), ZH_CELL(proposals), ZH_CELL(days), ZH_CELL(examples), ZH_CELL(work));
ZH_RECORD(TrialJson, "CheckTrial", ZH_CELL(job), ZH_CELL(state), ZH_CELL(done), ZH_CELL(total), ZH_CELL(check),
          ZH_CELL(from), ZH_CELL(to), ZH_CELL(result), ZH_CELL(problem));

#undef ZH_RECORD
#undef ZH_CELL
