// zhiheng rebuild --data DIR
#include <CLI/CLI.hpp>
#include <memory>

#include "app/centre.h"
#include "app/commands.h"
#include "app/inspecting.h"
#include "app/options.h"
#include "rooms/contacts/acoustics/measuring.h"
#include "rooms/contacts/contacts_import.h"
#include "rooms/quality/month/sums.h"

namespace zh::app {

namespace {

Status rebuild(const std::string& data) {
  ZH_TRY(Centre centre, open_centre(data));
  ZH_TRY(db::Transaction tx, centre.database->write());
  ZH_CHECK(contacts::rebuild(tx, centre.zone));
  ZH_CHECK(contacts::queue_measuring(tx, system_now()));
  ZH_CHECK(quality::rebuild_sums(tx, regulation_of(centre)));
  return tx.commit();
}

}  // namespace

void add_rebuild(CLI::App& program, Session& session) {
  auto& command = with_common_options(
      *program.add_subcommand(
          "rebuild",
          session.say({.zh = "由导入的日志和已公布的质检结果重新推导联络、坐席状态和汇总（更改时区之后需要）",
                       .en = "derive contacts, agent states and sums anew from the imported logs and the published "
                             "inspections (needed after a change of the time zone)"})),
      session);
  const auto data = std::make_shared<std::string>();
  add_data_option(command, session, *data);
  command.callback([&session, data] {
    const Status status = rebuild(*data);
    if (!status.ok()) return session.fail(status.error());
    session.print(session.json ? "{\"rebuilt\": true}\n"
                               : session.say({.zh = "已重新推导。\n", .en = "Everything has been derived anew.\n"}));
  });
}

}  // namespace zh::app
