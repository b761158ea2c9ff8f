#include "http/openapi.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/json.h"

namespace zh::http {

namespace {

using json::Array;
using json::Object;
using json::Value;

std::string_view name_of(Unit unit) {
  switch (unit) {
    case Unit::none:
      return "";
    case Unit::count:
      return "count";
    case Unit::seconds:
      return "seconds";
    case Unit::milliseconds:
      return "milliseconds";
    case Unit::minutes:
      return "minutes";
    case Unit::points:
      return "points";
    case Unit::percent:
      return "percent";
    case Unit::yuan:
      return "yuan";
    case Unit::fen:
      return "fen";
    case Unit::days:
      return "days";
  }
  return "";
}

std::string_view name_of(Secrecy secrecy) {
  switch (secrecy) {
    case Secrecy::internal:
      return "internal";
    case Secrecy::confidential:
      return "confidential";
    case Secrecy::secret:
      return "secret";
    case Secrecy::top_secret:
      return "top_secret";
  }
  return "";
}

Value text_schema(std::string_view format, std::string_view pattern = {}) {
  Object schema{{"type", "string"}};
  if (!format.empty()) schema.push_back({"format", format});
  if (!pattern.empty()) schema.push_back({"pattern", pattern});
  return schema;
}

// Collects the named schemas that the routes mention.
class Schemas {
 public:
  // Incoming records state what is required; in answers a field may be missing, because the viewer may not see it.
  enum class Use { request, answer };

  Value schema(const Shape& shape, Use use) {
    switch (shape.kind) {
      case ShapeKind::boolean:
        return Object{{"type", "boolean"}};
      case ShapeKind::integer:
        return Object{{"type", "integer"}, {"minimum", shape.minimum}, {"maximum", shape.maximum}};
      case ShapeKind::number:
        return Object{{"type", "number"}};
      case ShapeKind::decimal:
        return text_schema("decimal", R"(^-?\d+(\.\d+)?$)");
      case ShapeKind::money:
        return text_schema("yuan", R"(^-?\d+\.\d{2}$)");
      case ShapeKind::text:
        return text_schema({});
      case ShapeKind::date:
        return text_schema("date");
      case ShapeKind::month:
        return text_schema("month", R"(^\d{4}-\d{2}$)");
      case ShapeKind::instant:
        return text_schema("date-time");
      case ShapeKind::hash:
        return text_schema("sha256", "^[0-9a-f]{64}$");
      case ShapeKind::raw:
        return Object{};
      case ShapeKind::list:
        return Object{{"type", "array"}, {"items", schema(shape.element(), use)}};
      case ShapeKind::optional:
        return Object{{"anyOf", Array{schema(shape.element(), use), Object{{"type", "null"}}}}};
      case ShapeKind::choice:
      case ShapeKind::record:
        return reference(shape, use);
    }
    return Object{};
  }

  // The components in the order of their names.
  Object take() {
    Object components;
    for (auto& [name, entry] : named_) components.push_back({name, std::move(entry.schema)});
    return components;
  }
  const std::string& clash() const { return clash_; }

 private:
  struct Entry {
    const Shape* shape;
    Value schema;
  };

  Value reference(const Shape& shape, Use use) {
    // A record that comes in and goes out has two forms, because what is required differs.
    const bool incoming = use == Use::request && shape.kind == ShapeKind::record;
    const std::string name = std::string(shape.name) + (incoming ? "Input" : "");
    const auto [entry, fresh] = named_.try_emplace(name, Entry{&shape, {}});
    if (!fresh && entry->second.shape != &shape) clash_ = name;
    if (fresh) {
      Value made = shape.kind == ShapeKind::choice ? choice_schema(shape) : record_schema(shape, use);
      named_.find(name)->second.schema = std::move(made);
    }
    return Object{{"$ref", "#/components/schemas/" + name}};
  }

  static Value choice_schema(const Shape& shape) {
    Array names;
    for (const auto choice : shape.choices) names.emplace_back(choice);
    return Object{{"type", "string"}, {"enum", std::move(names)}};
  }

  Value record_schema(const Shape& shape, Use use) {
    Object properties;
    Array required;
    for (const auto& field : shape.fields) {
      properties.push_back({std::string(field.name), field_schema(field, use)});
      const bool always = use == Use::request ? field.shape().kind != ShapeKind::optional
                                              : field.seen_by == SeenBy::all && field.secrecy == Secrecy::internal;
      if (always) required.emplace_back(field.name);
    }
    Object schema{{"type", "object"}, {"properties", std::move(properties)}};
    if (!required.empty()) schema.push_back({"required", std::move(required)});
    if (use == Use::request) schema.push_back({"additionalProperties", false});
    return schema;
  }

  Value field_schema(const FieldShape& field, Use use) {
    Value described = schema(field.shape(), use);
    if (field.unit != Unit::none) described.set("x-unit", name_of(field.unit));
    if (field.secrecy != Secrecy::internal) described.set("x-secrecy", name_of(field.secrecy));
    return described;
  }

  std::map<std::string, Entry, std::less<>> named_;
  std::string clash_;
};

Value parameter(std::string_view name, std::string_view in, bool required, Value schema) {
  return Object{{"name", name}, {"in", in}, {"required", required}, {"schema", std::move(schema)}};
}

Array parameters(const Route& route, Schemas& schemas) {
  Array list;
  const auto in_path = path_parameters(route.info.path);
  if (in_path.ok()) {
    for (const auto& each : *in_path) {
      list.push_back(parameter(each.name, "path", true, schemas.schema(each.shape(), Schemas::Use::request)));
    }
  }
  if (route.query != nullptr) {
    for (const auto& field : route.query().fields) {
      const Shape& shape = field.shape();
      const bool optional = shape.kind == ShapeKind::optional;
      const bool required = !optional && shape.kind != ShapeKind::list;
      list.push_back(parameter(field.name, "query", required,
                               schemas.schema(optional ? shape.element() : shape, Schemas::Use::request)));
    }
  }
  if (route.body_kind == BodyKind::upload) list.push_back(parameter("name", "query", false, text_schema({})));
  if (route.info.if_match) list.push_back(parameter("If-Match", "header", true, text_schema({})));
  if (route.info.idempotent_create) list.push_back(parameter("Idempotency-Key", "header", false, text_schema({})));
  return list;
}

Value content(std::string_view media_type, Value schema) {
  return Object{{std::string(media_type), Object{{"schema", std::move(schema)}}}};
}

Value answer_schema(const Route& route, Schemas& schemas) {
  Value schema = schemas.schema(route.answer(), Schemas::Use::answer);
  if (!route.answer_is_list && !route.answer_is_page) return schema;
  Value items = Object{{"type", "array"}, {"items", std::move(schema)}};
  if (route.answer_is_list) return items;
  return Object{{"type", "object"},
                {"properties", Object{{"items", std::move(items)},
                                      {"next", Object{{"type", Array{"string", "null"}}}},
                                      {"total", Object{{"type", Array{"integer", "null"}}}}}},
                {"required", Array{"items", "next", "total"}}};
}

Value responses(const Route& route, Schemas& schemas) {
  Object good{{"description", route.status == 204 ? "done" : "the answer"}};
  if (route.answer != nullptr) {
    good.push_back({"content", content("application/json", answer_schema(route, schemas))});
  } else if (route.answer_is_raw) {
    good.push_back({"content", content(route.info.answers, Object{})});
  }
  Object bad{{"description", "RFC 9457 problem document"},
             {"content", content("application/problem+json", Object{{"$ref", "#/components/schemas/Problem"}})}};
  return Object{{std::to_string(route.status), std::move(good)}, {"default", std::move(bad)}};
}

// Who may call: the table that the rights are decided by, for readers of the document.
Value access_note(const Access& access) {
  if (access.open) return "open";
  if (access.any_account) return "signed-in";
  Array allowed;
  for (const auto& each : access.allowed)
    allowed.emplace_back(fmt::format("{}:{}", to_string(each.role), to_string(each.scope)));
  return allowed;
}

Value operation(const Route& route, Schemas& schemas, Language language) {
  Object result{{"operationId", route.info.id},
                {"summary", route.info.summary.in(language)},
                {"tags", Array{route.info.tag}},
                {"x-access", access_note(route.info.access)},
                {"x-secrecy", name_of(route.info.access.secrecy)}};
  if (Array list = parameters(route, schemas); !list.empty()) result.push_back({"parameters", std::move(list)});
  if (route.body_kind == BodyKind::json) {
    Value body = content("application/json", schemas.schema(route.body(), Schemas::Use::request));
    result.push_back({"requestBody", Object{{"required", true}, {"content", std::move(body)}}});
  } else if (route.body_kind == BodyKind::upload) {
    Value body = content("application/octet-stream", text_schema("binary"));
    result.push_back({"requestBody", Object{{"required", true}, {"content", std::move(body)}}});
  }
  result.push_back({"responses", responses(route, schemas)});
  return result;
}

Value problem_schema() {
  const Value text = text_schema({});
  Object fault{{"type", "object"},
               {"properties", Object{{"pointer", text}, {"parameter", text}, {"detail", text}}},
               {"required", Array{"detail"}}};
  return Object{{"type", "object"},
                {"properties", Object{{"type", text},
                                      {"title", text},
                                      {"status", Object{{"type", "integer"}}},
                                      {"detail", text},
                                      {"code", text},
                                      {"clause", text},
                                      {"request_id", text},
                                      {"errors", Object{{"type", "array"}, {"items", std::move(fault)}}}}},
                {"required", Array{"type", "title", "status", "detail", "code"}}};
}

std::string lower_method(Method method) {
  std::string name(to_string(method));
  std::ranges::transform(name, name.begin(), [](char c) { return static_cast<char>(c | 0x20); });
  return name;
}

}  // namespace

Result<std::string> openapi_document(const Router& router, const ApiTitle& title, Language language) {
  Schemas schemas;
  std::map<std::string, std::map<std::string, Value>> paths;
  for (const auto& route : router.routes()) {
    paths[route->pattern][lower_method(route->info.method)] = operation(*route, schemas, language);
  }
  if (!schemas.clash().empty()) {
    return error(ErrorCode::internal,
                 verbatim("two records are both called " + schemas.clash() + "; give one of them Fields<>::kName"));
  }
  Object path_items;
  for (auto& [path, operations] : paths) {
    Object item;
    for (auto& [method, described] : operations) item.push_back({method, std::move(described)});
    path_items.push_back({path, std::move(item)});
  }
  Object components = schemas.take();
  components.push_back({"Problem", problem_schema()});
  return json::compact(Object{{"openapi", "3.1.0"},
                              {"info", Object{{"title", title.title.in(language)}, {"version", title.version}}},
                              {"paths", std::move(path_items)},
                              {"components", Object{{"schemas", std::move(components)}}}});
}

}  // namespace zh::http
