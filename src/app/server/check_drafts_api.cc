// /checks/drafts…: changes of checks on their way into a new version of the pack, published by two people.
#include <fmt/format.h>

#include <map>

#include "app/packs.h"
#include "app/server/check_drafts_json.h"
#include "app/server/desk_routes.h"
#include "app/server/whole_centre.h"
#include "idempotency/keep.h"
#include "policy/checks/check_text.h"
#include "rooms/policies/drafts.h"

namespace zh::app {

namespace {

using http::Call;
using policies::PackDraft;

http::Access writers() {
  return http::allow({{http::Role::qa_supervisor, http::Scope::centre}, {http::Role::manager, http::Scope::centre}},
                     Secrecy::internal);
}
http::Access managers() { return http::allow({{http::Role::manager, http::Scope::centre}}, Secrecy::internal); }

// Whoever may write checks is an author; managers consult and publish besides.
policies::Editor editor_of(const Call& call) {
  policies::Editor editor{.account = call.principal.account, .roles = {"author"}, .now = call.now};
  for (const http::Grant& grant : call.principal.grants) {
    if (grant.role == http::Role::manager && grant.scope == http::Scope::centre) editor.roles.emplace_back("manager");
  }
  return editor;
}

// ---- what a draft changes

std::map<std::string, std::string> texts_of(const policy::Sources& sources) {
  std::map<std::string, std::string> texts;
  const auto loaded = policy::load_pack(sources, pack_load_options());
  if (!loaded.ok() || loaded->checks == nullptr) return texts;
  for (const policy::Check& check : loaded->checks->checks()) {
    if (const auto text = policy::text_of(sources, check)) texts.emplace(check.id, text->yaml);
  }
  return texts;
}

std::vector<CheckChangeJson> changes_json(const policy::Sources& base, const policy::Sources& draft) {
  const auto before = texts_of(base);
  const auto after = texts_of(draft);
  std::vector<CheckChangeJson> changes;
  for (const auto& [id, text] : before) {
    const auto now = after.find(id);
    if (now == after.end()) {
      changes.push_back({.check = id, .kind = "removed", .before = text});
    } else if (now->second != text) {
      changes.push_back({.check = id, .kind = "changed", .before = text, .after = now->second});
    }
  }
  for (const auto& [id, text] : after) {
    if (!before.contains(id)) changes.push_back({.check = id, .kind = "added", .after = text});
  }
  return changes;
}

CheckDraftJson draft_json(const PackDraft& draft, const policies::Editor& by) {
  CheckDraftJson json{.number = draft.number,
                      .state = std::string(policies::name_of(draft.state)),
                      .title = draft.title,
                      .base = draft.base,
                      .author = draft.author,
                      .begun_at = draft.begun_at,
                      .changed_at = draft.changed_at,
                      .effective_from = draft.effective_from,
                      .actions = policies::actions_for(draft, by)};
  if (!draft.consultation.empty()) json.consultation = draft.consultation;
  return json;
}

Result<http::Versioned<CheckDraftJson>> versioned(db::Transaction& tx, const PackDraft& draft, const Call& call) {
  ZH_TRY(const policy::Sources base, policies::sources_of(tx, draft.base));
  http::Versioned<CheckDraftJson> answer{draft_json(draft, editor_of(call)), fmt::format("{}", draft.change)};
  answer.value.changes = changes_json(base, draft.sources);
  return answer;
}

int number_of(const Call& call) {
  const auto number = call.path<std::int64_t>("number");
  return std::in_range<int>(number) ? static_cast<int>(number) : 0;
}

// ---- steps

template <class Step>
Result<http::Versioned<CheckDraftJson>> change(Call& call, const Serving& serving, Step step) {
  ZH_CHECK(check_whole_centre(call));
  ZH_TRY(auto tx, serving.centre.database->write(call.request.stop));
  ZH_TRY(const PackDraft read, policies::find_draft(tx, number_of(call)));
  ZH_CHECK(call.check_version(fmt::format("{}", read.change)));
  ZH_TRY(const PackDraft draft, step(tx, read));
  ZH_TRY(auto answer, versioned(tx, draft, call));
  ZH_CHECK(tx.commit());
  return answer;
}

// A draft holds what compiles: the compiler's faults are told at /checks/read, with their lines.
Result<PackDraft> put_check(Call& call, db::Transaction& tx, const PackDraft& read, const std::string& yaml) {
  const auto options = pack_load_options();
  ZH_TRY(const policy::Pack pack, policy::load_pack(read.sources, options));
  auto edited = policy::with_check(read.sources, pack.checks.get(), yaml);
  if (!edited.ok()) {
    call.reject("/yaml", edited.error().message);
    return call.refused();
  }
  const auto compiled = policy::load_pack(edited->sources, options);
  if (!compiled.ok()) {
    call.reject("/yaml", compiled.error().message);
    return call.refused();
  }
  return policies::edit_draft(tx, read, edited->sources, editor_of(call));
}

Result<PackDraft> remove_check(Call& call, db::Transaction& tx, const PackDraft& read) {
  const auto options = pack_load_options();
  ZH_TRY(const policy::Pack pack, policy::load_pack(read.sources, options));
  const policy::CheckSet none;
  ZH_TRY(const policy::Sources edited,
         policy::without_check(read.sources, pack.checks == nullptr ? none : *pack.checks, call.path_text("id")));
  ZH_TRY([[maybe_unused]] const policy::Pack compiled, policy::load_pack(edited, options));
  return policies::edit_draft(tx, read, edited, editor_of(call));
}

Result<PackDraft> publish(Call& call, db::Transaction& tx, const PackDraft& read, Date effective_from) {
  ZH_TRY(const auto closed, last_closed(tx));
  return policies::publish_draft(tx, read,
                                 {.effective_from = effective_from,
                                  .now = call.now,
                                  .actor = call.principal.account,
                                  .closed_until = closed,
                                  .load = pack_load_options()},
                                 editor_of(call));
}

http::RouteInfo step_route(std::string_view name, std::string id, Text summary, http::Access access) {
  return {.method = http::Method::post,
          .path = "/api/v1/checks/drafts/{number:int}/" + std::string(name),
          .id = std::move(id),
          .summary = std::move(summary),
          .tag = "checks",
          .access = std::move(access),
          .if_match = true};
}

void add_reading_routes(http::Site& site, const Serving& serving) {
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/checks/drafts",
                     .id = "listCheckDrafts",
                     .summary = {.zh = "检查的草案", .en = "Changes of checks on their way"},
                     .tag = "checks",
                     .access = writers()},
                    [serving](Call& call) -> Result<std::vector<CheckDraftJson>> {
                      ZH_CHECK(check_whole_centre(call));
                      ZH_TRY(auto tx, serving.centre.database->read(call.request.stop));
                      ZH_TRY(const auto drafts, policies::list_drafts(tx));
                      std::vector<CheckDraftJson> list;
                      for (const PackDraft& it : drafts) list.push_back(draft_json(it, editor_of(call)));
                      return list;
                    });
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/checks/drafts/{number:int}",
                     .id = "getCheckDraft",
                     .summary = {.zh = "一份草案和它改了哪些检查", .en = "A draft, and which checks it changes"},
                     .tag = "checks",
                     .access = writers()},
                    [serving](Call& call) -> Result<http::Versioned<CheckDraftJson>> {
                      ZH_CHECK(check_whole_centre(call));
                      ZH_TRY(auto tx, serving.centre.database->read(call.request.stop));
                      ZH_TRY(const PackDraft draft, policies::find_draft(tx, number_of(call)));
                      return versioned(tx, draft, call);
                    });
}

void add_writing_routes(http::Site& site, const Serving& serving) {
  site.router().add(
      {.method = http::Method::post,
       .path = "/api/v1/checks/drafts",
       .id = "beginCheckDraft",
       .summary = {.zh = "起草一次修改", .en = "Begins a change"},
       .tag = "checks",
       .access = writers(),
       .idempotent_create = true},
      [serving](Call& call, const http::Body<NewDraftBody>& body) -> Result<http::Created<CheckDraftJson>> {
        ZH_CHECK(check_whole_centre(call));
        const Centre& centre = serving.centre;
        ZH_TRY(auto tx, centre.database->write(call.request.stop));
        ZH_TRY(const PackDraft draft,
               policies::begin_draft(tx, body->title, centre.zone.date_of(call.now), editor_of(call)));
        http::Created<CheckDraftJson> begun{draft_json(draft, editor_of(call)),
                                            fmt::format("/api/v1/checks/drafts/{}", draft.number)};
        ZH_CHECK(idempotency::keep_answer(tx, call, begun));
        ZH_CHECK(tx.commit());
        return begun;
      });
  site.router().add({.method = http::Method::put,
                     .path = "/api/v1/checks/drafts/{number:int}/checks",
                     .id = "putDraftCheck",
                     .summary = {.zh = "写入或替换一项检查", .en = "Adds a check, or puts it in another's place"},
                     .tag = "checks",
                     .access = writers(),
                     .if_match = true},
                    [serving](Call& call, const http::Body<DraftYamlBody>& body) {
                      return change(call, serving, [&](db::Transaction& tx, const PackDraft& read) {
                        return put_check(call, tx, read, body->yaml);
                      });
                    });
  site.router().add({.method = http::Method::del,
                     .path = "/api/v1/checks/drafts/{number:int}/checks/{id}",
                     .id = "removeDraftCheck",
                     .summary = {.zh = "去掉一项检查", .en = "Takes a check out"},
                     .tag = "checks",
                     .access = writers(),
                     .if_match = true},
                    [serving](Call& call) {
                      return change(call, serving, [&](db::Transaction& tx, const PackDraft& read) {
                        return remove_check(call, tx, read);
                      });
                    });
}

void add_step_routes(http::Site& site, const Serving& serving) {
  site.router().add(step_route("check", "checkCheckDraft", {.zh = "核对", .en = "Checks it"}, writers()),
                    [serving](Call& call) {
                      return change(call, serving, [&](db::Transaction& tx, const PackDraft& read) {
                        return policies::check_draft(tx, read, pack_load_options(), editor_of(call));
                      });
                    });
  site.router().add(
      step_route("consult", "consultCheckDraft", {.zh = "记录协商", .en = "Records the consultation"}, managers()),
      [serving](Call& call, const http::Body<ConsultationBody>& body) {
        return change(call, serving, [&](db::Transaction& tx, const PackDraft& read) {
          return policies::consult_draft(tx, read, body->consultation, editor_of(call));
        });
      });
  site.router().add(step_route("publish", "publishCheckDraft",
                               {.zh = "发布为新版本", .en = "Publishes it as a new version"}, managers()),
                    [serving](Call& call, const http::Body<PublishBody>& body) {
                      return change(call, serving, [&](db::Transaction& tx, const PackDraft& read) {
                        return publish(call, tx, read, body->effective_from);
                      });
                    });
}

}  // namespace

void add_check_draft_routes(http::Site& site, const Serving& serving) {
  add_reading_routes(site, serving);
  add_writing_routes(site, serving);
  add_step_routes(site, serving);
}

}  // namespace zh::app
