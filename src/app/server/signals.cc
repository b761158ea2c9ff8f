#include "app/server/signals.h"

#include <pthread.h>

namespace zh::app {

EndSignals::EndSignals() : signals_{} {
  sigemptyset(&signals_);
  for (const int each : {SIGINT, SIGTERM, SIGHUP}) sigaddset(&signals_, each);
  pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
  // Clients and log pipes that go away are errors of the write, not ends of the process.
  static_cast<void>(std::signal(SIGPIPE, SIG_IGN));
}

void EndSignals::wait() {
  int which = 0;
  sigwait(&signals_, &which);
  pthread_sigmask(SIG_UNBLOCK, &signals_, nullptr);
}

}  // namespace zh::app
