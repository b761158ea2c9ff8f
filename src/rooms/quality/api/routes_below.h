// The routes below one path, which differ in method, name and who may: each is described in one line.
//
//   constexpr RoutesBelow kRoutes{.path = "/api/v1/library", .tag = "library"};
//   site.router().add(kRoutes.creating("", "addToLibrary", {.zh = "收入录音库", .en = "Add a contact"}, keepers()), …);
//
// Private to the api.
#pragma once

#include <string>
#include <string_view>

#include "http/router.h"

namespace zh::quality::api {

struct RoutesBelow {
  std::string_view path;
  std::string_view tag = "quality";

  // `more` is what follows the path: "", "/{number:int}/close".
  http::RouteInfo route(http::Method method, std::string_view more, std::string id, Text summary,
                        http::Access access) const;
  // Makes something: sent again under the same Idempotency-Key it answers again and makes nothing.
  http::RouteInfo creating(std::string_view more, std::string id, Text summary, http::Access access) const;
  // Changes what must have been read first.
  http::RouteInfo changing(http::Method method, std::string_view more, std::string id, Text summary,
                           http::Access access) const;
};

}  // namespace zh::quality::api
