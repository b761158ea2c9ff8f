// A program that is run to its end, bounded in every way. Used by command.cc only.
#pragma once

#include <chrono>
#include <stop_token>
#include <string>
#include <vector>

#include "base/result.h"

namespace zh::recognition {

struct ChildOrder {
  std::vector<std::string> arguments;  // the program first
  int input = -1;                      // becomes its standard input
  std::chrono::seconds time{600};
  std::uint64_t memory_bytes = 0;
  std::size_t output_bytes = 0;  // of its standard output; more ends it
};

// Its standard output. Fails (unavailable), with the end of its standard error: not started, ended with another code
// than 0 or by a signal, too slow, too much output; (cancelled). Whatever happens, nothing of its process group is
// left.
Result<std::string> run_child(const ChildOrder& order, const std::stop_token& stop);

}  // namespace zh::recognition
