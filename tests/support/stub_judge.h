// A chat endpoint on this host that says about contacts what a test wants it to.
//
//   StubJudge model;
//   model.says({{"comfort", {{0, "三天"}}}, {"evade", {}}});     // comfort: yes, with that quote; evade: no
//   model.answers(OddServer::answer(500, "out of memory"));       // until it is to say something again
#pragma once

#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "judge/judge.h"
#include "tests/support/odd_server.h"

namespace zh::testing_support {

class StubJudge {
 public:
  struct Says {
    std::string question;
    std::vector<judge::Quote> quotes = {};
  };

  void says(const std::vector<Says>& opinions, int tokens = 100) {
    json::Array answers;
    for (const Says& it : opinions) {
      json::Array evidence;
      for (const judge::Quote& quote : it.quotes) {
        evidence.push_back(json::Object{{"turn", quote.turn}, {"quote", quote.text}});
      }
      answers.push_back(
          json::Object{{"question", it.question}, {"found", !it.quotes.empty()}, {"evidence", std::move(evidence)}});
    }
    const std::string content = json::compact(json::Object{{"answers", std::move(answers)}});
    set(OddServer::answer(200,
                          json::compact(json::Object{
                              {"choices", json::Array{json::Object{{"message", json::Object{{"content", content}}}}}},
                              {"usage", json::Object{{"total_tokens", tokens}}}})),
        false);
  }
  // These bytes, and the connection is closed behind them.
  void answers(std::string bytes) { set(std::move(bytes), true); }

  // The bodies of what was asked, in order.
  std::vector<std::string> asked() const {
    const std::scoped_lock lock(mutex_);
    return asked_;
  }

  std::string authority() const { return server_.authority(); }
  judge::Judge judge(const std::string& model = "small") const {
    return judge::Judge({.address = *outbound::parse_address(server_.url() + "/v1"), .model = model},
                        {.hosts = {server_.authority()}}, {.attempts = 1});
  }

 private:
  void set(std::string bytes, bool closes) {
    const std::scoped_lock lock(mutex_);
    bytes_ = std::move(bytes);
    closes_ = closes;
  }
  void serve(Peer& peer) {
    for (std::string request = peer.request(); !request.empty(); request = peer.request()) {
      std::string bytes;
      bool closes = false;
      {
        const std::scoped_lock lock(mutex_);
        asked_.push_back(request.substr(request.find("\r\n\r\n") + 4));
        bytes = bytes_;
        closes = closes_;
      }
      if (!peer.send(bytes) || closes) return;
    }
  }

  mutable std::mutex mutex_;
  std::string bytes_;               // with mutex_
  bool closes_ = false;             // with mutex_
  std::vector<std::string> asked_;  // with mutex_
  OddServer server_{[this](Peer& peer) { serve(peer); }};
};

}  // namespace zh::testing_support
