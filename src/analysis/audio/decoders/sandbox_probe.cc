// sandbox_probe DEED: enters the sandbox and tries one deed, for the tests of the sandbox. A program of its own,
// because sanitizers make system calls of theirs. Ends with 7 when the sandbox let the deed fail or be, unless the
// filter has ended it before.
#include <fcntl.h>
#include <signal.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cerrno>
#include <string_view>

#include "analysis/audio/decoders/sandbox.h"

namespace zh::audio {

namespace {

constexpr int kDone = 7;
constexpr int kEscaped = 1;
constexpr int kNoSandbox = 99;

void* map(std::size_t bytes, int protection) {
  return mmap(nullptr, bytes, protection, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
}

int attempt(std::string_view deed) {
  char byte = 0;
  if (deed == "work") {
    const bool works = pread(STDIN_FILENO, &byte, 1, 0) >= 0 && write(STDOUT_FILENO, "", 0) == 0 &&
                       map(1 << 20, PROT_READ | PROT_WRITE) != MAP_FAILED;
    return works ? kDone : kEscaped;
  }
  if (deed == "open") return open("/etc/passwd", O_RDONLY) < 0 && errno == EACCES ? kDone : kEscaped;
  if (deed == "memory") return map(2 * kMemoryBytes, PROT_READ | PROT_WRITE) == MAP_FAILED ? kDone : kEscaped;
  if (deed == "read") pread(5, &byte, 1, 0);
  if (deed == "code") map(4096, PROT_READ | PROT_EXEC);
  if (deed == "socket") socket(AF_INET, SOCK_STREAM, 0);
  if (deed == "fork") fork();
  if (deed == "kill") kill(1, 0);
  if (deed == "exec") execl("/bin/true", "true", nullptr);
  return kEscaped;
}

}  // namespace

}  // namespace zh::audio

int main(int argc, char** argv) {
  if (argc != 2 || !zh::audio::enter_sandbox()) _exit(zh::audio::kNoSandbox);
  _exit(zh::audio::attempt(argv[1]));
}
