// Routes: method and path template → handler, with what each demands and what it takes and gives.
//
//   router.add({.method = Method::get,
//               .path = "/api/v1/months/{month:month}/sheets/{staff_no}",
//               .id = "getSheet",
//               .summary = {.zh = "一个人的月度考核表", .en = "One person's sheet of a month"},
//               .access = allow({{Role::agent, Scope::self}, {Role::manager, Scope::centre}}, Secrecy::confidential)},
//              [&](Call& call, const Query<SheetQuery>& query) -> Result<Sheet> { … });
//
// Types of path parameters: {name} text without '/', {name:int}, {name:date}, {name:month}, {name:hash}. At each
// segment a literal wins over a parameter. Routes are added before the server starts and never change afterwards.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "http/call.h"

namespace zh::http {

constexpr std::uint64_t kJsonBodyMax = std::uint64_t{1} << 20;  // bytes, unless the route says otherwise

enum class RateClass {
  normal,
  sign_in,  // few tries: sign-in, password change, token creation
  heavy,    // exports, simulations: a share of its own, so that they cannot starve the rest
};

struct RouteInfo {
  Method method = Method::get;
  std::string path = {};
  std::string id = {};   // operationId in the OpenAPI document: the function's name in the desk's generated client
  Text summary = {};     // one line
  std::string tag = {};  // the room
  Access access = {};    // left out: refused to everybody, and check() reports it
  RateClass rate = RateClass::normal;
  bool if_match = false;           // changes a record that must have been read first: 428 without If-Match
  bool idempotent_create = false;  // takes Idempotency-Key: the same key gives the first answer again
  std::uint64_t body_max = kJsonBodyMax;
  std::string answers = "application/json";  // media type, for handlers that return a Response
};

enum class BodyKind { none, json, upload };

struct Route {
  RouteInfo info;
  BodyKind body_kind = BodyKind::none;
  ShapeRef query = nullptr;  // nullptr: takes none
  ShapeRef body = nullptr;
  ShapeRef answer = nullptr;  // nullptr: none (204) or not JSON
  bool answer_is_list = false;
  bool answer_is_page = false;
  bool answer_is_raw = false;  // the handler makes the Response itself
  bool versioned = false;
  int status = 200;
  std::function<Result<Response>(Call&)> run;
  std::string pattern;  // the path without types, as metrics, log and OpenAPI name it
};

struct PathParameter {
  std::string name;
  ShapeRef shape;
};
// The parameters of a template in their order; fails (invalid) on one that is not well formed.
Result<std::vector<PathParameter>> path_parameters(std::string_view path_template);

struct Match {
  const Route* route = nullptr;
  std::vector<PathValue> values;
  // Where there is no route: the methods the path does have (405), or none (404).
  std::vector<Method> allowed;
  std::vector<FieldError> faults;  // a parameter that is not of its type (400)
};

class Router {
 public:
  template <class Handler>
  void add(RouteInfo info, Handler handler);
  void add_route(Route route);

  // Finds the route of a decoded path; HEAD finds GET's.
  Match match(Method method, std::string_view path) const;
  const std::vector<std::unique_ptr<Route>>& routes() const { return routes_; }

  // Everything wrong with the table itself: two routes for one path, an access that refuses everybody, a missing
  // summary or id, a write that takes no body and no key … The server does not start on any.
  Status check() const;

 private:
  struct Node {
    std::map<std::string, std::unique_ptr<Node>, std::less<>> literals;
    std::vector<std::pair<PathParameter, std::unique_ptr<Node>>> parameters;
    std::map<Method, const Route*> routes;
  };
  struct Search;
  static Node& child(Node& node, std::string_view segment, const std::optional<PathParameter>& parameter);

  Node root_;
  std::vector<std::unique_ptr<Route>> routes_;
  std::vector<Text> problems_;
};

namespace route_detail {

// How each kind of argument is read from a call. Faults go into the call, so that query and body are reported together.
template <class Argument>
struct Reader;

template <class Q>
struct Reader<Query<Q>> {
  static void describe(Route& route) { route.query = &shape_of<Q>; }
  static Query<Q> read(Call& call) {
    Query<Q> query{};
    for (auto& fault : read_query(call.request.query, shape_of<Q>(), &query.value))
      call.faults.push_back(std::move(fault));
    return query;
  }
};

template <class B>
struct Reader<Body<B>> {
  static void describe(Route& route) {
    route.body = &shape_of<B>;
    route.body_kind = BodyKind::json;
  }
  static Body<B> read(Call& call) {
    Body<B> body{};
    for (auto& fault : read_json(call.request.body, body.value)) call.faults.push_back(std::move(fault));
    return body;
  }
};

template <>
struct Reader<Uploaded> {
  static void describe(Route& route) { route.body_kind = BodyKind::upload; }
  static Uploaded read(Call& call);
};

// How each kind of result becomes a response.
template <class Value>
struct Writer {
  static void describe(Route& route) { route.answer = &shape_of<Value>; }
  static Response write(const Call& call, const Value& value) {
    return Response::json(200, to_json(value, call.viewer));
  }
};

template <class Record>
struct Writer<std::vector<Record>> {
  static void describe(Route& route) {
    route.answer = &shape_of<Record>;
    route.answer_is_list = true;
  }
  static Response write(const Call& call, const std::vector<Record>& value) {
    return Response::json(200, to_json(value, call.viewer));
  }
};

template <class Record>
struct Writer<Page<Record>> {
  static void describe(Route& route) {
    route.answer = &shape_of<Record>;
    route.answer_is_page = true;
  }
  static Response write(const Call& call, const Page<Record>& page) {
    std::string json = "{\"items\":";
    write_json(json, shape_of<std::vector<Record>>(), &page.items, call.viewer);
    json += ",\"next\":";
    write_json(json, shape_of<std::optional<std::string>>(), &page.next, call.viewer);
    json += ",\"total\":";
    write_json(json, shape_of<std::optional<std::int64_t>>(), &page.total, call.viewer);
    return Response::json(200, json += '}');
  }
};

template <class Record>
struct Writer<Created<Record>> {
  static void describe(Route& route) {
    route.answer = &shape_of<Record>;
    route.status = 201;
  }
  static Response write(const Call& call, const Created<Record>& created) {
    Response response = Response::json(201, to_json(created.value, call.viewer));
    response.headers.set("Location", created.location);
    return response;
  }
};

template <class Record>
struct Writer<Versioned<Record>> {
  static void describe(Route& route) {
    route.answer = &shape_of<Record>;
    route.versioned = true;
  }
  static Response write(const Call& call, const Versioned<Record>& versioned) {
    Response response = Response::json(200, to_json(versioned.value, call.viewer));
    response.headers.set("ETag", '"' + versioned.version + '"');
    return response;
  }
};

template <>
struct Writer<Response> {
  static void describe(Route& route) { route.answer_is_raw = true; }
  static Response write(const Call&, Response response) { return response; }
};

template <class Handler, class Out, class... Arguments>
void bind(Route& route, Handler handler) {
  (Reader<std::remove_cvref_t<Arguments>>::describe(route), ...);
  if constexpr (std::is_void_v<Out>) {
    route.status = 204;
  } else {
    Writer<Out>::describe(route);
  }
  route.run = [handler = std::move(handler)](Call& call) -> Result<Response> {
    // Braces read the arguments in their order.
    std::tuple<std::remove_cvref_t<Arguments>...> arguments{Reader<std::remove_cvref_t<Arguments>>::read(call)...};
    if (call.has_faults()) return call.refused();
    auto result = std::apply([&](auto&... argument) { return handler(call, std::move(argument)...); }, arguments);
    if (!result.ok()) return std::move(result).error();
    if constexpr (std::is_void_v<Out>) {
      return Response::empty(204);
    } else {
      return Writer<Out>::write(call, std::move(result).value());
    }
  };
}

template <class Handler>
struct Signature : Signature<decltype(&Handler::operator())> {};
template <class Class, class Out, class... Arguments>
struct Signature<Result<Out> (Class::*)(Call&, Arguments...) const> {
  template <class Handler>
  static void bind_to(Route& route, Handler handler) {
    bind<Handler, Out, Arguments...>(route, std::move(handler));
  }
};
template <class Out, class... Arguments>
struct Signature<Result<Out> (*)(Call&, Arguments...)> {
  template <class Handler>
  static void bind_to(Route& route, Handler handler) {
    bind<Handler, Out, Arguments...>(route, std::move(handler));
  }
};

}  // namespace route_detail

template <class Handler>
void Router::add(RouteInfo info, Handler handler) {
  Route route;
  route.info = std::move(info);
  route_detail::Signature<Handler>::bind_to(route, std::move(handler));
  add_route(std::move(route));
}

}  // namespace zh::http
