#include "http/proxy.h"

#include <arpa/inet.h>

#include <algorithm>
#include <charconv>

#include "base/csv.h"

namespace zh::http {

namespace {

constexpr int kMappedBits = 96;  // of ::ffff:0:0/96, where IPv4 lies
constexpr std::size_t kHopsMax = 32;

std::optional<int> parse_bits(std::string_view digits, int most) {
  int bits = -1;
  const auto [end, failure] = std::from_chars(digits.data(), digits.data() + digits.size(), bits);
  const bool whole = failure == std::errc() && end == digits.data() + digits.size();
  return whole && bits >= 0 && bits <= most ? std::optional(bits) : std::nullopt;
}

}  // namespace

std::optional<AddressBytes> parse_address(std::string_view text) {
  const std::string copy(text.substr(0, text.find('%')));  // without the interface of a link-local address
  AddressBytes bytes{};
  if (::inet_pton(AF_INET6, copy.c_str(), bytes.data()) == 1) return bytes;
  bytes[10] = bytes[11] = 0xff;
  if (::inet_pton(AF_INET, copy.c_str(), bytes.data() + 12) == 1) return bytes;
  return std::nullopt;
}

bool is_loopback(const AddressBytes& address) {
  AddressBytes six{};
  six[15] = 1;
  if (address == six) return true;
  AddressBytes mapped{};
  mapped[10] = mapped[11] = 0xff;
  return std::equal(address.begin(), address.begin() + 12, mapped.begin()) && address[12] == 127;
}

Result<TrustedProxies> TrustedProxies::parse(std::span<const std::string> networks) {
  TrustedProxies result;
  for (const auto& network : networks) {
    const std::string_view text = network;
    const auto slash = text.find('/');
    const auto address = parse_address(text.substr(0, slash));
    const bool four = text.find(':') == std::string_view::npos;
    std::optional<int> bits = four ? 32 : 128;
    if (slash != std::string_view::npos) bits = parse_bits(text.substr(slash + 1), *bits);
    if (!address || !bits) {
      return invalid({.zh = "“" + network + "”不是地址或网段，例如 10.0.0.0/8",
                      .en = "“" + network + "” is no address or network; write for example 10.0.0.0/8"});
    }
    result.networks_.push_back({*address, four ? kMappedBits + *bits : *bits});
  }
  return result;
}

bool TrustedProxies::trusts(std::string_view address) const {
  const auto bytes = parse_address(address);
  if (!bytes) return false;
  return std::ranges::any_of(networks_, [&](const Network& network) {
    const auto whole = static_cast<std::size_t>(network.bits / 8);
    if (!std::equal(bytes->begin(), bytes->begin() + static_cast<std::ptrdiff_t>(whole), network.address.begin())) {
      return false;
    }
    const int rest = network.bits % 8;
    if (rest == 0) return true;
    const int mask = (0xff << (8 - rest)) & 0xff;
    return ((*bytes)[whole] & mask) == (network.address[whole] & mask);
  });
}

Origin origin_of(const TrustedProxies& proxies, std::string_view peer, bool tls, const Headers& headers) {
  const auto bytes = parse_address(peer);
  const std::string_view forwarded = headers.get("X-Forwarded-For");
  const bool direct = forwarded.empty() && headers.find("Forwarded") == nullptr;
  Origin origin{.client = std::string(peer), .secure = tls, .local = direct && bytes && is_loopback(*bytes)};
  if (!proxies.trusts(peer)) return origin;
  if (headers.get("X-Forwarded-Proto") == "https") origin.secure = true;
  // From the right, the first host that is no proxy of ours; what stands left of it the client may have made up.
  std::string_view rest = forwarded;
  for (std::size_t hop = 0; hop < kHopsMax && !rest.empty(); ++hop) {
    const auto comma = rest.rfind(',');
    const std::string_view host = trimmed(comma == std::string_view::npos ? rest : rest.substr(comma + 1));
    if (!parse_address(host)) return origin;
    origin.client = host;
    if (!proxies.trusts(host) || comma == std::string_view::npos) return origin;
    rest = rest.substr(0, comma);
  }
  return origin;
}

}  // namespace zh::http
