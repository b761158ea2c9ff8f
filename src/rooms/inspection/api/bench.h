// What the routes of automatic checks share. Private to the api.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http/site.h"
#include "policy/checks/check_text.h"
#include "rooms/inspection/api/checks_records.h"
#include "rooms/inspection/api/inspection_api.h"
#include "rooms/people/known_people.h"

namespace zh::inspection::api {

struct Bench {
  db::Database& database;
  Zone zone;
  Given given;
  people::KnownPeople people;
};
using BenchPtr = std::shared_ptr<Bench>;

// Who judges contacts, and who writes checks.
http::Access judging_access();
http::Access writing_access();
// Fails (forbidden) where the caller reaches less than the centre: checks are everybody's.
Status check_centre(const http::Call& call);

// A check that is being written, in the pack in force.
struct Draft {
  policies::PackPtr pack;  // none where there are errors
  std::string id;
  policy::CheckText text;
  std::vector<CheckProblemRow> problems;

  const policy::Check* check() const { return pack == nullptr ? nullptr : pack->checks->find(id); }
};
// What the compiler says about it: whatever it says of its lines, and what was no problem without it. Fails as reading
// the pack does; text that is none of one check becomes a problem.
Result<Draft> draft_of(db::Transaction& tx, Bench& bench, const std::string& yaml, Date today);

void add_check_routes(http::Site& site, const BenchPtr& bench);
void add_bench_routes(http::Site& site, const BenchPtr& bench);
void add_judging_route(http::Site& site, const BenchPtr& bench);

}  // namespace zh::inspection::api
