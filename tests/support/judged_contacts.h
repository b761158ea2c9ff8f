// Contacts about which a judge was asked, for tests of what stands on them.
//
//   StubJudge model;
//   model.says({{"warm", {{0, "什么事"}}}});
//   judge_with(model, database(), contacts, zone, pack);
#pragma once

#include "rooms/inspection/judging/judging.h"
#include "tests/support/checked_contacts.h"
#include "tests/support/stub_judge.h"

namespace zh::testing_support {

inline inspection::JudgingRun judge_with(const StubJudge& model, db::Database& database,
                                         const CheckedContacts& contacts, const Zone& zone,
                                         const std::shared_ptr<const policy::Pack>& pack) {
  judge::Judge judge = model.judge();
  const inspection::PackOn packs = [&](Date) -> Result<std::shared_ptr<const policy::Pack>> { return pack; };
  const inspection::Mask mask = [](const contacts::Contact&, const std::vector<contacts::Turn>& turns) {
    std::vector<std::string> texts;
    for (const contacts::Turn& turn : turns) texts.push_back(turn.text);
    return texts;
  };
  return must(inspection::judge_contacts(database, {.judge = judge,
                                                    .keys = contacts.keys(),
                                                    .zone = zone,
                                                    .packs = packs,
                                                    .mask = mask,
                                                    .offered = inspection::kAllTime,
                                                    .actor = "test",
                                                    .now = [] { return Instant::from_seconds(1'795'000'000); }}));
}

}  // namespace zh::testing_support
