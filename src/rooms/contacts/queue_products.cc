#include "rooms/contacts/queue_products.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/json.h"
#include "ledger/audit.h"
#include "rooms/contacts/contacts_store.h"
#include "rooms/contacts/map_node.h"
#include "rooms/people/settings.h"

namespace zh::contacts {

namespace {

Result<Date> read_from(const MapNode& root) {
  if (!root.has("from")) return people::kAlways;
  const YAML::Node node = root.at("from");
  ZH_TRY(const std::string text, root.text(node));
  auto date = Date::parse(text);
  if (!date.ok()) return invalid(date.error().message, root.place_of(node));
  return *date;
}

Result<std::string> read_name(const MapNode& root, const YAML::Node& node) {
  ZH_TRY(std::string name, root.text(node));
  if (!name.empty()) return name;
  return invalid({.zh = "名称不能为空", .en = "a name cannot be empty"}, root.place_of(node));
}

}  // namespace

QueueProducts::QueueProducts(std::vector<QueueProduct> stated) {
  for (QueueProduct& each : stated) products_[each.queue][each.effective_from] = std::move(each.product);
}

const std::string& QueueProducts::product_of(const std::string& queue, Date day) const {
  const auto found = products_.find(queue);
  if (found == products_.end()) return queue;
  const auto after = found->second.upper_bound(day);
  return after == found->second.begin() ? queue : std::prev(after)->second;
}

Result<std::vector<QueueProduct>> parse_queue_products(std::string_view yaml, const std::string& file) {
  ZH_TRY(const YAML::Node document, load_map(yaml, file));
  const MapNode root(document, file);
  ZH_CHECK(root.check({"products", "from"}));
  if (!root.has("products") || !root.at("products").IsMap()) {
    return invalid(
        {.zh = "需要 products：“队列: 产品”的列表", .en = "products is needed: a list of \"queue: product\""},
        root.has("products") ? root.place_of(root.at("products")) : root.place());
  }
  ZH_TRY(const Date from, read_from(root));
  std::vector<QueueProduct> products;
  std::map<std::string, Place> seen;
  for (const auto& member : root.at("products")) {
    ZH_TRY(const std::string queue, read_name(root, member.first));
    ZH_TRY(const std::string product, read_name(root, member.second));
    const Place place = root.place_of(member.first);
    if (const auto [first, is_new] = seen.try_emplace(queue, place); !is_new) {
      return invalid(
          {.zh = fmt::format("队列“{}”出现了两次，先前在 {}", queue, first->second.to_string()),
           .en = fmt::format("the queue \"{}\" stands twice, first at {}", queue, first->second.to_string())},
          place);
    }
    products.push_back({.queue = queue, .effective_from = from, .product = product});
  }
  return products;
}

Result<std::vector<QueueProduct>> stated_queue_products(db::Transaction& tx) { return store::queue_products(tx); }

Result<QueueProducts> load_queue_products(db::Transaction& tx) {
  ZH_TRY(std::vector<QueueProduct> stated, store::queue_products(tx));
  return QueueProducts(std::move(stated));
}

Status state_queue_products(db::Transaction& tx, const std::vector<QueueProduct>& products, const std::string& actor,
                            Instant at) {
  ZH_TRY(const std::vector<QueueProduct> known, store::queue_products(tx));
  json::Object changed;
  for (const QueueProduct& product : products) {
    if (std::find(known.begin(), known.end(), product) != known.end()) continue;
    ZH_CHECK(store::set_queue_product(tx, product));
    json::Object detail{{"product", product.product}};
    if (product.effective_from != people::kAlways) detail.push_back({"from", product.effective_from.to_string()});
    changed.push_back({product.queue, std::move(detail)});
  }
  if (changed.empty()) return {};
  ZH_CHECK(ledger::append_audit(tx, {.at = at,
                                     .actor = actor,
                                     .action = "set_queue_products",
                                     .object = "queue products",
                                     .detail = std::move(changed)}));
  return {};
}

}  // namespace zh::contacts
