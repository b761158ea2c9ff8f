// One connection: reads requests one after the other, has them answered, sends the answers. All of it runs on one I/O
// thread, in one coroutine; only Workers::run() leaves it and comes back.
#pragma once

#include <algorithm>
#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "http/net/sender.h"
#include "http/spool.h"
#include "http/target.h"

namespace zh::http::net {

constexpr std::size_t kDrainMax = 4 * 1024 * 1024;  // of an unwanted body, so that the client reads why
constexpr auto kDrainTime = std::chrono::seconds(2);

template <class Transport>
class Connection final : public Guest {
 public:
  template <class... TransportArguments>
  Connection(House& house, std::string peer, TransportArguments&&... arguments)
      : house_(house),
        peer_(std::move(peer)),
        transport_(std::forward<TransportArguments>(arguments)...),
        sender_(house, transport_) {}

  Awaitable<void> run() {
    bool open = co_await greet();
    while (open && !house_.stopping) {
      open = co_await wait_for_request();
      if (open) open = co_await serve_one();
    }
    co_await say_goodbye();
  }

  void wind_down() override {
    sender_.end_events();
    if (idle_) cut();
  }

  void cut() override {
    sender_.end_events();
    error_code ignored;
    beast::get_lowest_layer(transport_).socket().close(ignored);
  }

 private:
  static constexpr bool kEncrypted = std::is_same_v<Transport, Encrypted>;
  const ServerLimits& limits() const { return house_.options.limits; }
  void give(std::chrono::milliseconds time) { beast::get_lowest_layer(transport_).expires_after(time); }

  Awaitable<bool> greet() {
    if constexpr (kEncrypted) {
      give(limits().handshake_time);
      const auto [failure] = co_await transport_.async_handshake(ssl::stream_base::server, kAwait);
      co_return !failure;
    }
    co_return true;
  }

  // Waits until the first bytes of a request are there.
  Awaitable<bool> wait_for_request() {
    if (buffer_.size() > 0) co_return true;
    idle_ = true;
    give(limits().idle_time);
    const auto space = buffer_.prepare(4096);
    const auto [failure, count] = co_await transport_.async_read_some(space, kAwait);
    idle_ = false;
    buffer_.commit(count);
    co_return !failure;
  }

  // One request from its head to the last byte of its answer. False: the connection is at its end.
  Awaitable<bool> serve_one() {
    Parser parser;
    parser.header_limit(static_cast<std::uint32_t>(limits().head_bytes));
    parser.body_limit(boost::none);  // the route's limit is not known yet
    give(limits().head_time);
    const auto [failure, count] = co_await bhttp::async_read_header(transport_, buffer_, parser, kAwait);
    Exchange exchange;
    if (failure) {
      co_await refuse_malformed(exchange, failure);
      co_return false;
    }
    take_head(parser, exchange);
    co_await answer(parser, exchange);
    report(exchange);
    co_return exchange.keep_alive && !exchange.failed;
  }

  void take_head(const Parser& parser, Exchange& exchange) {
    exchange.request = request_from(parser);
    exchange.request.id = new_request_id();
    exchange.request.received_at = house_.site.now();
    exchange.request.stop = house_.stop.get_token();
    exchange.version.minor = parser.get().version() % 10;
    exchange.keep_alive = parser.keep_alive() && !house_.stopping;
    Origin origin = origin_of(house_.proxies, peer_, kEncrypted, exchange.request.headers);
    exchange.request.client = std::move(origin.client);
    exchange.request.secure = origin.secure;
    exchange.request.local = origin.local;
  }

  // What is wrong with the head itself, or nothing; sets path and query.
  static std::optional<Problem> read_target(const Parser& parser, Exchange& exchange) {
    if (auto problem = head_problem(exchange.request.headers, exchange.version)) return problem;
    if (!is_known_method(parser)) {
      return transport_problem(501, "unknown_method",
                               {.zh = "不支持的请求方法", .en = "this method is not understood"});
    }
    const auto raw = parser.get().target();
    auto target = parse_target(origin_form({raw.data(), raw.size()}));
    if (!target.ok()) {
      Problem problem = problem_of(target.error());
      problem.status = target.error().code == ErrorCode::limit ? 414 : 400;
      return problem;
    }
    exchange.request.path = std::move(target->path);
    exchange.request.query = std::move(target->query);
    return std::nullopt;
  }

  Awaitable<void> answer(Parser& parser, Exchange& exchange) {
    if (const auto problem = read_target(parser, exchange)) {
      house_.metrics().malformed_requests.fetch_add(1);
      exchange.keep_alive = false;
      Response refusal = house_.site.refuse(*problem, exchange.request);
      co_await sender_.send(exchange, refusal);
      co_return;
    }
    exchange.plan = house_.site.plan(exchange.request);
    std::optional<Response> response = std::move(exchange.plan.refusal);
    if (!response) {
      response = co_await take_body(parser, exchange);
    }
    if (exchange.failed) co_return;
    unread_ = !parser.is_done();
    if (unread_) exchange.keep_alive = false;  // the rest of the body stands in the way
    if (!response) {
      response = co_await ask_site(exchange);
    }
    co_await sender_.send(exchange, *response);
  }

  Awaitable<std::optional<Response>> ask_site(Exchange& exchange) {
    std::optional<Response> response;
    auto work = [&] { response = house_.site.answer(exchange.plan, exchange.request); };
    const bool ran = co_await house_.workers.run(work);
    if (!ran) response = house_.site.refuse(overloaded(), exchange.request);
    co_return response;
  }

  static Problem overloaded() {
    Problem problem = transport_problem(503, "overloaded",
                                        {.zh = "服务器繁忙，请稍后再试", .en = "the server is busy; try again soon"});
    problem.headers.set("Retry-After", "2");
    return problem;
  }

  // Reads the body as the plan says. A response is a refusal; without one the request is complete.
  Awaitable<std::optional<Response>> take_body(Parser& parser, Exchange& exchange) {
    const Plan& plan = exchange.plan;
    std::unique_ptr<Spool> spool;
    const auto announced = parser.content_length();
    if (announced && *announced > plan.body_max) co_return house_.site.refuse(too_large(plan), exchange.request);
    if (plan.body == BodyKind::upload) {
      std::optional<Response> refusal;
      auto admit = [&] { refusal = open_spool(exchange, spool); };
      const bool ran = co_await house_.workers.run(admit);
      if (!ran) refusal = house_.site.refuse(overloaded(), exchange.request);
      if (refusal) co_return refusal;
    }
    if (!parser.is_done() && exchange.request.headers.find("Expect") != nullptr && exchange.version.minor >= 1) {
      const bool told = co_await sender_.write_all("HTTP/1.1 100 Continue\r\n\r\n");
      if (!told) co_return fail(exchange);
    }
    auto refusal = co_await read_body(parser, exchange, spool);
    co_return refusal;
  }

  std::optional<Response> open_spool(Exchange& exchange, std::unique_ptr<Spool>& spool) {
    if (auto refusal = house_.site.admit(exchange.plan, exchange.request)) return refusal;
    auto opened = Spool::open(house_.options.upload_folder, house_.uploads.fetch_add(1));
    if (!opened.ok()) return house_.site.refuse(problem_of(opened.error()), exchange.request);
    spool = std::move(opened).value();
    return std::nullopt;
  }

  static Problem too_large(const Plan& plan) {
    const std::string most = std::to_string(plan.body_max);
    return transport_problem(413, "too_large",
                             {.zh = "请求正文超过 " + most + " 字节", .en = "the body is over " + most + " bytes"});
  }

  static std::optional<Response> fail(Exchange& exchange) {
    exchange.failed = true;
    return std::nullopt;
  }

  Awaitable<std::optional<Response>> read_body(Parser& parser, Exchange& exchange, std::unique_ptr<Spool>& spool) {
    std::string piece(parser.is_done() ? 0 : (spool ? kPiece : kProgress), '\0');
    std::uint64_t total = 0;
    while (!parser.is_done()) {
      std::size_t filled = 0;
      const auto failure = co_await read_piece(parser, piece, filled);
      total += filled;
      house_.metrics().bytes_received.fetch_add(filled);
      if (total > exchange.plan.body_max) co_return house_.site.refuse(too_large(exchange.plan), exchange.request);
      if (failure) co_return after_bad_body(exchange, failure);
      const std::string_view bytes(piece.data(), filled);
      if (!spool) {
        exchange.request.body += bytes;
        continue;
      }
      Status written;
      auto write = [&] { written = spool->write(bytes); };
      const bool ran = co_await house_.workers.run(write);
      if (!ran) co_return house_.site.refuse(overloaded(), exchange.request);
      if (!written.ok()) co_return house_.site.refuse(problem_of(written.error()), exchange.request);
    }
    if (exchange.plan.body == BodyKind::none) exchange.request.body.clear();
    if (spool) {
      auto upload = spool->finish();
      if (!upload.ok()) co_return house_.site.refuse(problem_of(upload.error()), exchange.request);
      exchange.request.upload = std::move(upload).value();
    }
    co_return std::nullopt;
  }

  // Fills the piece, or as much of it as the body still has. The time runs anew whenever some progress was made.
  Awaitable<error_code> read_piece(Parser& parser, std::string& piece, std::size_t& filled) {
    while (filled < piece.size() && !parser.is_done()) {
      const std::size_t step = std::min(kProgress, piece.size() - filled);
      parser.get().body().data = piece.data() + filled;
      parser.get().body().size = step;
      give(limits().body_time);
      auto [failure, count] = co_await bhttp::async_read(transport_, buffer_, parser, kAwait);
      filled += step - parser.get().body().size;
      if (failure && failure != bhttp::error::need_buffer) co_return failure;
    }
    co_return error_code();
  }

  // A client that has gone or is too slow is past telling: the transport has closed the socket.
  static bool is_past_telling(const error_code& failure) {
    return has_timed_out(failure) || failure == bhttp::error::end_of_stream ||
           failure == bhttp::error::partial_message || failure == asio::error::eof ||
           failure == asio::error::operation_aborted || failure == asio::error::connection_reset;
  }

  std::optional<Response> after_bad_body(Exchange& exchange, const error_code& failure) {
    exchange.keep_alive = false;
    if (has_timed_out(failure)) house_.metrics().timeouts.fetch_add(1);
    if (is_past_telling(failure)) return fail(exchange);
    return house_.site.refuse(problem_from(failure), exchange.request);
  }

  // A head that is no HTTP, too long or too slow.
  Awaitable<void> refuse_malformed(Exchange& exchange, const error_code& failure) {
    if (has_timed_out(failure)) house_.metrics().timeouts.fetch_add(1);
    if (is_past_telling(failure)) co_return;
    house_.metrics().malformed_requests.fetch_add(1);
    exchange.request.id = new_request_id();
    exchange.request.client = peer_;
    exchange.request.received_at = house_.site.now();
    Response refusal = house_.site.refuse(problem_from(failure), exchange.request);
    co_await sender_.send(exchange, refusal);
    report(exchange);
  }

  void report(const Exchange& exchange) const {
    const auto time = std::chrono::duration_cast<std::chrono::microseconds>(Clock::now() - exchange.started);
    AccessEntry entry{.at = exchange.request.received_at,
                      .request_id = exchange.request.id,
                      .client = exchange.request.client,
                      .account = exchange.account,
                      .method = to_string(exchange.request.method),
                      .route = exchange.plan.name,
                      .status = exchange.status,
                      .bytes_sent = exchange.bytes_sent,
                      .micros = time.count(),
                      .note = exchange.note};
    if (exchange.failed) entry.note += entry.note.empty() ? "cut" : " (cut)";
    house_.site.done(exchange.plan, entry);
  }

  // Closes so that the client can still read the last answer: ends our side, then waits for the client's.
  Awaitable<void> say_goodbye() {
    auto& socket = beast::get_lowest_layer(transport_).socket();
    error_code ignored;
    if (!socket.is_open()) co_return;
    give(kDrainTime);
    if constexpr (kEncrypted) {
      if (unread_) co_await drain();
      co_await transport_.async_shutdown(kAwait);
    } else {
      socket.shutdown(tcp::socket::shutdown_send, ignored);
      co_await drain();
    }
    socket.close(ignored);
  }

  // Closing with unread bytes would make the system take back the answer on its way.
  Awaitable<void> drain() {
    std::string rest(kProgress, '\0');
    for (std::size_t drained = 0; drained < kDrainMax;) {
      const asio::mutable_buffer space = asio::buffer(rest);
      const auto [failure, count] = co_await transport_.async_read_some(space, kAwait);
      if (failure) break;
      drained += count;
    }
  }

  House& house_;
  const std::string peer_;
  Transport transport_;
  beast::flat_buffer buffer_;
  Sender<Transport> sender_;
  bool idle_ = false;
  bool unread_ = false;  // part of a body that was refused
};

}  // namespace zh::http::net
