#include "http/fields_json.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>

#include "base/csv.h"
#include "base/json.h"
#include "base/utf8.h"

namespace zh::http {

namespace {

// What a person is told that a value of the shape looks like.
Text expectation(const Shape& shape) {
  switch (shape.kind) {
    case ShapeKind::boolean:
      return {.zh = "true 或 false", .en = "true or false"};
    case ShapeKind::integer:
      return {.zh = "整数", .en = "integer"};
    case ShapeKind::number:
      return {.zh = "数字", .en = "number"};
    case ShapeKind::decimal:
      return {.zh = "十进制数（文本或数字）", .en = "decimal (as text or number)"};
    case ShapeKind::money:
      return {.zh = "金额（元，最多两位小数）", .en = "amount in yuan with at most two decimals"};
    case ShapeKind::text:
      return {.zh = "文本", .en = "string"};
    case ShapeKind::choice:
      return verbatim(fmt::format("{}", fmt::join(shape.choices, " | ")));
    case ShapeKind::date:
      return {.zh = "日期 YYYY-MM-DD", .en = "date YYYY-MM-DD"};
    case ShapeKind::month:
      return {.zh = "月份 YYYY-MM", .en = "month YYYY-MM"};
    case ShapeKind::instant:
      return {.zh = "带时区的时间 YYYY-MM-DDTHH:MM:SSZ", .en = "time with its offset, YYYY-MM-DDTHH:MM:SSZ"};
    case ShapeKind::hash:
      return {.zh = "64 位十六进制哈希", .en = "hash of 64 hexadecimal digits"};
    case ShapeKind::list:
      return {.zh = "列表", .en = "array"};
    case ShapeKind::record:
      return {.zh = "对象", .en = "object"};
    case ShapeKind::optional:
      return expectation(shape.element());
    case ShapeKind::raw:
      return {.zh = "JSON 值", .en = "JSON value"};
  }
  return {};
}

Text expected(const Shape& shape, std::string_view got) {
  const Text wanted = expectation(shape);
  return {.zh = fmt::format("应为{}，实为 {}", wanted.zh, got),
          .en = fmt::format("expected {}, got {}", wanted.en, got)};
}

Text unknown_name(std::string_view name, const Shape& shape) {
  std::vector<std::string_view> known;
  for (const auto& field : shape.fields) known.push_back(field.name);
  const std::string_view near = nearest(name, known);
  if (near.empty()) return {.zh = "没有这一项", .en = "unknown field"};
  return {.zh = fmt::format("没有这一项，是否指 {}？", near),
          .en = fmt::format("unknown field, did you mean {}?", near)};
}

std::string shown(std::string_view text) { return '"' + utf8::shortened(utf8::sanitized(text), 40) + '"'; }

bool set_integer(const Shape& shape, void* value, std::string_view digits, Text& problem) {
  std::int64_t number = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (failure != std::errc() || end != digits.data() + digits.size() || digits.empty()) return false;
  if (number < shape.minimum || number > shape.maximum) {
    problem = {.zh = fmt::format("应在 {} 到 {} 之间", shape.minimum, shape.maximum),
               .en = fmt::format("expected a number from {} to {}", shape.minimum, shape.maximum)};
    return true;
  }
  shape.set_integer(value, number);
  return true;
}

template <class T>
bool assign(void* value, const Result<T>& parsed) {
  if (parsed.ok()) *static_cast<T*>(value) = *parsed;
  return parsed.ok();
}

// An instant is told apart from a reading without a zone, which would mean another moment elsewhere.
bool has_offset(std::string_view text) {
  if (text.ends_with('Z')) return true;
  return text.size() > 6 && (text[text.size() - 6] == '+' || text[text.size() - 6] == '-') &&
         text[text.size() - 3] == ':';
}

bool set_choice(const Shape& shape, void* value, std::string_view text) {
  const auto found = std::ranges::find(shape.choices, text);
  if (found == shape.choices.end()) return false;
  shape.set_integer(value, found - shape.choices.begin());
  return true;
}

bool set_number(void* value, std::string_view digits) {
  const auto [end, failure] =
      std::from_chars(digits.data(), digits.data() + digits.size(), *static_cast<double*>(value));
  return failure == std::errc() && !digits.empty() && end == digits.data() + digits.size() &&
         std::isfinite(*static_cast<double*>(value));
}

// Sets a scalar from its text. False: it is not of the shape. `problem` is set where there is more to say.
bool set_scalar(const Shape& shape, void* value, std::string_view text, Text& problem) {
  switch (shape.kind) {
    case ShapeKind::boolean:
      *static_cast<bool*>(value) = text == "true";
      return text == "true" || text == "false";
    case ShapeKind::integer:
      return set_integer(shape, value, text, problem);
    case ShapeKind::number:
      return set_number(value, text);
    case ShapeKind::decimal:
      return assign(value, Decimal::parse(text));
    case ShapeKind::money:
      return assign(value, parse_yuan(text));
    case ShapeKind::text:
      *static_cast<std::string*>(value) = text;
      return true;
    case ShapeKind::choice:
      return set_choice(shape, value, text);
    case ShapeKind::date:
      return assign(value, Date::parse(text));
    case ShapeKind::month:
      return assign(value, Month::parse(text));
    case ShapeKind::instant:
      return has_offset(text) && assign(value, Zone::utc().parse_instant(text));
    case ShapeKind::hash:
      return assign(value, Hash::parse(text));
    case ShapeKind::list:
    case ShapeKind::optional:
    case ShapeKind::record:
    case ShapeKind::raw:
      return false;
  }
  return false;
}

// Walks a document along a shape and notes every fault with its pointer.
class JsonReader {
 public:
  std::vector<FieldError> faults;

  void read(const json::Value& in, const Shape& shape, void* value) {
    if (faults.size() >= kFieldErrorsMax) return;
    switch (shape.kind) {
      case ShapeKind::optional:
        if (!in.is_null()) read(in, shape.element(), shape.emplace(value));
        return;
      case ShapeKind::list:
        return read_list(in, shape, value);
      case ShapeKind::record:
        return read_record(in, shape, value);
      case ShapeKind::raw:
        static_cast<RawJson*>(value)->text = json::compact(in);
        return;
      default:
        return read_scalar_value(in, shape, value);
    }
  }

 private:
  void fault(Text detail) { faults.push_back({pointer_, {}, std::move(detail)}); }

  // Goes down one step of the pointer for the time of `visit`.
  void within(std::string_view step, auto&& visit) {
    const std::size_t length = pointer_.size();
    pointer_ += '/';
    for (const char c : step) {
      if (c == '~') {
        pointer_ += "~0";
      } else if (c == '/') {
        pointer_ += "~1";
      } else {
        pointer_ += c;
      }
    }
    visit();
    pointer_.resize(length);
  }

  void read_list(const json::Value& in, const Shape& shape, void* value) {
    const json::Array* const items = in.array();
    if (items == nullptr) return fault(expected(shape, in.type_name()));
    for (std::size_t i = 0; i < items->size(); ++i) {
      within(std::to_string(i), [&] { read((*items)[i], shape.element(), shape.emplace(value)); });
    }
  }

  void read_record(const json::Value& in, const Shape& shape, void* record) {
    const json::Object* const members = in.object();
    if (members == nullptr) return fault(expected(shape, in.type_name()));
    for (const auto& member : *members) {
      if (std::ranges::find(shape.fields, member.name, &FieldShape::name) == shape.fields.end()) {
        within(member.name, [&] { fault(unknown_name(member.name, shape)); });
      }
    }
    for (const auto& field : shape.fields) {
      const json::Value* const found = in.find(field.name);
      within(field.name, [&] {
        if (found != nullptr) return read(*found, field.shape(), field.member(record));
        if (field.shape().kind != ShapeKind::optional) fault({.zh = "缺少此项", .en = "is missing"});
      });
    }
  }

  void read_scalar_value(const json::Value& in, const Shape& shape, void* value) {
    const bool as_number = shape.kind == ShapeKind::integer || shape.kind == ShapeKind::number;
    const bool either = shape.kind == ShapeKind::decimal || shape.kind == ShapeKind::money;
    std::string_view text;
    if (shape.kind == ShapeKind::boolean && in.boolean()) {
      text = *in.boolean() ? "true" : "false";
    } else if ((as_number || either) && in.number() != nullptr) {
      text = in.number()->digits;
    } else if (!as_number && shape.kind != ShapeKind::boolean && in.text() != nullptr) {
      text = *in.text();
    } else {
      return fault(expected(shape, in.type_name()));
    }
    Text problem;
    if (!set_scalar(shape, value, text, problem)) return fault(expected(shape, shown(text)));
    if (!problem.en.empty()) fault(std::move(problem));
  }

  std::string pointer_;
};

std::string iso_utc(Instant at) {
  std::string text = Zone::utc().format(at);
  return text.substr(0, text.size() - 6) + 'Z';  // "+00:00" is written Z
}

void write_scalar(std::string& out, const Shape& shape, const void* value) {
  const auto quoted = [&](std::string_view text) { fmt::format_to(std::back_inserter(out), "\"{}\"", text); };
  switch (shape.kind) {
    case ShapeKind::boolean:
      out += *static_cast<const bool*>(value) ? "true" : "false";
      return;
    case ShapeKind::integer: {
      const std::int64_t number = shape.get_integer(value);
      if (number < shape.minimum || number > shape.maximum) return quoted(std::to_string(number));
      fmt::format_to(std::back_inserter(out), "{}", number);
      return;
    }
    case ShapeKind::number: {
      const double number = *static_cast<const double*>(value);
      out += std::isfinite(number) ? fmt::format("{}", number) : "null";
      return;
    }
    case ShapeKind::decimal:
      return quoted(static_cast<const Decimal*>(value)->to_string());
    case ShapeKind::money:
      return quoted(static_cast<const Fen*>(value)->to_string());
    case ShapeKind::text:
      out += json::literal(*static_cast<const std::string*>(value));
      return;
    case ShapeKind::choice: {
      const std::int64_t index = shape.get_integer(value);
      return quoted(index < 0 ? std::string_view("unknown") : shape.choices[static_cast<std::size_t>(index)]);
    }
    case ShapeKind::date:
      return quoted(static_cast<const Date*>(value)->to_string());
    case ShapeKind::month:
      return quoted(static_cast<const Month*>(value)->to_string());
    case ShapeKind::instant:
      return quoted(iso_utc(*static_cast<const Instant*>(value)));
    case ShapeKind::hash:
      return quoted(static_cast<const Hash*>(value)->hex());
    case ShapeKind::raw:
      out += static_cast<const RawJson*>(value)->text;
      return;
    case ShapeKind::list:
    case ShapeKind::optional:
    case ShapeKind::record:
      return;
  }
}

void write_record(std::string& out, const Shape& shape, const void* record, const Viewer& viewer) {
  const bool own = shape.subject != nullptr && !viewer.staff_no.empty() && shape.subject(record) == viewer.staff_no;
  char separator = '{';
  for (const auto& field : shape.fields) {
    if (!viewer.may_see(field.seen_by, field.secrecy, own)) continue;
    fmt::format_to(std::back_inserter(out), "{}\"{}\":", separator, field.name);
    separator = ',';
    // The table serves reader and writer; the writer changes nothing.
    write_json(out, field.shape(), field.member(const_cast<void*>(record)), viewer);
  }
  out += separator == '{' ? "{}" : "}";
}

}  // namespace

std::vector<FieldError> read_json(std::string_view text, const Shape& shape, void* record) {
  const auto document = json::parse(text, {.bytes = text.size() + 1, .depth = kJsonDepthMax});
  if (!document.ok()) {
    const Error& error = document.error();
    const std::string place = error.place.to_string();
    return {{{}, {}, {.zh = place + ": " + error.message.zh, .en = place + ": " + error.message.en}}};
  }
  JsonReader reader;
  reader.read(*document, shape, record);
  return std::move(reader.faults);
}

Text read_scalar(std::string_view text, const Shape& shape, void* value) {
  Text problem;
  if (!set_scalar(shape, value, text, problem)) return expected(shape, shown(text));
  return problem;
}

std::vector<FieldError> read_query(const std::vector<std::pair<std::string, std::string>>& query, const Shape& shape,
                                   void* record) {
  std::vector<FieldError> faults;
  std::vector<std::string_view> seen;
  for (const auto& [name, text] : query) {
    const auto field = std::ranges::find(shape.fields, name, &FieldShape::name);
    if (field == shape.fields.end()) {
      faults.push_back({{}, name, unknown_name(name, shape)});
      continue;
    }
    const Shape& declared = field->shape();
    const bool is_list = declared.kind == ShapeKind::list;
    if (!is_list && std::ranges::find(seen, name) != seen.end()) {
      faults.push_back({{}, name, {.zh = "只能给一次", .en = "may be given once only"}});
      continue;
    }
    seen.emplace_back(name);
    void* target = field->member(record);
    const bool wrapped = is_list || declared.kind == ShapeKind::optional;
    const Shape& scalar = wrapped ? declared.element() : declared;
    if (wrapped) target = declared.emplace(target);
    if (Text problem = read_scalar(text, scalar, target); !problem.en.empty()) {
      faults.push_back({{}, name, std::move(problem)});
    }
  }
  for (const auto& field : shape.fields) {
    const ShapeKind kind = field.shape().kind;
    const bool needed = kind != ShapeKind::optional && kind != ShapeKind::list;
    if (needed && std::ranges::find(seen, field.name) == seen.end()) {
      faults.push_back({{}, std::string(field.name), {.zh = "缺少此参数", .en = "is missing"}});
    }
  }
  return faults;
}

void write_json(std::string& out, const Shape& shape, const void* value, const Viewer& viewer) {
  if (shape.kind == ShapeKind::record) return write_record(out, shape, value, viewer);
  if (shape.kind == ShapeKind::optional) {
    if (shape.size(value) == 0) {
      out += "null";
    } else {
      write_json(out, shape.element(), shape.get(value, 0), viewer);
    }
    return;
  }
  if (shape.kind != ShapeKind::list) return write_scalar(out, shape, value);
  out += '[';
  for (std::size_t i = 0; i < shape.size(value); ++i) {
    if (i > 0) out += ',';
    write_json(out, shape.element(), shape.get(value, i), viewer);
  }
  out += ']';
}

}  // namespace zh::http
