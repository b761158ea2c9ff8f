// Ranks and stars: who is rated, in which order, how many heads each star has, and where its cut-off lies.
#pragma once

#include <vector>

#include "policy/evaluate.h"
#include "rooms/appraisal/appraisal.h"

namespace zh::appraisal {

// Whether the person is rated: a total, and every condition of the rating. Conditions become children of `node`.
Result<bool> is_rated(const policy::Rating& rating, Month period, const PersonMonth& person, const Scorecard& scorecard,
                      policy::Derivation& node);

// Requires a total.
RankKey key_of(const policy::Rating& rating, const PersonMonth& person, const Scorecard& scorecard);

struct Ranked {
  std::vector<std::size_t> order;  // indices into the keys, first place first
  std::vector<int> stars;          // of order[i]
  std::vector<int> heads;          // per quota, by largest remainder
  std::vector<CutOff> cut_offs;    // of the stars that somebody holds, higher first
};
Ranked rank(const policy::Rating& rating, const std::vector<RankKey>& keys);

// The star of the first cut-off of this rating that the key reaches; the lowest star where it reaches none.
int star_against(const policy::Rating& rating, const RankKey& key, std::span<const CutOff> cut_offs);

// The node of a rating (id "star"); make it once per rating and copy it.
policy::CaptionPtr star_caption(const policy::Rating& rating);

// Adds the person's own key, each star's heads and the total of its cut-off to `node`, whose figure becomes the star.
// Neighbours are not shown: of a cut-off only its numbers are.
struct Place {
  int star = 0;
  std::optional<int> rank;
  int rated = 0;       // heads rated, 0 when against frozen cut-offs
  int same_total = 0;  // people with the same total, the person included
};
void explain_star(const policy::Rating& rating, const Place& place, const RankKey& key,
                  std::span<const CutOff> cut_offs, policy::Derivation& node);

}  // namespace zh::appraisal
