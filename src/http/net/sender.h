// The answer's way to the client: whole, as a stream made while it is sent, or as events for as long as they last.
#pragma once

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>

#include "http/net/exchange.h"

namespace zh::http::net {

template <class Transport>
class Sender {
 public:
  Sender(House& house, Transport& transport)
      : house_(house), transport_(transport), pulse_(std::make_shared<asio::steady_timer>(transport.get_executor())) {}

  // Sets what the log wants to know: status, bytes, and whether the connection is of any further use.
  Awaitable<void> send(Exchange& exchange, Response& response) {
    exchange.status = response.status;
    exchange.account = std::move(response.account);
    exchange.note = std::move(response.log_note);
    if (house_.stopping) exchange.keep_alive = false;
    const bool bodiless = exchange.request.method == Method::head || response.status == 204 || response.status == 304;
    if (auto* const text = std::get_if<std::string>(&response.body)) {
      co_await send_bytes(exchange, response, *text, bodiless);
    } else if (auto* const shared = std::get_if<SharedBody>(&response.body)) {
      const std::string_view bytes = std::string_view(*shared->bytes).substr(shared->offset, shared->length);
      co_await send_bytes(exchange, response, bytes, bodiless);
    } else if (auto* const stream = std::get_if<StreamBody>(&response.body)) {
      co_await send_stream(exchange, response, *stream, bodiless);
    } else {
      co_await send_events(exchange, response);
    }
  }

  Awaitable<bool> write_all(std::string_view bytes) {
    while (!bytes.empty()) {
      const asio::const_buffer piece = asio::buffer(bytes.substr(0, kPiece));
      give(limits().send_time);
      const auto [failure, count] = co_await asio::async_write(transport_, piece, kAwait);
      if (failure) {
        if (has_timed_out(failure)) house_.metrics().timeouts.fetch_add(1);
        co_return false;
      }
      bytes.remove_prefix(count);
    }
    co_return true;
  }

  // The event stream that is being sent, if there is one, ends now.
  void end_events() {
    if (subscription_) subscription_->end();
  }

 private:
  const ServerLimits& limits() const { return house_.options.limits; }
  void give(std::chrono::milliseconds time) { beast::get_lowest_layer(transport_).expires_after(time); }

  std::string head_of(const Exchange& exchange, const Response& response, Framing framing, std::uint64_t length) const {
    return response_head(response, {.version = exchange.version,
                                    .keep_alive = exchange.keep_alive,
                                    .framing = framing,
                                    .length = length,
                                    .date = cached_date(house_.site.now())});
  }

  Awaitable<void> send_bytes(Exchange& exchange, const Response& response, std::string_view bytes, bool bodiless) {
    const bool no_length = response.status == 204 || response.status == 304;
    const std::string head = head_of(exchange, response, no_length ? Framing::none : Framing::length, bytes.size());
    if (bodiless) bytes = {};
    const std::string_view first = bytes.substr(0, kPiece);
    const std::array<asio::const_buffer, 2> buffers{asio::buffer(head), asio::buffer(first)};
    give(limits().send_time);
    const auto [failure, count] = co_await asio::async_write(transport_, buffers, kAwait);
    exchange.failed = static_cast<bool>(failure);
    if (!failure && bytes.size() > first.size()) {
      const bool sent = co_await write_all(bytes.substr(first.size()));
      exchange.failed = !sent;
    }
    if (!exchange.failed) count_sent(exchange, bytes.size());
  }

  void count_sent(Exchange& exchange, std::size_t count) {
    exchange.bytes_sent += count;
    house_.metrics().bytes_sent.fetch_add(count);
  }

  Awaitable<void> send_stream(Exchange& exchange, const Response& response, StreamBody& body, bool bodiless) {
    Framing framing = body.length ? Framing::length : Framing::chunked;
    if (framing == Framing::chunked && exchange.version.minor == 0) {
      framing = Framing::close;
      exchange.keep_alive = false;
    }
    const std::string head = head_of(exchange, response, framing, body.length.value_or(0));
    bool sent = co_await write_all(head);
    exchange.failed = !sent;
    std::uint64_t left = body.length.value_or(0);
    while (!bodiless && !exchange.failed) {
      Result<std::string> piece = std::string();
      auto work = [&] { piece = body.stream->next(); };
      const bool ran = co_await house_.workers.run(work);
      if (!ran) piece = error(ErrorCode::unavailable, verbatim("no worker is free"));
      if (!piece.ok()) {
        exchange.note += piece.error().to_string(Language::en);
        exchange.failed = true;
        break;
      }
      if (piece->empty()) break;
      // More than was announced would be read as the next answer.
      if (framing == Framing::length && piece->size() > left) piece->resize(static_cast<std::size_t>(left));
      left -= framing == Framing::length ? piece->size() : 0;
      sent = co_await write_piece(*piece, framing);
      exchange.failed = !sent;
      if (!exchange.failed) count_sent(exchange, piece->size());
      if (framing == Framing::length && left == 0) break;
    }
    if (bodiless || exchange.failed) co_return;
    if (framing == Framing::length && left > 0) exchange.failed = true;
    if (framing == Framing::chunked) {
      sent = co_await write_all("0\r\n\r\n");
      exchange.failed = !sent;
    }
  }

  Awaitable<bool> write_piece(std::string_view bytes, Framing framing) {
    if (framing != Framing::chunked) {
      const bool sent = co_await write_all(bytes);
      co_return sent;
    }
    std::string framed = chunk_head(bytes.size());
    framed += bytes;
    framed += "\r\n";
    const bool sent = co_await write_all(framed);
    co_return sent;
  }

  // Ends the stream as soon as the client hangs up, not at the next pulse. The handler may run after this object has
  // gone, so it knows the socket by its number and the stream by a weak pointer.
  void end_when_client_goes(const std::shared_ptr<Subscription>& subscription) {
    auto& socket = beast::get_lowest_layer(transport_).socket();
    socket.async_wait(tcp::socket::wait_read, [number = socket.native_handle(),
                                               stream = std::weak_ptr(subscription)](const error_code& failure) {
      if (failure || !has_hung_up(number)) return;  // what else the client sends is of no interest
      if (const auto open = stream.lock()) open->end();
    });
  }

  // An event stream lives until it is ended, its session ends or the client goes.
  Awaitable<void> send_events(Exchange& exchange, Response& response) {
    const auto subscription = std::get<std::shared_ptr<Subscription>>(response.body);
    const Framing framing = exchange.version.minor == 0 ? Framing::close : Framing::chunked;
    exchange.keep_alive = false;
    subscription_ = subscription;
    end_when_client_goes(subscription);
    house_.metrics().event_streams.fetch_add(1);
    const std::string head = head_of(exchange, response, framing, 0);
    bool open = co_await write_all(head);
    while (open && !house_.stopping) {
      const std::string events = subscription->take();
      if (!events.empty()) {
        open = co_await write_piece(events, framing);
        if (open) count_sent(exchange, events.size());
        continue;
      }
      if (subscription->ended()) break;
      open = co_await wait_for_events(exchange, *subscription, framing);
    }
    subscription->end();
    subscription_ = nullptr;
    if (open && framing == Framing::chunked) co_await write_all("0\r\n\r\n");
    house_.metrics().event_streams.fetch_sub(1);
  }

  // Sleeps until there are events. At each pulse a comment shows whether the client is still there, and the site
  // whether it is still welcome.
  Awaitable<bool> wait_for_events(Exchange& exchange, Subscription& subscription, Framing framing) {
    pulse_->expires_after(limits().event_pulse);
    auto executor = transport_.get_executor();
    std::function<void()> wake = [timer = std::weak_ptr(pulse_), executor] {
      asio::post(executor, [timer] {
        if (const auto self = timer.lock()) self->cancel();
      });
    };
    subscription.when_ready(std::move(wake));
    const auto [failure] = co_await pulse_->async_wait(kAwait);
    if (failure || subscription.ended()) co_return true;  // woken, not timed out
    bool welcome = true;
    auto work = [&] { welcome = house_.site.still_welcome(exchange.request, subscription); };
    co_await house_.workers.run(work);
    if (!welcome) {
      subscription.end();
      co_return true;
    }
    const bool sent = co_await write_piece(":\n\n", framing);
    co_return sent;
  }

  House& house_;
  Transport& transport_;
  std::shared_ptr<asio::steady_timer> pulse_;  // shared with wakes that come after the connection has gone
  std::shared_ptr<Subscription> subscription_;
};

}  // namespace zh::http::net
