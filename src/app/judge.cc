#include "app/judge.h"

#include "app/content.h"
#include "app/outbound_settings.h"
#include "rooms/contacts/masked_text.h"
#include "rooms/people/people_store.h"
#include "rooms/policies/known_packs.h"
#include "rooms/quality/library/library.h"
#include "rooms/quality/library/masking.h"

namespace zh::app {

namespace {

// Whatever identifies somebody, as far as rules find it; digits of long numbers besides.
inspection::Mask mask_of(std::vector<std::string> names) {
  return [names = std::move(names)](const contacts::Contact& contact, const std::vector<contacts::Turn>& turns) {
    quality::library::Known known{.names = names, .numbers = {}};
    if (!contact.customer.empty()) known.numbers.push_back(contact.customer);
    auto texts = quality::library::starred(turns, quality::library::identifying(turns, known));
    for (std::string& text : texts) text = contacts::masked_text(text);
    return texts;
  };
}

}  // namespace

Result<inspection::JudgingRun> judge(Centre& centre, const JudgeOrder& order) {
  ZH_TRY(const OutboundSettings settings, read_outbound_settings(centre.dir));
  if (!settings.judge) {
    return error(ErrorCode::not_found,
                 {.zh = "zhiheng.yaml 没有 judge：未设置评判的模型（docs/operating/judge.md）",
                  .en = "zhiheng.yaml has no judge: no model is set that could be asked (docs/operating/judge.md)"});
  }
  ZH_TRY(const vault::Keys keys, content_keys(centre));
  ZH_TRY(auto reading, centre.database->read(order.stop));
  ZH_TRY(const people::People everybody, people::load_people(reading));
  ZH_CHECK(reading.commit());
  judge::Judge model(settings.judge->judge, settings.allowed);
  policies::KnownPacks packs;
  const inspection::PackOn pack_on = [&](Date day) -> Result<policies::PackPtr> {
    ZH_TRY(auto tx, centre.database->read(order.stop));
    return packs.pack_on(tx, day);
  };
  const inspection::Mask mask = mask_of(quality::library::names_of(everybody));
  return inspection::judge_contacts(*centre.database, {.judge = model,
                                                       .limits = settings.judge->limits,
                                                       .consent = settings.judge->consent,
                                                       .keys = keys,
                                                       .zone = centre.zone,
                                                       .packs = pack_on,
                                                       .mask = mask,
                                                       .offered = order.offered,
                                                       .actor = centre.actor,
                                                       .now = system_now,
                                                       .stop = order.stop,
                                                       .progress = order.progress});
}

json::Object to_json(const inspection::JudgingRun& run) {
  json::Object quotes;
  for (const auto& [reason, count] : run.quotes_dropped) quotes.push_back({std::string(name_of(reason)), count});
  return {{"judged", run.judged},       {"proposals", run.proposals},
          {"dropped", run.dropped},     {"quotes_dropped", std::move(quotes)},
          {"unchanged", run.unchanged}, {"no_question", run.no_question},
          {"left_out", run.left_out},   {"failed", run.failed},
          {"given_up", run.given_up},   {"contacts", run.asked.contacts},
          {"tokens", run.asked.tokens}, {"budget_is_used_up", run.budget_is_used_up}};
}

Result<std::optional<std::string>> judge_model(const Centre& centre) {
  ZH_TRY(const OutboundSettings settings, read_outbound_settings(centre.dir));
  return settings.judge ? std::optional(settings.judge->judge.model) : std::nullopt;
}

Status queue_judging(const Centre& centre, db::Transaction& tx, Instant now) {
  ZH_TRY(const OutboundSettings settings, read_outbound_settings(centre.dir));
  return settings.judge ? inspection::queue_judging(tx, centre.zone, settings.judge->limits, now) : Status();
}

}  // namespace zh::app
