// Routes whose answer or effect is everybody's. What a route allows is how far a role looks at most, so that a manager
// of one group passes it with the reach of that group; these ask for a role over the whole centre.
//
//   site.router().add({…, .access = importers()}, over_whole_centre([&centre](Call& call) { return …; }));
#pragma once

#include <utility>

#include "http/call.h"

namespace zh::app {

inline Status check_whole_centre(const http::Call& call) {
  if (call.reach.centre) return {};
  return error(ErrorCode::forbidden, {.zh = "这涉及全中心，您的角色只限于部分人员",
                                      .en = "this concerns the whole centre, and your role a part of it"});
}

namespace whole_centre_detail {

template <class Handler, class Out, class... Arguments>
auto guarded(Handler handler, Out (Handler::*)(http::Call&, Arguments...) const) {
  return [handler = std::move(handler)](http::Call& call, Arguments... arguments) -> Out {
    ZH_CHECK(check_whole_centre(call));
    return handler(call, std::forward<Arguments>(arguments)...);
  };
}

}  // namespace whole_centre_detail

template <class Handler>
auto over_whole_centre(Handler handler) {
  return whole_centre_detail::guarded(std::move(handler), &Handler::operator());
}

}  // namespace zh::app
