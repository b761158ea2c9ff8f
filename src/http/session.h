// Who is calling: the hooks through which a room brings its sessions and tokens in, and the checks that a write comes
// from our own page. How accounts, passwords and sessions are kept is the people room's business.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

#include "http/access.h"
#include "http/message.h"
#include "http/problem.h"

namespace zh::http {

// Finds out who sent a request: by its session cookie or its bearer token. Nothing: a stranger. Fails: unauthenticated
// (expired, ended, unknown), unavailable (the store is gone). Called on worker threads, by several at once.
using Authenticate = std::function<Result<std::optional<Principal>>(const Request&)>;

constexpr std::string_view kSessionCookie = "zhiheng_session";
// Every write that is not a token's must carry it: a page of another site cannot, without asking us first (CORS), and
// we never agree.
constexpr std::string_view kWriteHeader = "X-Requested-With";
constexpr std::string_view kWriteHeaderValue = "zhiheng";

// "zhiheng_session" of the request's cookies, "" when absent. Over TLS the cookie is called __Host-zhiheng_session,
// which a browser takes over TLS only, for this host only.
std::string_view session_cookie_of(const Request& request);
// The token of "Authorization: Bearer …", "" when absent.
std::string_view bearer_token_of(const Request& request);
// Set-Cookie lines: HttpOnly, SameSite=Strict, Path=/, Secure over TLS. A session cookie without an age ends with the
// browser.
std::string set_session_cookie(const Request& request, std::string_view value, std::optional<int> max_age_s = {});
std::string clear_session_cookie(const Request& request);

// Why a write may not be trusted to come from our own page, or nothing. `origins` are further origins under which this
// server is reached ("https://desk.example.com"); the Host header's own is always one.
std::optional<Problem> cross_site_problem(const Request& request, std::span<const std::string> origins);

}  // namespace zh::http
