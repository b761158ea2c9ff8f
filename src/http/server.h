// The server: sockets, TLS, time limits, threads. Boost.Beast stays behind this header, in one source file.
//
// Threads: `io_threads` move bytes and never wait; `workers` run the handlers (rules, SQL). An idle event stream is a
// socket and some hundred bytes.
#pragma once

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "http/site.h"

namespace zh::http {

struct TlsFiles {
  std::filesystem::path certificate;  // PEM, the server's first, then the chain
  std::filesystem::path key;          // PEM
};

struct ServerLimits {
  std::size_t head_bytes = 16 * 1024;                // request line and header fields
  std::size_t connections = 4000;                    // each costs about 20 KiB while busy
  std::size_t connections_per_client = 400;          // 0: no limit (behind a proxy all come from one)
  std::size_t queued = 2000;                         // requests waiting for a worker; past that 503
  std::chrono::milliseconds head_time{10'000};       // from the first byte of a head to its end: slow-loris
  std::chrono::milliseconds idle_time{60'000};       // between requests of one connection
  std::chrono::milliseconds body_time{30'000};       // without progress of 16 KiB
  std::chrono::milliseconds send_time{30'000};       // without progress of the client's reading
  std::chrono::milliseconds handshake_time{10'000};  // TLS
  std::chrono::milliseconds event_pulse{25'000};     // comment on idle event streams; also re-checks their session
  std::chrono::milliseconds stop_time{10'000};       // for running requests at the end
};

struct ServerOptions {
  std::string address = "127.0.0.1";
  std::uint16_t port = 8080;  // 0: one that is free
  std::optional<TlsFiles> tls;
  bool allow_plaintext = false;  // serve without TLS beyond loopback: only behind a proxy that has TLS
  // Addresses or networks ("10.0.0.0/8") whose X-Forwarded-For and X-Forwarded-Proto are believed.
  std::vector<std::string> trusted_proxies;
  int io_threads = 2;
  int workers = 0;                      // 0: twice the processors, at least 4
  std::filesystem::path upload_folder;  // empty: routes that take files answer 501; left-overs are removed at start
  ServerLimits limits;
};

class Server {
 public:
  // Binds, listens and starts its threads; ready when it returns. `site` must outlive the server. Fails: invalid
  // (address, plaintext beyond loopback, certificate), unavailable (port taken).
  static Result<std::unique_ptr<Server>> start(const Site& site, ServerOptions options);
  ~Server();  // stop()

  std::uint16_t port() const;
  // Takes no new connections, ends event streams and idle connections, lets running requests end within stop_time, then
  // cuts what is left. Returns when all threads are gone. Thread-safe; a second call waits for the first.
  void stop();

  class Machine;  // server.cc
 private:
  explicit Server(std::unique_ptr<Machine> machine);
  std::unique_ptr<Machine> machine_;
};

}  // namespace zh::http
