#include "analysis/audio/decoder_process.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <filesystem>
#include <system_error>

namespace zh::audio {

namespace {

constexpr int kPipeBytes = 1 << 20;  // the most that Linux gives everybody; fewer switches between the processes

Error cannot_start(const std::string& program, int code) {
  const std::string why = std::generic_category().message(code);
  return error(ErrorCode::unavailable, {.zh = "无法启动解码程序 " + program + "：" + why,
                                        .en = "cannot start the decoder " + program + ": " + why});
}

std::string program_of(DecoderProcess::Library library) {
  std::error_code none;
  const auto self = std::filesystem::read_symlink("/proc/self/exe", none);
  return self.parent_path() /
         (library == DecoderProcess::Library::sndfile ? "zhiheng-decode-sndfile" : "zhiheng-decode-ffmpeg");
}

// What posix_spawn is told: the media as standard input, the pipe as output, nothing else; signals as they are by
// default.
class SpawnSettings {
 public:
  SpawnSettings(int media, int output) {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_adddup2(&actions_, media, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
    posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawnattr_init(&attributes_);
    sigset_t none;
    sigset_t all;
    sigemptyset(&none);
    sigfillset(&all);
    posix_spawnattr_setsigmask(&attributes_, &none);
    posix_spawnattr_setsigdefault(&attributes_, &all);
    posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
  }
  SpawnSettings(const SpawnSettings&) = delete;
  SpawnSettings& operator=(const SpawnSettings&) = delete;
  ~SpawnSettings() {
    posix_spawn_file_actions_destroy(&actions_);
    posix_spawnattr_destroy(&attributes_);
  }

  // 0, or the error's number.
  int spawn(pid_t& pid, std::string program, std::string argument) const {
    const std::array<char*, 3> arguments{program.data(), argument.data(), nullptr};
    std::array<char*, 1> environment{nullptr};  // nothing of ours is the decoder's business
    return posix_spawn(&pid, program.c_str(), &actions_, &attributes_, arguments.data(), environment.data());
  }

 private:
  posix_spawn_file_actions_t actions_{};
  posix_spawnattr_t attributes_{};
};

}  // namespace

Descriptor& Descriptor::operator=(Descriptor&& other) noexcept {
  std::swap(number_, other.number_);
  return *this;
}

Descriptor::~Descriptor() {
  if (number_ >= 0) close(number_);
}

Result<std::unique_ptr<DecoderProcess>> DecoderProcess::start(Library library, int media, const std::string& format,
                                                              std::chrono::milliseconds patience) {
  const std::string program = program_of(library);
  std::array<int, 2> ends{};
  if (pipe2(ends.data(), O_CLOEXEC) != 0) return cannot_start(program, errno);
  Descriptor output(ends[0]);
  const Descriptor input(ends[1]);
  fcntl(output.number(), F_SETPIPE_SZ, kPipeBytes);
  fcntl(output.number(), F_SETFL, O_NONBLOCK);
  pid_t pid = -1;
  if (const int code = SpawnSettings(media, input.number()).spawn(pid, program, format); code != 0) {
    return cannot_start(program, code);
  }
  return std::unique_ptr<DecoderProcess>(new DecoderProcess(pid, std::move(output), patience));
}

DecoderProcess::~DecoderProcess() {
  kill(pid_, SIGKILL);
  while (waitpid(pid_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

Result<std::size_t> DecoderProcess::read(std::span<char> room) {
  for (;;) {
    const ssize_t count = ::read(output_.number(), room.data(), room.size());
    if (count >= 0) return static_cast<std::size_t>(count);
    if (errno == EINTR) continue;
    if (errno != EAGAIN) return std::size_t{0};
    pollfd waiting{.fd = output_.number(), .events = POLLIN, .revents = 0};
    if (poll(&waiting, 1, static_cast<int>(patience_.count())) == 0) {
      return error(ErrorCode::unavailable, {.zh = "解码程序没有回应", .en = "the decoder does not answer"});
    }
  }
}

}  // namespace zh::audio
