#include "http/metrics.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>

namespace zh::http {

namespace {

using Out = std::back_insert_iterator<std::string>;

void heading(Out out, std::string_view name, std::string_view type, std::string_view help) {
  fmt::format_to(out, "# HELP {} {}\n# TYPE {} {}\n", name, help, name, type);
}

void single(Out out, std::string_view name, std::string_view type, std::string_view help, auto value) {
  heading(out, name, type, help);
  fmt::format_to(out, "{} {}\n", name, value);
}

// Label values escape backslash, quote and line feed.
std::string escaped(std::string_view value) {
  std::string result;
  for (const char c : value) {
    if (c == '\\' || c == '"') result += '\\';
    result += c == '\n' ? ' ' : c;
  }
  return result;
}

void write_latency(Out out, std::string_view route, const Metrics::RouteCounts& counts) {
  std::uint64_t cumulated = 0;
  for (std::size_t i = 0; i < kLatencyBounds.size(); ++i) {
    cumulated += counts.latency[i].load(std::memory_order_relaxed);
    fmt::format_to(out, "zhiheng_http_request_seconds_bucket{{route=\"{}\",le=\"{}\"}} {}\n", route, kLatencyBounds[i],
                   cumulated);
  }
  cumulated += counts.latency.back().load(std::memory_order_relaxed);
  fmt::format_to(out, "zhiheng_http_request_seconds_bucket{{route=\"{}\",le=\"+Inf\"}} {}\n", route, cumulated);
  fmt::format_to(out, "zhiheng_http_request_seconds_sum{{route=\"{}\"}} {:.6f}\n", route,
                 static_cast<double>(counts.micros.load(std::memory_order_relaxed)) / 1e6);
  fmt::format_to(out, "zhiheng_http_request_seconds_count{{route=\"{}\"}} {}\n", route, cumulated);
}

}  // namespace

Metrics::RouteCounts& Metrics::route(std::string_view name) {
  const std::scoped_lock lock(mutex_);
  const auto found = routes_.find(name);
  if (found != routes_.end()) return *found->second;
  return *routes_.emplace(std::string(name), std::make_unique<RouteCounts>()).first->second;
}

void Metrics::count(RouteCounts& counts, int status, std::int64_t micros) {
  const auto status_class = static_cast<std::size_t>(std::clamp(status / 100, 1, 5));
  counts.by_class[status_class].fetch_add(1, std::memory_order_relaxed);
  const double seconds = static_cast<double>(micros) / 1e6;
  const auto bound = std::ranges::lower_bound(kLatencyBounds, seconds);
  counts.latency[static_cast<std::size_t>(bound - kLatencyBounds.begin())].fetch_add(1, std::memory_order_relaxed);
  counts.micros.fetch_add(static_cast<std::uint64_t>(std::max<std::int64_t>(micros, 0)), std::memory_order_relaxed);
}

void Metrics::add_gauge(Gauge gauge) {
  const std::scoped_lock lock(mutex_);
  gauges_.push_back(std::move(gauge));
  // Lines of one name stand together, as the format asks.
  std::ranges::stable_sort(gauges_, {}, &Gauge::name);
}

std::string Metrics::prometheus() const {
  std::string text;
  const Out out(text);
  single(out, "zhiheng_http_connections", "gauge", "Open connections.", connections.load());
  single(out, "zhiheng_http_event_streams", "gauge", "Open event streams.", event_streams.load());
  single(out, "zhiheng_http_waiting_requests", "gauge", "Requests that wait for a worker.", waiting.load());
  single(out, "zhiheng_http_connections_total", "counter", "Connections accepted.", connections_total.load());
  single(out, "zhiheng_http_refused_connections_total", "counter", "Connections over a limit.",
         refused_connections.load());
  single(out, "zhiheng_http_malformed_requests_total", "counter", "Requests that were no HTTP.",
         malformed_requests.load());
  single(out, "zhiheng_http_timeouts_total", "counter", "Connections cut for being too slow.", timeouts.load());
  single(out, "zhiheng_http_received_bytes_total", "counter", "Bytes of request bodies.", bytes_received.load());
  single(out, "zhiheng_http_sent_bytes_total", "counter", "Bytes of response bodies.", bytes_sent.load());

  const std::scoped_lock lock(mutex_);
  heading(out, "zhiheng_http_requests_total", "counter", "Requests by route and class of status.");
  for (const auto& [name, counts] : routes_) {
    for (std::size_t i = 1; i < counts->by_class.size(); ++i) {
      const auto value = counts->by_class[i].load(std::memory_order_relaxed);
      if (value == 0) continue;
      fmt::format_to(out, "zhiheng_http_requests_total{{route=\"{}\",status=\"{}xx\"}} {}\n", escaped(name), i, value);
    }
  }
  heading(out, "zhiheng_http_request_seconds", "histogram", "Time from the head's end to the answer, by route.");
  for (const auto& [name, counts] : routes_) write_latency(out, escaped(name), *counts);
  const Gauge* before = nullptr;
  for (const auto& gauge : gauges_) {
    if (before == nullptr || before->name != gauge.name) heading(out, gauge.name, "gauge", gauge.help);
    before = &gauge;
    const std::string labels = gauge.labels.empty() ? std::string() : "{" + gauge.labels + "}";
    fmt::format_to(out, "{}{} {}\n", gauge.name, labels, gauge.read());
  }
  return text;
}

}  // namespace zh::http
