#include "app/server/lookout.h"

#include <gtest/gtest.h>

#include <latch>

namespace zh::app {
namespace {

TEST(Lookout, LooksWhenItIsTold) {
  std::latch looked(1);
  Lookout lookout([&] {
    if (!looked.try_wait()) looked.count_down();
  });
  lookout.start();
  lookout.look_now();
  looked.wait();
  lookout.stop();
}

TEST(Lookout, OneThatWasNeverStartedEnds) {
  Lookout lookout([] { FAIL() << "nobody asked"; });
  lookout.look_now();
  lookout.stop();
}

}  // namespace
}  // namespace zh::app
