// A client of sockets and nothing else, so that tests can send what no library would.
#pragma once

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>

#include "http/message.h"

namespace zh::http::testing_site {

struct Reply {
  int status = 0;  // 0: the connection ended before an answer
  Headers headers;
  std::string body;
};

class Client {
 public:
  explicit Client(std::uint16_t port) : socket_(::socket(AF_INET, SOCK_STREAM, 0)) {
    const timeval patience{.tv_sec = 20, .tv_usec = 0};
    ::setsockopt(socket_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    connected_ = ::connect(socket_, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  }
  ~Client() { ::close(socket_); }
  Client(const Client&) = delete;
  Client& operator=(const Client&) = delete;

  int socket() const { return socket_; }
  bool connected() const { return connected_; }

  // False when the server has gone.
  bool send(std::string_view bytes) {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  void finish_sending() { ::shutdown(socket_, SHUT_WR); }

  // The next answer, framed as its head says. `of_head`: the answer to a HEAD has no body.
  Reply read(bool of_head = false) {
    Reply reply;
    const std::string head = take_until("\r\n\r\n");
    if (!head.starts_with("HTTP/1.")) return reply;
    reply.status = std::stoi(head.substr(9, 3));
    for (std::size_t at = head.find("\r\n") + 2; at < head.size();) {
      const std::size_t end = head.find("\r\n", at);
      const std::size_t colon = head.find(": ", at);
      if (end == at) break;
      reply.headers.add(head.substr(at, colon - at), std::string_view(head).substr(colon + 2, end - colon - 2));
      at = end + 2;
    }
    if (of_head || reply.status == 204 || reply.status == 304 || reply.status == 100) return reply;
    if (reply.headers.get("Transfer-Encoding") == "chunked") {
      reply.body = read_chunks();
    } else if (const auto* const length = reply.headers.find("Content-Length"); length != nullptr) {
      reply.body = take(std::stoul(*length));
    } else {
      reply.body = rest();
    }
    return reply;
  }

  // One piece of a chunked body; "" is the end.
  std::string read_chunk() {
    const std::string size = take_until("\r\n");
    if (size.empty()) return "<cut>";
    const std::string piece = take(std::stoul(size, nullptr, 16));
    take(2);
    return piece;
  }

  // The next piece of a chunked stream; reads the head first, once.
  std::string next_piece() {
    if (!std::exchange(in_stream_, true)) take_until("\r\n\r\n");
    return read_chunk();
  }

  // Whether something comes within the time.
  bool has_answer(std::chrono::milliseconds time) const {
    pollfd waiting{.fd = socket_, .events = POLLIN, .revents = 0};
    return !buffer_.empty() || ::poll(&waiting, 1, static_cast<int>(time.count())) == 1;
  }

  // Everything until the server closes.
  std::string rest() {
    while (fill()) {
    }
    return std::exchange(buffer_, {});
  }

  // Whether the server closes without a further byte.
  bool at_end() { return buffer_.empty() && !fill(); }

  Reply ask(std::string_view request) {
    send(request);
    return read(request.starts_with("HEAD"));
  }

 private:
  bool fill() {
    std::string piece(65536, '\0');
    const ssize_t count = ::recv(socket_, piece.data(), piece.size(), 0);
    if (count <= 0) return false;
    buffer_.append(piece, 0, static_cast<std::size_t>(count));
    return true;
  }
  std::string take(std::size_t size) {
    while (buffer_.size() < size && fill()) {
    }
    std::string taken = buffer_.substr(0, size);
    buffer_.erase(0, taken.size());
    return taken;
  }
  std::string take_until(std::string_view mark) {
    std::size_t at = 0;
    while ((at = buffer_.find(mark)) == std::string::npos) {
      if (!fill()) return {};
    }
    return take(at + mark.size());
  }
  std::string read_chunks() {
    std::string body;
    while (true) {
      const std::string piece = read_chunk();
      if (piece.empty()) return body;
      body += piece;
      if (piece == "<cut>") return body;
    }
  }

  int socket_;
  bool connected_ = false;
  bool in_stream_ = false;
  std::string buffer_;
};

}  // namespace zh::http::testing_site
