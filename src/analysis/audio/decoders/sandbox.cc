#include "analysis/audio/decoders/sandbox.h"

#include <fcntl.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/syscall.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <memory>

namespace zh::audio {

namespace {

bool limit(int resource, std::uint64_t most) {
  const rlimit both{.rlim_cur = most, .rlim_max = most};
  return setrlimit(static_cast<__rlimit_resource>(resource), &both) == 0;
}

bool limit_resources() {
  return limit(RLIMIT_CPU, kCpuSeconds) && limit(RLIMIT_DATA, kMemoryBytes) && limit(RLIMIT_FSIZE, 0) &&
         limit(RLIMIT_NOFILE, 0) && limit(RLIMIT_CORE, 0) && limit(RLIMIT_NPROC, 0);
}

using Filter = std::unique_ptr<void, decltype(&seccomp_release)>;

bool allow(const Filter& filter, int call) { return seccomp_rule_add(filter.get(), SCMP_ACT_ALLOW, call, 0) == 0; }

bool allow_descriptor(const Filter& filter, int call, unsigned descriptor) {
  const scmp_arg_cmp same{.arg = 0, .op = SCMP_CMP_EQ, .datum_a = descriptor, .datum_b = 0};
  return seccomp_rule_add_array(filter.get(), SCMP_ACT_ALLOW, call, 1, &same) == 0;
}

// Memory, as long as it cannot be run.
bool allow_data(const Filter& filter, int call) {
  const scmp_arg_cmp no_code{.arg = 2, .op = SCMP_CMP_MASKED_EQ, .datum_a = PROT_EXEC, .datum_b = 0};
  return seccomp_rule_add_array(filter.get(), SCMP_ACT_ALLOW, call, 1, &no_code) == 0;
}

bool filter_calls() {
  const Filter filter(seccomp_init(SCMP_ACT_KILL_PROCESS), &seccomp_release);
  if (!filter) return false;
  for (const int call : {SCMP_SYS(read), SCMP_SYS(pread64), SCMP_SYS(lseek), SCMP_SYS(fstat)}) {
    if (!allow_descriptor(filter, call, STDIN_FILENO)) return false;
  }
  for (const int call : {SCMP_SYS(write), SCMP_SYS(writev)}) {
    if (!allow_descriptor(filter, call, STDOUT_FILENO) || !allow_descriptor(filter, call, STDERR_FILENO)) return false;
  }
  for (const int call : {SCMP_SYS(mmap), SCMP_SYS(mprotect)}) {
    if (!allow_data(filter, call)) return false;
  }
  for (const int call : {SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk), SCMP_SYS(futex),
                         SCMP_SYS(clock_gettime), SCMP_SYS(gettimeofday), SCMP_SYS(getrandom), SCMP_SYS(sched_yield),
                         SCMP_SYS(rt_sigreturn), SCMP_SYS(exit), SCMP_SYS(exit_group)}) {
    if (!allow(filter, call)) return false;
  }
  for (const int call : {SCMP_SYS(open), SCMP_SYS(openat)}) {
    if (seccomp_rule_add(filter.get(), SCMP_ACT_ERRNO(EACCES), call, 0) != 0) return false;
  }
  return seccomp_load(filter.get()) == 0;
}

}  // namespace

bool enter_sandbox() {
  // What the server has open is not the decoder's business, should a descriptor have slipped through.
  syscall(SYS_close_range, 3U, ~0U, 0U);
  return prctl(PR_SET_DUMPABLE, 0) == 0 && prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) == 0 && limit_resources() &&
         filter_calls();
}

}  // namespace zh::audio
