// What an import refuses, told on the contacts it is about (troubles.h) – as far as these are known and not too many:
// the rejects file has them all.
#pragma once

#include <map>
#include <string>

#include "rooms/contacts/contacts_import.h"
#include "rooms/contacts/troubles.h"

namespace zh::contacts {

class Refusals {
 public:
  explicit Refusals(TroubleKind kind) : kind_(kind) {}

  // The last one of a source id counts; "" is nobody's.
  void add(const std::string& source_id, const Error& why);
  // The file has stated it rightly further on.
  void take_back(const std::string& source_id);

  // That function, noting on the way of what time the import is. `before` must outlive what is given out.
  BeforeEntering dated(const BeforeEntering& before);
  // To be called when everything is entered, so that the contacts are known. Takes a write transaction where there is
  // anything to tell.
  Status tell(db::Database& database) const;

 private:
  static constexpr std::size_t kMost = 10'000;

  TroubleKind kind_;
  std::map<std::string, Text> refused_;  // by source id
  Instant at_ = {};
};

}  // namespace zh::contacts
