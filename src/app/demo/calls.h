// The demo centre's telephone log: a small simulation of queues, agents who sign in, pause, answer or miss, and callers
// who lose patience.
#pragma once

#include <string>

namespace zh::app::demo {

// The queue_log of the demo's weeks, in the order of time.
std::string queue_log();

}  // namespace zh::app::demo
