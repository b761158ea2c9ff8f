// What each room does when a batch is undone: the one list that `zhiheng batch
// undo` goes through.
#pragma once

#include <vector>

#include "app/centre.h"
#include "ledger/batches.h"

namespace zh::app {

// From the highest room to the lowest: whoever depends on another goes first.
std::vector<ledger::UndoPart> undo_parts(const Centre& centre);

}  // namespace zh::app
