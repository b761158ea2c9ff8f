#include "recognition/child.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <system_error>

#include "base/utf8.h"

namespace zh::recognition {

namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kErrorBytes = 4096;                     // the end of what it says on standard error
constexpr std::size_t kQuoted = 300;                          // code points of it in a message
constexpr std::uint64_t kFileBytes = std::uint64_t{1} << 30;  // of any file it writes
constexpr int kLooked = 100;                                  // milliseconds between looks at the clock
constexpr int kCannotStart = 127;

Error failed(const std::string& program, const Text& why, std::string_view said) {
  const std::string quoted = utf8::shortened(utf8::sanitized(said), kQuoted);
  const std::string more = quoted.empty() ? "" : ": " + quoted;
  return error(ErrorCode::unavailable, {.zh = program + " " + why.zh + more, .en = program + " " + why.en + more});
}

bool limit(int resource, std::uint64_t most) {
  const rlimit both{.rlim_cur = most, .rlim_max = most};
  return setrlimit(static_cast<__rlimit_resource>(resource), &both) == 0;
}

// Everything the child needs, made before the fork: afterwards only calls that are safe there.
struct Prepared {
  explicit Prepared(const ChildOrder& order) : texts(order.arguments) {
    for (std::string& text : texts) arguments.push_back(text.data());
    arguments.push_back(nullptr);
  }
  std::vector<std::string> texts;
  std::vector<char*> arguments;
};

[[noreturn]] void become(const ChildOrder& order, const Prepared& prepared, int output, int errors) {
  static char path[] = "PATH=/usr/local/bin:/usr/bin:/bin";  // NOLINT(modernize-avoid-c-arrays): what execve takes
  static char locale[] = "LC_ALL=C.UTF-8";                   // NOLINT(modernize-avoid-c-arrays)
  static const std::array<char*, 3> kEnvironment{path, locale, nullptr};
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  const auto seconds = static_cast<std::uint64_t>(order.time.count());
  const bool ready = setpgid(0, 0) == 0 && prctl(PR_SET_PDEATHSIG, SIGKILL) == 0 &&
                     prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && dup2(order.input, STDIN_FILENO) >= 0 &&
                     dup2(output, STDOUT_FILENO) >= 0 && dup2(errors, STDERR_FILENO) >= 0 &&
                     limit(RLIMIT_CPU, seconds + 1) && limit(RLIMIT_AS, order.memory_bytes) &&
                     limit(RLIMIT_FSIZE, kFileBytes) && limit(RLIMIT_CORE, 0);
  syscall(SYS_close_range, 3U, ~0U, 0U);
  if (ready) execve(prepared.arguments[0], prepared.arguments.data(), kEnvironment.data());
  _exit(kCannotStart);
}

struct Pipe {
  int read = -1;
  int write = -1;
  Pipe() {
    std::array<int, 2> ends{-1, -1};
    if (pipe2(ends.data(), O_CLOEXEC) != 0) return;
    read = ends[0];
    write = ends[1];
    fcntl(read, F_SETFL, O_NONBLOCK);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
  ~Pipe() {
    close_write();
    if (read >= 0) ::close(read);
  }
  void close_write() {
    if (write >= 0) ::close(std::exchange(write, -1));
  }
};

// Reads what is there. False at the end.
bool drain(int descriptor, std::string& into) {
  std::array<char, 65536> piece{};
  for (;;) {
    const ssize_t count = ::read(descriptor, piece.data(), piece.size());
    if (count < 0 && errno == EINTR) continue;
    if (count < 0) return errno == EAGAIN;
    if (count == 0) return false;
    into.append(piece.data(), static_cast<std::size_t>(count));
    if (count < static_cast<ssize_t>(piece.size())) return true;
  }
}

// The child and all it has started; ends them.
class Group {
 public:
  explicit Group(pid_t pid) : pid_(pid) {}
  Group(const Group&) = delete;
  Group& operator=(const Group&) = delete;
  ~Group() { end(); }
  // Its exit status, once it and everything it started have ended.
  int end() {
    if (pid_ < 0) return status_;
    kill(-pid_, SIGKILL);
    while (waitpid(pid_, &status_, 0) < 0 && errno == EINTR) {
    }
    pid_ = -1;
    return status_;
  }
  // Whether it has ended by itself; what it started may still be there.
  bool has_ended() const {
    siginfo_t seen{};
    return waitid(P_PID, static_cast<id_t>(pid_), &seen, WEXITED | WNOHANG | WNOWAIT) == 0 && seen.si_pid == pid_;
  }

 private:
  pid_t pid_;
  int status_ = 0;
};

}  // namespace

Result<std::string> run_child(const ChildOrder& order, const std::stop_token& stop) {
  const std::string& program = order.arguments.front();
  Pipe output;
  Pipe errors;
  const Prepared prepared(order);
  if (output.read < 0 || errors.read < 0) return failed(program, {.zh = "无法启动", .en = "cannot be started"}, "");
  const pid_t pid = fork();
  if (pid == 0) become(order, prepared, output.write, errors.write);
  if (pid < 0) {
    return failed(program, {.zh = "无法启动", .en = "cannot be started"}, std::generic_category().message(errno));
  }
  setpgid(pid, pid);  // whoever is first
  Group group(pid);
  output.close_write();
  errors.close_write();
  const auto until = Clock::now() + order.time;
  std::string said;
  std::string complained;
  std::array<pollfd, 2> looked{pollfd{output.read, POLLIN, 0}, pollfd{errors.read, POLLIN, 0}};
  // It is done when it has ended, even where something it left behind holds its output open.
  for (bool ended = false; !ended;) {
    poll(looked.data(), looked.size(), kLooked);
    ended = group.has_ended();
    if (stop.stop_requested()) return error(ErrorCode::cancelled, {.zh = "已取消", .en = "cancelled"});
    if (!ended && Clock::now() > until) return failed(program, {.zh = "超时", .en = "took too long"}, complained);
    if (looked[0].fd >= 0 && !drain(output.read, said)) looked[0].fd = -1;
    if (looked[1].fd >= 0 && !drain(errors.read, complained)) looked[1].fd = -1;
    if (said.size() > order.output_bytes) return failed(program, {.zh = "输出太多", .en = "says too much"}, "");
    if (complained.size() > kErrorBytes) complained.erase(0, complained.size() - kErrorBytes);
  }
  const int status = group.end();
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return said;
  if (WIFEXITED(status) && WEXITSTATUS(status) == kCannotStart && complained.empty()) {
    return failed(program, {.zh = "无法启动", .en = "cannot be started"}, "");
  }
  const int code = WIFEXITED(status) ? WEXITSTATUS(status) : WTERMSIG(status);
  return WIFEXITED(status)
             ? failed(program, {.zh = fmt::format("以 {} 结束", code), .en = fmt::format("ended with {}", code)},
                      complained)
             : failed(program,
                      {.zh = fmt::format("被信号 {} 结束", code), .en = fmt::format("ended by signal {}", code)},
                      complained);
}

}  // namespace zh::recognition
