#include "rooms/policies/drafts.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"
#include "ledger/audit.h"
#include "rooms/policies/drafts_store.h"

namespace zh::policies {

namespace {

using Step = Transition<PackState, PackAction>;
constexpr std::span kProcess(kPackProcess);

std::string_view name_of(PackAction action) {
  switch (action) {
    case PackAction::check:
      return "check";
    case PackAction::edit:
      return "edit";
    case PackAction::consult:
      return "consult";
    case PackAction::publish:
      return "publish";
    case PackAction::supersede:
      return "supersede";
  }
  return "edit";
}

bool may(const Step& step, const PackDraft& draft, const Editor& by) {
  const bool has_role = std::ranges::find(by.roles, step.who) != by.roles.end();
  return has_role && (step.action != PackAction::publish || draft.author != by.account);
}

Status audit(db::Transaction& tx, std::string_view action, const PackDraft& draft, const Editor& by,
             json::Value detail = {}) {
  const auto entry = ledger::append_audit(tx, {.at = by.now,
                                               .actor = by.account,
                                               .action = std::string(action) + "_pack_draft",
                                               .object = fmt::format("pack draft {}", draft.number),
                                               .detail = std::move(detail)});
  return entry.ok() ? Status() : Status(entry.error());
}

// The draft as it stands under the lock, if it is still the one that was read, taken one step further. On the desk
// publishing follows the consultation; the step from `checked` is the command line's.
Result<PackDraft> advanced(db::Transaction& tx, const PackDraft& read, PackAction action, const Editor& by) {
  ZH_CHECK(tx.lock("pack drafts"));
  ZH_TRY(PackDraft draft, find_draft(tx, read.number));
  const auto step = find_transition(kProcess, draft.state, action);
  if (!step || step->who == "operator") {
    return error(ErrorCode::conflict,
                 {.zh = fmt::format("草案现在是 {}，不能 {}", policies::name_of(draft.state), name_of(action)),
                  .en = fmt::format("the draft is {} now, which does not allow to {} it",
                                    policies::name_of(draft.state), name_of(action))},
                 {}, step ? std::string(step->clause) : std::string());
  }
  if (!may(*step, draft, by)) {
    return error(
        ErrorCode::forbidden,
        {.zh = "起草人不能自己发布，发布由经理办理", .en = "this is for a manager who did not write the draft"}, {},
        std::string(step->clause));
  }
  if (draft.change != read.change) {
    return error(ErrorCode::stale,
                 {.zh = "草案已被别人修改，请重新读取", .en = "somebody else has changed this draft: read it again"});
  }
  draft.state = step->to;
  draft.changed_at = by.now;
  ++draft.change;
  return draft;
}

Status check_length(std::string_view text, std::size_t most) {
  const bool blank = text.find_first_not_of(" \t\r\n") == std::string_view::npos;
  if (!blank && utf8::is_valid(text) && utf8::length(text) <= most) return {};
  return invalid({.zh = fmt::format("写明文字，至多 {} 个字符", most),
                  .en = fmt::format("write some text, at most {} characters", most)});
}

}  // namespace

std::string_view name_of(PackState state) {
  switch (state) {
    case PackState::draft:
      return "draft";
    case PackState::checked:
      return "checked";
    case PackState::consulted:
      return "consulted";
    case PackState::published:
      return "published";
    case PackState::superseded:
      return "superseded";
  }
  return "draft";
}

std::vector<std::string> actions_for(const PackDraft& draft, const Editor& by) {
  std::vector<std::string> actions;
  for (const Step& step : kPackProcess) {
    if (step.from == draft.state && may(step, draft, by)) actions.emplace_back(name_of(step.action));
  }
  return actions;
}

Result<PackDraft> begin_draft(db::Transaction& tx, const std::string& title, Date today, const Editor& by) {
  ZH_CHECK(check_length(title, kDraftTitleMax));
  ZH_CHECK(tx.lock("pack drafts"));
  ZH_TRY(const Hash base, version_on(tx, today));
  ZH_TRY(policy::Sources sources, sources_of(tx, base));
  ZH_TRY(const int last, store::last_draft(tx));
  PackDraft draft{.number = last + 1,
                  .state = PackState::draft,
                  .change = 1,
                  .title = title,
                  .base = base,
                  .sources = std::move(sources),
                  .author = by.account,
                  .begun_at = by.now,
                  .changed_at = by.now,
                  .consultation = {},
                  .effective_from = {}};
  ZH_CHECK(store::insert_draft(tx, draft));
  ZH_CHECK(audit(tx, "begin", draft, by, json::Object{{"title", title}, {"base", base.hex()}}));
  return draft;
}

Result<PackDraft> edit_draft(db::Transaction& tx, const PackDraft& read, const policy::Sources& sources,
                             const Editor& by) {
  ZH_TRY(PackDraft draft, advanced(tx, read, PackAction::edit, by));
  draft.sources = sources;
  draft.consultation.clear();
  ZH_CHECK(store::update_draft(tx, draft));
  ZH_CHECK(audit(tx, "edit", draft, by, json::Object{{"content", sha256(policy::bundle(sources)).hex()}}));
  return draft;
}

Result<PackDraft> check_draft(db::Transaction& tx, const PackDraft& read, const policy::LoadOptions& options,
                              const Editor& by) {
  ZH_TRY(PackDraft draft, advanced(tx, read, PackAction::check, by));
  ZH_TRY([[maybe_unused]] const policy::Pack pack, policy::load_pack(draft.sources, options));
  ZH_CHECK(store::update_draft(tx, draft));
  ZH_CHECK(audit(tx, "check", draft, by));
  return draft;
}

Result<PackDraft> consult_draft(db::Transaction& tx, const PackDraft& read, const std::string& consultation,
                                const Editor& by) {
  ZH_CHECK(check_length(consultation, kConsultationLengthMax));
  ZH_TRY(PackDraft draft, advanced(tx, read, PackAction::consult, by));
  draft.consultation = consultation;
  ZH_CHECK(store::update_draft(tx, draft));
  ZH_CHECK(audit(tx, "consult", draft, by, json::Object{{"consultation", consultation}}));
  return draft;
}

Result<PackDraft> publish_draft(db::Transaction& tx, const PackDraft& read, const PublishOrder& order,
                                const Editor& by) {
  ZH_TRY(PackDraft draft, advanced(tx, read, PackAction::publish, by));
  ZH_TRY(const auto all, publications(tx));
  if (!all.empty() && all.back().version != draft.base) {
    return error(ErrorCode::conflict, {.zh = "起草之后已发布了别的版本，请重新起草",
                                       .en = "another version was published since this draft began: begin anew"});
  }
  ZH_TRY(const Publication publication, publish(tx, draft.sources, order));
  draft.effective_from = publication.effective_from;
  ZH_CHECK(store::update_draft(tx, draft));
  ZH_CHECK(audit(tx, "publish", draft, by, json::Object{{"version", publication.version.hex()}}));
  return draft;
}

Result<PackDraft> find_draft(db::Transaction& tx, int number) {
  ZH_TRY(auto found, store::find_draft(tx, number));
  if (found) return *std::move(found);
  return error(ErrorCode::not_found,
               {.zh = fmt::format("没有草案 {}", number), .en = fmt::format("there is no draft {}", number)});
}

Result<std::vector<PackDraft>> list_drafts(db::Transaction& tx) { return store::list_drafts(tx); }

}  // namespace zh::policies
