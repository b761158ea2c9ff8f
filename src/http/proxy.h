// Who the client is when requests come through proxies: only what a trusted one adds is believed.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "http/message.h"

namespace zh::http {

// An address as 16 bytes; IPv4 as ::ffff:a.b.c.d, so that both spellings of one host are equal.
using AddressBytes = std::array<unsigned char, 16>;
std::optional<AddressBytes> parse_address(std::string_view text);
bool is_loopback(const AddressBytes& address);

class TrustedProxies {
 public:
  // Addresses and networks: "192.0.2.7", "10.0.0.0/8", "fd00::/8". Fails (invalid) naming the one that is none.
  static Result<TrustedProxies> parse(std::span<const std::string> networks);
  bool trusts(std::string_view address) const;

 private:
  struct Network {
    AddressBytes address;
    int bits;  // of the 128 that must agree
  };
  std::vector<Network> networks_;
};

struct Origin {
  std::string client;  // address of the client as far back as trusted hosts tell
  bool secure = false;
  bool local = false;
};

// `peer` is the other end of the connection, `tls` whether that is encrypted.
Origin origin_of(const TrustedProxies& proxies, std::string_view peer, bool tls, const Headers& headers);

}  // namespace zh::http
