// What is asked and what is answered, as plain values.
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/source.h"

namespace zh::outbound {

struct Header {
  std::string name;
  std::string value;  // no control characters: Client::ask refuses them
};
using Headers = std::vector<Header>;

// The value of the first header of that name, without regard to case; "" where there is none.
std::string_view header(const Headers& headers, std::string_view name);

// The bytes of a request, opened anew for every attempt, so that large ones are streamed and none is lost.
struct Body {
  std::uint64_t size = 0;
  std::function<Result<std::unique_ptr<ByteSource>>()> open = {};  // gives exactly `size` bytes; unused when size is 0
};
Body text_body(std::string text);

// How much and how long one attempt may take.
struct Limits {
  std::chrono::milliseconds connect{5'000};  // connection and TLS
  std::chrono::milliseconds idle{30'000};    // without a byte in either direction
  std::chrono::milliseconds whole{600'000};  // the attempt
  std::uint32_t head = 16 << 10;             // bytes of the answer's head
  std::uint64_t body = 1 << 20;              // and of its body
};

enum class Method { get, head, put, post, del };
std::string_view name_of(Method method);  // "DELETE"

struct Request {
  Method method = Method::get;
  std::string target = "/";  // path and query, percent-encoded; the address's own path is not added
  Headers headers = {};      // besides Host, Content-Length and Connection
  Body body = {};
  bool repeatable = true;  // carrying it out twice does no harm
  Limits limits = {};
};

struct Answer {
  int status = 0;
  Headers headers = {};
  std::string body = {};
};

}  // namespace zh::outbound
