#include "http/server.h"

#include <fmt/format.h>
#include <poll.h>
#include <sodium.h>
#include <sys/resource.h>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <set>
#include <thread>
#include <unordered_map>

#include "http/net/connection.h"

namespace zh::http {

namespace net {

// Eight random bytes once, then a number: unique on this host and across restarts.
std::string new_request_id() {
  static const std::uint32_t process = randombytes_random();
  static std::atomic<std::uint32_t> last{0};
  return fmt::format("{:08x}{:08x}", process, last.fetch_add(1));
}

// The Date line changes once a second and is asked for by every answer.
std::string_view cached_date(Instant now) {
  thread_local std::int64_t second = -1;
  thread_local std::string text;
  if (now.seconds() != second) {
    second = now.seconds();
    text = http_date(now);
  }
  return text;
}

Request request_from(const Parser& parser) {
  Request request;
  const auto method = parser.get().method_string();
  request.method = parse_method({method.data(), method.size()}).value_or(Method::get);
  for (const auto& field : parser.get()) {
    const auto name = field.name_string();
    const auto value = field.value();
    request.headers.add(std::string(name.data(), name.size()), {value.data(), value.size()});
  }
  return request;
}

bool is_known_method(const Parser& parser) {
  const auto method = parser.get().method_string();
  return parse_method({method.data(), method.size()}).has_value();
}

bool has_hung_up(int socket) {
  pollfd looked{.fd = socket, .events = POLLRDHUP, .revents = 0};
  return ::poll(&looked, 1, 0) == 1 && (looked.revents & (POLLRDHUP | POLLHUP | POLLERR)) != 0;
}

bool has_timed_out(const error_code& failure) { return failure == beast::error::timeout; }

Problem problem_from(const error_code& failure) {
  if (failure == bhttp::error::header_limit || failure == bhttp::error::buffer_overflow) {
    return transport_problem(431, "head_too_large", {.zh = "请求头太大", .en = "the request's head is too large"});
  }
  return transport_problem(400, "malformed",
                           {.zh = "不是合法的 HTTP 请求", .en = "this is no well-formed HTTP/1.1 request"});
}

}  // namespace net

namespace {

using namespace net;  // NOLINT(google-build-using-namespace): the rest of this file is about nothing else

// One thread with its own event loop and the connections that live on it. No locks: everything happens on the thread.
struct Lane {
  asio::io_context context{1};
  asio::executor_work_guard<asio::io_context::executor_type> guard{context.get_executor()};
  std::set<std::shared_ptr<Guest>> guests;
  std::thread thread;
};

Error bad_address(const std::string& address) {
  return invalid({.zh = "“" + address + "”不是本机地址，例如 127.0.0.1",
                  .en = "“" + address + "” is no address; write for example 127.0.0.1"});
}

Result<std::unique_ptr<ssl::context>> load_tls(const TlsFiles& files) {
  auto context = std::make_unique<ssl::context>(ssl::context::tls_server);
  error_code failure;
  const auto bad = [&](const std::filesystem::path& file) {
    return invalid({.zh = "证书或密钥无法使用：" + failure.message(),
                    .en = "the certificate or key cannot be used: " + failure.message()},
                   {.file = file.string()});
  };
  context->set_options(ssl::context::default_workarounds | ssl::context::no_sslv2 | ssl::context::no_sslv3 |
                       ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1);
  SSL_CTX_set_options(context->native_handle(), SSL_OP_NO_RENEGOTIATION);
  context->use_certificate_chain_file(files.certificate.string(), failure);
  if (failure) return bad(files.certificate);
  context->use_private_key_file(files.key.string(), ssl::context::pem, failure);
  if (failure) return bad(files.key);
  return context;
}

// Sockets need descriptors; the soft limit of 1024 is a habit, not a need.
void allow_descriptors(std::size_t connections) {
  rlimit limit{};
  if (::getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
  limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, std::max<rlim_t>(limit.rlim_cur, connections + 512));
  ::setrlimit(RLIMIT_NOFILE, &limit);
}

std::size_t worker_count(int asked) {
  if (asked > 0) return static_cast<std::size_t>(asked);
  return std::max<std::size_t>(4, std::size_t{2} * std::thread::hardware_concurrency());
}

template <class Transport>
Awaitable<void> run_connection(std::shared_ptr<Connection<Transport>> connection) {
  co_await connection->run();
}

}  // namespace

class Server::Machine {
 public:
  Machine(const Site& site, ServerOptions options, TrustedProxies proxies, std::unique_ptr<ssl::context> tls)
      : options_(std::move(options)),
        proxies_(std::move(proxies)),
        tls_(std::move(tls)),
        workers_(worker_count(options_.workers), options_.limits.queued, site.metrics().waiting),
        house_{.site = site, .options = options_, .proxies = proxies_, .workers = workers_} {
    for (int i = 0; i < std::max(1, options_.io_threads); ++i) lanes_.push_back(std::make_unique<Lane>());
    acceptor_.emplace(lanes_[0]->context);
  }

  ~Machine() { stop(); }

  Status listen() {
    error_code failure;
    const auto address = asio::ip::make_address(options_.address, failure);
    if (failure) return bad_address(options_.address);
    const tcp::endpoint endpoint(address, options_.port);
    acceptor_->open(endpoint.protocol(), failure);
    if (!failure) acceptor_->set_option(tcp::acceptor::reuse_address(true), failure);
    if (!failure) acceptor_->bind(endpoint, failure);
    if (!failure) acceptor_->listen(asio::socket_base::max_listen_connections, failure);
    if (!failure) port_ = acceptor_->local_endpoint(failure).port();
    if (failure) {
      const std::string place = fmt::format("{}:{}", options_.address, options_.port);
      return error(ErrorCode::unavailable, {.zh = "无法监听 " + place + "：" + failure.message(),
                                            .en = "cannot listen on " + place + ": " + failure.message()});
    }
    return {};
  }

  void start() {
    asio::co_spawn(lanes_[0]->context, accept_all(), asio::detached);
    for (auto& lane : lanes_) {
      Lane* const own = lane.get();
      own->thread = std::thread([own] { own->context.run(); });
    }
  }

  std::uint16_t port() const { return port_; }

  void stop() {
    const std::scoped_lock once(stop_mutex_);
    if (stopped_) return;
    stopped_ = true;
    house_.stopping = true;
    asio::post(lanes_[0]->context, [this] {
      error_code ignored;
      acceptor_->close(ignored);
    });
    on_guests([](Guest& guest) { guest.wind_down(); });
    if (!wait_until_empty(options_.limits.stop_time)) {
      house_.stop.request_stop();
      on_guests([](Guest& guest) { guest.cut(); });
      wait_until_empty(std::chrono::hours(1));  // a handler that does not heed its stop token is waited for
    }
    workers_.join();
    for (auto& lane : lanes_) lane->guard.reset();
    for (auto& lane : lanes_) {
      if (lane->thread.joinable()) lane->thread.join();
    }
  }

 private:
  // Runs on every lane's own thread, for each of its connections.
  void on_guests(void (*visit)(Guest&)) {
    for (auto& lane : lanes_) {
      asio::post(lane->context, [own = lane.get(), visit] {
        const auto guests = own->guests;  // a visit may end a connection
        for (const auto& guest : guests) visit(*guest);
      });
    }
  }

  bool wait_until_empty(std::chrono::milliseconds time) {
    std::unique_lock lock(guests_mutex_);
    return empty_.wait_for(lock, time, [this] { return guests_total_ == 0; });
  }

  Awaitable<void> accept_all() {
    while (!house_.stopping) {
      Lane& lane = *lanes_[next_lane_++ % lanes_.size()];
      auto executor = lane.context.get_executor();
      auto [failure, socket] = co_await acceptor_->async_accept(executor, kAwait);
      if (failure == asio::error::operation_aborted || failure == asio::error::bad_descriptor) co_return;
      if (failure) {  // out of descriptors, or the client has gone already
        asio::steady_timer pause(lanes_[0]->context, std::chrono::milliseconds(50));
        co_await pause.async_wait(kAwait);
        continue;
      }
      house_.metrics().connections_total.fetch_add(1);
      welcome(lane, std::move(socket));
    }
  }

  using Socket = asio::basic_stream_socket<tcp, asio::io_context::executor_type>;

  void welcome(Lane& lane, Socket socket) {
    error_code failure;
    const auto remote = socket.remote_endpoint(failure);
    if (failure) return;
    const std::string peer = remote.address().to_string();
    if (!take_place(peer)) {
      house_.metrics().refused_connections.fetch_add(1);
      turn_away(socket);
      return;
    }
    socket.set_option(tcp::no_delay(true), failure);
    // Handed over by its number, so that the connection's objects are made on their own thread.
    const auto protocol = remote.protocol();
    const auto descriptor = socket.release(failure);
    if (failure) return give_place(peer);
    asio::post(lane.context, [this, &lane, peer, protocol, descriptor] {
      tcp::socket own(lane.context, protocol, descriptor);
      if (tls_) {
        open<Encrypted>(lane, peer, std::move(own), *tls_);
      } else {
        open<Plain>(lane, peer, std::move(own));
      }
    });
  }

  template <class Transport, class... More>
  void open(Lane& lane, const std::string& peer, tcp::socket socket, More&... more) {
    auto connection = std::make_shared<Connection<Transport>>(house_, peer, std::move(socket), more...);
    lane.guests.insert(connection);
    house_.metrics().connections.fetch_add(1);
    auto loop = run_connection<Transport>(connection);
    auto finished = [this, &lane, peer, connection](const std::exception_ptr&) {
      lane.guests.erase(connection);
      house_.metrics().connections.fetch_sub(1);
      give_place(peer);
    };
    asio::co_spawn(lane.context, std::move(loop), std::move(finished));
    if (house_.stopping) connection->wind_down();
  }

  bool take_place(const std::string& peer) {
    const std::scoped_lock lock(guests_mutex_);
    const std::size_t per_client = options_.limits.connections_per_client;
    std::size_t& own = guests_of_[peer];
    if (guests_total_ >= options_.limits.connections || (per_client > 0 && own >= per_client)) {
      if (own == 0) guests_of_.erase(peer);
      return false;
    }
    ++own;
    ++guests_total_;
    return true;
  }

  void give_place(const std::string& peer) {
    const std::scoped_lock lock(guests_mutex_);
    const auto own = guests_of_.find(peer);
    if (--own->second == 0) guests_of_.erase(own);
    if (--guests_total_ == 0) empty_.notify_all();
  }

  // What fits into the socket's own buffer; nobody waits for it.
  void turn_away(Socket& socket) const {
    if (tls_) return;
    constexpr std::string_view answer =
        "HTTP/1.1 503 Service Unavailable\r\nRetry-After: 5\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
    error_code ignored;
    socket.non_blocking(true, ignored);
    socket.write_some(asio::buffer(answer), ignored);
    socket.shutdown(tcp::socket::shutdown_both, ignored);
  }

  const ServerOptions options_;
  const TrustedProxies proxies_;
  const std::unique_ptr<ssl::context> tls_;
  Workers workers_;
  House house_;
  std::vector<std::unique_ptr<Lane>> lanes_;
  std::optional<tcp::acceptor> acceptor_;
  std::size_t next_lane_ = 0;
  std::uint16_t port_ = 0;

  std::mutex stop_mutex_;
  bool stopped_ = false;
  std::mutex guests_mutex_;
  std::condition_variable empty_;
  std::size_t guests_total_ = 0;
  std::unordered_map<std::string, std::size_t> guests_of_;
};

Result<std::unique_ptr<Server>> Server::start(const Site& site, ServerOptions options) {
  const auto address = parse_address(options.address);
  if (!address) return bad_address(options.address);
  if (!options.tls && !options.allow_plaintext && !is_loopback(*address)) {
    return invalid({.zh = "不加密只能监听本机地址；请配置证书，或在反向代理之后显式允许明文",
                    .en =
                        "without TLS only this host is served; state a certificate, or allow plaintext behind a proxy "
                        "that has one"});
  }
  ZH_TRY(TrustedProxies proxies, TrustedProxies::parse(options.trusted_proxies));
  std::unique_ptr<ssl::context> tls;
  if (options.tls) {
    ZH_TRY(tls, load_tls(*options.tls));
  }
  if (!options.upload_folder.empty()) Spool::remove_old(options.upload_folder);
  allow_descriptors(options.limits.connections);
  auto machine = std::make_unique<Machine>(site, std::move(options), std::move(proxies), std::move(tls));
  ZH_CHECK(machine->listen());
  machine->start();
  return std::unique_ptr<Server>(new Server(std::move(machine)));
}

Server::Server(std::unique_ptr<Machine> machine) : machine_(std::move(machine)) {}
Server::~Server() { stop(); }
std::uint16_t Server::port() const { return machine_->port(); }
void Server::stop() { machine_->stop(); }

}  // namespace zh::http
