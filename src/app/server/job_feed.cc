#include "app/server/job_feed.h"

#include <algorithm>

#include "base/json.h"

namespace zh::app {

namespace {

constexpr std::int64_t kOverlapUs = 10'000'000;  // a change is seen when it is committed, after the time it bears
constexpr int kAtOnce = 200;

bool is_administrator(const http::Principal& principal) {
  return std::ranges::any_of(principal.grants, [](const auto& grant) { return grant.role == http::Role::admin; });
}

http::Event event_of(const jobs::Job& job) {
  return {.type = "job",
          .data = json::compact(json::Object{{"ref", job.ref},
                                             {"kind", job.kind},
                                             {"state", std::string(name_of(job.state))},
                                             {"done", job.done},
                                             {"total", job.total},
                                             {"note", json::Object{{"zh", job.note.zh}, {"en", job.note.en}}},
                                             {"account", job.account}}),
          .allowed = [account = job.account](const http::Principal& principal) {
            return principal.account == account || is_administrator(principal);
          }};
}

}  // namespace

JobFeed::JobFeed(db::Database& database, http::EventHub& events, Instant since)
    : database_(database), events_(events), since_(since) {}

bool JobFeed::is_news(const jobs::Job& job) {
  const auto [place, fresh] = told_.try_emplace(job.ref, job.changed_at);
  if (fresh) return true;
  return std::exchange(place->second, job.changed_at) != job.changed_at;
}

Result<int> JobFeed::look() {
  int told = 0;
  Instant from = since_;
  for (bool more = true; more;) {
    ZH_TRY(auto tx, database_.read());
    ZH_TRY(const auto jobs, jobs::changed_since(tx, from, kAtOnce));
    for (const auto& job : jobs) {
      if (!is_news(job)) continue;
      events_.publish(event_of(job));
      ++told;
    }
    more = jobs.size() == kAtOnce;
    if (jobs.empty()) break;
    const Instant last = jobs.back().changed_at;
    from = last > from ? last : Instant{last.us + (more ? 1 : 0)};  // more than a page of one instant: go on behind it
  }
  since_ = std::max(since_, Instant{from.us - kOverlapUs});
  std::erase_if(told_, [this](const auto& entry) { return entry.second < since_; });
  return told;
}

}  // namespace zh::app
