#include "policy/checks/hit_writer.h"

#include <algorithm>
#include <tuple>

namespace zh::policy {

namespace {

// Overlapping words are one hit, and so are two times that are the same.
void sort_and_merge(std::vector<FoundAt>& places) {
  const auto key = [](const FoundAt& place) {
    return std::tuple(place.turn.value_or(0), place.from, place.time ? place.time->start_ms : 0, ~place.to);
  };
  if (places.size() == 1) return;
  std::ranges::stable_sort(places, {}, key);
  const FoundAt* kept = nullptr;
  std::vector<FoundAt> result;
  result.reserve(places.size());
  for (const FoundAt& place : places) {
    const bool same = kept != nullptr && kept->turn == place.turn && kept->time == place.time &&
                      (place.from < kept->to || (place.from == kept->from && place.to == kept->to));
    if (same) continue;
    result.push_back(place);
    kept = &result.back();
  }
  places = std::move(result);
}

}  // namespace

void HitWriter::write(const Check& check, std::vector<FoundAt> places, std::vector<Hit>& into, bool& truncated) const {
  sort_and_merge(places);
  if (places.size() > CheckSet::kHitsMax) {
    places.resize(CheckSet::kHitsMax);
    truncated = true;
  }
  for (const FoundAt& place : places) into.push_back(hit(check, place));
}

Hit HitWriter::hit(const Check& check, const FoundAt& place) const {
  Hit hit;
  hit.check = &check;
  hit.turn = place.turn;
  if (place.turn) {
    const SpokenTurn& turn = scanned_.conversation().turns[*place.turn];
    hit.start_ms = turn.start_ms;
    hit.end_ms = turn.end_ms;
    if (place.from < place.to) hit.characters = scanned_.texts().original(*place.turn, place.from, place.to);
  }
  if (place.time) {
    hit.start_ms = place.time->start_ms;
    hit.end_ms = place.time->end_ms;
  }
  return hit;
}

}  // namespace zh::policy
