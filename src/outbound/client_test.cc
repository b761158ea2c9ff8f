// The client against a server that behaves, and one that does not in every way a server can.
#include "outbound/client.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <cstdlib>

#include "tests/support/certificate.h"
#include "tests/support/folder.h"
#include "tests/support/odd_server.h"

namespace zh::outbound {
namespace {

using std::chrono::milliseconds;
using testing::HasSubstr;
using testing_support::OddServer;
using testing_support::Peer;

// Tries twice, at once.
constexpr RetryRule kTwice{.attempts = 2, .first = milliseconds{1}, .longest = milliseconds{1}};

Result<Answer> ask(const OddServer& server, const Request& request = {}) {
  Client client({.hosts = {server.authority()}}, kTwice);
  return client.ask(*parse_address(server.url()), request);
}

std::string problem(const Result<Answer>& answer) {
  return answer.ok() ? "status " + std::to_string(answer->status) : answer.error().to_string(Language::en);
}

TEST(Client, SendsMethodTargetHeadersAndBodyAndGivesTheAnswer) {
  std::string seen;
  OddServer server([&](Peer& peer) {
    seen = peer.request();
    peer.send(OddServer::answer(201, "made", "ETag: \"7\"\r\n"));
  });
  const auto answer = ask(server, {.method = Method::put,
                                   .target = "/records/4b?x=1",
                                   .headers = {{"Content-Type", "audio/wav"}},
                                   .body = text_body("sound")});
  ASSERT_TRUE(answer.ok()) << problem(answer);
  EXPECT_EQ(answer->status, 201);
  EXPECT_EQ(answer->body, "made");
  EXPECT_EQ(header(answer->headers, "etag"), "\"7\"");
  EXPECT_EQ(seen, "PUT /records/4b?x=1 HTTP/1.1\r\nHost: " + server.authority() +
                      "\r\nContent-Type: audio/wav\r\nContent-Length: 5\r\n\r\nsound");
}

TEST(Client, StreamsABodyLargerThanItsPieces) {
  const std::string large(300'000, 'x');
  std::size_t received = 0;
  OddServer server([&](Peer& peer) {
    received = peer.request().size();
    peer.send(OddServer::answer(200, ""));
  });
  EXPECT_EQ(problem(ask(server, {.method = Method::put, .body = text_body(large)})), "status 200");
  EXPECT_GT(received, large.size());
}

TEST(Client, AHostThatIsNotListedIsNotEvenConnectedTo) {
  OddServer server([](Peer& peer) { peer.send(OddServer::answer(200, "")); });
  Client client({.hosts = {"s3.example.org"}});
  const auto answer = client.ask(*parse_address(server.url()), {});
  EXPECT_EQ(answer.error().code, ErrorCode::forbidden);
  EXPECT_EQ(server.connections(), 0);
}

TEST(Client, ARedirectIsAnAnswerAndIsNotFollowed) {
  OddServer elsewhere([](Peer& peer) { peer.send(OddServer::answer(200, "")); });
  OddServer server([&](Peer& peer) {
    peer.request();
    peer.send(OddServer::answer(307, "", "Location: " + elsewhere.url() + "/x\r\n"));
  });
  Client client({.hosts = {server.authority(), elsewhere.authority()}});
  const Address address = *parse_address(server.url());
  const auto answer = client.ask(address, {});
  ASSERT_TRUE(answer.ok());
  EXPECT_EQ(answer->status, 307);
  EXPECT_EQ(elsewhere.connections(), 0);
  EXPECT_THAT(answer_problem(address, *answer).message.en, HasSubstr("redirects to " + elsewhere.url() + "/x"));
}

TEST(Client, TheEnvironmentsProxyIsNotAsked) {
  OddServer proxy([](Peer& peer) { peer.send(OddServer::answer(502, "")); });
  OddServer server([](Peer& peer) {
    peer.request();
    peer.send(OddServer::answer(200, ""));
  });
  ::setenv("http_proxy", proxy.url().c_str(), 1);
  EXPECT_EQ(problem(ask(server)), "status 200");
  ::unsetenv("http_proxy");
  EXPECT_EQ(proxy.connections(), 0);
}

TEST(Client, AHeaderWithALineBreakIsRefusedBeforeAnythingIsSent) {
  OddServer server([](Peer&) {});
  EXPECT_EQ(ask(server, {.headers = {{"X", "a\r\nHost: b"}}}).error().code, ErrorCode::invalid);
  EXPECT_EQ(server.connections(), 0);
}

TEST(Client, NobodyThereIsTold) {
  const std::string url = [] {
    OddServer gone([](Peer&) {});
    return gone.url();
  }();
  const Address address = *parse_address(url);
  Client client({.hosts = {address.authority()}}, kTwice);
  const auto answer = client.ask(address, {});
  EXPECT_EQ(answer.error().code, ErrorCode::unavailable);
  EXPECT_THAT(problem(answer), HasSubstr(address.authority() + " cannot be reached"));
}

// What a server says badly, and what is said of it.
struct Bad {
  std::string name;
  std::string bytes;
  std::string problem;
  int connections;  // 2: tried again
};

class BadAnswer : public testing::TestWithParam<Bad> {};

TEST_P(BadAnswer, IsNoAnswer) {
  OddServer server([](Peer& peer) {
    peer.request();
    peer.send(GetParam().bytes);
  });
  const auto answer = ask(server, {.limits = {.head = 2'000, .body = 1'000}});
  ASSERT_FALSE(answer.ok()) << problem(answer);
  EXPECT_THAT(problem(answer), HasSubstr(GetParam().problem));
  EXPECT_EQ(server.connections(), GetParam().connections);
}

INSTANTIATE_TEST_SUITE_P(
    Bytes, BadAnswer,
    testing::Values(
        Bad{"Nothing", "", "ended before its answer was whole", 2},
        Bad{"HalfAHead", "HTTP/1.1 200 OK\r\nContent-Le", "ended before its answer was whole", 2},
        Bad{"CutOff", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", "ended before", 2},
        Bad{"CutOffChunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nha", "ended before", 2},
        Bad{"NoLength", "HTTP/1.1 200 OK\r\n\r\nwhole?", "well-formed HTTP", 1},
        Bad{"Garbage", "\x16\x03\x01 what?\r\n\r\n", "well-formed HTTP", 1},
        Bad{"WrongLength", "HTTP/1.1 200 OK\r\nContent-Length: many\r\n\r\n", "well-formed HTTP", 1},
        Bad{"TwoLengths", "HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab", "well-formed HTTP", 1},
        Bad{"LongHead", "HTTP/1.1 200 OK\r\nX: " + std::string(3'000, 'x') + "\r\n\r\n", "well-formed HTTP", 1},
        Bad{"LongBody", "HTTP/1.1 200 OK\r\nContent-Length: 1001\r\n\r\n", "more than may be taken in", 1},
        Bad{"OnlyInterim",
            [] {
              std::string all;
              for (int i = 0; i < 20; ++i) all += "HTTP/1.1 102 Processing\r\n\r\n";
              return all;
            }(),
            "well-formed HTTP", 1}),
    [](const auto& bad) { return bad.param.name; });

TEST(Client, AnEndlessBodyEndsAtItsLimit) {
  OddServer server([](Peer& peer) {
    peer.request();
    peer.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
    while (peer.send("400\r\n" + std::string(1024, 'x') + "\r\n")) {
    }
  });
  const auto answer = ask(server, {.limits = {.body = 100'000}});
  EXPECT_EQ(answer.error().code, ErrorCode::limit);
}

TEST(Client, WhoSaysNothingOrDripsIsGivenUp) {
  OddServer silent([](Peer& peer) {
    peer.request();
    peer.hold();
  });
  EXPECT_THAT(problem(ask(silent, {.limits = {.idle = milliseconds{50}}})), HasSubstr("is too slow"));

  // A byte now and then keeps an attempt from standing still, but not from ending.
  OddServer dripping([](Peer& peer) {
    peer.request();
    peer.send("HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
    while (peer.send("x")) std::this_thread::sleep_for(milliseconds{2});
  });
  EXPECT_THAT(problem(ask(dripping, {.limits = {.idle = milliseconds{5'000}, .whole = milliseconds{100}}})),
              HasSubstr("is too slow"));
}

TEST(Client, ABusyOrFailingServerIsAskedAgainAndItsLastAnswerGiven) {
  std::atomic<int> asked{0};
  OddServer server([&](Peer& peer) {
    while (!peer.request().empty()) peer.send(OddServer::answer(++asked == 1 ? 503 : 200, "said"));
  });
  EXPECT_EQ(problem(ask(server)), "status 200");
  EXPECT_EQ(asked, 2);

  OddServer broken([](Peer& peer) {
    while (!peer.request().empty()) peer.send(OddServer::answer(500, "out of luck"));
  });
  const auto answer = ask(broken);
  EXPECT_EQ(problem(answer), "status 500");
  const Error error = answer_problem(*parse_address(broken.url()), *answer);
  EXPECT_EQ(error.code, ErrorCode::unavailable);
  EXPECT_EQ(error.message.en, broken.authority() + " answered 500: out of luck");
}

TEST(Client, WhatMayHaveBeenCarriedOutIsNotAskedTwice) {
  OddServer server([](Peer& peer) { peer.request(); });
  EXPECT_FALSE(ask(server, {.method = Method::post, .body = text_body("x"), .repeatable = false}).ok());
  EXPECT_EQ(server.connections(), 1);
}

TEST(Client, ARefusalBeforeTheBodyIsReadIsTheAnswer) {
  OddServer server([](Peer& peer) {
    peer.head();
    peer.send(OddServer::answer(507, "full", "Connection: close\r\n"));
    ::shutdown(peer.socket(), SHUT_WR);
    peer.hold();
  });
  EXPECT_EQ(problem(ask(server, {.method = Method::put, .body = text_body(std::string(100'000, 'x'))})), "status 507");
}

TEST(Client, AConnectionIsUsedAgainAndReplacedWhenItHasGone) {
  std::atomic<int> ended{0};
  OddServer server([&](Peer& peer) {
    for (int i = 0; i < 2 && !peer.request().empty(); ++i) peer.send(OddServer::answer(200, "x"));
    ++ended;
  });
  Client client({.hosts = {server.authority()}}, kTwice);
  const Address address = *parse_address(server.url());
  EXPECT_EQ(problem(client.ask(address, {})), "status 200");
  EXPECT_EQ(problem(client.ask(address, {})), "status 200");
  EXPECT_EQ(server.connections(), 1);
  while (ended == 0) std::this_thread::yield();
  EXPECT_EQ(problem(client.ask(address, {})), "status 200");
  EXPECT_EQ(server.connections(), 2);
}

TEST(Client, AStopEndsTheWaiting) {
  std::stop_source stop;
  OddServer server([&](Peer& peer) {
    peer.request();
    stop.request_stop();
    peer.hold();
  });
  Client client({.hosts = {server.authority()}});
  EXPECT_EQ(client.ask(*parse_address(server.url()), {}, stop.get_token()).error().code, ErrorCode::cancelled);
}

TEST(Client, ABodyThatEndsEarlyOrCannotBeReadIsOurOwnFault) {
  OddServer server([](Peer& peer) { peer.request(); });
  Body shorter = text_body("ab");
  shorter.size = 3;
  EXPECT_EQ(ask(server, {.method = Method::put, .body = shorter}).error().code, ErrorCode::conflict);
  const Body none{.size = 1, .open = []() -> Result<std::unique_ptr<ByteSource>> {
                    return error(ErrorCode::corrupt, {.zh = "坏", .en = "bad"});
                  }};
  EXPECT_EQ(ask(server, {.method = Method::put, .body = none}).error().code, ErrorCode::corrupt);
}

// ---- TLS

class TlsClient : public testing::Test {
 protected:
  using TlsContext = std::unique_ptr<SSL_CTX, testing_support::Release<&SSL_CTX_free>>;
  using Tls = std::unique_ptr<SSL, testing_support::Release<&SSL_free>>;

  void serve_as(const std::string& names) {
    testing_support::write_certificate({.certificate = certificate, .key = folder / "key.pem"}, names);
    context.reset(SSL_CTX_new(TLS_server_method()));
    SSL_CTX_use_certificate_chain_file(context.get(), certificate.c_str());
    SSL_CTX_use_PrivateKey_file(context.get(), (folder / "key.pem").c_str(), SSL_FILETYPE_PEM);
  }
  void serve(Peer& peer) const {
    const Tls tls(SSL_new(context.get()));
    SSL_set_fd(tls.get(), peer.socket());
    if (SSL_accept(tls.get()) != 1) return;
    std::string request(4096, '\0');
    if (SSL_read(tls.get(), request.data(), 4096) <= 0) return;
    const std::string answer = OddServer::answer(200, "over TLS");
    SSL_write(tls.get(), answer.data(), static_cast<int>(answer.size()));
    SSL_shutdown(tls.get());
  }
  Result<Answer> ask(const std::filesystem::path& certificates) {
    OddServer server([this](Peer& peer) { serve(peer); });
    Client client({.hosts = {server.authority()}, .certificates = certificates}, kTwice);
    const auto answer = client.ask(*parse_address("https://" + server.authority()), {});
    connections = server.connections();
    return answer;
  }

  testing_support::Folder folder;
  std::filesystem::path certificate = folder / "certificate.pem";
  TlsContext context;
  int connections = 0;
};

TEST_F(TlsClient, ACertificateThatSomebodyVouchesForIsTrusted) {
  serve_as("DNS:localhost,IP:127.0.0.1");
  const auto answer = ask(certificate);
  ASSERT_TRUE(answer.ok()) << problem(answer);
  EXPECT_EQ(answer->body, "over TLS");
}

TEST_F(TlsClient, OneThatNobodyVouchesForOrThatIsAnothersIsNot) {
  serve_as("DNS:localhost,IP:127.0.0.1");
  EXPECT_THAT(problem(ask({})), HasSubstr("has a certificate that cannot be trusted"));
  EXPECT_EQ(connections, 1);  // not tried again
  serve_as("DNS:other.example");
  EXPECT_THAT(problem(ask(certificate)), HasSubstr("has a certificate that cannot be trusted"));
}

TEST_F(TlsClient, AFileOfCertificatesThatIsNoneIsTold) {
  serve_as("IP:127.0.0.1");
  const auto answer = ask(folder / "none.pem");
  EXPECT_EQ(answer.error().code, ErrorCode::invalid);
  EXPECT_THAT(problem(answer), HasSubstr("none.pem"));
}

TEST_F(TlsClient, AServerWithoutTlsIsNotSpokenTo) {
  OddServer server([](Peer& peer) {
    peer.send("HTTP/1.1 400 Bad Request\r\n\r\n");
    peer.hold();
  });
  Client client({.hosts = {server.authority()}}, kTwice);
  EXPECT_EQ(client.ask(*parse_address("https://" + server.authority()), {}).error().code, ErrorCode::unavailable);
}

}  // namespace
}  // namespace zh::outbound
