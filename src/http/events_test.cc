#include "http/events.h"

#include <gtest/gtest.h>

#include "http/test_records.h"

namespace zh::http {
namespace {

using testing_site::agent;
using testing_site::manager;

Event for_everybody(std::string data) {
  return {.type = "job", .data = std::move(data), .allowed = [](const Principal&) { return true; }};
}

// The id of the last event in a piece of the stream.
std::string last_id(const std::string& stream) {
  const auto from = stream.rfind("id: ") + 4;
  return stream.substr(from, stream.find('\n', from) - from);
}

TEST(Events, ReachWhoMaySeeThem) {
  EventHub hub;
  const auto mine = hub.subscribe(agent("1001"), "");
  const auto theirs = hub.subscribe(manager(), "");
  EXPECT_EQ(mine->take(), "retry: 3000\n\n");
  theirs->take();
  hub.publish({.type = "sheet", .data = "{}", .allowed = [](const Principal& p) { return p.staff_no == "1001"; }});
  hub.publish({.type = "secret", .data = "{}", .allowed = {}});  // states nobody: nobody
  EXPECT_NE(mine->take().find("event: sheet\ndata: {}\n\n"), std::string::npos);
  EXPECT_EQ(theirs->take(), "");
}

TEST(Events, ALineFeedInTheDataEndsNoEvent) {
  EventHub hub;
  const auto stream = hub.subscribe(manager(), "");
  stream->take();
  hub.publish(for_everybody("a\nevent: forged\n\nb"));
  const std::string text = stream->take();
  EXPECT_NE(text.find("data: a\ndata: event: forged\ndata: \ndata: b\n\n"), std::string::npos);
  EXPECT_EQ(text.find("\nevent: forged"), std::string::npos);
}

TEST(Events, WhoComesBackGetsWhatWasMissed) {
  EventHub hub;
  const auto before = hub.subscribe(manager(), "");
  hub.publish(for_everybody("1"));
  const std::string id = last_id(before->take());
  hub.publish(for_everybody("2"));
  hub.publish(for_everybody("3"));
  const std::string missed = hub.subscribe(manager(), id)->take();
  EXPECT_EQ(missed.find("data: 1\n"), std::string::npos);
  EXPECT_NE(missed.find("data: 2\n"), std::string::npos);
  EXPECT_NE(missed.find("data: 3\n"), std::string::npos);
}

TEST(Events, WhoWasAwayTooLongIsToldToLoadAnew) {
  EventHub hub({.history = 2});
  const auto before = hub.subscribe(manager(), "");
  hub.publish(for_everybody("1"));
  const std::string id = last_id(before->take());
  for (int i = 0; i < 3; ++i) hub.publish(for_everybody("x"));
  EXPECT_NE(hub.subscribe(manager(), id)->take().find("event: resync"), std::string::npos);
  for (const char* const odd : {"other-1", "1", "-", "-1", "x-99999999999999999999999"}) {
    EXPECT_NE(hub.subscribe(manager(), odd)->take().find("event: resync"), std::string::npos) << odd;
  }
}

TEST(Events, AReaderThatDoesNotKeepUpIsEnded) {
  EventHub hub({.pending_bytes = 200});
  const auto slow = hub.subscribe(manager(), "");
  for (int i = 0; i < 10 && !slow->ended(); ++i) hub.publish(for_everybody(std::string(50, 'x')));
  EXPECT_TRUE(slow->ended());
  EXPECT_LE(slow->take().size(), 200U);
  EXPECT_EQ(hub.subscribers(), 0U);
}

TEST(Events, SigningOutEndsTheSessionsStreams) {
  EventHub hub;
  const auto mine = hub.subscribe(agent("1001"), "");
  const auto other = hub.subscribe(agent("1002"), "");
  hub.end_session("s-1001");
  EXPECT_TRUE(mine->ended());
  EXPECT_FALSE(other->ended());
  hub.end_account("agent-1002");
  EXPECT_TRUE(other->ended());
}

TEST(Events, AnAccountsOldestStreamGivesWay) {
  EventHub hub({.per_account = 2});
  const auto first = hub.subscribe(manager(), "");
  const auto second = hub.subscribe(manager(), "");
  const auto third = hub.subscribe(manager(), "");
  EXPECT_TRUE(first->ended());
  EXPECT_FALSE(second->ended());
  EXPECT_FALSE(third->ended());
}

TEST(Events, WakeOnceWhenThereIsSomething) {
  EventHub hub;
  const auto stream = hub.subscribe(manager(), "");
  int woken = 0;
  stream->when_ready([&] { ++woken; });  // the greeting is there already
  EXPECT_EQ(woken, 1);
  stream->take();
  stream->when_ready([&] { ++woken; });
  EXPECT_EQ(woken, 1);
  hub.publish(for_everybody("1"));
  hub.publish(for_everybody("2"));
  EXPECT_EQ(woken, 2);
  stream->take();
  stream->when_ready([&] { ++woken; });
  stream->end();
  EXPECT_EQ(woken, 3);
}

}  // namespace
}  // namespace zh::http
