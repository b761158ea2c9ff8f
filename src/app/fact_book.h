// What facts are checked against, wherever they come from: who was employed when and in which position, and the limits
// that the pack in force on the day gives.
#pragma once

#include <memory>

#include "app/packs.h"
#include "ledger/fact_file.h"
#include "rooms/people/people.h"

namespace zh::app {

class FactBook {
 public:
  static Result<FactBook> load(db::Transaction& tx, std::shared_ptr<const people::People> people);

  // The rules refer to this book, which must outlive them.
  ledger::FactRules rules(const Zone& zone) const;
  const people::People& people() const { return *people_; }
  const FactLimitsByDay& limits() const { return limits_; }

 private:
  FactBook(std::shared_ptr<const people::People> people, FactLimitsByDay limits)
      : people_(std::move(people)), limits_(std::move(limits)) {}

  std::shared_ptr<const people::People> people_;
  FactLimitsByDay limits_;
};

}  // namespace zh::app
