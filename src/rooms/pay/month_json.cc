#include "rooms/pay/month_json.h"

namespace zh::pay {

namespace {

using appraisal::CutOff;
using appraisal::KeyPart;

constexpr int kSignificantDigits = 20;

json::Value text_of(const Fraction& number) { return number.significant(kSignificantDigits).to_string(); }
json::Value text_of(const Decimal& number) { return text_of(Fraction(number)); }

json::Value item_json(const appraisal::ItemScore& item) {
  return json::Object{{"id", item.id},
                      {"score", item.score ? text_of(*item.score) : json::Value()},
                      {"weight", text_of(item.weight)},
                      {"applied", item.applied()},
                      {"clause", item.clause}};
}

json::Value scorecard_json(const std::optional<appraisal::Scorecard>& scorecard) {
  if (!scorecard) return {};
  json::Array items;
  for (const appraisal::ItemScore& item : scorecard->items) items.push_back(item_json(item));
  return json::Object{{"items", std::move(items)},
                      {"bonus", text_of(scorecard->bonus)},
                      {"deduction", text_of(scorecard->deduction)},
                      {"total", scorecard->total ? json::Value(scorecard->total->to_string()) : json::Value()}};
}

json::Value excellent_json(const std::optional<appraisal::Excellent>& excellent) {
  if (!excellent) return {};
  json::Array reasons;
  for (const std::string& reason : excellent->reasons) reasons.emplace_back(reason);
  return json::Object{{"eligible", excellent->eligible}, {"reasons", std::move(reasons)}};
}

json::Value line_json(const PayLine& line) {
  json::Object object{{"id", line.id}, {"amount", line.amount.to_string()}};
  if (line.period) {
    object.push_back({"period", line.period->to_string()});
  } else {
    object.push_back({"clause", line.clause});
  }
  return object;
}

json::Value pay_json(const std::optional<Payslip>& slip) {
  if (!slip) return {};
  json::Array lines;
  for (const PayLine& line : slip->lines) lines.push_back(line_json(line));
  return json::Object{{"lines", std::move(lines)}, {"total", slip->total.to_string()}};
}

Error wrong_shape(std::string_view what) {
  return error(ErrorCode::corrupt, {.zh = fmt::format("已存的结果不是应有的形状：{}", what),
                                    .en = fmt::format("a stored result does not have the shape it should: {}", what)});
}

// The text member of that name; fails (corrupt) where there is none.
Result<std::string> text_at(const json::Value& object, std::string_view name) {
  const json::Value* const member = object.find(name);
  const std::string* const text = member == nullptr ? nullptr : member->text();
  if (text == nullptr) return wrong_shape(name);
  return *text;
}

Result<PayLine> line_from(const json::Value& object) {
  PayLine line;
  ZH_TRY(line.id, text_at(object, "id"));
  ZH_TRY(const std::string amount, text_at(object, "amount"));
  ZH_TRY(line.amount, parse_yuan(amount));
  if (object.find("period") != nullptr) {
    ZH_TRY(const std::string period, text_at(object, "period"));
    ZH_TRY(line.period, Month::parse(period));
  } else {
    ZH_TRY(line.clause, text_at(object, "clause"));
  }
  return line;
}

// Exact, and with its type: {"number": "183/2"}, {"number": null}, {"date": "2019-01-10"}, {"text": "1001"}.
json::Value part_json(const KeyPart& part) {
  if (const auto* const number = std::get_if<std::optional<Fraction>>(&part)) {
    return json::Object{{"number", number->has_value() ? json::Value((*number)->to_string()) : json::Value()}};
  }
  if (const Date* const day = std::get_if<Date>(&part)) return json::Object{{"date", day->to_string()}};
  return json::Object{{"text", std::get<std::string>(part)}};
}

Result<KeyPart> part_from(const json::Value& object) {
  if (const json::Value* const number = object.find("number")) {
    if (number->is_null()) return KeyPart(std::optional<Fraction>());
    ZH_TRY(const std::string text, text_at(object, "number"));
    ZH_TRY(Fraction value, Fraction::parse(text));
    return KeyPart(std::optional(std::move(value)));
  }
  if (object.find("date") != nullptr) {
    ZH_TRY(const std::string text, text_at(object, "date"));
    ZH_TRY(const Date day, Date::parse(text));
    return KeyPart(day);
  }
  ZH_TRY(std::string text, text_at(object, "text"));
  return KeyPart(std::move(text));
}

Result<CutOff> cut_off_from(const json::Value& object) {
  CutOff cut_off;
  ZH_TRY(cut_off.position, text_at(object, "position"));
  const json::Value* const star = object.find("star");
  const auto number = star == nullptr ? std::nullopt : star->integer();
  const json::Value* const key = object.find("key");
  if (!number || key == nullptr || key->array() == nullptr) return wrong_shape("cut_offs");
  cut_off.star = static_cast<int>(*number);
  for (const json::Value& part : *key->array()) {
    ZH_TRY(KeyPart parsed, part_from(part));
    cut_off.last_holder.parts.push_back(std::move(parsed));
  }
  return cut_off;
}

}  // namespace

json::Value person_json(const PersonResult& person) {
  const appraisal::Sheet& sheet = person.sheet;
  return json::Object{{"staff_no", sheet.staff_no},
                      {"position", person.position},
                      {"on_probation", person.on_probation},
                      {"scorecard", scorecard_json(sheet.scorecard)},
                      {"rated", sheet.rated},
                      {"rank", sheet.rank ? json::Value(*sheet.rank) : json::Value()},
                      {"star", sheet.star},
                      {"excellent", excellent_json(sheet.excellent)},
                      {"pay", pay_json(person.pay)}};
}

json::Value month_json(const MonthHead& head, json::Array people) {
  return json::Object{{"period", head.period.to_string()},
                      {"pack", head.pack},
                      {"pack_version", head.pack_version.hex()},
                      {"status", head.closed ? "closed" : "draft"},
                      {"people", std::move(people)}};
}

Result<std::optional<Payslip>> payslip_from(const json::Value& person) {
  const json::Value* const pay = person.find("pay");
  if (pay == nullptr) return wrong_shape("pay");
  if (pay->is_null()) return std::optional<Payslip>();
  const json::Value* const lines = pay->find("lines");
  if (lines == nullptr || lines->array() == nullptr) return wrong_shape("pay.lines");
  Payslip slip;
  for (const json::Value& object : *lines->array()) {
    ZH_TRY(PayLine line, line_from(object));
    slip.lines.push_back(std::move(line));
  }
  ZH_TRY(const std::string total, text_at(*pay, "total"));
  ZH_TRY(slip.total, parse_yuan(total));
  return std::optional(std::move(slip));
}

json::Value cut_offs_json(const std::vector<CutOff>& cut_offs) {
  json::Array list;
  for (const CutOff& cut_off : cut_offs) {
    json::Array key;
    for (const KeyPart& part : cut_off.last_holder.parts) key.push_back(part_json(part));
    list.push_back(json::Object{{"position", cut_off.position}, {"star", cut_off.star}, {"key", std::move(key)}});
  }
  return list;
}

Result<std::vector<CutOff>> cut_offs_from(const json::Value& document) {
  if (document.array() == nullptr) return wrong_shape("cut_offs");
  std::vector<CutOff> cut_offs;
  for (const json::Value& object : *document.array()) {
    ZH_TRY(CutOff cut_off, cut_off_from(object));
    cut_offs.push_back(std::move(cut_off));
  }
  return cut_offs;
}

}  // namespace zh::pay
