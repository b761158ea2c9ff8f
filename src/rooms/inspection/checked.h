// Checked contacts one by one, and what checks found in all of them: for statistics.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "db/db.h"
#include "rooms/contacts/contacts.h"
#include "rooms/inspection/findings_code.h"
#include "rooms/inspection/inspection.h"

namespace zh::inspection {

struct Checked {
  contacts::Contact contact;  // call, number, source, channel, member, offered_at; nothing else
  std::optional<bool> known;  // whether the customer was in contact before; none: no number is known
  std::int64_t score = 0;     // automatic_score()
  Hash pack;
  // decode() gives the findings; both hold until the visit ends.
  std::string_view encoded;
  const Words* words = nullptr;
};

// Visits every checked contact offered in [from, until), in constant memory and in no promised order. A visit that
// fails ends the reading with its error.
Status each_checked(db::Transaction& tx, Interval during, const std::function<Status(const Checked&)>& visit);

// How many contacts, checked or not, were offered in each hour; hours count from 1970 in UTC and those without any are
// left out.
Result<std::map<std::int64_t, std::int64_t>> contacts_by_hour(db::Transaction& tx, Interval during);

struct CheckCount {
  std::string check;
  std::int64_t in_force = 0;  // contacts on whose day and channel it was; conditions of its own aside
  std::int64_t spoke_up = 0;  // of these, contacts with a finding
  std::int64_t findings = 0;
};
// By id. Counts under all packs whose checks have that id; questions to the judge are counted by themselves
// (judging/opinions.h).
Result<std::vector<CheckCount>> count_checks(
    db::Transaction& tx, const Zone& zone, Interval during,
    const std::function<Result<std::shared_ptr<const policy::Pack>>(const Hash&)>& pack_of);

}  // namespace zh::inspection
