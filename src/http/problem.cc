#include "http/problem.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>

#include "base/json.h"

namespace zh::http {

namespace {

struct CodeRow {
  ErrorCode code;
  int status;
  std::string_view name;
  std::string_view title_zh;
  std::string_view title_en;
};

constexpr std::array kCodes{
    CodeRow{ErrorCode::invalid, 422, "invalid", "内容不符合要求", "Not accepted as it is"},
    CodeRow{ErrorCode::not_found, 404, "not_found", "没有找到", "Not found"},
    CodeRow{ErrorCode::conflict, 409, "conflict", "当前状态不允许", "Not possible in the present state"},
    CodeRow{ErrorCode::forbidden, 403, "forbidden", "没有权限", "Not allowed"},
    CodeRow{ErrorCode::unauthenticated, 401, "unauthenticated", "需要登录", "Sign-in needed"},
    CodeRow{ErrorCode::limit, 413, "limit", "超出限度", "Over a limit"},
    CodeRow{ErrorCode::unavailable, 503, "unavailable", "暂时不可用", "Not available just now"},
    CodeRow{ErrorCode::corrupt, 500, "corrupt", "存储的数据已损坏", "Stored data is damaged"},
    CodeRow{ErrorCode::cancelled, 503, "cancelled", "已取消", "Cancelled"},
    CodeRow{ErrorCode::unsupported, 501, "unsupported", "不支持", "Not supported"},
    CodeRow{ErrorCode::internal, 500, "internal", "内部错误", "Internal error"},
    CodeRow{ErrorCode::stale, 412, "stale", "数据已被他人修改", "Changed by somebody else"},
};

const CodeRow& row_of(ErrorCode code) {
  for (const auto& row : kCodes) {
    if (row.code == code) return row;
  }
  return row_of(ErrorCode::internal);
}

// What may not be told, because it is a fault of ours that only a look into the log can mend.
bool is_ours(ErrorCode code) { return code == ErrorCode::internal || code == ErrorCode::corrupt; }

json::Value describe(const FieldError& fault, Language language) {
  json::Object members;
  if (fault.parameter.empty()) {
    members.push_back({"pointer", fault.pointer});
  } else {
    members.push_back({"parameter", fault.parameter});
  }
  members.push_back({"detail", fault.detail.in(language)});
  return members;
}

// The weight of one element of an Accept-Language header: 1 without q, 0 when it cannot be read.
double weight_of(std::string_view parameters) {
  const auto at = parameters.find("q=");
  if (at == std::string_view::npos) return parameters.find_first_not_of(" ;\t") == std::string_view::npos ? 1 : 0;
  const std::string_view digits = parameters.substr(at + 2);
  double weight = 0;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), weight);
  const bool readable = failure == std::errc() && std::isfinite(weight) && weight >= 0 && weight <= 1;
  return readable && end != digits.data() ? weight : 0;
}

}  // namespace

std::string FieldError::to_string(Language language) const {
  const std::string& place = parameter.empty() ? pointer : parameter;
  return place.empty() ? detail.in(language) : fmt::format("{}: {}", place, detail.in(language));
}

int status_of(ErrorCode code) { return row_of(code).status; }
std::string_view name_of(ErrorCode code) { return row_of(code).name; }

Problem problem_of(const Error& error, std::vector<FieldError> errors) {
  const CodeRow& row = row_of(error.code);
  Problem problem{.status = row.status,
                  .code = std::string(row.name),
                  .title = {.zh = std::string(row.title_zh), .en = std::string(row.title_en)},
                  .detail = error.message,
                  .clause = error.clause,
                  .errors = std::move(errors),
                  .headers = {},
                  .log_note = {}};
  if (is_ours(error.code)) {
    problem.log_note = error.to_string(Language::en);
    problem.detail = {.zh = "服务器出错，已记入日志；请把请求编号告诉管理员",
                      .en = "the server failed and wrote it to its log; give the administrator the request's id"};
  } else if (error.code == ErrorCode::unavailable) {
    problem.log_note = error.to_string(Language::en);
    problem.headers.set("Retry-After", "5");
  } else if (error.code == ErrorCode::unauthenticated) {
    problem.headers.set("WWW-Authenticate", "Bearer");
  }
  return problem;
}

Problem transport_problem(int status, std::string_view code, Text detail) {
  return {.status = status,
          .code = std::string(code),
          .title = {.zh = "请求被拒绝", .en = "Request refused"},
          .detail = std::move(detail),
          .clause = {},
          .errors = {},
          .headers = {},
          .log_note = {}};
}

Response Problem::respond(Language language, std::string_view request_id) const {
  json::Object document;
  document.push_back({"type", "urn:zhiheng:problem:" + code});
  document.push_back({"title", title.in(language)});
  document.push_back({"status", status});
  document.push_back({"detail", detail.in(language)});
  document.push_back({"code", code});
  if (!clause.empty()) document.push_back({"clause", clause});
  if (!request_id.empty()) document.push_back({"request_id", request_id});
  if (!errors.empty()) {
    json::Array faults;
    for (const auto& fault : errors) faults.push_back(describe(fault, language));
    document.push_back({"errors", std::move(faults)});
  }
  Response response = Response::text(status, "application/problem+json", json::compact(std::move(document)));
  for (const auto& [name, value] : headers) response.headers.add(name, value);
  response.headers.set("Content-Language", language == Language::zh ? "zh-CN" : "en");
  response.headers.set("Cache-Control", "no-store");
  response.log_note = log_note;
  return response;
}

Language language_of(std::string_view accept_language, Language otherwise) {
  Language best = otherwise;
  double best_weight = 0;
  while (!accept_language.empty()) {
    const auto comma = accept_language.find(',');
    std::string_view element = accept_language.substr(0, comma);
    accept_language.remove_prefix(comma == std::string_view::npos ? accept_language.size() : comma + 1);
    element.remove_prefix(std::min(element.find_first_not_of(" \t"), element.size()));
    const auto semicolon = std::min(element.find(';'), element.size());
    const auto language = language_from(element.substr(0, semicolon));
    const double weight = weight_of(element.substr(semicolon));
    if (language && weight > best_weight) {
      best = *language;
      best_weight = weight;
    }
  }
  return best;
}

}  // namespace zh::http
