// Errors as RFC 9457 problem documents, in the caller's language.
//
//   {"type":"urn:zhiheng:problem:invalid","title":"Not accepted","status":422,"detail":"…","code":"invalid",
//    "clause":"C3.1","request_id":"…","errors":[{"pointer":"/tags/1/weight","detail":"expected number, got string"}]}
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "http/message.h"

namespace zh::http {

// One fault in what was sent. Exactly one of pointer and parameter says where.
struct FieldError {
  std::string pointer;    // into the JSON body (RFC 6901): "/tags/1/weight"; "" is the whole body
  std::string parameter;  // name of a query, path or header parameter
  Text detail;

  std::string to_string(Language language) const;  // "/tags/1/weight: expected number, got string"
};

struct Problem {
  int status = 500;
  std::string code;  // the ErrorCode's name, or one of the transport's own: "rate_limited", "not_acceptable" …
  Text title;
  Text detail;
  std::string clause;
  std::vector<FieldError> errors;
  Headers headers;       // Retry-After, WWW-Authenticate, Allow
  std::string log_note;  // what only the log is told

  Response respond(Language language, std::string_view request_id) const;
};

// The one mapping of error codes to HTTP.
int status_of(ErrorCode code);
std::string_view name_of(ErrorCode code);

// A bug's or a broken store's message goes to the log; the client learns the request's id.
Problem problem_of(const Error& error, std::vector<FieldError> errors = {});
// Refusals of the transport itself; `code` names them in the document and the metrics.
Problem transport_problem(int status, std::string_view code, Text detail);

// The language asked for by an Accept-Language header; `otherwise` when it names neither.
Language language_of(std::string_view accept_language, Language otherwise);

}  // namespace zh::http
