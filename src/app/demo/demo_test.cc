#include "app/demo/demo.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/demo/calls.h"
#include "app/demo/cast.h"
#include "app/demo/month_facts.h"
#include "app/demo/random.h"
#include "base/hash.h"

namespace zh::app::demo {
namespace {

using testing::HasSubstr;

TEST(DemoRandom, gives_the_same_numbers_everywhere) {
  Random random("a name");
  EXPECT_EQ(random.next(), 0U);
}

TEST(Demo, is_the_same_on_every_machine) {
  EXPECT_EQ(sha256(people_csv()).hex(), "");
  EXPECT_EQ(sha256(facts_csv()).hex(), "");
  EXPECT_EQ(sha256(queue_log()).hex(), "");
}

}  // namespace
}  // namespace zh::app::demo
