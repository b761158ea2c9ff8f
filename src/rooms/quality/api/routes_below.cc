#include "rooms/quality/api/routes_below.h"

#include <utility>

namespace zh::quality::api {

http::RouteInfo RoutesBelow::route(http::Method method, std::string_view more, std::string id, Text summary,
                                   http::Access access) const {
  return {.method = method,
          .path = std::string(path) + std::string(more),
          .id = std::move(id),
          .summary = std::move(summary),
          .tag = std::string(tag),
          .access = std::move(access)};
}

http::RouteInfo RoutesBelow::creating(std::string_view more, std::string id, Text summary, http::Access access) const {
  http::RouteInfo info = route(http::Method::post, more, std::move(id), std::move(summary), std::move(access));
  info.idempotent_create = true;
  return info;
}

http::RouteInfo RoutesBelow::changing(http::Method method, std::string_view more, std::string id, Text summary,
                                      http::Access access) const {
  http::RouteInfo info = route(method, more, std::move(id), std::move(summary), std::move(access));
  info.if_match = true;
  return info;
}

}  // namespace zh::quality::api
