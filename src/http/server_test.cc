// The server as clients meet it: real sockets on loopback, well-meant and otherwise.
#include "http/server.h"

#include <gtest/gtest.h>
#include <openssl/ssl.h>

#include <filesystem>
#include <fstream>
#include <functional>
#include <future>
#include <thread>

#include "http/test_client.h"
#include "http/test_records.h"
#include "tests/support/certificate.h"
#include "tests/support/folder.h"

namespace zh::http {
namespace {

using testing_site::Client;
using testing_site::Reply;
using testing_site::SampleSite;

constexpr std::string_view kSheet =
    "GET /api/v1/months/2026-10/sheets/1001 HTTP/1.1\r\nHost: desk\r\nCookie: zhiheng_session=manager\r\n\r\n";

std::string get(std::string_view path, std::string_view more = {}) {
  return "GET " + std::string(path) + " HTTP/1.1\r\nHost: desk\r\n" + std::string(more) + "\r\n";
}

std::string post(std::string_view path, std::string_view body, std::string_view more = {}) {
  return "POST " + std::string(path) + " HTTP/1.1\r\nHost: desk\r\nCookie: zhiheng_session=manager\r\n" +
         "X-Requested-With: zhiheng\r\nContent-Type: application/json\r\n" + std::string(more) +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + std::string(body);
}

constexpr std::string_view kNewSheet = R"({"staff_no":"1001","tags":[{"name":"a","weight":"1"}],"draft":true})";

// What the server does behind an answer that the client has already: soon, however busy the machine is.
bool eventually(const std::function<bool()>& holds) {
  for (int tries = 0; tries < 1000 && !holds(); ++tries) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  return holds();
}

class ServerTest : public ::testing::Test {
 protected:
  ServerTest() {
    options.port = 0;
    options.upload_folder = folder.path();
    options.workers = 4;
    add("/api/v1/slow", "slow", [this](Call&) -> Result<void> {
      entered.set_value();
      go.wait();
      return {};
    });
    add("/api/v1/stubborn", "stubborn", [this](Call& call) -> Result<void> {
      entered.set_value();
      while (!call.request.stop.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(5));
      return {};
    });
    EXPECT_TRUE(sample.site.finish().ok());
  }
  ~ServerTest() override { server.reset(); }

  void add(std::string path, std::string id, std::function<Result<void>(Call&)> handler) {
    sample.site.router().add({.path = std::move(path),
                              .id = std::move(id),
                              .summary = {.zh = "慢", .en = "slow"},
                              .tag = "test",
                              .access = open_to_anybody()},
                             [handler = std::move(handler)](Call& call) -> Result<void> { return handler(call); });
  }

  std::uint16_t port() {
    if (!server) {
      auto started = Server::start(sample.site, options);
      EXPECT_TRUE(started.ok()) << started.error().message.en;
      server = std::move(started).value();
    }
    return server->port();
  }
  Reply ask(std::string_view request) { return Client(port()).ask(request); }

  testing_support::Folder folder;
  SampleSite sample;
  ServerOptions options;
  std::promise<void> entered;  // the slow handler runs
  std::promise<void> let_go;   // and may go on
  std::shared_future<void> go = let_go.get_future().share();
  std::unique_ptr<Server> server;
};

TEST_F(ServerTest, AnswersOneRequestAfterTheOther) {
  Client client(port());
  for (int i = 0; i < 3; ++i) {
    const Reply reply = client.ask(kSheet);
    EXPECT_EQ(reply.status, 200);
    EXPECT_EQ(reply.headers.get("Content-Type"), "application/json");
    EXPECT_NE(reply.body.find("1600.00"), std::string::npos);
    EXPECT_EQ(reply.headers.get("Date").substr(25), " GMT");
  }
}

TEST_F(ServerTest, PipelinedRequestsAreAnsweredInTheirOrder) {
  Client client(port());
  client.send(get("/api/v1/stream/1") + std::string(kSheet) + get("/api/v1/nothing") +
              post("/api/v1/sheets", kNewSheet));
  EXPECT_EQ(client.read().body.size(), 10'000U);
  EXPECT_EQ(client.read().status, 200);
  EXPECT_EQ(client.read().status, 404);
  EXPECT_EQ(client.read().status, 201);
}

TEST_F(ServerTest, HeadHasTheHeadersAndNoBody) {
  Client client(port());
  const Reply whole = client.ask(kSheet);
  const Reply head = client.ask("HEAD" + std::string(kSheet.substr(3)));
  EXPECT_EQ(head.status, 200);
  EXPECT_EQ(head.headers.get("Content-Length"), std::to_string(whole.body.size()));
  EXPECT_EQ(client.ask(kSheet).status, 200);  // nothing was left on the line
  EXPECT_EQ(client.ask("HEAD /api/v1/stream/3 HTTP/1.1\r\nHost: desk\r\n\r\n").status, 200);
  EXPECT_EQ(client.ask(kSheet).status, 200);
}

TEST_F(ServerTest, OldClientsAreServedAsTheyUnderstand) {
  Client closes(port());
  const Reply reply = closes.ask("GET /healthz HTTP/1.0\r\n\r\n");
  EXPECT_EQ(reply.status, 200);
  EXPECT_EQ(reply.headers.get("Connection"), "close");
  EXPECT_TRUE(closes.at_end());

  Client stays(port());
  EXPECT_EQ(stays.ask("GET /healthz HTTP/1.0\r\nConnection: keep-alive\r\n\r\n").headers.get("Connection"),
            "keep-alive");
  EXPECT_EQ(stays.ask("GET /healthz HTTP/1.0\r\n\r\n").status, 200);

  // No chunks for them: the end of the connection is the end of the body.
  const Reply stream = Client(port()).ask("GET /api/v1/stream/3 HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
  EXPECT_EQ(stream.body.size(), 30'000U);
  EXPECT_EQ(stream.headers.get("Transfer-Encoding"), "");
}

TEST_F(ServerTest, AConnectionClosesWhenTheClientAsks) {
  Client client(port());
  EXPECT_EQ(client.ask(get("/healthz", "Connection: close\r\n")).headers.get("Connection"), "close");
  EXPECT_TRUE(client.at_end());
}

TEST_F(ServerTest, WhatIsNoHttpIsRefusedAndEndsTheConnection) {
  const std::vector<std::pair<std::string, int>> rows{
      {"hello\r\n\r\n", 400},
      {"GET / HTTP/1.1\nHost: desk\n\n", 400},         // line feeds alone
      {"GET / HTTP/1.1\r\nHost : desk\r\n\r\n", 400},  // a space before the colon
      {"GET / HTTP/1.1\r\nHost: desk\r\nBad Name: x\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\nHost: desk\r\nX: a\x01z\r\n\r\n", 400},
      {std::string("GET / HTTP/1.1\r\nHost: desk\r\nX: a\0z\r\n\r\n", 38), 400},
      {"GET /a b HTTP/1.1\r\nHost: desk\r\n\r\n", 400},
      {"GET / HTTP/2.0\r\nHost: desk\r\n\r\n", 400},
      {"GET / HTTP/1.1\r\n\r\n", 400},  // no Host
      {"GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400},
      {"GET /../etc/passwd HTTP/1.1\r\nHost: desk\r\n\r\n", 400},
      {"GET /%2e%2e/etc/passwd HTTP/1.1\r\nHost: desk\r\n\r\n", 400},
      {"TRACE / HTTP/1.1\r\nHost: desk\r\n\r\n", 501},
      {"CONNECT a:1 HTTP/1.1\r\nHost: desk\r\n\r\n", 501},
      {"BREW /pot HTTP/1.1\r\nHost: desk\r\n\r\n", 501},
      {"get / HTTP/1.1\r\nHost: desk\r\n\r\n", 501},
      {"GET /healthz HTTP/1.1\r\nHost: desk\r\nExpect: tea\r\n\r\n", 417},
      {"GET /" + std::string(9000, 'a') + " HTTP/1.1\r\nHost: desk\r\n\r\n", 414},
      {"GET / HTTP/1.1\r\nHost: desk\r\nX: " + std::string(20'000, 'a') + "\r\n\r\n", 431},
  };
  for (const auto& [request, status] : rows) {
    Client client(port());
    EXPECT_EQ(client.ask(request).status, status) << request.substr(0, 60);
    EXPECT_TRUE(client.at_end()) << request.substr(0, 60);
  }
  EXPECT_EQ(ask(kSheet).status, 200);
}

// Two readings of one message: whatever a proxy before us might take for a second request must never be one here.
TEST_F(ServerTest, SmugglingShapesAreRefused) {
  const std::string inner = "GET /api/v1/bug HTTP/1.1\r\nHost: desk\r\n\r\n";
  const std::string start = "POST /api/v1/session HTTP/1.1\r\nHost: desk\r\nX-Requested-With: zhiheng\r\n";
  const std::vector<std::string> shapes{
      start + "Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + inner,
      start + "Transfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n" + inner,
      start + "Content-Length: 0\r\nContent-Length: " + std::to_string(inner.size()) + "\r\n\r\n" + inner,
      start + "Content-Length: 0, 5\r\n\r\n" + inner,
      start + "Content-Length: +0\r\n\r\n" + inner,
      start + "Content-Length: 0x0\r\n\r\n" + inner,
      start + "Content-Length: -1\r\n\r\n" + inner,
      start + "Transfer-Encoding: xchunked\r\n\r\n" + inner,
      start + "Transfer-Encoding: chunked, identity\r\n\r\n" + inner,
      start + "Transfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n" + inner,
      start + "Transfer-Encoding: identity\r\n\r\n" + inner,
      start +
          "Transfer-Encoding:\x0b"
          "chunked\r\n\r\n0\r\n\r\n" +
          inner,
      start + "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n" + inner,
      start + "Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n" + inner,
      start + "Transfer-Encoding: chunked\r\n\r\n-1\r\n\r\n" + inner,
      start + "Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n" + inner,
      "POST /api/v1/session HTTP/1.0\r\nHost: desk\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n" + inner,
  };
  for (const auto& shape : shapes) {
    Client client(port());
    client.send(shape);
    const Reply reply = client.read();
    EXPECT_TRUE(reply.status == 400 || reply.status == 501) << reply.status << " " << shape;
    EXPECT_TRUE(client.at_end()) << shape;
  }
}

TEST_F(ServerTest, ABodyMayComeInChunks) {
  Client client(port());
  client.send(
      "POST /api/v1/sheets HTTP/1.1\r\nHost: desk\r\nCookie: zhiheng_session=manager\r\nX-Requested-With: zhiheng\r\n"
      "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
  client.send("10;name=value\r\n" + std::string(kNewSheet.substr(0, 16)) + "\r\n");
  client.send("33\r\n" + std::string(kNewSheet.substr(16)) + "\r\n0\r\nTrailer: x\r\n\r\n");
  ASSERT_EQ(kNewSheet.size(), 16U + 0x33U);
  EXPECT_EQ(client.read().status, 201);
  EXPECT_EQ(client.ask(kSheet).status, 200);
}

TEST_F(ServerTest, ExpectContinueIsAnsweredBeforeTheBody) {
  Client client(port());
  const std::string request = post("/api/v1/sheets", kNewSheet, "Expect: 100-continue\r\n");
  const std::size_t head = request.find("\r\n\r\n") + 4;
  client.send(request.substr(0, head));
  EXPECT_EQ(client.read().status, 100);
  client.send(request.substr(head));
  EXPECT_EQ(client.read().status, 201);

  // What will be refused is not asked for.
  Client stranger(port());
  stranger.send(
      "POST /api/v1/files HTTP/1.1\r\nHost: desk\r\nX-Requested-With: zhiheng\r\nContent-Length: 500000\r\n"
      "Expect: 100-continue\r\n\r\n");
  EXPECT_EQ(stranger.read().status, 401);
}

TEST_F(ServerTest, ABodyOverTheLimitIsRefusedBeforeItIsRead) {
  Client announced(port());
  announced.send(
      "POST /api/v1/sheets HTTP/1.1\r\nHost: desk\r\nCookie: zhiheng_session=manager\r\nX-Requested-With: zhiheng\r\n"
      "Content-Type: application/json\r\nContent-Length: 1048577\r\n\r\n");
  EXPECT_EQ(announced.read().status, 413);

  Client chunked(port());
  chunked.send(
      "POST /api/v1/sheets HTTP/1.1\r\nHost: desk\r\nCookie: zhiheng_session=manager\r\nX-Requested-With: zhiheng\r\n"
      "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n\r\n");
  const std::string piece = "10000\r\n" + std::string(0x10000, ' ') + "\r\n";
  for (int i = 0; i < 17 && chunked.send(piece); ++i) {
  }
  EXPECT_EQ(chunked.read().status, 413);
}

TEST_F(ServerTest, AnUploadGoesToDiskAndIsGoneAfterwards) {
  Client client(port());
  const std::string bytes(700'000, 'u');
  EXPECT_EQ(client.ask(post("/api/v1/files?name=a.wav", bytes)).body, "a.wav 700000");
  EXPECT_TRUE(eventually([&] { return std::filesystem::is_empty(folder.path()); }));
  // Whatever folder the client has it in, only the name is taken.
  EXPECT_EQ(client.ask(post("/api/v1/files?name=..%2F..%2Fa.wav", "x")).body, "a.wav 1");
  EXPECT_EQ(client.ask(post("/api/v1/files?name=C:%5Cold%E5%BD%95.wav", "xy")).body, "old录.wav 2");
}

TEST_F(ServerTest, AnUploadThatIsTooLargeOrBrokenOffLeavesNothing) {
  EXPECT_EQ(ask(post("/api/v1/files", std::string(1'000'001, 'u'))).status, 413);
  {
    Client gone(port());
    gone.send(
        "POST /api/v1/files HTTP/1.1\r\nHost: desk\r\nCookie: zhiheng_session=manager\r\nX-Requested-With: zhiheng\r\n"
        "Content-Length: 900000\r\n\r\n" +
        std::string(400'000, 'u'));
    gone.finish_sending();
    gone.rest();
  }
  server->stop();
  EXPECT_TRUE(std::filesystem::is_empty(folder.path()));
}

TEST_F(ServerTest, LeftOversOfAKilledServerGoAtStart) {
  std::ofstream(folder / "upload-99-1") << "left";
  std::ofstream(folder / "other") << "stays";
  EXPECT_EQ(ask(kSheet).status, 200);
  EXPECT_FALSE(std::filesystem::exists(folder / "upload-99-1"));
  EXPECT_TRUE(std::filesystem::exists(folder / "other"));
}

TEST_F(ServerTest, WithoutAFolderThereAreNoUploads) {
  options.upload_folder.clear();
  EXPECT_EQ(ask(post("/api/v1/files", "x")).status, 501);
}

TEST_F(ServerTest, StreamsComeInChunksAndABrokenOneIsCut) {
  Client client(port());
  EXPECT_EQ(client.ask(get("/api/v1/stream/40")).body.size(), 400'000U);
  EXPECT_EQ(client.ask(kSheet).status, 200);
  const Reply broken = client.ask(get("/api/v1/stream/-2"));
  EXPECT_EQ(broken.body.size(), 20'000U + std::string_view("<cut>").size());  // no last chunk: not a whole body
}

TEST_F(ServerTest, SlowHeadsAndBodiesAreCutWithoutHarmToOthers) {
  options.limits.head_time = std::chrono::milliseconds(150);
  options.limits.body_time = std::chrono::milliseconds(150);
  Client head(port());
  head.send("GET /healthz HTTP/1.1\r\nHos");
  Client body(port());
  body.send(
      "POST /api/v1/sheets HTTP/1.1\r\nHost: desk\r\nCookie: zhiheng_session=manager\r\nX-Requested-With: zhiheng\r\n"
      "Content-Type: application/json\r\nContent-Length: 10\r\n\r\n{");
  EXPECT_EQ(ask(kSheet).status, 200);
  EXPECT_TRUE(head.at_end());
  EXPECT_TRUE(body.at_end());
  EXPECT_TRUE(eventually([&] { return sample.site.metrics().timeouts.load() == 2; }));
}

TEST_F(ServerTest, AnIdleConnectionIsClosedInTime) {
  options.limits.idle_time = std::chrono::milliseconds(100);
  Client client(port());
  EXPECT_EQ(client.ask(kSheet).status, 200);
  EXPECT_TRUE(client.at_end());
}

TEST_F(ServerTest, AClientThatDoesNotReadIsCut) {
  options.limits.send_time = std::chrono::milliseconds(200);
  Client client(port());
  client.send(get("/api/v1/stream/20000"));  // 200 MB: more than any socket holds
  std::this_thread::sleep_for(std::chrono::milliseconds(600));
  EXPECT_LT(client.rest().size(), 150'000'000U);
}

TEST_F(ServerTest, ConnectionsHaveALimit) {
  options.limits.connections_per_client = 2;
  Client first(port());
  Client second(port());
  EXPECT_EQ(first.ask(kSheet).status, 200);
  EXPECT_EQ(second.ask(kSheet).status, 200);
  Client third(port());
  EXPECT_EQ(third.read().status, 503);
  EXPECT_EQ(first.ask(kSheet).status, 200);
  EXPECT_TRUE(eventually([&] { return sample.site.metrics().refused_connections.load() == 1; }));
}

TEST_F(ServerTest, EventsArriveAndThePulseGoesOn) {
  options.limits.event_pulse = std::chrono::milliseconds(50);
  Client client(port());
  client.send(get("/api/v1/events", "Cookie: zhiheng_session=agent\r\n"));
  std::string seen;
  while (seen.find(":\n\n") == std::string::npos) seen += client.next_piece();
  EXPECT_NE(seen.find("retry: 3000"), std::string::npos);
  sample.site.events().publish(
      {.type = "job", .data = "{\"done\":1}", .allowed = [](const Principal&) { return true; }});
  while (seen.find("data: {\"done\":1}\n\n") == std::string::npos) seen += client.next_piece();
  EXPECT_EQ(sample.site.metrics().event_streams.load(), 1);
}

// A reload leaves the old stream behind: within minutes a busy desk would have used up its connections.
TEST_F(ServerTest, AnEventStreamEndsWhenTheClientGoes) {
  {
    Client client(port());
    client.send(get("/api/v1/events", "Cookie: zhiheng_session=agent\r\n"));
    EXPECT_NE(client.next_piece(), "");
    EXPECT_EQ(sample.site.metrics().event_streams, 1);
  }
  EXPECT_TRUE(eventually([&] { return sample.site.metrics().event_streams == 0; }));  // long before the next pulse
}

TEST_F(ServerTest, AnEventStreamEndsWithItsSession) {
  options.limits.event_pulse = std::chrono::milliseconds(50);
  Client client(port());
  client.send(get("/api/v1/events", "Cookie: zhiheng_session=agent\r\n"));
  client.next_piece();
  sample.site.events().end_session("s-1001");
  EXPECT_TRUE(client.rest().ends_with("0\r\n\r\n"));
}

TEST_F(ServerTest, StopEndsStreamsAndIdleConnectionsAndLetsRequestsFinish) {
  std::vector<std::unique_ptr<Client>> streams;
  for (int i = 0; i < 10; ++i) {
    streams.push_back(std::make_unique<Client>(port()));
    streams.back()->send(get("/api/v1/events", "Cookie: zhiheng_session=manager\r\n"));
    streams.back()->next_piece();
  }
  Client idle(port());
  EXPECT_EQ(idle.ask(kSheet).status, 200);
  Client busy(port());
  busy.send(get("/api/v1/slow"));
  entered.get_future().wait();
  auto stopping = std::async(std::launch::async, [this] { server->stop(); });
  EXPECT_TRUE(idle.at_end());
  for (auto& stream : streams) EXPECT_TRUE(stream->rest().ends_with("0\r\n\r\n"));
  let_go.set_value();
  EXPECT_EQ(busy.read().status, 204);
  EXPECT_TRUE(busy.at_end());
  stopping.get();
  EXPECT_FALSE(Client(server->port()).ask(kSheet).status == 200);
}

TEST_F(ServerTest, WhatDoesNotFinishInTimeIsToldToStopAndCut) {
  options.limits.stop_time = std::chrono::milliseconds(100);
  Client busy(port());
  busy.send(get("/api/v1/stubborn"));
  entered.get_future().wait();
  server->stop();
  EXPECT_TRUE(busy.at_end());
}

TEST_F(ServerTest, TooManyWaitingRequestsAreTurnedAway) {
  options.workers = 1;
  options.limits.queued = 1;
  Client busy(port());
  busy.send(get("/api/v1/slow"));
  entered.get_future().wait();  // the worker is taken
  Client waits(port());
  waits.send(kSheet);
  // One may wait; further ones are told so at once. Which of the two comes first is the scheduler's choice.
  Client late(port());
  late.send(kSheet);
  Client& told = waits.has_answer(std::chrono::seconds(1)) ? waits : late;
  Client& served = &told == &waits ? late : waits;
  const Reply turned_away = told.read();
  EXPECT_EQ(turned_away.status, 503);
  EXPECT_EQ(turned_away.headers.get("Retry-After"), "2");
  let_go.set_value();
  EXPECT_EQ(busy.read().status, 204);
  EXPECT_EQ(served.read().status, 200);
}

TEST_F(ServerTest, ManyClientsAtOnceGetTheirOwnAnswers) {
  const std::uint16_t at = port();
  std::vector<std::future<int>> clients;
  for (int i = 0; i < 16; ++i) {
    clients.push_back(std::async(std::launch::async, [at, i] {
      Client client(at);
      int right = 0;
      for (int j = 0; j < 50; ++j) {
        const std::string staff_no = std::to_string(1000 + i * 100 + j);
        const Reply reply =
            client.ask(get("/api/v1/months/2026-10/sheets/" + staff_no, "Cookie: zhiheng_session=manager\r\n"));
        if (reply.body.find("\"staff_no\":\"" + staff_no + "\"") != std::string::npos) ++right;
      }
      return right;
    }));
  }
  for (auto& client : clients) EXPECT_EQ(client.get(), 50);
}

TEST_F(ServerTest, PlaintextBeyondThisHostIsRefusedUnlessAllowed) {
  options.address = "0.0.0.0";
  EXPECT_EQ(Server::start(sample.site, options).error().code, ErrorCode::invalid);
  options.allow_plaintext = true;
  EXPECT_TRUE(Server::start(sample.site, options).ok());
}

TEST_F(ServerTest, MistakesInTheOptionsAreNamed) {
  options.address = "localhost.example";
  EXPECT_EQ(Server::start(sample.site, options).error().code, ErrorCode::invalid);
  options.address = "127.0.0.1";
  options.trusted_proxies = {"10.0.0.0/40"};
  EXPECT_NE(Server::start(sample.site, options).error().message.en.find("10.0.0.0/40"), std::string::npos);
  options.trusted_proxies.clear();
  options.port = port();
  EXPECT_EQ(Server::start(sample.site, options).error().code, ErrorCode::unavailable);
  options.tls = TlsFiles{.certificate = folder / "none.pem", .key = folder / "none.pem"};
  EXPECT_EQ(Server::start(sample.site, options).error().code, ErrorCode::invalid);
}

// ── TLS, with a certificate made for the test ──

using TlsContextPtr = std::unique_ptr<SSL_CTX, testing_support::Release<&SSL_CTX_free>>;
using TlsPtr = std::unique_ptr<SSL, testing_support::Release<&SSL_free>>;

void write_certificate(const TlsFiles& files) {
  testing_support::write_certificate({.certificate = files.certificate, .key = files.key});
}

class TlsServerTest : public ServerTest {
 protected:
  TlsServerTest() {
    options.tls = TlsFiles{.certificate = folder / "certificate.pem", .key = folder / "key.pem"};
    write_certificate(*options.tls);
    options.upload_folder.clear();
  }

  // The answer to one request over TLS of at most that version; "" when the handshake fails.
  std::string ask_encrypted(std::string_view request, int version_max = TLS1_3_VERSION) {
    const TlsContextPtr context(SSL_CTX_new(TLS_client_method()));
    SSL_CTX_set_min_proto_version(context.get(), TLS1_VERSION);
    SSL_CTX_set_max_proto_version(context.get(), version_max);
    SSL_CTX_set_security_level(context.get(), 0);
    const Client client(port());
    const TlsPtr tls(SSL_new(context.get()));
    SSL_set_fd(tls.get(), client.socket());
    if (SSL_connect(tls.get()) != 1) return "";
    SSL_write(tls.get(), request.data(), static_cast<int>(request.size()));
    std::string answer;
    std::string piece(16384, '\0');
    for (int count = 0; (count = SSL_read(tls.get(), piece.data(), static_cast<int>(piece.size()))) > 0;) {
      answer.append(piece, 0, static_cast<std::size_t>(count));
    }
    return answer;
  }
};

TEST_F(TlsServerTest, AnswersOverBothCurrentVersionsAndNoOlder) {
  const std::string request = get("/healthz", "Connection: close\r\n");
  EXPECT_TRUE(ask_encrypted(request).starts_with("HTTP/1.1 200 OK\r\n"));
  EXPECT_TRUE(ask_encrypted(request, TLS1_2_VERSION).starts_with("HTTP/1.1 200 OK\r\n"));
  EXPECT_EQ(ask_encrypted(request, TLS1_1_VERSION), "");
}

TEST_F(TlsServerTest, CookiesAreForTlsOnly) {
  const std::string request =
      "POST /api/v1/session HTTP/1.1\r\nHost: desk\r\nX-Requested-With: zhiheng\r\nOrigin: https://desk\r\n"
      "Content-Length: 0\r\nConnection: close\r\n\r\n";
  const std::string answer = ask_encrypted(request);
  EXPECT_NE(answer.find("Set-Cookie: __Host-zhiheng_session=agent; Path=/; HttpOnly; SameSite=Strict; Secure"),
            std::string::npos)
      << answer;
}

TEST_F(TlsServerTest, PlainHttpAndASilentClientAreClosed) {
  options.limits.handshake_time = std::chrono::milliseconds(200);
  Client plain(port());
  plain.send(get("/healthz"));
  EXPECT_EQ(plain.rest().find("HTTP/1.1 200"), std::string::npos);
  Client silent(port());
  EXPECT_EQ(silent.rest(), "");
  EXPECT_TRUE(ask_encrypted(get("/healthz", "Connection: close\r\n")).starts_with("HTTP/1.1 200"));
}

TEST_F(TlsServerTest, AKeyThatDoesNotFitIsRefused) {
  const TlsFiles other{.certificate = folder / "other.pem", .key = folder / "other-key.pem"};
  write_certificate(other);
  options.tls->key = other.key;
  EXPECT_EQ(Server::start(sample.site, options).error().code, ErrorCode::invalid);
}

}  // namespace
}  // namespace zh::http
