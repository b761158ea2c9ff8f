// Which product a queue serves. One queue is one product unless a map says otherwise (FORMATS.md, "queue-log, cdr,
// csv"). Asked when figures are computed, by the day, like the members' holders: what is stated later takes effect at
// once.
//
//   products:                 # a map for import queue-log and cdr; queue: product
//     sales: broadband
//     "8002": broadband
//   from: 2026-11-01          # the day from which they hold; left out, since ever
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/calendar.h"
#include "base/result.h"
#include "db/db.h"

namespace zh::contacts {

struct QueueProduct {
  std::string queue;
  Date effective_from;  // people::kAlways: since ever
  std::string product;
  friend bool operator==(const QueueProduct&, const QueueProduct&) = default;
};

class QueueProducts {
 public:
  QueueProducts() = default;
  explicit QueueProducts(std::vector<QueueProduct> stated);

  // The queue itself where nothing is stated for the day. Refers into this object or to `queue`.
  const std::string& product_of(const std::string& queue, Date day) const;
  // Whether a product is stated for the queue on any day.
  bool knows(std::string_view queue) const { return products_.find(queue) != products_.end(); }

 private:
  std::map<std::string, std::map<Date, std::string>, std::less<>> products_;
};

// Fails (invalid) with the place of the mistake: no UTF-8, unknown key, a name that is empty, no date.
Result<std::vector<QueueProduct>> parse_queue_products(std::string_view yaml, const std::string& file);

// All that is stated, by queue, then day; and the same to ask.
Result<std::vector<QueueProduct>> stated_queue_products(db::Transaction& tx);
Result<QueueProducts> load_queue_products(db::Transaction& tx);
// States these products, replacing what was stated for the same queue and day, with one audit entry for what changed.
Status state_queue_products(db::Transaction& tx, const std::vector<QueueProduct>& products, const std::string& actor,
                            Instant at);

}  // namespace zh::contacts
