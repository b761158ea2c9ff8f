#include "vault/signature.h"

#include <fmt/format.h>
#include <sodium.h>

#include <algorithm>

#include "base/calendar.h"
#include "outbound/address.h"

namespace zh::vault {

namespace {

constexpr std::string_view kAlgorithm = "AWS4-HMAC-SHA256";

const unsigned char* bytes_of(std::string_view text) { return reinterpret_cast<const unsigned char*>(text.data()); }

std::string hmac(std::string_view key, std::string_view text) {
  crypto_auth_hmacsha256_state state;
  crypto_auth_hmacsha256_init(&state, bytes_of(key), key.size());
  crypto_auth_hmacsha256_update(&state, bytes_of(text), text.size());
  std::string digest(crypto_auth_hmacsha256_BYTES, '\0');
  crypto_auth_hmacsha256_final(&state, reinterpret_cast<unsigned char*>(digest.data()));
  return digest;
}

std::string hex_of(std::string_view bytes) {
  std::string text;
  for (const char byte : bytes) text += fmt::format("{:02x}", static_cast<unsigned char>(byte));
  return text;
}

std::string lower(std::string_view text) {
  std::string out(text);
  std::ranges::transform(out, out.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
  return out;
}

// Without spaces at the ends, and with one where there are several.
std::string trimmed(std::string_view value) {
  std::string out;
  for (const char c : value) {
    if (c != ' ' || (!out.empty() && out.back() != ' ')) out += c;
  }
  if (out.ends_with(' ')) out.pop_back();
  return out;
}

outbound::Headers canonical_headers(const outbound::Headers& headers) {
  outbound::Headers sorted;
  for (const outbound::Header& each : headers) sorted.push_back({lower(each.name), trimmed(each.value)});
  std::ranges::sort(sorted, {}, &outbound::Header::name);
  return sorted;
}

std::string signed_headers(const outbound::Headers& canonical) {
  std::string names;
  for (const outbound::Header& each : canonical) names += (names.empty() ? "" : ";") + each.name;
  return names;
}

std::string scope_of(std::string_view region, Instant at) {
  return fmt::format("{}/{}/s3/aws4_request", signing_time(at).substr(0, 8), region);
}

}  // namespace

std::string signing_time(Instant at) {
  constexpr std::size_t kToTheSecond = 19;  // of "2013-05-24T00:00:00+00:00"
  std::string text = Zone::utc().format(at).substr(0, kToTheSecond);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text + "Z";
}

std::string canonical_query(std::vector<Parameter> query) {
  for (Parameter& each : query) each = {outbound::percent_encoded(each.name), outbound::percent_encoded(each.value)};
  std::ranges::sort(query, [](const Parameter& a, const Parameter& b) {
    return std::tie(a.name, a.value) < std::tie(b.name, b.value);
  });
  std::string text;
  for (const Parameter& each : query) text += (text.empty() ? "" : "&") + each.name + "=" + each.value;
  return text;
}

std::string canonical_request(const ToSign& request) {
  const outbound::Headers headers = canonical_headers(request.headers);
  std::string text = fmt::format("{}\n{}\n{}\n", request.method, request.path, canonical_query(request.query));
  for (const outbound::Header& each : headers) text += each.name + ":" + each.value + "\n";
  return text + "\n" + signed_headers(headers) + "\n" + request.payload.hex();
}

std::string string_to_sign(const ToSign& request, std::string_view region, Instant at) {
  return fmt::format("{}\n{}\n{}\n{}", kAlgorithm, signing_time(at), scope_of(region, at),
                     sha256(canonical_request(request)).hex());
}

std::string authorization(const ToSign& request, const Credentials& credentials, std::string_view region, Instant at) {
  std::string key = "AWS4" + credentials.secret_key;
  for (const std::string& part :
       {signing_time(at).substr(0, 8), std::string(region), std::string("s3"), std::string("aws4_request")}) {
    key = hmac(key, part);
  }
  return fmt::format("{} Credential={}/{},SignedHeaders={},Signature={}", kAlgorithm, credentials.access_key,
                     scope_of(region, at), signed_headers(canonical_headers(request.headers)),
                     hex_of(hmac(key, string_to_sign(request, region, at))));
}

}  // namespace zh::vault
