#include "rooms/contacts/recordings.h"

#include <algorithm>
#include <array>

namespace zh::contacts {

namespace {

struct Ending {
  std::string_view name;
  std::string_view media;
};

// What telephone systems record in, with the media types that browsers know them by.
constexpr std::array kEndings{
    Ending{"wav", "audio/wav"},   Ending{"mp3", "audio/mpeg"},       Ending{"ogg", "audio/ogg"},
    Ending{"oga", "audio/ogg"},   Ending{"opus", "audio/ogg"},       Ending{"m4a", "audio/mp4"},
    Ending{"mp4", "audio/mp4"},   Ending{"aac", "audio/aac"},        Ending{"flac", "audio/flac"},
    Ending{"webm", "audio/webm"}, Ending{"gsm", "audio/x-gsm"},      Ending{"amr", "audio/amr"},
    Ending{"3gp", "audio/3gpp"},  Ending{"wma", "audio/x-ms-wma"},   Ending{"au", "audio/basic"},
    Ending{"aiff", "audio/aiff"}, Ending{"mka", "audio/x-matroska"}, Ending{"spx", "audio/ogg"},
};

std::string lower(std::string_view text) {
  std::string result(text);
  std::ranges::transform(result, result.begin(),
                         [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return result;
}

}  // namespace

std::string_view name_of(Leg leg) {
  switch (leg) {
    case Leg::customer:
      return "customer";
    case Leg::agent:
      return "agent";
    case Leg::both:
      return "both";
  }
  return {};
}

std::optional<Leg> parse_leg(std::string_view name) {
  for (const Leg leg : {Leg::customer, Leg::agent, Leg::both}) {
    if (name_of(leg) == name) return leg;
  }
  return std::nullopt;
}

std::optional<RecordingName> recording_name(std::string_view file_name) {
  const std::size_t dot = file_name.rfind('.');
  if (dot == std::string_view::npos) return std::nullopt;
  const auto* const ending = std::ranges::find(kEndings, lower(file_name.substr(dot + 1)), &Ending::name);
  if (ending == kEndings.end()) return std::nullopt;
  RecordingName name{.source_id = std::string(file_name.substr(0, dot)), .media = std::string(ending->media)};
  constexpr std::string_view kIn = "-in";
  constexpr std::string_view kOut = "-out";
  if (name.source_id.ends_with(kIn)) {
    name.leg = Leg::customer;
    name.source_id.resize(name.source_id.size() - kIn.size());
  } else if (name.source_id.ends_with(kOut)) {
    name.leg = Leg::agent;
    name.source_id.resize(name.source_id.size() - kOut.size());
  }
  if (name.source_id.empty()) return std::nullopt;
  return name;
}

}  // namespace zh::contacts
