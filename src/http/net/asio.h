// What the server uses of Boost.Asio and Boost.Beast. Included by server.cc alone: half a minute to compile.
#pragma once

#include <boost/asio/as_tuple.hpp>
#include <boost/asio/awaitable.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/thread_pool.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http/buffer_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>

namespace zh::http::net {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace ssl = boost::asio::ssl;
using tcp = boost::asio::ip::tcp;
using boost::system::error_code;

using Plain = beast::tcp_stream;
using Encrypted = beast::ssl_stream<beast::tcp_stream>;

// Every operation gives (error, result…) and never throws.
//
// g++ 12 destroys a temporary with a destructor twice when it is an argument by value inside a co_await expression:
// everything that is passed is named first. The token and buffers have trivial destructors. It also loses its place
// when a co_await stands in a condition or behind a short-circuit: each stands in a statement of its own.
inline constexpr asio::as_tuple_t<asio::use_awaitable_t<>> kAwait{};

template <class T>
using Awaitable = asio::awaitable<T>;

}  // namespace zh::http::net
