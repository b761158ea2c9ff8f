// What decoders/sandbox.h promises, tried by a program that enters the sandbox (decoders/sandbox_probe.cc).
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <string>

namespace zh::audio {
namespace {

// "7": it ended with that status; "SIGSYS": the filter ended it.
std::string outcome_of(const std::string& deed) {
  const std::string program = std::filesystem::read_symlink("/proc/self/exe").parent_path() / "sandbox_probe";
  const pid_t child = fork();
  if (child == 0) {
    execl(program.c_str(), program.c_str(), deed.c_str(), nullptr);
    _exit(98);
  }
  int status = 0;
  waitpid(child, &status, 0);
  if (WIFSIGNALED(status)) return WTERMSIG(status) == SIGSYS ? "SIGSYS" : "another signal";
  return std::to_string(WEXITSTATUS(status));
}

TEST(Sandbox, LeavesWhatADecoderNeeds) { EXPECT_EQ(outcome_of("work"), "7"); }

TEST(Sandbox, RefusesFilesAndTooMuchMemory) {
  EXPECT_EQ(outcome_of("open"), "7");
  EXPECT_EQ(outcome_of("memory"), "7");
}

TEST(Sandbox, EndsWhoeverTriesAnythingElse) {
  for (const char* const deed : {"read", "code", "socket", "fork", "kill", "exec"}) {
    EXPECT_EQ(outcome_of(deed), "SIGSYS") << deed;
  }
}

}  // namespace
}  // namespace zh::audio
