// Every room's routes, one line each.
#include "app/server/serving.h"

namespace zh::app {

void add_routes(http::Site& site, const Serving& serving) {
  static_cast<void>(site);
  static_cast<void>(serving);
}

}  // namespace zh::app
