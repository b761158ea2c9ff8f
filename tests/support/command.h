// The program's commands as scripts call them, in the test's own process.
//
//   const Ended ended = zhiheng({"policy", "check", "--json", pack});
//   EXPECT_EQ(ended.code, exit_done) << ended.err;
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "app/cli.h"
#include "base/json.h"

namespace zh::testing_support {

struct Ended {
  int code = 0;
  std::string out;
  std::string err;

  // What --json printed.
  json::Value document() const {
    auto parsed = json::parse(out);
    EXPECT_TRUE(parsed.ok()) << out << err;
    return parsed.ok() ? std::move(parsed).value() : json::Value();
  }
};

inline Ended zhiheng(std::vector<std::string> arguments) {
  arguments.insert(arguments.begin(), "zhiheng");
  std::vector<const char*> argv;
  for (const std::string& argument : arguments) argv.push_back(argument.c_str());
  ::testing::internal::CaptureStdout();
  ::testing::internal::CaptureStderr();
  Ended ended;
  ended.code = app::run(static_cast<int>(argv.size()), argv.data());
  ended.out = ::testing::internal::GetCapturedStdout();
  ended.err = ::testing::internal::GetCapturedStderr();
  return ended;
}

}  // namespace zh::testing_support
