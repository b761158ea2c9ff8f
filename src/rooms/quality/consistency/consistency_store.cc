// Which contacts are compared: what checks found in them, whether an inspector saw them, how busy their hour was.
#include <algorithm>
#include <unordered_set>

#include "rooms/inspection/checked.h"
#include "rooms/quality/consistency/consistency.h"

namespace zh::quality {

namespace {

constexpr std::int64_t kHourUs = 3'600'000'000;

// Submitted (3), published (4), acknowledged (5).
constexpr db::Sql kInspected =
    "SELECT DISTINCT contact FROM quality_inspections"
    " WHERE occurred_at >= :from AND occurred_at < :until AND state IN (3, 4, 5)";

Result<std::unordered_set<std::string>> inspected_contacts(db::Transaction& tx, Interval during) {
  ZH_TRY(auto rows, tx.query(kInspected, {{"from", during.from}, {"until", during.until}}));
  std::unordered_set<std::string> contacts;
  while (rows.next()) contacts.insert(rows.get<std::string>(0));
  ZH_CHECK(rows.finish());
  return contacts;
}

// The contacts of the hour in the middle, by their number; of two, the lower.
std::int64_t middle_of(const std::map<std::int64_t, std::int64_t>& hours) {
  std::vector<std::int64_t> counts;
  counts.reserve(hours.size());
  for (const auto& [hour, count] : hours) counts.push_back(count);
  if (counts.empty()) return 0;
  const auto middle = counts.begin() + static_cast<std::ptrdiff_t>((counts.size() - 1) / 2);
  std::ranges::nth_element(counts, middle);
  return *middle;
}

}  // namespace

Result<std::vector<ScoredContact>> scored_contacts(db::Transaction& tx, const people::People& people, const Zone& zone,
                                                   Interval during) {
  ZH_TRY(const auto inspected, inspected_contacts(tx, during));
  ZH_TRY(const auto hours, inspection::contacts_by_hour(tx, during));
  const std::int64_t middle = middle_of(hours);
  const contacts::Centre centre{.people = people, .zone = zone};
  std::vector<ScoredContact> result;
  ZH_CHECK(inspection::each_checked(tx, during, [&](const inspection::Checked& it) -> Status {
    const people::Person* const agent = contacts::agent_of(it.contact, centre);
    if (agent == nullptr) return {};
    const auto hour = hours.find(it.contact.offered_at.us / kHourUs);
    result.push_back({.staff_no = agent->staff_no(),
                      .score = it.score,
                      .inspected = inspected.contains(it.contact.source_id()),
                      .busy = hour != hours.end() && hour->second > middle,
                      .known = it.known});
    return {};
  }));
  return result;
}

}  // namespace zh::quality
