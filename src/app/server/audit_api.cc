// /audit: the chain of who did what, newest first; /audit/chain: whether it is whole.
#include <fmt/format.h>

#include <mutex>

#include "app/server/desk_routes.h"
#include "app/server/paging.h"
#include "app/server/text_json.h"
#include "app/server/whole_centre.h"
#include "ledger/pages.h"

namespace zh::app {

struct AuditEntryJson {
  std::int64_t number = 0;
  Instant at = {};
  std::string actor = {};
  std::string action = {};
  std::string object = {};
  std::string detail = {};  // JSON as text; empty: nothing more to say
  Hash hash = {};
};

struct AuditQuery {
  std::optional<std::string> actor = {};
  std::optional<std::string> action = {};
  std::optional<std::string> object = {};  // how it begins
  std::optional<Date> from = {};
  std::optional<Date> to = {};
  std::optional<std::string> cursor = {};
  std::optional<int> limit = {};
};

struct ChainJson {
  bool whole = false;
  std::optional<std::string> problem = {};
  std::int64_t entries = 0;
  std::optional<Hash> head = {};
};

}  // namespace zh::app

template <>
struct zh::Fields<zh::app::AuditEntryJson> {
  using R = zh::app::AuditEntryJson;
  static constexpr std::string_view kName = "AuditEntry";
  static constexpr auto kTable =
      std::tuple{zh::app::plain(&R::number, "number"),     zh::app::plain(&R::at, "at"),
                 zh::app::pseudonym(&R::actor, "actor"),   zh::app::plain(&R::action, "action"),
                 zh::app::pseudonym(&R::object, "object"), zh::app::pseudonym(&R::detail, "detail"),
                 zh::app::plain(&R::hash, "hash")};
};
template <>
struct zh::Fields<zh::app::AuditQuery> {
  using R = zh::app::AuditQuery;
  static constexpr auto kTable = std::tuple{
      zh::http::input(&R::actor, "actor"), zh::http::input(&R::action, "action"), zh::http::input(&R::object, "object"),
      zh::http::input(&R::from, "from"),   zh::http::input(&R::to, "to"),         zh::http::input(&R::cursor, "cursor"),
      zh::http::input(&R::limit, "limit")};
};
template <>
struct zh::Fields<zh::app::ChainJson> {
  using R = zh::app::ChainJson;
  static constexpr std::string_view kName = "AuditChain";
  static constexpr auto kTable =
      std::tuple{zh::app::plain(&R::whole, "whole"), zh::app::plain(&R::problem, "problem"),
                 zh::app::plain(&R::entries, "entries", Unit::count), zh::app::plain(&R::head, "head")};
};

namespace zh::app {

namespace {

using http::Call;

http::Access auditors() {
  return http::allow({{http::Role::manager, http::Scope::centre}, {http::Role::admin, http::Scope::centre}},
                     Secrecy::internal)
      .with_token_scope("audit:read");
}

AuditEntryJson entry_json(const ledger::AuditEntry& entry) {
  const bool plain = entry.event.detail == json::Value();
  return {.number = entry.number.value,
          .at = entry.event.at,
          .actor = entry.event.actor,
          .action = entry.event.action,
          .object = entry.event.object,
          .detail = plain ? std::string() : json::compact(entry.event.detail),
          .hash = entry.hash};
}

Result<http::Page<AuditEntryJson>> list_audit(Call& call, const Centre& centre, const AuditQuery& query) {
  const std::string list = fmt::format("audit?{}&{}&{}&{}&{}", query.actor.value_or("*"), query.action.value_or("*"),
                                       query.object.value_or("*"), query.from ? query.from->to_string() : "*",
                                       query.to ? query.to->to_string() : "*");
  const Paging paging(call, list, query.cursor, query.limit);
  if (call.has_faults()) return call.refused();
  ledger::AuditFilter filter{.actor = query.actor,
                             .action = query.action,
                             .object = query.object,
                             .before = {paging.number()},
                             .limit = paging.wanted()};
  if (query.from) filter.during.from = centre.zone.start_of(*query.from);
  if (query.to) filter.during.until = centre.zone.start_of(query.to->plus_days(1));
  ZH_TRY(auto tx, centre.database->read(call.request.stop));
  ZH_TRY(auto entries, ledger::audit_page(tx, filter));
  http::Page<AuditEntryJson> page;
  page.next = paging.cut(entries, [](const ledger::AuditEntry& last) { return std::to_string(last.number.value); });
  for (const auto& entry : entries) page.items.push_back(entry_json(entry));
  return page;
}

// Recomputing a long chain takes a while: that it is whole holds as long as the head is the same.
class ChainCheck {
 public:
  Result<ChainJson> of(db::Transaction& tx, Language language) {
    ZH_TRY(const auto head, ledger::audit_head(tx));
    {
      const std::scoped_lock lock(mutex_);
      if (known_.whole && known_.head == head.hash) return known_;
    }
    ChainJson found{.entries = head.number.value, .head = head.hash};
    const auto verified = ledger::verify_audit(tx);
    found.whole = verified.ok();
    if (!verified.ok()) {
      if (verified.error().code != ErrorCode::corrupt) return verified.error();
      found.problem = verified.error().message.in(language);
      return found;
    }
    const std::scoped_lock lock(mutex_);
    known_ = found;
    return found;
  }

 private:
  std::mutex mutex_;
  ChainJson known_;  // of a whole chain; before the first look of none
};

}  // namespace

void add_audit_routes(http::Site& site, const Serving& serving) {
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/audit",
                     .id = "listAudit",
                     .summary = {.zh = "审计记录，最新的在前", .en = "The audit chain, newest first"},
                     .tag = "governance",
                     .access = auditors()},
                    over_whole_centre([&centre = serving.centre](Call& call, const http::Query<AuditQuery>& query) {
                      return list_audit(call, centre, *query);
                    }));
  const auto check = std::make_shared<ChainCheck>();
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/audit/chain",
                     .id = "checkAudit",
                     .summary = {.zh = "审计链是否完整", .en = "Whether the audit chain is whole"},
                     .tag = "governance",
                     .access = auditors(),
                     .rate = http::RateClass::heavy},
                    over_whole_centre([check, &centre = serving.centre](Call& call) -> Result<ChainJson> {
                      ZH_TRY(auto tx, centre.database->read(call.request.stop));
                      return check->of(tx, call.language);
                    }));
}

}  // namespace zh::app
