// HTTP/1.x as it stands on the wire, apart from sockets: what a head must hold to be read in one way only, and how the
// head of an answer is written.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/instant.h"
#include "http/message.h"
#include "http/problem.h"

namespace zh::http {

struct HttpVersion {
  int major = 1;
  int minor = 1;
};

// Why a head cannot be trusted to mean the same to us as to a proxy before us (request smuggling), or nothing:
// no or several Host fields, several or odd Content-Lengths, both lengths at once, a coding other than "chunked",
// an Expect other than 100-continue.
std::optional<Problem> head_problem(const Headers& headers, HttpVersion version);

// "http://host/path?x" → "/path?x"; "*" → "/"; anything else as it is.
std::string_view origin_form(std::string_view target);

enum class Framing {
  length,   // Content-Length
  chunked,  // pieces of unknown number
  close,    // HTTP/1.0 without a known length: the end of the connection is the end of the body
  none,     // 1xx, 204, 304 have no body and no length
};

struct HeadOptions {
  HttpVersion version;
  bool keep_alive = true;
  Framing framing = Framing::length;
  std::uint64_t length = 0;
  std::string_view date;
};

// Status line and fields with the empty line that ends them.
std::string response_head(const Response& response, const HeadOptions& options);
// "Sun, 06 Nov 1994 08:49:37 GMT"
std::string http_date(Instant at);
// One piece of a chunked body without its bytes: "1a\r\n". The bytes and "\r\n" follow.
std::string chunk_head(std::size_t size);

}  // namespace zh::http
