#include "base/money.h"

namespace zh {

std::string Fen::to_string() const { return Decimal::scaled(value, -2).to_string(); }

Result<Fen> parse_yuan(std::string_view text) {
  ZH_TRY(const Decimal yuan, Decimal::parse(text));
  const auto fen = (yuan * Decimal(100)).to_int64();
  constexpr std::int64_t kFenEnd = 100'000'000'000'000'000;
  if (!fen || *fen >= kFenEnd || *fen <= -kFenEnd) {
    const std::string shown(text.substr(0, 60));
    return invalid({.zh = "“" + shown + "”不是金额：元，最多两位小数",
                    .en = "“" + shown + "” is not an amount: yuan with at most two decimals"});
  }
  return Fen{*fen};
}

Fen round_to_fen(const Fraction& yuan, Rounding rounding) {
  const Decimal fen = (yuan * Fraction(100)).round(0, rounding);
  return {fen.to_int64().value_or(0)};
}

}  // namespace zh
