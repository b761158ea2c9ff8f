// The tables of 0130_samples.sql. Private to this folder.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rooms/quality/sampling/sampling.h"

namespace zh::quality::sampling::store {

struct Seed {
  Hash commitment;
  Secrets secrets;
  Instant committed_at;
};
// Whether the seed is new: false when the draw has one.
Result<bool> add_seed(db::Transaction& tx, const DrawId& id, const Seed& seed);
Result<std::optional<Seed>> seed_of(db::Transaction& tx, const DrawId& id);

struct Draw {
  Interval during;
  Hash frame;
  Instant drawn_at;
};
// False when there is one.
Result<bool> add_draw(db::Transaction& tx, const DrawId& id, const Draw& draw);
Result<std::optional<Draw>> draw_of(db::Transaction& tx, const DrawId& id);
// Of the plan's rounds that have been drawn, ascending.
Result<std::vector<int>> drawn_rounds(db::Transaction& tx, std::int64_t plan);

struct StoredStratum {
  std::string staff_no;
  Hash leaf;
  std::int64_t population = 0;
  std::string content;
};
Status add_strata(db::Transaction& tx, const DrawId& id, const std::vector<StoredStratum>& strata);
Result<std::optional<std::string>> content_of(db::Transaction& tx, const DrawId& id, const std::string& staff_no);
// By staff number.
Result<std::vector<Population>> populations(db::Transaction& tx, const DrawId& id);
struct Leaf {
  std::string staff_no;
  Hash hash;
};
// By staff number: the order of the frame.
Result<std::vector<Leaf>> leaves(db::Transaction& tx, const DrawId& id);

Status add_picks(db::Transaction& tx, const DrawId& id, const std::vector<StoredPick>& picks);
// By staff number, then place.
Result<std::vector<StoredPick>> picks(db::Transaction& tx, const DrawId& id);
Result<std::vector<StoredPick>> picks_of(db::Transaction& tx, const DrawId& id, const std::string& staff_no);
// The agent whose sample holds the contact.
Result<std::optional<std::string>> agent_of(db::Transaction& tx, const DrawId& id, const std::string& contact);

}  // namespace zh::quality::sampling::store
