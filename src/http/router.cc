#include "http/router.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <set>

#include "base/utf8.h"

namespace zh::http {

namespace {

constexpr std::size_t kTextParameterMax = 200;  // bytes

std::vector<std::string_view> segments_of(std::string_view path) {
  std::vector<std::string_view> segments;
  if (path.starts_with('/')) path.remove_prefix(1);
  while (true) {
    const auto slash = path.find('/');
    segments.push_back(path.substr(0, slash));
    if (slash == std::string_view::npos) return segments;
    path.remove_prefix(slash + 1);
  }
}

ShapeRef parameter_type(std::string_view name) {
  if (name.empty()) return &shape_of<std::string>;
  if (name == "int") return &shape_of<std::int64_t>;
  if (name == "date") return &shape_of<Date>;
  if (name == "month") return &shape_of<Month>;
  if (name == "hash") return &shape_of<Hash>;
  return nullptr;
}

// Whether a text is a value of the parameter; the value itself is made when the handler asks for it.
Text check_parameter(std::string_view text, const Shape& shape) {
  switch (shape.kind) {
    case ShapeKind::integer: {
      std::int64_t value = 0;
      return read_scalar(text, shape, &value);
    }
    case ShapeKind::date: {
      Date value;
      return read_scalar(text, shape, &value);
    }
    case ShapeKind::month: {
      Month value;
      return read_scalar(text, shape, &value);
    }
    case ShapeKind::hash: {
      Hash value;
      return read_scalar(text, shape, &value);
    }
    default:
      if (text.size() <= kTextParameterMax) return {};
      return {.zh = "太长", .en = "is too long"};
  }
}

// "{month:month}" → its parameter; nothing for a literal. Fails on a brace that is not part of one.
Result<std::optional<PathParameter>> parse_segment(std::string_view segment) {
  if (segment.find_first_of("{}") == std::string_view::npos) return std::optional<PathParameter>();
  const auto bad = [&] {
    const std::string shown(segment);
    return invalid({.zh = "路径参数“" + shown + "”写法不对，应如 {name} 或 {month:month}",
                    .en = "the path parameter “" + shown + "” is not well formed; write {name} or {month:month}"});
  };
  if (segment.size() < 3 || segment.front() != '{' || segment.back() != '}') return bad();
  const std::string_view inner = segment.substr(1, segment.size() - 2);
  const auto colon = inner.find(':');
  const ShapeRef shape = parameter_type(colon == std::string_view::npos ? std::string_view() : inner.substr(colon + 1));
  const std::string name(inner.substr(0, colon));
  if (shape == nullptr || name.empty() || name.find_first_of("{}") != std::string::npos) return bad();
  return std::optional(PathParameter{name, shape});
}

// The template without types: "/months/{month}".
std::string pattern_of(std::string_view path_template) {
  std::string pattern;
  for (const auto segment : segments_of(path_template)) {
    const auto colon = segment.find(':');
    pattern += '/';
    pattern += segment.substr(0, colon);
    if (segment.starts_with('{') && colon != std::string_view::npos) pattern += '}';
  }
  return pattern;
}

bool is_scalar(ShapeKind kind) {
  return kind != ShapeKind::list && kind != ShapeKind::optional && kind != ShapeKind::record && kind != ShapeKind::raw;
}

// Query records hold scalars, optional scalars and lists of scalars.
bool fits_query(const Shape& record) {
  return std::ranges::all_of(record.fields, [](const FieldShape& field) {
    const Shape& shape = field.shape();
    const bool wrapped = shape.kind == ShapeKind::list || shape.kind == ShapeKind::optional;
    return is_scalar(wrapped ? shape.element().kind : shape.kind);
  });
}

// What is wrong with one route by itself, as words of a developer's language; empty when nothing is.
std::vector<std::string> faults_of(const Route& route) {
  const RouteInfo& info = route.info;
  const bool refuses_all = info.access.allowed.empty() && !info.access.open && !info.access.any_account;
  std::vector<std::string> faults;
  const auto check = [&](bool wrong, std::string_view words) {
    if (wrong) faults.emplace_back(words);
  };
  check(refuses_all, "its access refuses everybody");
  check(info.id.empty() || info.summary.zh.empty() || info.summary.en.empty() || info.tag.empty(),
        "id, tag or a summary in both languages is missing");
  check(route.body_kind != BodyKind::none && is_safe(info.method), "a GET takes no body");
  check(info.if_match && is_safe(info.method), "If-Match is for writes");
  check(info.idempotent_create && info.method != Method::post, "Idempotency-Key is for POST");
  check(info.idempotent_create && route.body_kind == BodyKind::upload, "an upload cannot be replayed by its key");
  check(info.idempotent_create && info.access.open, "a stranger's keys cannot be told apart");
  check(info.method == Method::head || info.method == Method::options, "HEAD and OPTIONS are answered by the site");
  check(route.query != nullptr && !fits_query(route.query()), "a query holds scalars and lists of scalars only");
  return faults;
}

}  // namespace

Result<std::vector<PathParameter>> path_parameters(std::string_view path_template) {
  std::vector<PathParameter> parameters;
  for (const auto segment : segments_of(path_template)) {
    ZH_TRY(auto parameter, parse_segment(segment));
    if (parameter) parameters.push_back(std::move(*parameter));
  }
  return parameters;
}

void Router::add_route(Route added) {
  auto route = std::make_unique<Route>(std::move(added));
  route->pattern = pattern_of(route->info.path);
  Node* node = &root_;
  for (const auto segment : segments_of(route->info.path)) {
    auto parameter = parse_segment(segment);
    if (!parameter.ok()) {
      problems_.push_back(parameter.error().message);
      return;
    }
    node = &child(*node, segment, *parameter);
  }
  if (!node->routes.try_emplace(route->info.method, route.get()).second) {
    problems_.push_back(
        {.zh = "两个路由占用同一路径：" + route->pattern, .en = "two routes take one path: " + route->pattern});
  }
  routes_.push_back(std::move(route));
}

Router::Node& Router::child(Node& node, std::string_view segment, const std::optional<PathParameter>& parameter) {
  if (!parameter) {
    auto& literal = node.literals[std::string(segment)];
    if (!literal) literal = std::make_unique<Node>();
    return *literal;
  }
  for (auto& [known, below] : node.parameters) {
    if (known.name == parameter->name && known.shape == parameter->shape) return *below;
  }
  return *node.parameters.emplace_back(*parameter, std::make_unique<Node>()).second;
}

// Walks the tree depth first; the first route found wins.
struct Router::Search {
  Method method;
  std::vector<std::string_view> segments;
  Match found{};

  bool walk(const Node& node, std::size_t at) {
    if (at == segments.size()) return arrive(node);
    const std::string_view segment = segments[at];
    if (const auto literal = node.literals.find(segment); literal != node.literals.end()) {
      if (walk(*literal->second, at + 1)) return true;
    }
    for (const auto& [parameter, below] : node.parameters) {
      if (segment.empty()) continue;
      if (Text problem = check_parameter(segment, parameter.shape()); !problem.en.empty()) {
        found.faults.push_back({{}, parameter.name, std::move(problem)});
        continue;
      }
      found.values.push_back({parameter.name, std::string(segment)});
      if (walk(*below, at + 1)) return true;
      found.values.pop_back();
    }
    return false;
  }

  bool arrive(const Node& node) {
    const auto route = node.routes.find(method == Method::head ? Method::get : method);
    if (route != node.routes.end()) {
      found.route = route->second;
      return true;
    }
    for (const auto& [allowed, ignored] : node.routes) found.allowed.push_back(allowed);
    return false;
  }
};

Match Router::match(Method method, std::string_view path) const {
  Search search{.method = method, .segments = segments_of(path)};
  if (search.walk(root_, 0)) {
    search.found.faults.clear();
    search.found.allowed.clear();
  }
  return std::move(search.found);
}

Status Router::check() const {
  std::vector<Text> problems = problems_;
  std::set<std::string_view> ids;
  for (const auto& route : routes_) {
    const std::string name = fmt::format("{} {}", to_string(route->info.method), route->pattern);
    for (const auto& fault : faults_of(*route)) problems.push_back(verbatim(name + ": " + fault));
    if (!ids.insert(route->info.id).second) problems.push_back(verbatim(name + ": its id stands twice"));
  }
  if (problems.empty()) return {};
  Text message{.zh = "路由表有误", .en = "the table of routes is wrong"};
  for (const auto& problem : problems) {
    message.zh += "；" + problem.zh;
    message.en += "; " + problem.en;
  }
  return error(ErrorCode::internal, std::move(message));
}

namespace route_detail {

Uploaded Reader<Uploaded>::read(Call& call) {
  Uploaded uploaded{.file = call.request.upload, .name = {}};
  const std::string* const name = call.request.query_value("name");
  if (name != nullptr) {
    // Some browsers send the whole path.
    const std::string_view last = std::string_view(*name).substr(name->find_last_of("/\\") + 1);
    uploaded.name = utf8::shortened(last, 200);
  }
  if (!uploaded.file) call.faults.push_back({{}, {}, {.zh = "没有上传文件", .en = "there is no file in the body"}});
  return uploaded;
}

}  // namespace route_detail

}  // namespace zh::http
