// What the program brings to policy packs: where the shipped ones lie, the fact catalogue they are checked against, and
// the limits of facts that they state. Publishing and reading packs is rooms/policies.
#pragma once

#include <filesystem>
#include <map>

#include "db/db.h"
#include "ledger/catalogue.h"
#include "policy/load.h"

namespace zh::app {

// How the program loads every pack: against the fact catalogue.
policy::LoadOptions pack_load_options();

// policies/standard: beside the program's share/zhiheng, or in the source tree above it or the working directory. Fails
// (not_found) when there is none, naming the option to use.
Result<std::filesystem::path> default_pack();

// The last month that is closed: no version can be published into it.
Result<std::optional<Month>> last_closed(db::Transaction& tx);

// The ranges and positions that the pack gives to kinds of facts, over those of FORMATS.md.
ledger::FactLimits fact_limits(const policy::Pack& pack);

// The limits of facts by the day on which they occurred: those of the pack in force then, else the defaults.
class FactLimitsByDay {
 public:
  static Result<FactLimitsByDay> load(db::Transaction& tx);
  const ledger::FactLimits& on(Date day) const;

 private:
  std::map<Date, ledger::FactLimits> from_;
};

}  // namespace zh::app
