#include "rooms/contacts/api/overview.h"

#include <charconv>
#include <map>

namespace zh::contacts::api {

namespace {

// A figure as JSON shows it: six decimals.
std::optional<double> shown(const std::optional<Fraction>& figure) {
  if (!figure) return std::nullopt;
  const std::string text = figure->round(6, Rounding::half_even).to_string();
  double number = 0;
  std::from_chars(text.data(), text.data() + text.size(), number);
  return number;
}

void fill(SumsRow& row, const Sums& sums) {
  row.offered = sums.offered;
  row.answered = sums.answered;
  row.abandoned = sums.abandoned;
  row.timeout = sums.timeout;
  row.exit_key = sums.exit_key;
  row.service_level_10s = shown(sums.service_level_10s());
  row.wait_mean_s = shown(sums.wait_mean_s());
  row.aht_s = shown(sums.aht_s());
}

}  // namespace

OverviewRow overview_of(const std::vector<store::HourOfQueue>& hours, const QueueProducts& products) {
  Sums total;
  std::map<Date, Sums> by_day;
  std::map<std::pair<Date, int>, Sums> by_hour;
  std::map<std::string_view, Sums> by_queue;
  std::map<std::string_view, Sums> by_product;
  for (const auto& hour : hours) {
    total += hour.sums;
    by_day[hour.day] += hour.sums;
    by_hour[{hour.day, hour.hour}] += hour.sums;
    by_queue[hour.queue.empty() ? hour.product : hour.queue] += hour.sums;
    by_product[hour.product.empty() ? products.product_of(hour.queue, hour.day) : hour.product] += hour.sums;
  }
  OverviewRow overview;
  fill(overview.total, total);
  for (const auto& [day, sums] : by_day) {
    fill(overview.days.emplace_back(), sums);
    overview.days.back().day = day;
  }
  for (const auto& [key, sums] : by_hour) {
    overview.hours.push_back({.day = key.first,
                              .hour = key.second,
                              .offered = sums.offered,
                              .answered = sums.answered,
                              .abandoned = sums.abandoned,
                              .aht_s = shown(sums.aht_s())});
  }
  for (const auto& [queue, sums] : by_queue) {
    fill(overview.queues.emplace_back(), sums);
    overview.queues.back().queue = queue;
  }
  for (const auto& [product, sums] : by_product) {
    fill(overview.products.emplace_back(), sums);
    overview.products.back().product = product;
  }
  return overview;
}

}  // namespace zh::contacts::api
