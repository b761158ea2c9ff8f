// The OpenAPI 3.1 document of a router, from the same tables that read and write: what the desk's types are made of.
#pragma once

#include <string>

#include "http/router.h"

namespace zh::http {

struct ApiTitle {
  Text title;
  std::string version;
};

// One JSON document with a fixed order of keys: the same routes give the same bytes. Summaries in `language`. Fails
// (invalid) when two different records share a name.
Result<std::string> openapi_document(const Router& router, const ApiTitle& title, Language language);

}  // namespace zh::http
