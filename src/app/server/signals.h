// The signals that end a server. Made before any thread starts, so that all of them leave the signals to wait().
#pragma once

#include <csignal>

namespace zh::app {

class EndSignals {
 public:
  EndSignals();
  // Until SIGINT, SIGTERM or SIGHUP comes. From then on a second one ends the process at once.
  void wait();

 private:
  sigset_t signals_;
};

}  // namespace zh::app
