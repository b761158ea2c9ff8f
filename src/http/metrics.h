// What the server counts, and its Prometheus text form at /metrics.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace zh::http {

// Upper bounds of the latency histogram, in seconds.
inline constexpr std::array kLatencyBounds{0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0};

// Thread-safe; counting takes no lock once a route has been seen.
class Metrics {
 public:
  struct RouteCounts {
    std::array<std::atomic<std::uint64_t>, 6> by_class{};                         // [1…5]: answers 1xx…5xx
    std::array<std::atomic<std::uint64_t>, kLatencyBounds.size() + 1> latency{};  // not cumulated
    std::atomic<std::uint64_t> micros{0};
  };

  // The counts of a route ("GET /api/v1/months/{month}"), made on first use; the reference stays good.
  RouteCounts& route(std::string_view name);
  static void count(RouteCounts& counts, int status, std::int64_t micros);

  std::atomic<std::int64_t> connections{0};
  std::atomic<std::int64_t> event_streams{0};
  std::atomic<std::int64_t> waiting{0};  // requests that no worker has begun yet
  std::atomic<std::uint64_t> connections_total{0};
  std::atomic<std::uint64_t> bytes_received{0};
  std::atomic<std::uint64_t> bytes_sent{0};
  std::atomic<std::uint64_t> refused_connections{0};  // over the limit
  std::atomic<std::uint64_t> malformed_requests{0};
  std::atomic<std::uint64_t> timeouts{0};

  // A figure of another part (jobs waiting, database connections), asked for when the text is made.
  // `name` in Prometheus style ("zhiheng_jobs_waiting"), `labels` like `queue="default"` or empty.
  struct Gauge {
    std::string name;
    std::string help;
    std::string labels;
    std::function<double()> read;
  };
  void add_gauge(Gauge gauge);

  std::string prometheus() const;

 private:
  mutable std::mutex mutex_;
  std::map<std::string, std::unique_ptr<RouteCounts>, std::less<>> routes_;
  std::vector<Gauge> gauges_;
};

}  // namespace zh::http
