// Where something is asked, as the settings file writes it, and whom the operator allows to be asked. Pure.
//
//   parse_address("https://s3.example.org/records")    tls, "s3.example.org", 443, "/records"
//   parse_address("http://[::1]:8080")                 "::1", 8080, ""
//   parse_address("https://name:word@s3.example.org")  refused: names and passwords have settings of their own
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace zh::outbound {

struct Address {
  bool tls = true;
  std::string host = {};  // lower case; an IPv6 address without its brackets
  std::uint16_t port = 0;
  std::string path = {};  // without the slash at its end; "" for none

  // What a Host line says: "s3.example.org", "[::1]:8080"; the scheme's own port is left out.
  std::string authority() const;
  friend bool operator==(const Address&, const Address&) = default;
};

// Fails (invalid): another scheme than http and https, no host, a port that is none, user, query or fragment.
Result<Address> parse_address(std::string_view url);

// Part `outbound:` of the settings file.
struct Allowed {
  std::vector<std::string> hosts = {};      // "s3.example.org": its https or http port; "asr.internal:8443": that one
  bool plaintext = false;                   // http:// to other machines too
  std::filesystem::path certificates = {};  // PEM: authorities beside the system's; empty for none
  friend bool operator==(const Allowed&, const Allowed&) = default;
};

// Whether the address may be asked. Fails (forbidden), naming the setting that would allow it.
Status check_allowed(const Allowed& allowed, const Address& address);

// A part of a path or a query's name or value, percent-encoded as RFC 3986 has it: letters, digits and -._~ stay.
std::string percent_encoded(std::string_view text);

}  // namespace zh::outbound
