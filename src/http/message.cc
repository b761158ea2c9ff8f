#include "http/message.h"

#include <algorithm>
#include <array>
#include <system_error>

namespace zh::http {

namespace {

constexpr std::array kMethods{
    std::pair{Method::get, std::string_view("GET")},         std::pair{Method::head, std::string_view("HEAD")},
    std::pair{Method::post, std::string_view("POST")},       std::pair{Method::put, std::string_view("PUT")},
    std::pair{Method::patch, std::string_view("PATCH")},     std::pair{Method::del, std::string_view("DELETE")},
    std::pair{Method::options, std::string_view("OPTIONS")},
};

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

bool same_name(std::string_view a, std::string_view b) {
  return std::ranges::equal(a, b, [](char x, char y) { return lower(x) == lower(y); });
}

std::string without_controls(std::string_view value) {
  std::string result(value);
  for (char& c : result) {
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7f) c = ' ';
  }
  return result;
}

}  // namespace

std::string_view to_string(Method method) {
  for (const auto& [value, name] : kMethods) {
    if (value == method) return name;
  }
  return "";
}

std::optional<Method> parse_method(std::string_view name) {
  for (const auto& [value, known] : kMethods) {
    if (known == name) return value;
  }
  return std::nullopt;
}

const std::string* Headers::find(std::string_view name) const {
  for (const auto& [known, value] : fields_) {
    if (same_name(known, name)) return &value;
  }
  return nullptr;
}

std::string_view Headers::get(std::string_view name) const {
  const std::string* const value = find(name);
  return value == nullptr ? std::string_view() : *value;
}

std::size_t Headers::count(std::string_view name) const {
  return static_cast<std::size_t>(
      std::ranges::count_if(fields_, [&](const auto& field) { return same_name(field.first, name); }));
}

void Headers::add(std::string name, std::string_view value) {
  fields_.emplace_back(std::move(name), without_controls(value));
}

void Headers::set(std::string name, std::string_view value) {
  remove(name);
  add(std::move(name), value);
}

void Headers::remove(std::string_view name) {
  std::erase_if(fields_, [&](const auto& field) { return same_name(field.first, name); });
}

Upload::~Upload() {
  std::error_code ignored;  // a file that was kept is no longer there; one that cannot be removed goes at next start
  std::filesystem::remove(path_, ignored);
}

Status Upload::keep_as(const std::filesystem::path& target) {
  std::error_code failure;
  std::filesystem::rename(path_, target, failure);
  if (failure) {
    return error(
        ErrorCode::unavailable,
        {.zh = "无法保存上传的文件：" + failure.message(), .en = "cannot keep the upload: " + failure.message()},
        {.file = target.string()});
  }
  path_.clear();
  return {};
}

const std::string* Request::query_value(std::string_view name) const {
  for (const auto& [known, value] : query) {
    if (known == name) return &value;
  }
  return nullptr;
}

Response Response::empty(int status) { return {.status = status, .headers = {}, .body = std::string()}; }

Response Response::text(int status, std::string_view content_type, std::string body) {
  Response response{.status = status, .headers = {}, .body = std::move(body)};
  response.headers.add("Content-Type", content_type);
  return response;
}

Response Response::json(int status, std::string body) { return text(status, "application/json", std::move(body)); }

std::string attachment(std::string_view file_name) {
  constexpr std::string_view hex = "0123456789ABCDEF";
  std::string plain;    // for clients that know no better
  std::string encoded;  // RFC 5987
  for (const char c : file_name) {
    const auto byte = static_cast<unsigned char>(c);
    const bool simple =
        (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '.' || c == '-' || c == '_';
    plain += simple ? c : '_';
    if (simple) {
      encoded += c;
    } else {
      encoded += {'%', hex[byte >> 4], hex[byte & 15]};
    }
  }
  return "attachment; filename=\"" + plain + "\"; filename*=UTF-8''" + encoded;
}

}  // namespace zh::http
