// Everything of a request that our own code reads: target, cookies, ranges, entity tags, cursors, languages, proxies,
// query records, JSON bodies. The first byte says which; what is accepted must hold what its header promises.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/utf8.h"
#include "http/cursor.h"
#include "http/fields_json.h"
#include "http/proxy.h"
#include "http/range.h"
#include "http/router.h"
#include "http/session.h"
#include "http/static_files.h"
#include "http/target.h"
#include "http/test_records.h"
#include "http/wire.h"

namespace {

using namespace zh::http;  // NOLINT(google-build-using-namespace): the file is about nothing else

void must_hold(bool promise) {
  if (!promise) std::abort();
}

void read_target(std::string_view text) {
  const auto target = parse_target(origin_form(text));
  if (!target.ok()) return;
  const std::string& path = target->path;
  must_hold(path.starts_with('/') && zh::utf8::is_valid(path));
  must_hold(path.find("/../") == std::string::npos && !path.ends_with("/..") && path.find('\\') == std::string::npos);
  must_hold(path.find("//") == std::string::npos && path.find('\0') == std::string::npos);
  must_hold(target->query.size() <= kQueryParametersMax);
  testing_site::ListQuery query;
  must_hold(read_query(target->query, shape_of<testing_site::ListQuery>(), &query).size() <= 2 * kQueryParametersMax);
}

void read_range(std::string_view text) {
  for (const std::uint64_t size : {std::uint64_t{0}, std::uint64_t{1}, std::uint64_t{1000}, UINT64_MAX}) {
    const RangeAnswer answer = parse_range(text, size);
    if (answer.kind == RangeKind::part) must_hold(answer.range.first <= answer.range.last && answer.range.last < size);
  }
  [[maybe_unused]] const bool named = names_etag(text, "\"x\"", TagComparison::weak);
}

void read_cursor(std::string_view text) {
  static const CursorCodec codec("fuzz");
  must_hold(!codec.decode("list", text).ok());  // nobody guesses a tag
  const auto bytes = parse_base64url(text);
  if (bytes.ok()) must_hold(base64url(*bytes) == text);
}

void read_headers(std::string_view text) {
  Request request;
  request.method = Method::post;
  for (const char* const name : {"Cookie", "Authorization", "Origin", "Sec-Fetch-Site", "Host", "X-Forwarded-For",
                                 "Transfer-Encoding", "Content-Length", "Expect"}) {
    request.headers.set(name, text);
  }
  [[maybe_unused]] const auto problem = cross_site_problem(request, {});
  [[maybe_unused]] const auto head = head_problem(request.headers, {});
  must_hold(session_cookie_of(request).size() <= text.size());
  must_hold(bearer_token_of(request).size() <= text.size());
  static const TrustedProxies proxies = TrustedProxies::parse(std::vector<std::string>{"10.0.0.0/8"}).value();
  must_hold(parse_address(origin_of(proxies, "10.0.0.1", false, request.headers).client).has_value());
  [[maybe_unused]] const auto language = language_of(text, zh::Language::zh);
  [[maybe_unused]] const bool coded = accepts_coding(text, "gzip");
  must_hold(response_head(Response::text(200, text, ""), {}).find("\r\n\r\n") != std::string::npos);
  must_hold(attachment(text).find('\n') == std::string::npos);
}

void read_body(std::string_view text) {
  testing_site::NewSheet sheet;
  must_hold(read_json(text, sheet).size() <= kFieldErrorsMax);
  testing_site::Node node;
  if (!read_json(text, node).empty()) return;
  // What was read is written so that it reads the same.
  const std::string once = to_json(node, {});
  testing_site::Node again;
  must_hold(read_json(once, again).empty());
  must_hold(to_json(again, {}) == once);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  switch (data[0] % 5) {
    case 0:
      read_target(text);
      break;
    case 1:
      read_range(text);
      break;
    case 2:
      read_cursor(text);
      break;
    case 3:
      read_headers(text);
      break;
    default:
      read_body(text);
      break;
  }
  return 0;
}
