// What the routes of drafts take and give. Private to app/server.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/server/text_json.h"
#include "base/calendar.h"
#include "base/hash.h"

namespace zh::app {

// A check that the draft has otherwise than the version it began from.
struct CheckChangeJson {
  std::string check = {};
  std::string kind = {};  // added, changed, removed
  std::optional<std::string> before = {};
  std::optional<std::string> after = {};
};
struct CheckDraftJson {
  int number = 0;
  std::string state = {};  // draft, checked, consulted, published
  std::string title = {};
  Hash base = {};
  std::string author = {};
  Instant begun_at = {};
  Instant changed_at = {};
  std::optional<std::string> consultation = {};
  std::optional<Date> effective_from = {};
  std::vector<CheckChangeJson> changes = {};
  std::vector<std::string> actions = {};  // check, edit, consult, publish
};
struct NewDraftBody {
  std::string title = {};
};
struct DraftYamlBody {
  std::string yaml = {};
};
struct ConsultationBody {
  std::string consultation = {};
};
struct PublishBody {
  Date effective_from = {};
};

}  // namespace zh::app

#define ZH_RECORD(Record, ShownName, ...)                   \
  template <>                                               \
  struct zh::Fields<zh::app::Record> {                      \
    using R = zh::app::Record;                              \
    static constexpr std::string_view kName = ShownName;    \
    static constexpr auto kTable = std::tuple{__VA_ARGS__}; \
  }
#define ZH_CELL(member) zh::app::plain(&R::member, #member)

ZH_RECORD(CheckChangeJson, "CheckChange", ZH_CELL(check), ZH_CELL(kind), ZH_CELL(before), ZH_CELL(after));
ZH_RECORD(CheckDraftJson, "CheckDraft", ZH_CELL(number), ZH_CELL(state), ZH_CELL(title), ZH_CELL(base),
          zh::app::pseudonym(&R::author, "author"), ZH_CELL(begun_at), ZH_CELL(changed_at), ZH_CELL(consultation),
          ZH_CELL(effective_from), ZH_CELL(changes), ZH_CELL(actions));
ZH_RECORD(NewDraftBody, "NewCheckDraft", zh::http::input(&R::title, "title"));
ZH_RECORD(DraftYamlBody, "CheckDraftYaml", zh::http::input(&R::yaml, "yaml"));
ZH_RECORD(ConsultationBody, "CheckConsultation", zh::http::input(&R::consultation, "consultation"));
ZH_RECORD(PublishBody, "CheckPublication", zh::http::input(&R::effective_from, "effective_from"));

#undef ZH_CELL
#undef ZH_RECORD
