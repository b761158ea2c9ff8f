// The test bench: a check asked about one dialogue or contact, and every condition's answer.
#include <fmt/format.h>

#include <algorithm>

#include "policy/checks/explain.h"
#include "rooms/contacts/acoustics/acoustics.h"
#include "rooms/contacts/api/contact_path.h"
#include "rooms/contacts/spoken.h"
#include "rooms/inspection/api/bench.h"
#include "rooms/inspection/conversation.h"

namespace zh::inspection::api {

namespace {

using http::Call;
using policy::ConditionSaid;
using policy::Speaker;

constexpr std::size_t kTurnsMax = 2'000;

// What the check is asked about, with all that its conversation views.
struct Dialogue {
  contacts::Contact contact;
  contacts::Spoken spoken;
  std::optional<ContactConversation> stored;
  std::vector<policy::SpokenTurn> turns;
  policy::Conversation written;

  policy::Conversation& conversation() { return stored ? stored->conversation : written; }
};

std::optional<Speaker> speaker_named(const std::string& role) {
  for (const Speaker speaker : {Speaker::agent, Speaker::customer, Speaker::system}) {
    if (policy::name_of(speaker) == role) return speaker;
  }
  return std::nullopt;
}

void put_turns(Call& call, const BenchBody& body, Dialogue& into) {
  const auto& turns = *body.turns;
  if (turns.size() > kTurnsMax) {
    call.reject("/turns",
                {.zh = fmt::format("至多 {} 轮", kTurnsMax), .en = fmt::format("at most {} turns", kTurnsMax)});
    return;
  }
  for (std::size_t i = 0; i < turns.size(); ++i) {
    const auto speaker = speaker_named(turns[i].role);
    if (!speaker) {
      call.reject(fmt::format("/turns/{}/role", i),
                  {.zh = "应是 agent、customer 或 system", .en = "must be agent, customer or system"});
      continue;
    }
    into.turns.push_back({*speaker, turns[i].start_ms, turns[i].end_ms, turns[i].text});
  }
}

void put_measures(Call& call, const BenchBody& body, policy::Measures& into) {
  if (!body.measures) return;
  const auto names = policy::measure_names();
  for (std::size_t i = 0; i < body.measures->size(); ++i) {
    const BenchMeasure& measure = (*body.measures)[i];
    const auto named = std::ranges::find(names, measure.name, &policy::NameInfo::name);
    const auto thousandths = (measure.value * Decimal(1'000)).to_int64();
    if (named == names.end() || !thousandths) {
      call.reject(fmt::format("/measures/{}", i), {.zh = "没有这个度量，或不是至多三位小数的数",
                                                   .en = "no such measure, or no number of at most three decimals"});
      continue;
    }
    const bool truth = named->type == policy::NameInfo::Type::boolean;
    into.set(static_cast<policy::Measure>(named - names.begin()), truth ? (*thousandths != 0 ? 1 : 0) : *thousandths);
  }
}

void write_down(Call& call, const BenchBody& body, Date today, Dialogue& into) {
  put_turns(call, body, into);
  policy::Conversation& conversation = into.written;
  if (body.channel) conversation.channel = *body.channel;
  conversation.day = today;
  conversation.turns = into.turns;
  if (body.fields) {
    for (const BenchField& field : *body.fields) conversation.fields.emplace_back(field.name, field.value);
  }
  put_measures(call, body, conversation.measures);
  policy::measure_turns(conversation);
}

// The stored contact of that id. Fails: not_found, also where it has no transcript.
Status load_contact(Bench& bench, db::Transaction& tx, const std::string& id, Dialogue& into) {
  ZH_TRY(const auto contact, contacts::api::contact_with_id(tx, id));
  if (!contact) return contacts::api::no_such_contact();
  ZH_TRY(const auto stored, contacts::spoken_of(tx, contact->call, contact->number));
  if (!stored) {
    return error(ErrorCode::not_found, {.zh = "这条联络没有对话文本", .en = "there is no transcript of this contact"});
  }
  ZH_TRY(const vault::Contents* const contents, bench.given.contents());
  ZH_CHECK(contacts::open_spoken(*stored, contents->keys(), into.spoken));
  into.contact = stored->contact;
  ZH_TRY(const auto sound, contacts::acoustics_of(tx, contact->call, contact->number));
  into.stored = conversation_of(into.contact, into.spoken, sound ? &sound->measures : nullptr, bench.zone);
  return {};
}

// ---- answers

BenchPlace place_of(const policy::Hit& hit) {
  BenchPlace place{.turn = hit.turn, .start_ms = hit.start_ms, .end_ms = hit.end_ms};
  if (hit.characters) {
    place.from = hit.characters->from;
    place.to = hit.characters->to;
  }
  return place;
}

// Conditions of a text that is being written count their lines from its beginning.
void put_conditions(const ConditionSaid& said, std::string_view part, int depth, const policy::CheckText* text,
                    std::vector<BenchCondition>& into) {
  BenchCondition condition{.depth = depth,
                           .part = std::string(part),
                           .operation = std::string(said.operation),
                           .line = said.place.line,
                           .column = said.place.column,
                           .holds = std::string(policy::name_of(said.truth))};
  if (text != nullptr) {
    condition.line -= text->line - 1;
    condition.column -= text->indent;
  }
  for (const policy::Hit& hit : said.places) condition.places.push_back(place_of(hit));
  condition.looked = {
      .condition = said.place.to_string(),
      .role =
          std::string(said.looked.condition->scope.role ? policy::name_of(*said.looked.condition->scope.role) : "any"),
      .turns = said.looked.turns,
      .first = said.looked.first,
      .last = said.looked.last};
  into.push_back(std::move(condition));
  for (const ConditionSaid& it : said.parts) put_conditions(it, part, depth + 1, text, into);
}

BenchRow row_of(const policy::CheckSaid& said, const policy::CheckText* text) {
  BenchRow row{.check = said.check->id, .outcome = std::string(policy::name_of(said.outcome))};
  for (const policy::Hit& hit : said.hits) row.hits.push_back(place_of(hit));
  if (said.when) put_conditions(*said.when, "when", 0, text, row.conditions);
  if (said.except) put_conditions(*said.except, "except", 0, text, row.conditions);
  if (said.condition) put_conditions(*said.condition, "condition", 0, text, row.conditions);
  return row;
}

// The check of the body: as it is written, or of the pack in force.
Result<Draft> check_of(Call& call, Bench& bench, db::Transaction& tx, const BenchBody& body, Date day) {
  if (body.yaml) return draft_of(tx, bench, *body.yaml, day);
  Draft draft;
  ZH_TRY(draft.pack, bench.given.pack_on(tx, day));
  draft.id = *body.check;
  const bool known = draft.pack->checks != nullptr && draft.check() != nullptr;
  if (known) return draft;
  call.reject("/check", {.zh = "规章包里没有这项检查", .en = "the pack in force has no such check"});
  return call.refused();
}

Result<BenchRow> ask(Call& call, Bench& bench, const BenchBody& body) {
  ZH_CHECK(check_centre(call));
  if (body.check.has_value() == body.yaml.has_value()) {
    call.reject("/check", {.zh = "给出 `check` 或 `yaml`，二者之一", .en = "give `check` or `yaml`, one of them"});
  }
  if (body.contact.has_value() == body.turns.has_value()) {
    call.reject("/turns",
                {.zh = "给出 `contact` 或 `turns`，二者之一", .en = "give `contact` or `turns`, one of them"});
  }
  if (call.has_faults()) return call.refused();
  const Date today = bench.zone.date_of(call.now);
  ZH_TRY(auto tx, bench.database.read(call.request.stop));
  Dialogue dialogue;
  if (body.contact) {
    ZH_CHECK(load_contact(bench, tx, *body.contact, dialogue));
  } else {
    write_down(call, body, today, dialogue);
    if (call.has_faults()) return call.refused();
  }
  // A stored contact is asked by the checks of its day; what is being written is meant for today.
  const Date day = body.yaml ? today : dialogue.conversation().day;
  ZH_TRY(Draft draft, check_of(call, bench, tx, body, day));
  const policy::Check* const check = draft.check();
  if (check == nullptr) return BenchRow{.check = draft.id, .problems = std::move(draft.problems)};
  if (body.yaml) dialogue.conversation().day = policy::day_in_force(*check, today);
  policy::CheckSet::Workspace workspace;
  BenchRow row = row_of(policy::explain(*draft.pack->checks, *check, dialogue.conversation(), workspace),
                        body.yaml ? &draft.text : nullptr);
  row.problems = std::move(draft.problems);
  return row;
}

}  // namespace

void add_bench_routes(http::Site& site, const BenchPtr& bench) {
  site.router().add({.method = http::Method::post,
                     .path = "/api/v1/checks/trial",
                     .id = "tryCheck",
                     .summary = {.zh = "在一段对话或一条联络上试一项检查：哪些条件成立，哪些不成立，为什么",
                                 .en = "Asks a check about a dialogue or a contact: what matched, what not, and why"},
                     .tag = "checks",
                     .access = writing_access()},
                    [bench](Call& call, const http::Body<BenchBody>& body) { return ask(call, *bench, *body); });
}

}  // namespace zh::inspection::api
