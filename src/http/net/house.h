// What all connections of a server share.
#pragma once

#include <atomic>
#include <string>

#include "http/net/workers.h"
#include "http/proxy.h"
#include "http/server.h"

namespace zh::http::net {

struct House {
  const Site& site;
  const ServerOptions& options;
  const TrustedProxies& proxies;
  Workers& workers;
  std::atomic<bool> stopping{false};
  std::stop_source stop{};  // asked to stop when running requests have had their time
  std::atomic<std::uint64_t> uploads{0};

  Metrics& metrics() const { return site.metrics(); }
};

// A connection as the machine sees it. All calls on its own I/O thread.
class Guest {
 public:
  virtual ~Guest() = default;
  virtual void wind_down() = 0;  // end when the running request is answered; at once when there is none
  virtual void cut() = 0;        // end now
};

}  // namespace zh::http::net
