// A child process that is killed in the middle of its work (kill −9), as a power switch or an operator would.
#pragma once

#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <exception>

namespace zh::testing_support {

// Runs `work` in a child, which is to call die() somewhere; true when it did. Requires that no database is open here:
// SQLite's connections must not be carried through a fork. An error or an end of `work` gives false.
template <class Work>
bool was_killed_during(const Work& work) {
  const pid_t child = fork();
  if (child < 0) return false;
  if (child == 0) {
    try {
      work();
    } catch (const std::exception&) {
      // The child must not go on with the parent's tests.
    }
    _exit(1);
  }
  int status = 0;
  return waitpid(child, &status, 0) == child && WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL;
}
inline void die() { kill(getpid(), SIGKILL); }

}  // namespace zh::testing_support
