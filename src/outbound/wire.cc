#include "outbound/wire.h"

#include <fmt/format.h>
#include <poll.h>

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/asio/connect.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

namespace zh::outbound {

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace bhttp = boost::beast::http;
namespace ssl = boost::asio::ssl;
using boost::system::error_code;
using tcp = boost::asio::ip::tcp;
using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;
using Parser = bhttp::response_parser<bhttp::string_body>;

constexpr milliseconds kStopLooked{100};       // between looks whether to stop
constexpr std::chrono::seconds kIdleKept{20};  // shorter than servers close waiting connections
constexpr std::size_t kPieceBytes = std::size_t{64} << 10;
constexpr int kInterimAnswers = 8;  // 1xx before the answer

Text words_of(Trouble trouble) {
  switch (trouble) {
    case Trouble::unreachable:
      return {.zh = "无法连接", .en = "cannot be reached"};
    case Trouble::slow:
      return {.zh = "答复太慢", .en = "is too slow"};
    case Trouble::cut:
      return {.zh = "在答复完成前断开", .en = "ended before its answer was whole"};
    case Trouble::untrusted:
      return {.zh = "的证书不可信", .en = "has a certificate that cannot be trusted"};
    case Trouble::nonsense:
      return {.zh = "的答复不是合法的 HTTP", .en = "did not answer in well-formed HTTP"};
    case Trouble::busy:
    case Trouble::failed:
      break;
  }
  return {.zh = "出错", .en = "failed"};
}

Failure trouble_with(const Address& address, Trouble trouble, const std::string& detail) {
  const Text words = words_of(trouble);
  const std::string why = detail.empty() ? "" : " (" + detail + ")";
  return {.trouble = trouble,
          .error = error(ErrorCode::unavailable, {.zh = address.authority() + " " + words.zh + why,
                                                  .en = address.authority() + " " + words.en + why})};
}

Failure own_failure(Error why) { return {.trouble = Trouble::failed, .error = std::move(why), .own = true}; }

Failure was_cancelled() { return own_failure(error(ErrorCode::cancelled, {.zh = "已取消", .en = "cancelled"})); }

// The moment by which an attempt is done, and the longest it may stand still.
class Patience {
 public:
  explicit Patience(const Limits& limits) : idle_(limits.idle), until_(Clock::now() + limits.whole) {}
  milliseconds next() const {
    const auto left = std::chrono::duration_cast<milliseconds>(until_ - Clock::now());
    return std::clamp(left, milliseconds{0}, idle_);
  }

 private:
  milliseconds idle_;
  Clock::time_point until_;
};

// What follows works on either stream: plain, or with TLS.
using Plain = beast::tcp_stream;
using Encrypted = beast::ssl_stream<beast::tcp_stream>;

// Begins an operation and runs the loop until it has ended, one way or another.
template <class Stream, class Begin>
error_code run(asio::io_context& loop, Stream& stream, milliseconds patience, const std::stop_token& stop,
               const Begin& begin) {
  bool done = false;
  error_code outcome;
  auto& lowest = beast::get_lowest_layer(stream);
  lowest.expires_after(patience);
  begin([&](error_code failure, const auto&...) {
    outcome = failure;
    done = true;
  });
  loop.restart();
  bool told = false;
  while (!done) {
    loop.run_one_for(kStopLooked);
    if (stop.stop_requested() && !std::exchange(told, true)) lowest.cancel();
  }
  lowest.expires_never();
  return outcome;
}

Trouble trouble_of_reading(const error_code& failure) {
  if (failure == beast::error::timeout) return Trouble::slow;
  const bool is_parsing = failure.category() == bhttp::make_error_code(bhttp::error::bad_version).category();
  const bool is_end = failure == bhttp::error::end_of_stream || failure == bhttp::error::partial_message;
  return is_parsing && !is_end ? Trouble::nonsense : Trouble::cut;
}

std::string head_of(const Address& address, const Request& request) {
  std::string head =
      fmt::format("{} {} HTTP/1.1\r\nHost: {}\r\n", name_of(request.method), request.target, address.authority());
  for (const Header& each : request.headers) head += fmt::format("{}: {}\r\n", each.name, each.value);
  const bool sends = request.method == Method::put || request.method == Method::post;
  if (sends) head += fmt::format("Content-Length: {}\r\n", request.body.size);
  return head + "\r\n";
}

Answer answer_of(Parser& parser) {
  Answer answer{.status = static_cast<int>(parser.get().result_int())};
  for (const auto& field : parser.get()) {
    const auto name = field.name_string();
    const auto value = field.value();
    answer.headers.push_back({{name.data(), name.size()}, {value.data(), value.size()}});
  }
  answer.body = std::move(parser.get().body());
  return answer;
}

template <class Stream>
class StreamWire final : public Wire {
 public:
  StreamWire(const Address& address, std::unique_ptr<asio::io_context> loop, std::unique_ptr<ssl::context> tls,
             std::unique_ptr<Stream> stream)
      : Wire(address), loop_(std::move(loop)), tls_(std::move(tls)), stream_(std::move(stream)) {}

  Answer exchange(const Request& request, const std::stop_token& stop, std::optional<Failure>& failure) override {
    keeps_ = false;
    const Patience patience(request.limits);
    const error_code sending = send(request, patience, stop, failure);
    if (failure) return {};
    // Whoever refuses a body may answer before all of it was sent, and close: the answer is there all the same.
    Answer answer = receive(request, patience, stop, sending, failure);
    keeps_ = keeps_ && !sending && !failure;
    used_at_ = Clock::now();
    return answer;
  }

  bool is_usable() const override {
    if (!keeps_ || Clock::now() - used_at_ > kIdleKept) return false;
    pollfd looked{.fd = handle(), .events = POLLIN | POLLRDHUP, .revents = 0};
    return ::poll(&looked, 1, 0) == 0;
  }

 private:
  int handle() const { return beast::get_lowest_layer(*stream_).socket().native_handle(); }

  error_code write(std::string_view bytes, const Patience& patience, const std::stop_token& stop) {
    return run(*loop_, *stream_, patience.next(), stop, [&](auto done) {
      asio::async_write(*stream_, asio::buffer(bytes.data(), bytes.size()), std::move(done));
    });
  }

  // What the connection said; `failure` is for what is not the connection's.
  error_code send(const Request& request, const Patience& patience, const std::stop_token& stop,
                  std::optional<Failure>& failure) {
    if (const error_code problem = write(head_of(address(), request), patience, stop)) return problem;
    if (request.body.size == 0) return {};
    auto source = request.body.open();
    if (!source.ok()) {
      failure = own_failure(std::move(source).error());
      return {};
    }
    std::string piece(kPieceBytes, '\0');
    for (std::uint64_t sent = 0; sent < request.body.size;) {
      const std::size_t room = std::min<std::uint64_t>(piece.size(), request.body.size - sent);
      const auto got = (*source)->read({piece.data(), room});
      if (!got.ok() || *got == 0) {
        failure = own_failure(got.ok() ? error(ErrorCode::conflict, {.zh = "要发送的内容在发送时变短",
                                                                     .en = "what is sent became shorter meanwhile"})
                                       : got.error());
        return {};
      }
      if (const error_code problem = write({piece.data(), *got}, patience, stop)) return problem;
      sent += *got;
    }
    return {};
  }

  Answer receive(const Request& request, const Patience& patience, const std::stop_token& stop,
                 const error_code& sending, std::optional<Failure>& failure) {
    beast::flat_buffer buffer;
    for (int interim = 0; interim <= kInterimAnswers; ++interim) {
      Parser parser;
      parser.header_limit(request.limits.head);
      parser.body_limit(request.limits.body);
      parser.skip(request.method == Method::head);
      const error_code problem = read(parser, buffer, patience, stop);
      if (stop.stop_requested()) {
        failure = was_cancelled();
        return {};
      }
      if (problem) {
        failure = failure_of(problem, sending, parser.got_some());
        return {};
      }
      if (parser.get().result_int() < 200) continue;
      // Without a stated length nobody can tell a whole answer from one that was cut off.
      if (parser.need_eof() && request.method != Method::head) break;
      keeps_ = parser.keep_alive() && buffer.size() == 0;
      return answer_of(parser);
    }
    failure = trouble_with(address(), Trouble::nonsense, "no length");
    failure->answered = true;
    return {};
  }

  error_code read(Parser& parser, beast::flat_buffer& buffer, const Patience& patience, const std::stop_token& stop) {
    while (!parser.is_done()) {
      const error_code problem = run(*loop_, *stream_, patience.next(), stop, [&](auto done) {
        bhttp::async_read_some(*stream_, buffer, parser, std::move(done));
      });
      if (problem) return problem;
      if (stop.stop_requested()) return asio::error::operation_aborted;
    }
    return {};
  }

  Failure failure_of(const error_code& problem, const error_code& sending, bool answered) const {
    if (problem == bhttp::error::body_limit) {
      return own_failure(
          error(ErrorCode::limit, {.zh = address().authority() + " 的答复太大",
                                   .en = address().authority() + " answered more than may be taken in"}));
    }
    // A connection that broke while sending says more with that than with the end of it.
    const error_code& first = sending && !answered ? sending : problem;
    Failure failure = trouble_with(address(), trouble_of_reading(first), first.message());
    failure.answered = answered;
    return failure;
  }

  std::unique_ptr<asio::io_context> loop_;
  std::unique_ptr<ssl::context> tls_;  // null without TLS
  std::unique_ptr<Stream> stream_;
  bool keeps_ = false;
  Clock::time_point used_at_ = Clock::now();
};

Result<std::unique_ptr<ssl::context>> tls_context(const std::filesystem::path& certificates) {
  auto context = std::make_unique<ssl::context>(ssl::context::tls_client);
  context->set_options(ssl::context::default_workarounds | ssl::context::no_sslv2 | ssl::context::no_sslv3 |
                       ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1);
  context->set_verify_mode(ssl::verify_peer);
  error_code failure;
  context->set_default_verify_paths(failure);
  if (!failure && !certificates.empty()) context->load_verify_file(certificates.string(), failure);
  if (!failure) return context;
  return invalid({.zh = "证书文件无法使用：" + failure.message(),
                  .en = "the file of certificates cannot be used: " + failure.message()},
                 {.file = certificates.string()});
}

bool is_numeric(const std::string& host) {
  error_code failure;
  asio::ip::make_address(host, failure);
  return !failure;
}

// Tells which of a machine's hosts is meant (SNI). OpenSSL's macro for it casts in the old style.
void name_host(SSL* tls, std::string host) {
  if (!is_numeric(host)) SSL_ctrl(tls, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, host.data());
}

std::optional<Failure> connect_socket(asio::io_context& loop, beast::tcp_stream& stream, const Address& address,
                                      const Limits& limits, const std::stop_token& stop) {
  error_code problem;
  tcp::resolver resolver(loop);  // takes as long as the system's own resolver does: tens of seconds at worst
  const auto found = resolver.resolve(address.host, std::to_string(address.port), problem);
  if (!problem) {
    problem = run(loop, stream, limits.connect, stop, [&](auto done) { stream.async_connect(found, std::move(done)); });
  }
  if (stop.stop_requested()) return was_cancelled();
  if (!problem) {
    stream.socket().set_option(tcp::no_delay(true), problem);
    return std::nullopt;
  }
  return trouble_with(address, Trouble::unreachable, problem.message());
}

std::unique_ptr<Wire> connect_encrypted(const Address& address, const std::filesystem::path& certificates,
                                        const Limits& limits, const std::stop_token& stop,
                                        std::optional<Failure>& failure) {
  auto tls = tls_context(certificates);
  if (!tls.ok()) {
    failure = own_failure(std::move(tls).error());
    return nullptr;
  }
  auto loop = std::make_unique<asio::io_context>(1);
  auto stream = std::make_unique<Encrypted>(*loop, **tls);
  failure = connect_socket(*loop, beast::get_lowest_layer(*stream), address, limits, stop);
  if (failure) return nullptr;
  stream->set_verify_callback(ssl::host_name_verification(address.host));
  name_host(stream->native_handle(), address.host);
  const error_code problem = run(*loop, *stream, limits.connect, stop, [&](auto done) {
    stream->async_handshake(ssl::stream_base::client, std::move(done));
  });
  if (stop.stop_requested()) failure = was_cancelled();
  if (!failure && problem) {
    const bool unverified = SSL_get_verify_result(stream->native_handle()) != X509_V_OK;
    const Trouble trouble = problem == beast::error::timeout ? Trouble::slow
                            : unverified                     ? Trouble::untrusted
                                                             : Trouble::unreachable;
    failure = trouble_with(address, trouble, problem.message());
  }
  if (failure) return nullptr;
  return std::make_unique<StreamWire<Encrypted>>(address, std::move(loop), *std::move(tls), std::move(stream));
}

}  // namespace

std::unique_ptr<Wire> Wire::connect(const Address& address, const std::filesystem::path& certificates,
                                    const Limits& limits, const std::stop_token& stop,
                                    std::optional<Failure>& failure) {
  if (address.tls) return connect_encrypted(address, certificates, limits, stop, failure);
  auto loop = std::make_unique<asio::io_context>(1);
  auto stream = std::make_unique<Plain>(*loop);
  failure = connect_socket(*loop, *stream, address, limits, stop);
  if (failure) return nullptr;
  return std::make_unique<StreamWire<Plain>>(address, std::move(loop), nullptr, std::move(stream));
}

}  // namespace zh::outbound
