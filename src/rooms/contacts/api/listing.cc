#include "rooms/contacts/api/listing.h"

#include <algorithm>

#include "rooms/contacts/api/listing_store.h"

namespace zh::contacts::api {

namespace {

constexpr std::array kOutcomes{Outcome::open,    Outcome::answered, Outcome::abandoned, Outcome::no_answer,
                               Outcome::timeout, Outcome::exit_key, Outcome::empty,     Outcome::withdrawn};

constexpr std::array<std::pair<std::string_view, SortBy>, 3> kSorts{
    {{"offered_at", SortBy::offered_at}, {"wait_ms", SortBy::wait_ms}, {"talk_ms", SortBy::talk_ms}}};

Interval common(Interval a, Interval b) { return {std::max(a.from, b.from), std::min(a.until, b.until)}; }

// One lane per member and time, of which some may be the customer's calls with them. A contact's member is who answered
// it: those with another outcome have none.
std::vector<store::Lane> lanes_of_members(const Listing& listing) {
  std::vector<store::Lane> lanes;
  if (listing.outcome && *listing.outcome != Outcome::answered) return lanes;
  for (const Span& span : *listing.members) {
    const Interval during = common(span.during, listing.during);
    if (!(during.from < during.until)) continue;
    lanes.push_back({.member = span.member,
                     .transcripts_only = span.transcripts_only,
                     .customer = listing.customer ? std::string_view(*listing.customer) : std::string_view(),
                     .by = listing.customer ? store::Lane::By::customer : store::Lane::By::member,
                     .during = during});
  }
  return lanes;
}

// One lane per queue and outcome. `queues` must outlive what is given.
std::vector<store::Lane> lanes_of_queues(const Listing& listing, const std::vector<std::string>& queues) {
  std::vector<store::Lane> lanes;
  for (const std::string& queue : queues) {
    for (const Outcome outcome : kOutcomes) {
      if (listing.outcome && *listing.outcome != outcome) continue;
      lanes.push_back({.queue = queue, .outcome = outcome, .by = store::Lane::By::queue, .during = listing.during});
    }
  }
  return lanes;
}

// The first limit + 1 keys of all lanes together. A lane is first asked for its share only; one whose share lies
// wholly within the page is asked again for all.
class Merge {
 public:
  Merge(db::Transaction& tx, const Listing& listing, store::Rest rest)
      : tx_(tx), listing_(listing), rest_(rest), wanted_(static_cast<std::size_t>(listing.limit) + 1) {}

  Result<std::vector<Key>> of(const std::vector<store::Lane>& lanes) {
    const std::size_t share = lanes.size() < 4 ? wanted_ : std::min(wanted_, 4 * wanted_ / lanes.size() + 4);
    std::vector<std::vector<Key>> found;
    for (const auto& lane : lanes) {
      ZH_TRY(auto keys, store::keys(tx_, lane, rest_, listing_.sort, listing_.after, share));
      found.push_back(std::move(keys));
    }
    std::vector<Key> page = first_of(found);
    bool any_again = false;
    for (std::size_t i = 0; i < lanes.size(); ++i) {
      const bool cut_off = share < wanted_ && found[i].size() == share;
      const bool within =
          page.size() < wanted_ || !comes_before(page.back(), found[i].empty() ? Key{} : found[i].back());
      if (!cut_off || !within) continue;
      ZH_TRY(found[i], store::keys(tx_, lanes[i], rest_, listing_.sort, listing_.after, wanted_));
      any_again = true;
    }
    return any_again ? first_of(found) : page;
  }

 private:
  bool comes_before(const Key& a, const Key& b) const { return listing_.sort.descending ? b < a : a < b; }

  std::vector<Key> first_of(const std::vector<std::vector<Key>>& found) const {
    std::vector<Key> all;
    for (const auto& keys : found) all.insert(all.end(), keys.begin(), keys.end());
    // A transcript's agent whose phone id is the staff number stands in two lanes.
    std::ranges::sort(all, [this](const Key& a, const Key& b) { return comes_before(a, b); });
    all.erase(std::unique(all.begin(), all.end()), all.end());
    all.resize(std::min(wanted_, all.size()));
    return all;
  }

  db::Transaction& tx_;
  const Listing& listing_;
  store::Rest rest_;
  std::size_t wanted_;
};

}  // namespace

std::optional<Sort> parse_sort(std::string_view text) {
  const bool descending = text.starts_with('-');
  if (descending) text.remove_prefix(1);
  for (const auto& [name, by] : kSorts) {
    if (name == text) return Sort{.by = by, .descending = descending};
  }
  return std::nullopt;
}

std::string to_string(Sort sort) {
  std::string text = sort.descending ? "-" : "";
  for (const auto& [name, by] : kSorts) {
    if (by == sort.by) text += name;
  }
  return text;
}

Result<bool> is_sortable(db::Transaction& tx, const Listing& listing) {
  if (listing.sort.by == SortBy::offered_at) return true;
  if (listing.customer) return false;
  ZH_TRY(const std::int64_t contacts, store::count(tx, listing.during, kSortedMax + 1));
  return contacts <= kSortedMax;
}

Result<std::vector<Key>> page_of(db::Transaction& tx, const Listing& listing) {
  store::Rest rest;
  if (listing.queue) rest.queue = *listing.queue;
  rest.outcome = listing.outcome;
  Merge merge(tx, listing, rest);
  if (listing.members) return merge.of(lanes_of_members(listing));
  if (listing.customer) {
    return merge.of({{.customer = *listing.customer, .by = store::Lane::By::customer, .during = listing.during}});
  }
  const bool filtered = listing.queue || listing.outcome;
  if (!filtered || listing.sort.by != SortBy::offered_at) return merge.of({{.during = listing.during}});
  std::vector<std::string> queues;
  if (listing.queue) {
    queues.push_back(*listing.queue);
  } else {
    ZH_TRY(queues, store::queues(tx));
  }
  return merge.of(lanes_of_queues(listing, queues));
}

}  // namespace zh::contacts::api
