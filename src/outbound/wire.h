// One connection to one address. Used by client.cc only; wire.cc is the one file that knows Boost.Beast and OpenSSL.
#pragma once

#include <chrono>
#include <filesystem>
#include <memory>
#include <optional>
#include <stop_token>

#include "outbound/address.h"
#include "outbound/message.h"
#include "outbound/retry.h"

namespace zh::outbound {

// Why there is no whole answer. One of the two: `trouble` of the connection, or an error that is not the other's.
struct Failure {
  Trouble trouble = Trouble::cut;
  Error error;
  bool own = false;       // a body that could not be read, a limit, cancelled: never tried again
  bool answered = false;  // a byte of the answer had come
};

class Wire {
 public:
  // Connects, with TLS where the address asks for it. A failure is given in `failure`, the wire is null then.
  static std::unique_ptr<Wire> connect(const Address& address, const std::filesystem::path& certificates,
                                       const Limits& limits, const std::stop_token& stop,
                                       std::optional<Failure>& failure);
  virtual ~Wire() = default;
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  // Nothing in `failure` when the answer is whole.
  virtual Answer exchange(const Request& request, const std::stop_token& stop, std::optional<Failure>& failure) = 0;

  const Address& address() const { return address_; }
  // Whether it can carry another request: the answer allowed it, nothing lies there unread, and it is not old.
  virtual bool is_usable() const = 0;

 protected:
  explicit Wire(Address address) : address_(std::move(address)) {}

 private:
  Address address_;
};

}  // namespace zh::outbound
