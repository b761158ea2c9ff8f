#include "http/wire.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "base/calendar.h"

namespace zh::http {

namespace {

bool same_word(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) {
    const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c | 0x20) : c; };
    return lower(x) == lower(y);
  });
}

Problem malformed(std::string zh, std::string en) {
  return transport_problem(400, "malformed", {.zh = std::move(zh), .en = std::move(en)});
}

bool is_digits(std::string_view text) {
  return !text.empty() && text.size() <= 18 && std::ranges::all_of(text, [](char c) { return c >= '0' && c <= '9'; });
}

// Letters, digits, '-', '.', '_', ':' and the brackets of IPv6: what a host and port are made of.
bool is_host(std::string_view text) {
  return !text.empty() && std::ranges::all_of(text, [](char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '-' || c == '.' ||
           c == '_' || c == ':' || c == '[' || c == ']';
  });
}

std::string_view reason(int status) {
  switch (status) {
    case 200:
      return "OK";
    case 201:
      return "Created";
    case 202:
      return "Accepted";
    case 204:
      return "No Content";
    case 206:
      return "Partial Content";
    case 304:
      return "Not Modified";
    case 400:
      return "Bad Request";
    case 401:
      return "Unauthorized";
    case 403:
      return "Forbidden";
    case 404:
      return "Not Found";
    case 405:
      return "Method Not Allowed";
    case 409:
      return "Conflict";
    case 412:
      return "Precondition Failed";
    case 413:
      return "Content Too Large";
    case 415:
      return "Unsupported Media Type";
    case 416:
      return "Range Not Satisfiable";
    case 417:
      return "Expectation Failed";
    case 422:
      return "Unprocessable Content";
    case 428:
      return "Precondition Required";
    case 429:
      return "Too Many Requests";
    case 431:
      return "Request Header Fields Too Large";
    case 500:
      return "Internal Server Error";
    case 501:
      return "Not Implemented";
    case 503:
      return "Service Unavailable";
    default:
      return "";  // clients must not care
  }
}

}  // namespace

std::optional<Problem> head_problem(const Headers& headers, HttpVersion version) {
  const std::size_t hosts = headers.count("Host");
  if (hosts > 1 || (hosts == 0 && version.minor >= 1) || (hosts == 1 && !is_host(headers.get("Host")))) {
    return malformed("请求须恰有一个合法的 Host", "a request has exactly one well-formed Host");
  }
  const std::size_t lengths = headers.count("Content-Length");
  const std::size_t codings = headers.count("Transfer-Encoding");
  if (lengths > 1 || (lengths == 1 && !is_digits(headers.get("Content-Length")))) {
    return malformed("Content-Length 不合法", "Content-Length is not one number");
  }
  if (codings > 0 && (lengths > 0 || version.minor == 0)) {
    return malformed("请求长度有两种说法", "the request states its length in two ways");
  }
  if (codings > 1 || (codings == 1 && !same_word(headers.get("Transfer-Encoding"), "chunked"))) {
    return transport_problem(501, "unsupported_coding",
                             {.zh = "只支持 chunked 传输编码", .en = "no transfer coding but chunked is understood"});
  }
  if (headers.count("Expect") > 0 && !same_word(headers.get("Expect"), "100-continue")) {
    return transport_problem(
        417, "unsupported_expectation",
        {.zh = "只支持 Expect: 100-continue", .en = "no expectation but 100-continue is understood"});
  }
  return std::nullopt;
}

std::string_view origin_form(std::string_view target) {
  if (target == "*") return "/";
  for (const std::string_view scheme : {"http://", "https://"}) {
    if (!target.starts_with(scheme)) continue;
    const auto path = target.find_first_of("/?", scheme.size());
    if (path == std::string_view::npos) return "/";
    return target[path] == '/' ? target.substr(path) : std::string_view("/");
  }
  return target;
}

std::string http_date(Instant at) {
  constexpr std::array days{"Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"};
  constexpr std::array months{"Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
  constexpr std::int64_t day_s = 86'400;
  const std::int64_t seconds = at.seconds();
  const std::int64_t of_day = ((seconds % day_s) + day_s) % day_s;
  const Date day{static_cast<std::int32_t>((seconds - of_day) / day_s)};
  const auto civil = day.civil();
  return fmt::format("{}, {:02} {} {:04} {:02}:{:02}:{:02} GMT", days[static_cast<std::size_t>(day.weekday() - 1)],
                     civil.day, months[static_cast<std::size_t>(civil.month - 1)], civil.year, of_day / 3600,
                     of_day / 60 % 60, of_day % 60);
}

std::string response_head(const Response& response, const HeadOptions& options) {
  std::string head;
  head.reserve(768);
  const auto out = std::back_inserter(head);
  fmt::format_to(out, "HTTP/1.{} {} {}\r\nDate: {}\r\n", options.version.minor, response.status,
                 reason(response.status), options.date);
  for (const auto& [name, value] : response.headers) fmt::format_to(out, "{}: {}\r\n", name, value);
  if (options.framing == Framing::length) fmt::format_to(out, "Content-Length: {}\r\n", options.length);
  if (options.framing == Framing::chunked) head += "Transfer-Encoding: chunked\r\n";
  if (!options.keep_alive) {
    head += "Connection: close\r\n";
  } else if (options.version.minor == 0) {
    head += "Connection: keep-alive\r\n";
  }
  return head += "\r\n";
}

std::string chunk_head(std::size_t size) { return fmt::format("{:x}\r\n", size); }

}  // namespace zh::http
