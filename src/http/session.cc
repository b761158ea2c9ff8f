#include "http/session.h"

#include <fmt/format.h>

#include <algorithm>

#include "http/target.h"

namespace zh::http {

namespace {

std::string cookie_name(const Request& request) {
  return request.secure ? fmt::format("__Host-{}", kSessionCookie) : std::string(kSessionCookie);
}

std::string cookie_line(const Request& request, std::string_view value, std::optional<int> max_age_s) {
  std::string line = fmt::format("{}={}; Path=/; HttpOnly; SameSite=Strict", cookie_name(request), value);
  if (request.secure) line += "; Secure";
  if (max_age_s) line += fmt::format("; Max-Age={}", *max_age_s);
  return line;
}

Problem cross_site(std::string zh, std::string en) {
  return transport_problem(403, "cross_site", {.zh = std::move(zh), .en = std::move(en)});
}

bool is_own_origin(const Request& request, std::string_view origin, std::span<const std::string> origins) {
  const std::string own = fmt::format("{}://{}", request.secure ? "https" : "http", request.headers.get("Host"));
  return origin == own || std::ranges::find(origins, origin) != origins.end();
}

}  // namespace

std::string_view session_cookie_of(const Request& request) {
  return cookie_value(request.headers.get("Cookie"), cookie_name(request));
}

std::string_view bearer_token_of(const Request& request) {
  constexpr std::string_view scheme = "bearer ";
  const std::string_view value = request.headers.get("Authorization");
  const bool bearer =
      value.size() > scheme.size() && std::ranges::equal(value.substr(0, scheme.size()), scheme,
                                                         [](char a, char b) { return (a | 0x20) == (b | 0x20); });
  return bearer ? value.substr(scheme.size()) : std::string_view();
}

std::string set_session_cookie(const Request& request, std::string_view value, std::optional<int> max_age_s) {
  return cookie_line(request, value, max_age_s);
}

std::string clear_session_cookie(const Request& request) { return cookie_line(request, "", 0); }

std::optional<Problem> cross_site_problem(const Request& request, std::span<const std::string> origins) {
  if (is_safe(request.method)) return std::nullopt;
  // A token is never sent by a browser on its own, so another site cannot borrow it.
  if (!bearer_token_of(request).empty()) return std::nullopt;
  const std::string_view fetch_site = request.headers.get("Sec-Fetch-Site");
  if (!fetch_site.empty() && fetch_site != "same-origin") {
    return cross_site("此请求来自其他网站，已拒绝", "this request comes from another site and was refused");
  }
  if (const auto* const origin = request.headers.find("Origin");
      origin != nullptr && !is_own_origin(request, *origin, origins)) {
    return cross_site("来源与本服务器不符，已拒绝；如在反向代理之后，请在配置中写明 origins",
                      "the Origin is not this server's; behind a proxy, state it under origins in the configuration");
  }
  if (request.headers.get(kWriteHeader) != kWriteHeaderValue) {
    return cross_site(
        fmt::format("修改数据的请求须带请求头 {}: {}", kWriteHeader, kWriteHeaderValue),
        fmt::format("requests that change something carry the header {}: {}", kWriteHeader, kWriteHeaderValue));
  }
  return std::nullopt;
}

}  // namespace zh::http
