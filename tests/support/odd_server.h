// A server on this host that does whatever a test says, well or badly: for the code that asks others.
//
//   OddServer server([](Peer& peer) { peer.request(); peer.send(OddServer::answer(200, "fine")); });
//   client.ask(server.address(), {});
#pragma once

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <utility>
#include <vector>

namespace zh::testing_support {

// One connection, as the server sees it.
class Peer {
 public:
  Peer(int socket, const std::atomic<bool>& ending) : socket_(socket), ending_(ending) {}
  ~Peer() { ::close(socket_); }
  Peer(const Peer&) = delete;
  Peer& operator=(const Peer&) = delete;

  // The next request, head and body as its Content-Length says; "" when there is none.
  std::string request() {
    std::size_t end = 0;
    while ((end = buffer_.find("\r\n\r\n")) == std::string::npos) {
      if (!fill()) return {};
    }
    const std::size_t length = end + 4 + length_in(std::string_view(buffer_).substr(0, end));
    while (buffer_.size() < length && fill()) {
    }
    std::string taken = buffer_.substr(0, length);
    buffer_.erase(0, taken.size());
    return taken;
  }
  // The head alone; the body stays unread.
  std::string head() {
    while (buffer_.find("\r\n\r\n") == std::string::npos) {
      if (!fill()) return {};
    }
    return buffer_.substr(0, buffer_.find("\r\n\r\n"));
  }
  // False when the other has gone.
  bool send(std::string_view bytes) const {
    while (!bytes.empty()) {
      const ssize_t sent = ::send(socket_, bytes.data(), bytes.size(), MSG_NOSIGNAL);
      if (sent <= 0) return false;
      bytes.remove_prefix(static_cast<std::size_t>(sent));
    }
    return true;
  }
  // Says nothing until the other gives up or the server ends.
  void hold() const {
    pollfd looked{.fd = socket_, .events = POLLRDHUP, .revents = 0};
    while (!ending_ && ::poll(&looked, 1, 20) == 0) {
    }
  }
  int socket() const { return socket_; }

 private:
  static std::size_t length_in(std::string_view head) {
    const std::size_t at = head.find("Content-Length: ");
    return at == std::string_view::npos ? 0 : std::stoul(std::string(head.substr(at + 16)));
  }
  bool fill() {
    std::string piece(65536, '\0');
    pollfd looked{.fd = socket_, .events = POLLIN, .revents = 0};
    while (!ending_ && ::poll(&looked, 1, 20) == 0) {
    }
    if (ending_) return false;
    const ssize_t count = ::recv(socket_, piece.data(), piece.size(), 0);
    if (count <= 0) return false;
    buffer_.append(piece, 0, static_cast<std::size_t>(count));
    return true;
  }

  int socket_;
  const std::atomic<bool>& ending_;
  std::string buffer_;
};

class OddServer {
 public:
  using Serve = std::function<void(Peer&)>;

  // `serve` is called for every connection, on a thread of its own.
  explicit OddServer(Serve serve) : serve_(std::move(serve)), listener_(::socket(AF_INET, SOCK_STREAM, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    ::bind(listener_, reinterpret_cast<const sockaddr*>(&address), size);
    ::listen(listener_, 16);
    ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { listen(); });
  }
  ~OddServer() {
    ending_ = true;
    thread_.join();
    for (std::thread& each : peers_) each.join();
    ::close(listener_);
  }
  OddServer(const OddServer&) = delete;
  OddServer& operator=(const OddServer&) = delete;

  std::uint16_t port() const { return port_; }
  std::string authority() const { return "127.0.0.1:" + std::to_string(port_); }
  std::string url() const { return "http://" + authority(); }
  int connections() const { return connections_; }

  // A well-formed answer that keeps the connection.
  static std::string answer(int status, std::string_view body, std::string_view headers = {}) {
    return "HTTP/1.1 " + std::to_string(status) + " x\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" +
           std::string(headers) + "\r\n" + std::string(body);
  }

 private:
  void listen() {
    pollfd looked{.fd = listener_, .events = POLLIN, .revents = 0};
    while (!ending_) {
      if (::poll(&looked, 1, 20) != 1) continue;
      const int socket = ::accept(listener_, nullptr, nullptr);
      if (socket < 0) continue;
      ++connections_;
      peers_.emplace_back([this, socket] {
        Peer peer(socket, ending_);
        serve_(peer);
      });
    }
  }

  Serve serve_;
  int listener_;
  std::uint16_t port_ = 0;
  std::atomic<bool> ending_{false};
  std::atomic<int> connections_{0};
  std::vector<std::thread> peers_;  // of the listening thread until it has ended
  std::thread thread_;
};

}  // namespace zh::testing_support
