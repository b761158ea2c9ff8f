// One request and what becomes of it, and what its two halves (reading, sending) have in common.
#pragma once

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

#include "http/net/house.h"
#include "http/wire.h"

namespace zh::http::net {

namespace bhttp = boost::beast::http;
using Parser = bhttp::request_parser<bhttp::buffer_body>;
using Clock = std::chrono::steady_clock;

constexpr std::size_t kPiece = 256 * 1024;    // bytes moved per time limit
constexpr std::size_t kProgress = 16 * 1024;  // bytes that count as progress of a body

struct Exchange {
  Request request;
  Plan plan;
  HttpVersion version;
  bool keep_alive = false;
  bool failed = false;  // the connection cannot be used any further
  int status = 0;
  std::uint64_t bytes_sent = 0;
  std::string account;
  std::string note;
  Clock::time_point started = Clock::now();
};

std::string new_request_id();
std::string_view cached_date(Instant now);
Request request_from(const Parser& parser);
Problem problem_from(const error_code& failure);
bool has_timed_out(const error_code& failure);
bool is_known_method(const Parser& parser);
bool has_hung_up(int socket);  // the other end has closed, whatever is still unread

}  // namespace zh::http::net
