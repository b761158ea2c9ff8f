// Result<T>: a value or the Error that prevented it. Expected failures travel in it; exceptions do not leave the
// foundation that calls a throwing library; assert is for bugs.
//
//   Result<Date> parse_date(std::string_view);
//   ZH_TRY(const Date day, parse_date(cell));      // returns the Error to our caller
//   ZH_CHECK(store.save(day));                     // the same for Result<void>
#pragma once

#include <cassert>
#include <optional>
#include <type_traits>
#include <utility>
#include <variant>

#include "base/error.h"

namespace zh {

template <class T>
class [[nodiscard]] Result {
 public:
  using Value = T;

  // NOLINTNEXTLINE(google-explicit-constructor): `return value;` and `return error(…);` are how a Result is made.
  Result(T value) : state_(std::in_place_index<0>, std::move(value)) {}
  Result(Error error) : state_(std::in_place_index<1>, std::move(error)) {}

  bool ok() const { return state_.index() == 0; }
  explicit operator bool() const { return ok(); }

  // Require ok().
  T& value() & {
    assert(ok());
    return *std::get_if<0>(&state_);
  }
  const T& value() const& {
    assert(ok());
    return *std::get_if<0>(&state_);
  }
  T&& value() && {
    assert(ok());
    return std::move(*std::get_if<0>(&state_));
  }
  T& operator*() & { return value(); }
  const T& operator*() const& { return value(); }
  T&& operator*() && { return std::move(*this).value(); }
  T* operator->() { return &value(); }
  const T* operator->() const { return &value(); }

  // Require !ok().
  const Error& error() const& {
    assert(!ok());
    return *std::get_if<1>(&state_);
  }
  Error& error() & {
    assert(!ok());
    return *std::get_if<1>(&state_);
  }
  Error&& error() && {
    assert(!ok());
    return std::move(*std::get_if<1>(&state_));
  }

  T value_or(const T& other) const { return ok() ? value() : other; }

 private:
  std::variant<T, Error> state_;
};

template <>
class [[nodiscard]] Result<void> {
 public:
  using Value = void;

  Result() = default;
  Result(Error error) : error_(std::move(error)) {}

  bool ok() const { return !error_.has_value(); }
  explicit operator bool() const { return ok(); }
  void value() const { assert(ok()); }
  const Error& error() const& {
    assert(!ok());
    return *error_;
  }
  Error& error() & {
    assert(!ok());
    return *error_;
  }
  Error&& error() && {
    assert(!ok());
    return std::move(*error_);
  }

 private:
  std::optional<Error> error_;
};

using Status = Result<void>;

}  // namespace zh

#define ZH_JOIN_TOKENS(a, b) a##b
#define ZH_JOIN(a, b) ZH_JOIN_TOKENS(a, b)
#define ZH_TRY_INTO(result, declaration, expression)  \
  auto result = (expression);                         \
  if (!result.ok()) return std::move(result).error(); \
  declaration = std::move(result).value()
#define ZH_TRY(declaration, ...) ZH_TRY_INTO(ZH_JOIN(zh_result_, __LINE__), declaration, (__VA_ARGS__))
#define ZH_CHECK(...)                                                                          \
  if (auto ZH_JOIN(zh_status_, __LINE__) = (__VA_ARGS__); !ZH_JOIN(zh_status_, __LINE__).ok()) \
  return std::move(ZH_JOIN(zh_status_, __LINE__)).error()
