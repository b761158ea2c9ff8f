#include "rooms/quality/api/notice_feed.h"

#include <algorithm>

#include "base/json.h"

namespace zh::quality {

namespace {

using http::Role;
using http::Scope;

constexpr int kAtOnce = 1000;

bool reaches_centre(const http::Principal& principal, Role role) {
  const auto reach = http::decide(http::allow({{role, Scope::centre}}, Secrecy::internal), &principal);
  return reach.ok() && reach->centre;
}

void publish(http::EventHub& events, const Notice& notice) {
  events.publish({.type = "notice",
                  .data = json::compact(json::Object{{"number", notice.number},
                                                     {"about", std::string(name_of(notice.news.about))},
                                                     {"object", notice.news.object}}),
                  .allowed = [to = notice.to, by = notice.by](const http::Principal& principal) {
                    if (principal.account == by) return false;
                    const auto addressees = addressees_of(principal);
                    return std::ranges::find(addressees, to) != addressees.end();
                  }});
}

}  // namespace

std::vector<Addressee> addressees_of(const http::Principal& principal) {
  std::vector<Addressee> addressees;
  if (!principal.staff_no.empty()) addressees.push_back(to_person(principal.staff_no));
  if (reaches_centre(principal, Role::qa_supervisor)) addressees.push_back(to_supervisors());
  if (reaches_centre(principal, Role::manager)) addressees.push_back(to_managers());
  const auto led = http::decide(http::allow({{Role::shift_leader, Scope::group}}, Secrecy::internal), &principal);
  if (led.ok()) {
    for (const std::string& group : led->groups) addressees.push_back(to_leaders_of(group));
  }
  return addressees;
}

Result<int> NoticeFeed::look() {
  ZH_TRY(auto tx, database_.read());
  if (!told_) {
    ZH_TRY(told_, last_notice(tx));
    return 0;
  }
  int count = 0;
  for (bool more = true; more;) {
    ZH_TRY(const auto notices, notices_after(tx, *told_, kAtOnce));
    for (const Notice& notice : notices) publish(events_, notice);
    if (!notices.empty()) told_ = notices.back().number;
    count += static_cast<int>(notices.size());
    more = notices.size() == kAtOnce;
  }
  return count;
}

}  // namespace zh::quality
