// Who may enter which kinds of facts on the desk, about whom. Pure.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "http/access.h"
#include "rooms/people/people.h"

namespace zh::app {

// The kinds that somebody may enter, in the order in which the desk offers them.
std::span<const std::string_view> entered_kinds();

// The caller as a person: the route has judged the token; from there on it is the person's reach that counts.
http::Principal in_person(http::Principal principal);

// How far somebody who may enter facts of that kind may do so: fails (forbidden) for others and for kinds that are not
// entered on the desk.
Result<http::Reach> entry_reach(std::string_view kind, const http::Principal& principal);

// Whether the person lies within the reach on the day. Nobody enters facts about himself.
bool may_enter_about(const people::Person& person, Date day, const http::Reach& reach,
                     const http::Principal& principal);

}  // namespace zh::app
