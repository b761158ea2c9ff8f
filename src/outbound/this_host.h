// Whether an address is this machine's own. Pure.
#pragma once

#include "outbound/address.h"

namespace zh::outbound {

// localhost, 127.0.0.0/8 or ::1, as they are written: no name is looked up.
bool is_this_host(const Address& address);

}  // namespace zh::outbound
