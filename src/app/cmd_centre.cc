// zhiheng centre show --data DIR · zhiheng centre set NAME VALUE --data DIR [--from D]
// zhiheng centre product QUEUE PRODUCT --data DIR [--from D]
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>

#include "app/centre.h"
#include "app/commands.h"
#include "app/options.h"
#include "base/json.h"
#include "rooms/contacts/queue_products.h"
#include "rooms/people/settings.h"

namespace zh::app {

namespace {

struct CentreOptions {
  std::string data;
  std::string name;
  std::string value;
  std::string from;
};

json::Value from_json(Date effective_from) {
  if (effective_from == people::kAlways) return {};
  return effective_from.to_string();
}

std::string shown(const Session& session, const std::vector<contacts::QueueProduct>& products) {
  if (products.empty()) return {};
  std::string out = session.say({.zh = "队列所属产品\n", .en = "products of queues\n"});
  for (const auto& each : products) {
    const bool always = each.effective_from == people::kAlways;
    out += fmt::format("  {}{} → {}\n", always ? "" : each.effective_from.to_string() + "  ", each.queue, each.product);
  }
  return out;
}

std::string shown(const Session& session, const std::vector<people::Setting>& settings) {
  std::string out;
  for (const auto& spec : people::setting_specs()) {
    out += fmt::format("{}  ({})\n", spec.name, session.say(spec.label));
    bool any = false;
    for (const auto& setting : settings) {
      if (setting.name != spec.name) continue;
      any = true;
      out += spec.dated ? fmt::format("  {}  {}\n", setting.effective_from.to_string(), setting.value)
                        : fmt::format("  {}\n", setting.value);
    }
    if (!any) out += session.say({.zh = "  未设置\n", .en = "  not set\n"});
  }
  return out;
}

std::string setting_names() {
  std::string names;
  for (const auto& spec : people::setting_specs()) names += (names.empty() ? "" : ", ") + std::string(spec.name);
  return names;
}

Status show(Session& session, const CentreOptions& options) {
  ZH_TRY(const Centre centre, open_centre(options.data));
  ZH_TRY(auto tx, centre.database->read());
  ZH_TRY(const auto settings, people::all_settings(tx));
  ZH_TRY(const auto products, contacts::stated_queue_products(tx));
  if (!session.json) {
    session.print(shown(session, settings) + shown(session, products));
    return {};
  }
  json::Array list;
  for (const auto& setting : settings) {
    list.push_back(
        json::Object{{"name", setting.name}, {"from", from_json(setting.effective_from)}, {"value", setting.value}});
  }
  json::Array queues;
  for (const auto& each : products) {
    queues.push_back(
        json::Object{{"queue", each.queue}, {"from", from_json(each.effective_from)}, {"product", each.product}});
  }
  session.print(json::pretty(json::Object{
      {"zone", centre.zone.name()}, {"settings", std::move(list)}, {"queue_products", std::move(queues)}}));
  return {};
}

Status set(Session& session, const CentreOptions& options) {
  ZH_TRY(const Centre centre, open_centre(options.data));
  people::NewSetting setting{
      .name = options.name, .value = options.value, .effective_from = {}, .actor = centre.actor, .at = system_now()};
  if (!options.from.empty()) {
    ZH_TRY(setting.effective_from, Date::parse(options.from));
  }
  ZH_TRY(auto tx, centre.database->write());
  ZH_CHECK(people::set_setting(tx, setting));
  ZH_CHECK(tx.commit());
  return show(session, options);
}

Status set_product(Session& session, const CentreOptions& options) {
  ZH_TRY(const Centre centre, open_centre(options.data));
  contacts::QueueProduct product{.queue = options.name, .effective_from = people::kAlways, .product = options.value};
  if (!options.from.empty()) {
    ZH_TRY(product.effective_from, Date::parse(options.from));
  }
  ZH_TRY(auto tx, centre.database->write());
  ZH_CHECK(contacts::state_queue_products(tx, {product}, centre.actor, system_now()));
  ZH_CHECK(tx.commit());
  return show(session, options);
}

}  // namespace

void add_centre(CLI::App& program, Session& session) {
  auto& command = *program.add_subcommand(
      "centre", session.say({.zh = "中心设置：时区、法域、当地最低工资",
                             .en = "centre settings: time zone, jurisdiction, local minimum wage"}));
  command.require_subcommand(1);
  const auto options = std::make_shared<CentreOptions>();
  const auto with_data = [&](CLI::App& part) { add_data_option(part, session, options->data); };

  auto& shows =
      with_common_options(*command.add_subcommand("show", session.say({.zh = "显示", .en = "show them"})), session);
  with_data(shows);
  shows.callback([&session, options] { session.end(show(session, *options)); });

  auto& sets = with_common_options(
      *command.add_subcommand("set", session.say({.zh = "设置，自某日起", .en = "set one, from a day on"})), session);
  with_data(sets);
  sets.add_option("NAME", options->name, setting_names())->required();
  sets.add_option("VALUE", options->value, session.say({.zh = "值", .en = "the value"}))->required();
  sets.add_option("--from", options->from,
                  session.say({.zh = "生效日期 YYYY-MM-DD", .en = "the day from which it holds, YYYY-MM-DD"}));
  sets.callback([&session, options] { session.end(set(session, *options)); });

  auto& states = with_common_options(
      *command.add_subcommand("product", session.say({.zh = "队列属于哪个产品，自某日起；未说明的队列自成一个产品",
                                                      .en = "which product a queue serves, from a day on; a queue "
                                                            "without one is a product of its own"})),
      session);
  with_data(states);
  states.add_option("QUEUE", options->name, session.say({.zh = "队列", .en = "the queue"}))->required();
  states.add_option("PRODUCT", options->value, session.say({.zh = "产品", .en = "the product"}))->required();
  states.add_option("--from", options->from,
                    session.say({.zh = "生效日期 YYYY-MM-DD；不写则一向如此",
                                 .en = "the day from which it holds, YYYY-MM-DD; left out, since ever"}));
  states.callback([&session, options] { session.end(set_product(session, *options)); });
}

}  // namespace zh::app
