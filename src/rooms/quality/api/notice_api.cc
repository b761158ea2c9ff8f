// Notices: what is new for the caller, until it is read.
#include "rooms/quality/api/desk.h"
#include "rooms/quality/api/notice_feed.h"
#include "rooms/quality/api/notice_records.h"

namespace zh::quality::api {

namespace {

using http::Call;

constexpr std::size_t kReadAtOnce = 1000;

Result<std::vector<NoticeJson>> list(Call& call, Desk& desk, const NoticesQuery& query) {
  ZH_TRY(auto tx, desk.database.read());
  const auto addressees = addressees_of(call.principal);
  ZH_TRY(const auto notices, notices_for(tx, call.principal.account, addressees, query.all.value_or(false)));
  ZH_TRY(const Names names, Names::of(desk.known, tx));
  std::vector<NoticeJson> list;
  list.reserve(notices.size());
  for (const Notice& it : notices) {
    list.push_back({.number = it.number,
                    .about = std::string(name_of(it.news.about)),
                    .object = it.news.object,
                    .count = it.news.count,
                    .by = it.by,
                    .by_name = names.behind(it.by),
                    .at = it.at,
                    .read_at = it.read_at});
  }
  return list;
}

Status read(Call& call, Desk& desk, const ReadNotices& body) {
  if (body.numbers.size() > kReadAtOnce) {
    call.reject("/numbers", {.zh = "一次最多 1000 条", .en = "at most 1,000 at once"});
    return call.refused();
  }
  ZH_TRY(auto tx, desk.database.write());
  ZH_CHECK(mark_read(tx, call.principal.account, addressees_of(call.principal), body.numbers, call.now));
  return tx.commit();
}

}  // namespace

void add_notice_routes(http::Site& site, const DeskPtr& desk) {
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/quality/notices",
                     .id = "listQualityNotices",
                     .summary = {.zh = "质检通知，最新的在前", .en = "What is new in the quality room, newest first"},
                     .tag = "quality",
                     .access = http::allow_any_account()},
                    [desk](Call& call, const http::Query<NoticesQuery>& query) { return list(call, *desk, *query); });
  site.router().add({.method = http::Method::post,
                     .path = "/api/v1/quality/notices/read",
                     .id = "readQualityNotices",
                     .summary = {.zh = "标为已读", .en = "Mark notices as read"},
                     .tag = "quality",
                     .access = http::allow_any_account()},
                    [desk](Call& call, const http::Body<ReadNotices>& body) { return read(call, *desk, *body); });
}

}  // namespace zh::quality::api
