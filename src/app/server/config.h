// The part `server:` of a centre's zhiheng.yaml: how this machine serves it. Everything has a default, so a centre
// without it is served on this host alone. What each key means and costs is told in docs/operating/server.md.
//
//   server:
//     listen: 0.0.0.0:8443
//     certificate: tls/server.pem          # relative to the data directory
//     key: tls/server.key
//     proxies: [10.0.0.0/8]                # whose X-Forwarded-For is believed
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"

namespace zh::policy::yaml {
struct Node;
}

namespace zh::app {

struct ServerConfig {
  std::string listen = "127.0.0.1:8080";  // address:port; an IPv6 address in brackets; port 0: one that is free
  std::string certificate = {};           // PEM; with `key`: TLS
  std::string key = {};
  bool plaintext = false;                 // serve without TLS beyond this host: only behind a proxy that has TLS
  std::vector<std::string> proxies = {};  // addresses or networks
  std::vector<std::string> origins = {};  // further addresses of the desk, where a proxy changes the Host
  bool hsts = false;
  std::string language = "zh";  // where a client asks for none: zh or en
  std::string desk = {};        // folder of the built desk; empty: looked for beside the program
  bool access_log = true;       // DIR/log/access.log
  int io_threads = 2;
  int workers = 0;  // 0: twice the processors, at least 4
  int job_threads = 2;
  int connections = 4000;            // of clients
  int connections_per_client = 400;  // 0: no limit
  int requests_per_second = 50;      // per client, all routes together
  int stop_seconds = 10;             // for running requests at the end

  friend bool operator==(const ServerConfig&, const ServerConfig&) = default;
};

// Fails (invalid) with file:line:column.
Status read_server_config(const policy::yaml::Node& node, ServerConfig& config);

struct Endpoint {
  std::string address;
  std::uint16_t port = 0;
};
// "127.0.0.1:8080", "[::1]:8080", "localhost:8080". Fails (invalid).
Result<Endpoint> parse_endpoint(std::string_view text);

}  // namespace zh::app
