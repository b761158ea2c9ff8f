#include "rooms/appraisal/rating_rules.h"

#include <algorithm>
#include <numeric>

#include "rooms/appraisal/metrics.h"

namespace zh::appraisal {

namespace {

using policy::caption;
using policy::Derivation;
using policy::OrderBy;
using policy::OrderKey;
using policy::Rating;

// Mean of the named items' scores by weight, over those that have one.
std::optional<Fraction> items_mean(const Scorecard& scorecard, const std::vector<std::string>& ids) {
  Fraction weighted;
  Fraction weights;
  for (const std::string& id : ids) {
    const ItemScore* const item = scorecard.item(id);
    if (item == nullptr || !item->applied()) continue;
    weighted += *item->score * Fraction(item->weight);
    weights += Fraction(item->weight);
  }
  if (weights.sign() == 0) return std::nullopt;
  return weighted / weights;
}

std::optional<Fraction> item_value(const Scorecard& scorecard, const std::vector<std::string>& ids) {
  const ItemScore* const item = ids.empty() ? nullptr : scorecard.item(ids.front());
  return item == nullptr ? std::nullopt : item->value;
}

KeyPart part_of(const OrderKey& key, const PersonMonth& person, const Scorecard& scorecard) {
  switch (key.by) {
    case OrderBy::total:
      return std::optional(Fraction(*scorecard.total));
    case OrderBy::items_mean:
      return items_mean(scorecard, key.items);
    case OrderBy::item_value:
      return item_value(scorecard, key.items);
    case OrderBy::hired_on:
      return person.hired_on;
    case OrderBy::staff_no:
      return person.staff_no;
  }
  return person.staff_no;
}

// Negative when `a` comes first. A number that is none comes last whatever the direction.
int compare_parts(const KeyPart& a, const KeyPart& b, bool descending) {
  const auto signum = [descending](std::strong_ordering order) {
    const int sign = order < 0 ? -1 : order > 0 ? 1 : 0;
    return descending ? -sign : sign;
  };
  if (const auto* const number = std::get_if<std::optional<Fraction>>(&a)) {
    const auto& other = std::get<std::optional<Fraction>>(b);
    if (!number->has_value() || !other.has_value())
      return static_cast<int>(other.has_value()) - static_cast<int>(number->has_value());
    return signum(**number <=> *other);
  }
  if (const Date* const day = std::get_if<Date>(&a)) return signum(*day <=> std::get<Date>(b));
  return signum(std::get<std::string>(a) <=> std::get<std::string>(b));
}

bool same_total(const Rating& rating, const RankKey& a, const RankKey& b) {
  for (std::size_t i = 0; i < rating.order.size(); ++i) {
    if (rating.order[i].by == OrderBy::total) return a.parts[i] == b.parts[i];
  }
  return false;
}

// Stars by place, following the head counts.
std::vector<int> stars_by_place(const Rating& rating, const std::vector<int>& heads) {
  std::vector<int> stars;
  for (std::size_t quota = 0; quota < heads.size(); ++quota) {
    stars.insert(stars.end(), static_cast<std::size_t>(heads[quota]), rating.quotas[quota].star);
  }
  return stars;
}

const policy::CaptionPtr& rank_caption() {
  static const policy::CaptionPtr words = caption({.zh = "名次", .en = "rank"}, "", "", "", "rank");
  return words;
}
const policy::CaptionPtr& tie_caption() {
  static const policy::CaptionPtr words = caption({.zh = "总分相同的人数，名次由后面的排序项决定",
                                                   .en = "people with this total: what follows in the order decides"},
                                                  "people");
  return words;
}
const policy::CaptionPtr& cut_off_caption() {
  static const policy::CaptionPtr words =
      caption({.zh = "分界线：该星级最后一名的总分", .en = "cut-off: total of the star's last holder"}, "points");
  return words;
}

policy::Figure figure_of(const KeyPart& part) {
  if (const auto* const number = std::get_if<std::optional<Fraction>>(&part)) {
    return number->has_value() ? policy::Figure(**number) : policy::Figure();
  }
  if (const Date* const day = std::get_if<Date>(&part)) return day->to_string();
  return std::get<std::string>(part);
}

}  // namespace

std::vector<int> heads_of(std::span<const policy::Quota> quotas, int count) {
  std::vector<int> heads;
  std::vector<Fraction> remainders;
  for (const policy::Quota& quota : quotas) {
    const Fraction exact = Fraction(count) * Fraction(quota.share) / Fraction(100);
    heads.push_back(static_cast<int>(exact.truncated()));
    remainders.push_back(exact - Fraction(heads.back()));
  }
  std::vector<std::size_t> by_remainder(quotas.size());
  std::iota(by_remainder.begin(), by_remainder.end(), std::size_t{0});
  std::ranges::stable_sort(by_remainder, std::greater<>(), [&](std::size_t i) { return remainders[i]; });
  int left = count - std::accumulate(heads.begin(), heads.end(), 0);
  for (const std::size_t quota : by_remainder) {
    if (left-- <= 0) break;
    ++heads[quota];
  }
  return heads;
}

int compare(const Rating& rating, const RankKey& a, const RankKey& b) {
  for (std::size_t i = 0; i < rating.order.size(); ++i) {
    if (const int order = compare_parts(a.parts[i], b.parts[i], rating.order[i].descending); order != 0) return order;
  }
  return 0;
}

Result<bool> is_rated(const Rating& rating, Month period, const PersonMonth& person, const Scorecard& scorecard,
                      Derivation& node) {
  if (!scorecard.total) return false;
  const policy::RatingValues values{.on_probation = person.on_probation,
                                    .employed_on_last_day = person.last_employed_day == period.last(),
                                    .total = Fraction(*scorecard.total),
                                    .weights_applied = scorecard.weights_applied};
  bool rated = true;
  for (const policy::Condition& condition : rating.eligible) {
    ZH_TRY(const bool holds, policy::holds(condition, values, node));
    rated = rated && holds;
  }
  return rated;
}

RankKey key_of(const Rating& rating, const PersonMonth& person, const Scorecard& scorecard) {
  RankKey key;
  key.parts.reserve(rating.order.size());
  for (const OrderKey& part : rating.order) key.parts.push_back(part_of(part, person, scorecard));
  return key;
}

Ranked rank(const Rating& rating, const std::vector<RankKey>& keys) {
  Ranked ranked;
  ranked.order.resize(keys.size());
  std::iota(ranked.order.begin(), ranked.order.end(), std::size_t{0});
  std::ranges::sort(ranked.order, [&](std::size_t a, std::size_t b) { return compare(rating, keys[a], keys[b]) < 0; });
  ranked.heads = heads_of(rating.quotas, static_cast<int>(keys.size()));
  ranked.stars = stars_by_place(rating, ranked.heads);
  for (std::size_t place = 1; place < ranked.order.size(); ++place) {
    const bool shares =
        rating.ties_share && same_total(rating, keys[ranked.order[place - 1]], keys[ranked.order[place]]);
    if (shares) ranked.stars[place] = ranked.stars[place - 1];
  }
  for (std::size_t place = 0; place < ranked.order.size(); ++place) {
    const bool last = place + 1 == ranked.order.size() || ranked.stars[place + 1] != ranked.stars[place];
    if (last) ranked.cut_offs.push_back({rating.position, ranked.stars[place], keys[ranked.order[place]]});
  }
  return ranked;
}

int star_against(const Rating& rating, const RankKey& key, std::span<const CutOff> cut_offs) {
  for (const policy::Quota& quota : rating.quotas) {
    const auto cut_off = std::ranges::find_if(
        cut_offs, [&](const CutOff& one) { return one.position == rating.position && one.star == quota.star; });
    if (cut_off == cut_offs.end()) continue;
    const bool reached = compare(rating, key, cut_off->last_holder) <= 0 ||
                         (rating.ties_share && same_total(rating, key, cut_off->last_holder));
    if (reached) return quota.star;
  }
  return rating.quotas.empty() ? 0 : rating.quotas.back().star;
}

policy::CaptionPtr star_caption(const Rating& rating) {
  return caption(rating.label, "stars", rating.clause, rating.caption->rule, "star");
}

void explain_star(const Rating& rating, const Place& place, const RankKey& key, std::span<const CutOff> cut_offs,
                  Derivation& node) {
  node.figure = Decimal(place.star);
  if (place.rank) {
    Derivation& rank_node = node.add(Derivation(rank_caption(), Decimal(*place.rank)));
    rank_node.arithmetic = fmt::format("{} / {}", *place.rank, place.rated);
  }
  for (std::size_t i = 0; i < rating.order.size(); ++i) {
    node.add(Derivation(caption(rating.order[i].label), figure_of(key.parts[i])));
  }
  if (place.same_total > 1) node.add(Derivation(tie_caption(), Decimal(place.same_total)));
  const std::vector<int> heads = heads_of(rating.quotas, place.rated);
  for (std::size_t quota = 0; quota < rating.quotas.size(); ++quota) {
    const auto cut_off = std::ranges::find_if(cut_offs, [&](const CutOff& one) {
      return one.position == rating.position && one.star == rating.quotas[quota].star;
    });
    if (cut_off == cut_offs.end()) continue;
    Derivation& step = node.add(Derivation(cut_off_caption(), figure_of(cut_off->last_holder.parts.front())));
    step.detail = fmt::format("{}★", rating.quotas[quota].star);
    if (place.rated == 0) continue;
    step.arithmetic = fmt::format("{} × {} % → {}", place.rated, rating.quotas[quota].share.to_string(), heads[quota]);
  }
}

}  // namespace zh::appraisal
