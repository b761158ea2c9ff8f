#include "outbound/client.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <condition_variable>
#include <random>

#include "base/utf8.h"
#include "outbound/wire.h"

namespace zh::outbound {

using std::chrono::milliseconds;
using Clock = std::chrono::steady_clock;

namespace {

constexpr std::size_t kIdleMax = 8;
constexpr std::size_t kQuoted = 200;  // code points of an answer that a message repeats

double chance() {
  thread_local std::mt19937_64 random{std::random_device{}()};
  return std::uniform_real_distribution<double>{0.0, 1.0}(random);
}

Error cancelled() { return error(ErrorCode::cancelled, {.zh = "已取消", .en = "cancelled"}); }

Status pause(milliseconds time, const std::stop_token& stop) {
  std::mutex mutex;
  std::condition_variable_any never;
  std::unique_lock lock(mutex);
  never.wait_for(lock, stop, time, [] { return false; });
  return stop.stop_requested() ? Status(cancelled()) : Status();
}

Status check_header(const Header& header) {
  const auto is_control = [](char c) { return (c >= 0 && c < ' ') || c == '\x7F'; };
  if (!header.name.empty() && std::ranges::none_of(header.name + header.value, is_control)) return {};
  return invalid({.zh = fmt::format("请求头 {} 含有控制字符", utf8::sanitized(header.name)),
                  .en = fmt::format("the header {} holds control characters", utf8::sanitized(header.name))});
}

// In seconds; a date, which the header may be too, counts as not said.
std::optional<milliseconds> retry_after(const Answer& answer) {
  const std::string_view text = header(answer.headers, "Retry-After");
  int seconds = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  if (problem != std::errc() || end != text.data() + text.size() || seconds < 0) return std::nullopt;
  return std::chrono::seconds(seconds);
}

ErrorCode code_of(int status) {
  if (status == 401 || status == 403) return ErrorCode::forbidden;
  if (status == 404 || status == 410) return ErrorCode::not_found;
  if (status == 413) return ErrorCode::limit;
  if (status == 429 || status == 408 || status < 400 || status >= 500) return ErrorCode::unavailable;
  return ErrorCode::invalid;
}

}  // namespace

std::string_view header(const Headers& headers, std::string_view name) {
  const auto same = [](char a, char b) {
    return a == b || ((a ^ b) == 0x20 && (a | 0x20) >= 'a' && (a | 0x20) <= 'z');
  };
  const auto found =
      std::ranges::find_if(headers, [&](const Header& each) { return std::ranges::equal(each.name, name, same); });
  return found == headers.end() ? std::string_view() : std::string_view(found->value);
}

Body text_body(std::string text) {
  const auto shared = std::make_shared<const std::string>(std::move(text));
  return {.size = shared->size(), .open = [shared]() -> Result<std::unique_ptr<ByteSource>> {
            return std::unique_ptr<ByteSource>(std::make_unique<TextSource>(*shared));
          }};
}

std::string_view name_of(Method method) {
  switch (method) {
    case Method::get:
      return "GET";
    case Method::head:
      return "HEAD";
    case Method::put:
      return "PUT";
    case Method::post:
      return "POST";
    case Method::del:
      return "DELETE";
  }
  return "";
}

// What came of one attempt.
struct Client::Attempted {
  std::optional<Answer> answer;  // whole, whatever its status
  std::optional<Failure> failure;
};

Client::Client(Allowed allowed, RetryRule rule) : allowed_(std::move(allowed)), rule_(rule) {}
Client::~Client() = default;

std::unique_ptr<Wire> Client::take_idle(const Address& address) {
  const std::scoped_lock lock(mutex_);
  std::erase_if(idle_, [](const auto& wire) { return !wire->is_usable(); });
  const auto same = [&](const auto& wire) {
    return wire->address().host == address.host && wire->address().port == address.port &&
           wire->address().tls == address.tls;
  };
  const auto found = std::ranges::find_if(idle_, same);
  if (found == idle_.end()) return nullptr;
  auto wire = std::move(*found);
  idle_.erase(found);
  return wire;
}

void Client::keep_idle(std::unique_ptr<Wire> wire) {
  if (!wire->is_usable()) return;
  const std::scoped_lock lock(mutex_);
  if (idle_.size() == kIdleMax) idle_.erase(idle_.begin());
  idle_.push_back(std::move(wire));
}

Client::Attempted Client::attempt(const Address& address, const Request& request, const std::stop_token& stop) {
  Attempted attempted;
  // A connection that has waited may have been closed by the other meanwhile: then a new one is tried, once.
  if (auto wire = request.repeatable ? take_idle(address) : nullptr) {
    Answer answer = wire->exchange(request, stop, attempted.failure);
    if (!attempted.failure) {
      attempted.answer = std::move(answer);
      keep_idle(std::move(wire));
      return attempted;
    }
    if (attempted.failure->own || attempted.failure->answered || attempted.failure->trouble == Trouble::slow) {
      return attempted;
    }
    attempted.failure.reset();
  }
  auto wire = Wire::connect(address, allowed_.certificates, request.limits, stop, attempted.failure);
  if (wire == nullptr) return attempted;
  Answer answer = wire->exchange(request, stop, attempted.failure);
  if (attempted.failure) return attempted;
  attempted.answer = std::move(answer);
  keep_idle(std::move(wire));
  return attempted;
}

Result<Answer> Client::ask(const Address& address, const Request& request, const std::stop_token& stop) {
  ZH_CHECK(check_allowed(allowed_, address));
  for (const Header& each : request.headers) ZH_CHECK(check_header(each));
  const auto begun = Clock::now();
  for (int number = 1;; ++number) {
    if (stop.stop_requested()) return cancelled();
    Attempted attempted = attempt(address, request, stop);
    Attempt tried{.number = number,
                  .repeatable = request.repeatable,
                  .spent = std::chrono::duration_cast<milliseconds>(Clock::now() - begun)};
    if (attempted.answer) {
      const auto trouble = trouble_of(attempted.answer->status);
      if (!trouble) return *std::move(attempted.answer);
      tried.trouble = *trouble;
      tried.asked = retry_after(*attempted.answer);
    } else {
      if (attempted.failure->own) return std::move(attempted.failure->error);
      tried.trouble = attempted.failure->trouble;
    }
    const auto wait = pause_before_next(rule_, tried, chance());
    if (wait) {
      ZH_CHECK(pause(*wait, stop));
      continue;
    }
    if (attempted.answer) return *std::move(attempted.answer);
    return std::move(attempted.failure->error);
  }
}

Error answer_problem(const Address& address, const Answer& answer) {
  const std::string said = utf8::shortened(utf8::sanitized(answer.body), kQuoted);
  const std::string to = utf8::shortened(utf8::sanitized(header(answer.headers, "Location")), kQuoted);
  if (answer.status >= 300 && answer.status < 400 && !to.empty()) {
    return error(ErrorCode::unavailable,
                 {.zh = fmt::format("{} 要求改到 {}；不跟随跳转，请把设置改为正确的地址", address.authority(), to),
                  .en = fmt::format("{} redirects to {}; redirects are not followed, set the right address",
                                    address.authority(), to)});
  }
  return error(
      code_of(answer.status),
      {.zh = fmt::format("{} 答复 {}{}", address.authority(), answer.status, said.empty() ? "" : "：" + said),
       .en = fmt::format("{} answered {}{}", address.authority(), answer.status, said.empty() ? "" : ": " + said)});
}

}  // namespace zh::outbound
