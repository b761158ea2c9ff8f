#include "rooms/contacts/acoustics/acoustics.h"

#include "rooms/contacts/acoustics/acoustics_code.h"
#include "rooms/contacts/acoustics/acoustics_store.h"

namespace zh::contacts {

Hash acoustics_input(const std::vector<Recording>& standing, int version) {
  Hasher input;
  input.field("acoustics").field(std::to_string(version));
  for (const Recording& recording : standing) input.field(name_of(recording.leg)).field(recording.content.hex());
  return input.finish();
}

Result<std::optional<Acoustics>> acoustics_of(db::Transaction& tx, std::string_view call, int number) {
  const std::optional<Acoustics> none;
  ZH_TRY(const auto kept, store::measured(tx, {.call = std::string(call), .number = number}));
  if (!kept) return none;
  ZH_TRY(const std::vector<Recording> standing, recordings_of(tx, call, number));
  if (standing.empty() || kept->input != acoustics_input(standing, kept->version)) return none;
  ZH_TRY(audio::CallMeasures measures, decode_measures(kept->measures));
  return std::optional(Acoustics{.input = kept->input, .measures = std::move(measures)});
}

}  // namespace zh::contacts
