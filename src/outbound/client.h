// Asks others over HTTP/1.1, one request at a time per thread, with everything bounded (README.md).
//
//   outbound::Client client({.hosts = {"s3.example.org"}});
//   ZH_TRY(const Answer answer, client.ask(address, {.target = "/records/4b/4be1"}));
//   if (answer.status != 200) return answer_problem(address, answer);
//
//   client.ask(*parse_address("https://other.example"), {}).error()   // forbidden: may not be asked
//
// Any thread. Connections are kept for a short while and used again.
#pragma once

#include <memory>
#include <mutex>
#include <stop_token>
#include <vector>

#include "outbound/address.h"
#include "outbound/message.h"
#include "outbound/retry.h"

namespace zh::outbound {

class Wire;

class Client {
 public:
  explicit Client(Allowed allowed, RetryRule rule = {});
  ~Client();
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  // The answer, whatever its status; of those that are worth another try the last one. Fails: forbidden (not
  // listed); invalid (a header that is none); unavailable, naming host and trouble, when no whole answer came; limit
  // when it is larger than it may be; cancelled; and as the body's source does.
  Result<Answer> ask(const Address& address, const Request& request, const std::stop_token& stop = {});

  const Allowed& allowed() const { return allowed_; }

 private:
  struct Attempted;
  Attempted attempt(const Address& address, const Request& request, const std::stop_token& stop);
  std::unique_ptr<Wire> take_idle(const Address& address);
  void keep_idle(std::unique_ptr<Wire> wire);

  const Allowed allowed_;
  const RetryRule rule_;
  std::mutex mutex_;
  std::vector<std::unique_ptr<Wire>> idle_;  // with mutex_
};

// The error of an answer that says no: unavailable for what may pass (busy, failed, full), forbidden for 401 and 403,
// not_found for 404, limit for 413, invalid for any other 4xx; unavailable for a redirect, which names where to. Quotes
// the beginning of what it says.
Error answer_problem(const Address& address, const Answer& answer);

}  // namespace zh::outbound
