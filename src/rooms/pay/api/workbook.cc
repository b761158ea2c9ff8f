// The month's workbook, on src/workbook.
#include "rooms/pay/api/workbook.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "rooms/people/people.h"
#include "workbook/workbook.h"

namespace zh::pay::api {

namespace {

using workbook::Chart;
using workbook::Sheet;
using workbook::Style;

// A figure of the desk as a number; nothing where there is none.
std::optional<Decimal> decimal_of(const std::optional<std::string>& text) {
  if (!text) return std::nullopt;
  auto parsed = Decimal::parse(*text);
  if (!parsed.ok()) return std::nullopt;
  return *parsed;
}

class Book {
 public:
  explicit Book(const Export& order)
      : order_(order),
        book_({.title = title_of(order),
               .by = order.by,
               .at = order.at,
               .zone = order.zone,
               .language = order.language}) {
    for (const PersonRow& person : order_.view.people) {
      if (order_.sight.sees(person)) people_.push_back(order_.sight.cut(person));
    }
    std::ranges::stable_sort(people_, [](const PersonRow& a, const PersonRow& b) {
      constexpr int kLast = 1 << 30;
      return a.rank.value_or(kLast) < b.rank.value_or(kLast);
    });
  }

  Result<std::string> write() {
    write_month();
    write_stars();
    write_distribution();
    if (!pay_line_ids(order_.view, order_.sight).empty()) write_pay();
    return book_.finish();
  }

 private:
  const std::string& say(const Text& text) const { return text.in(order_.language); }
  std::string said(const LabelJson& label) const { return order_.language == Language::zh ? label.zh : label.en; }

  static std::string title_of(const Export& order) {
    const std::string period = order.view.head.period.to_string();
    const Text closed{.zh = period + " 考核结果", .en = "Appraisal of " + period};
    const Text draft{.zh = period + " 考核结果（草稿）", .en = "Appraisal of " + period + " (draft)"};
    return (order.view.head.closed ? closed : draft).in(order.language);
  }

  // Each item of any scorecard, in the order in which people have them first.
  std::vector<std::pair<std::string, std::string>> items() const {
    std::vector<std::pair<std::string, std::string>> items;
    for (const PersonRow& person : people_) {
      if (!person.scorecard) continue;
      for (const ItemRow& item : person.scorecard->items) {
        const auto same = [&](const auto& known) { return known.first == item.id; };
        if (std::ranges::any_of(items, same)) continue;
        items.emplace_back(item.id, item.label ? said(*item.label) : item.id);
      }
    }
    return items;
  }

  void write_scorecard(Sheet& sheet, const PersonRow& person,
                       const std::vector<std::pair<std::string, std::string>>& items) {
    for (const auto& [id, label] : items) {
      std::optional<Decimal> score;
      if (person.scorecard) {
        const auto item = std::ranges::find(person.scorecard->items, id, &ItemRow::id);
        if (item != person.scorecard->items.end()) score = decimal_of(item->score);
      }
      sheet.decimal(score);
    }
    if (!person.scorecard) {
      sheet.skip(3);
      return;
    }
    sheet.decimal(decimal_of(person.scorecard->bonus));
    sheet.decimal(decimal_of(person.scorecard->deduction));
    sheet.decimal(decimal_of(person.scorecard->total));
  }

  void write_month() {
    Sheet sheet = book_.add_sheet(say({.zh = "月度", .en = "Month"}), title_of(order_));
    const auto item_list = items();
    const bool with_pay = std::ranges::any_of(people_, [](const PersonRow& person) { return person.pay.has_value(); });
    std::vector<std::string> head{say({.zh = "名次", .en = "Rank"}), say({.zh = "工号", .en = "Staff no."}),
                                  say({.zh = "姓名", .en = "Name"}), say({.zh = "班组", .en = "Group"}),
                                  say({.zh = "岗位", .en = "Position"})};
    for (const auto& [id, label] : item_list) head.push_back(label);
    for (const Text& text : {Text{.zh = "加分", .en = "Bonus"}, Text{.zh = "扣分", .en = "Deduction"},
                             Text{.zh = "总分", .en = "Total"}, Text{.zh = "星级", .en = "Stars"}}) {
      head.push_back(say(text));
    }
    if (with_pay) head.push_back(say({.zh = "工资（元）", .en = "Pay (yuan)"}));
    const int head_row = sheet.row();
    sheet.head(head);
    for (const PersonRow& person : people_) {
      count_or_skip(sheet, person.rank);
      sheet.text(person.staff_no);
      sheet.text(person.name.value_or(""));
      sheet.text(person.group.value_or(""));
      const auto position = people::parse_position(person.position);
      sheet.text(position.ok() ? say(people::label_of(*position)) : person.position);
      write_scorecard(sheet, person, item_list);
      count_or_skip(sheet, person.rated ? std::optional(person.star) : std::nullopt);
      if (with_pay) {
        sheet.decimal(person.pay ? decimal_of(person.pay->total) : std::nullopt, Style::money);
      }
      sheet.next_row();
    }
    const int columns = static_cast<int>(head.size());
    sheet.freeze(head_row + 1, 3);
    sheet.filter(head_row, columns);
    sheet.width(0, columns - 1, 11);
  }

  static void count_or_skip(Sheet& sheet, std::optional<int> value) {
    if (value) {
      sheet.count(*value);
    } else {
      sheet.skip();
    }
  }

  void write_stars() {
    if (order_.view.quotas.empty()) return;
    const std::string heading = say({.zh = "星级名额与实际", .en = "Quota against actual"});
    Sheet sheet = book_.add_sheet(say({.zh = "星级", .en = "Stars"}), heading);
    sheet.head({say({.zh = "星级", .en = "Stars"}), say({.zh = "名额", .en = "Quota"}),
                say({.zh = "实际", .en = "Actual"}), say({.zh = "比例（%）", .en = "Share (%)"})});
    const int first = sheet.row();
    for (const QuotaRow& quota : order_.view.quotas) {
      const auto actual = std::ranges::count_if(
          order_.view.people, [&](const PersonRow& person) { return person.rated && person.star == quota.star; });
      sheet.text("★" + std::to_string(quota.star));
      sheet.count(quota.heads);
      sheet.count(actual);
      sheet.decimal(decimal_of(quota.share), Style::plain);
      sheet.next_row();
    }
    sheet.chart({.title = heading, .first_row = first, .rows = sheet.row() - first, .columns = {1, 2}});
  }

  void write_distribution() {
    constexpr int kBins = 10;
    constexpr int kWidth = 5;  // points; the lowest bin takes everything below, the highest everything above
    constexpr int kLowest = 55;
    std::array<int, kBins> heads{};
    for (const PersonRow& person : people_) {
      const auto total = person.scorecard ? decimal_of(person.scorecard->total) : std::nullopt;
      if (!total) continue;
      int bin = 0;
      while (bin < kBins - 1 && *total >= Decimal(kLowest + (bin + 1) * kWidth)) ++bin;
      ++heads.at(static_cast<std::size_t>(bin));
    }
    const std::string heading = say({.zh = "总分分布", .en = "Distribution of totals"});
    Sheet sheet = book_.add_sheet(say({.zh = "分布", .en = "Distribution"}), heading);
    sheet.head({say({.zh = "总分", .en = "Total"}), say({.zh = "人数", .en = "People"})});
    const int first = sheet.row();
    for (int bin = 0; bin < kBins; ++bin) {
      const int from = kLowest + bin * kWidth;
      std::string range = fmt::format("{}–{}", from, from + kWidth);
      if (bin == 0) range = fmt::format("< {}", from + kWidth);
      if (bin == kBins - 1) range = fmt::format("≥ {}", from);
      sheet.text(range);
      sheet.count(heads.at(static_cast<std::size_t>(bin)));
      sheet.next_row();
    }
    sheet.chart({.title = heading, .first_row = first, .rows = kBins, .columns = {1}});
  }

  std::string pay_label(std::string_view id) const {
    for (const PersonRow& person : people_) {
      if (!person.pay) continue;
      const auto line = std::ranges::find(person.pay->lines, id, &PayLineRow::id);
      if (line != person.pay->lines.end() && line->label) return said(*line->label);
    }
    return id == "adjustment" ? say({.zh = "调整", .en = "adjustment"}) : std::string(id);
  }

  void write_pay() {
    const auto ids = pay_line_ids(order_.view, order_.sight);
    Sheet sheet = book_.add_sheet(say({.zh = "工资", .en = "Pay"}), title_of(order_));
    std::vector<std::string> head{say({.zh = "工号", .en = "Staff no."}), say({.zh = "姓名", .en = "Name"})};
    for (const auto& id : ids) head.push_back(pay_label(id));
    head.push_back(say({.zh = "合计（元）", .en = "Total (yuan)"}));
    sheet.head(head);
    for (const PersonRow& person : people_) {
      if (!person.pay) continue;
      sheet.text(person.staff_no);
      sheet.text(person.name.value_or(""));
      for (const auto& id : ids) {
        sheet.decimal(decimal_of(sum_of_lines(*person.pay, id).to_string()), Style::money);
      }
      sheet.decimal(decimal_of(person.pay->total), Style::money);
      sheet.next_row();
    }
    sheet.width(0, static_cast<int>(head.size()) - 1, 12);
  }

  const Export& order_;
  workbook::Workbook book_;
  std::vector<PersonRow> people_;  // those who are seen, by rank
};

}  // namespace

Result<std::string> month_workbook(const Export& order) { return Book(order).write(); }

}  // namespace zh::pay::api
