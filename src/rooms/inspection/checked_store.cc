#include <set>

#include "policy/checks/check_set.h"
#include "rooms/inspection/checked.h"
#include "rooms/inspection/findings_code.h"
#include "rooms/inspection/inspection_store.h"

namespace zh::inspection {

namespace {

constexpr db::Sql kChecked =
    "SELECT f.call_id, f.number, f.offered_at, c.source, c.channel, c.member, f.score, f.pack, f.findings,"
    " CASE WHEN n.customer IS NULL OR n.customer = '' THEN NULL"
    " WHEN EXISTS (SELECT 1 FROM contact_customers e WHERE e.customer = n.customer AND e.offered_at < n.offered_at)"
    " THEN 1 ELSE 0 END"
    " FROM contact_findings f JOIN contacts c ON c.call_id = f.call_id AND c.number = f.number AND c.offered_at = "
    "f.offered_at"
    " LEFT JOIN contact_customers n ON n.call_id = f.call_id AND n.number = f.number"
    " WHERE f.offered_at >= :from AND f.offered_at < :until";

constexpr db::Sql kByHour =
    "SELECT offered_at / 3600000000, COUNT(*) FROM contacts WHERE offered_at >= :from AND offered_at < :until"
    " GROUP BY offered_at / 3600000000";

// Contacts whose checks are the same ones.
struct Circle {
  Hash pack;
  Date day;
  contacts::Channel channel = contacts::Channel::call;
  friend auto operator<=>(const Circle&, const Circle&) = default;
};

void count(const std::vector<Finding>& findings, std::map<std::string, CheckCount>& into) {
  std::set<std::string_view> in_contact;
  for (const Finding& finding : findings) {
    CheckCount& counted = into[finding.check];
    ++counted.findings;
    if (in_contact.insert(finding.check).second) ++counted.spoke_up;
  }
}

}  // namespace

Status each_checked(db::Transaction& tx, Interval during, const std::function<Status(const Checked&)>& visit) {
  ZH_TRY(const Words words, store::words(tx));
  ZH_TRY(db::Rows rows, tx.cursor(kChecked, {{"from", during.from}, {"until", during.until}}));
  while (rows.next()) {
    Checked checked;
    checked.contact.call = rows.get<std::string>(0);
    checked.contact.number = rows.get<int>(1);
    checked.contact.offered_at = rows.get<Instant>(2);
    checked.contact.source = static_cast<contacts::Source>(rows.get<int>(3));
    checked.contact.channel = static_cast<contacts::Channel>(rows.get<int>(4));
    checked.contact.member = rows.get<std::string>(5);
    checked.score = rows.get<std::int64_t>(6);
    checked.pack = rows.get<Hash>(7);
    checked.encoded = rows.get<db::Blob>(8).bytes;
    checked.words = &words;
    if (const auto known = rows.get<std::optional<int>>(9)) checked.known = *known == 1;
    ZH_CHECK(visit(checked));
  }
  return rows.finish();
}

Result<std::map<std::int64_t, std::int64_t>> contacts_by_hour(db::Transaction& tx, Interval during) {
  ZH_TRY(db::Rows rows, tx.query(kByHour, {{"from", during.from}, {"until", during.until}}));
  std::map<std::int64_t, std::int64_t> hours;
  while (rows.next()) hours[rows.get<std::int64_t>(0)] = rows.get<std::int64_t>(1);
  ZH_CHECK(rows.finish());
  return hours;
}

Result<std::vector<CheckCount>> count_checks(
    db::Transaction& tx, const Zone& zone, Interval during,
    const std::function<Result<std::shared_ptr<const policy::Pack>>(const Hash&)>& pack_of) {
  std::map<Circle, std::int64_t> circles;
  std::map<std::string, CheckCount> counts;
  ZH_CHECK(each_checked(tx, during, [&](const Checked& it) -> Status {
    ++circles[{it.pack, zone.date_of(it.contact.offered_at), it.contact.channel}];
    ZH_TRY(const auto findings, decode(it.encoded, *it.words));
    count(findings, counts);
    return {};
  }));
  for (const auto& [circle, contacts] : circles) {
    ZH_TRY(const auto pack, pack_of(circle.pack));
    if (pack->checks == nullptr) continue;
    for (const policy::Check& check : pack->checks->checks()) {
      if (check.kind == policy::CheckKind::ask || !policy::in_force(check, name_of(circle.channel), circle.day)) {
        continue;
      }
      counts[check.id].in_force += contacts;
    }
  }
  std::vector<CheckCount> result;
  for (auto& [id, counted] : counts) {
    counted.check = id;
    result.push_back(std::move(counted));
  }
  return result;
}

}  // namespace zh::inspection
