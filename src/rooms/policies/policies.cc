#include "rooms/policies/policies.h"

#include <fmt/format.h>

#include "ledger/audit.h"
#include "policy/sources.h"
#include "rooms/policies/policies_store.h"

namespace zh::policies {

namespace {

bool has_month_rules(const policy::Pack& pack) {
  return !pack.scorecards.empty() || !pack.ratings.empty() || !pack.excellences.empty() || !pack.pay.empty();
}

Status check_start(const policy::Pack& pack, const PublishOrder& order) {
  const Date from = order.effective_from;
  if (has_month_rules(pack) && from.civil().day != 1) {
    return invalid(
        {.zh = fmt::format("考核与工资按整月计算，不能从 {} 起生效；请改为某月 1 日", from.to_string()),
         .en = fmt::format("scorecards and pay hold for whole months and cannot start on {}; choose the first "
                           "of a month",
                           from.to_string())});
  }
  if (pack.effective_from && *pack.effective_from != from) {
    return invalid({.zh = fmt::format("pack.yaml 写明从 {} 起生效，与 {} 不符；改其中一个",
                                      pack.effective_from->to_string(), from.to_string()),
                    .en = fmt::format("pack.yaml says it holds from {}, not {}; change one of the two",
                                      pack.effective_from->to_string(), from.to_string())},
                   {std::string(policy::kPackFile)});
  }
  if (order.closed_until && from <= order.closed_until->last()) {
    return error(ErrorCode::conflict,
                 {.zh = fmt::format("{} 已结账，新版本只能从 {} 起生效", order.closed_until->to_string(),
                                    order.closed_until->next().first().to_string()),
                  .en = fmt::format("{} is closed; a new version can hold from {} on", order.closed_until->to_string(),
                                    order.closed_until->next().first().to_string())});
  }
  return {};
}

// What is published stays as it is: a new version begins after every other.
Status check_after_others(const std::vector<Publication>& all, Date from) {
  if (all.empty() || all.back().effective_from < from) return {};
  const std::string day = all.back().effective_from.to_string();
  return error(
      ErrorCode::conflict,
      {.zh = fmt::format("已发布的 {} 从 {} 起生效，已发布的不能更改；请选更晚的日期", all.back().pack, day),
       .en = fmt::format("{} is published from {} on, and what is published is not changed; choose a later day",
                         all.back().pack, day)});
}

Status write_audit(db::Transaction& tx, const Publication& it) {
  const auto entry = ledger::append_audit(
      tx, {.at = it.published_at,
           .actor = it.published_by,
           .action = "publish_pack",
           .object = "pack " + it.pack,
           .detail = json::Object{{"version", it.version.hex()}, {"effective_from", it.effective_from.to_string()}}});
  return entry.ok() ? Status() : Status(entry.error());
}

}  // namespace

Result<Publication> publish(db::Transaction& tx, const policy::Sources& sources, const PublishOrder& order) {
  ZH_TRY(const policy::Pack pack, policy::load_pack(sources, order.load));
  ZH_TRY(const std::vector<Publication> all, store::publications(tx));
  for (const Publication& it : all) {
    if (it.effective_from == order.effective_from && it.version == pack.version) return it;
  }
  ZH_CHECK(check_start(pack, order));
  ZH_CHECK(check_after_others(all, order.effective_from));
  Publication publication{.effective_from = order.effective_from,
                          .version = pack.version,
                          .pack = pack.id,
                          .title = pack.title,
                          .published_at = order.now,
                          .published_by = order.actor};
  ZH_CHECK(store::add_version(tx, pack, policy::bundle(sources)));
  ZH_CHECK(store::add_publication(tx, publication));
  ZH_CHECK(write_audit(tx, publication));
  return publication;
}

Result<std::vector<Publication>> publications(db::Transaction& tx) { return store::publications(tx); }

PackState state_on(std::span<const Publication> all, const Publication& it, Date today) {
  for (const Publication& other : all) {
    if (it.effective_from < other.effective_from && other.effective_from <= today) return PackState::superseded;
  }
  return PackState::published;
}

Result<Hash> version_on(db::Transaction& tx, Date day) {
  ZH_TRY(const std::optional<Hash> version, store::version_on(tx, day));
  if (version) return *version;
  return error(
      ErrorCode::not_found,
      {.zh = fmt::format("{} 没有生效的规章包；用 `zhiheng policy publish` 发布一个", day.to_string()),
       .en = fmt::format("no pack is in force on {}; publish one with `zhiheng policy publish`", day.to_string())});
}

Result<PackPtr> pack_on(db::Transaction& tx, Date day) {
  ZH_TRY(const Hash version, version_on(tx, day));
  return pack_of(tx, version);
}

Result<policy::Sources> sources_of(db::Transaction& tx, const Hash& version) {
  ZH_TRY(const std::optional<std::string> bundle, store::bundle_of(tx, version));
  if (bundle) return policy::unbundle(*bundle);
  return error(ErrorCode::not_found, {.zh = fmt::format("没有版本为 {:.12} 的规章包", version.hex()),
                                      .en = fmt::format("there is no pack of version {:.12}", version.hex())});
}

Result<PackPtr> pack_of(db::Transaction& tx, const Hash& version) {
  ZH_TRY(const policy::Sources sources, sources_of(tx, version));
  ZH_TRY(policy::Pack pack, policy::load_pack(sources));
  if (pack.version != version) {
    return error(ErrorCode::corrupt,
                 {.zh = fmt::format("存储的规章包 {:.12} 与其哈希不符", version.hex()),
                  .en = fmt::format("the stored pack {:.12} does not give its hash", version.hex())});
  }
  return std::make_shared<const policy::Pack>(std::move(pack));
}

Result<std::vector<policy::Problem>> problems_of(db::Transaction& tx, const Hash& version,
                                                 const policy::LoadOptions& options) {
  ZH_TRY(const policy::Sources sources, sources_of(tx, version));
  return policy::load(sources, options).problems;
}

}  // namespace zh::policies
