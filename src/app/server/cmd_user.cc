// zhiheng user add|passwd|roles|disable|enable|list: accounts from the command line, by whoever owns the data
// directory.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "app/centre.h"
#include "app/commands.h"
#include "base/json.h"
#include "rooms/people/accounts/accounts.h"

namespace zh::app {

namespace {

struct UserOptions {
  std::string data;
  std::string account;
  std::string staff_no;
  std::vector<std::string> roles;
};

Result<std::vector<http::Grant>> grants_of(const std::vector<std::string>& roles) {
  std::vector<http::Grant> grants;
  for (const auto& role : roles) {
    ZH_TRY(auto grant, people::parse_grant(role));
    grants.push_back(std::move(grant));
  }
  return grants;
}

std::string joined_roles(const people::Account& account) {
  std::string text;
  for (const auto& grant : account.grants) text += (text.empty() ? "" : " ") + people::to_string(grant);
  return text;
}

// Runs a change in a transaction of its own and commits it.
template <class Action>
auto changed(const UserOptions& options, Action action)
    -> decltype(action(std::declval<db::Transaction&>(), std::declval<const people::Acting&>())) {
  ZH_TRY(const Centre centre, open_centre(options.data));
  ZH_TRY(auto tx, centre.database->write());
  auto result = action(tx, people::Acting{.actor = centre.actor, .now = system_now()});
  if (!result.ok()) return result;
  ZH_CHECK(tx.commit());
  return result;
}

void print_password(Session& session, const std::string& account, const std::string& password) {
  if (session.json) {
    session.print(json::compact(json::Object{{"account", account}, {"password", password}}) + "\n");
    return;
  }
  session.note({.zh = "初始密码只显示这一次，首次登录须修改：",
                .en = "The first password is shown once and must be changed at the first sign-in:"});
  session.print(password + "\n");
}

void run_add(Session& session, const UserOptions& options) {
  const auto grants = grants_of(options.roles);
  if (!grants.ok()) return session.fail(grants.error());
  const auto first = people::make_first_password();
  if (!first.ok()) return session.fail(first.error());
  const auto status = changed(options, [&](db::Transaction& tx, const people::Acting& by) {
    return people::create_account(tx, {.name = options.account, .staff_no = options.staff_no, .grants = *grants},
                                  *first, by);
  });
  if (!status.ok()) return session.fail(status.error());
  print_password(session, options.account, first->text);
}

void run_passwd(Session& session, const UserOptions& options) {
  const auto first = people::make_first_password();
  if (!first.ok()) return session.fail(first.error());
  const auto status = changed(options, [&](db::Transaction& tx, const people::Acting& by) {
    return people::reset_password(tx, options.account, *first, by);
  });
  if (!status.ok()) return session.fail(status.error());
  print_password(session, options.account, first->text);
}

void run_roles(Session& session, const UserOptions& options) {
  const auto grants = grants_of(options.roles);
  if (!grants.ok()) return session.fail(grants.error());
  const auto status = changed(options, [&](db::Transaction& tx, const people::Acting& by) {
    return people::set_grants(tx, options.account, *grants, by);
  });
  if (!status.ok()) session.fail(status.error());
}

void run_disabled(Session& session, const UserOptions& options, bool disabled) {
  const auto status = changed(options, [&](db::Transaction& tx, const people::Acting& by) {
    return people::set_disabled(tx, options.account, disabled, by);
  });
  if (!status.ok()) session.fail(status.error());
}

Result<std::vector<people::Account>> all_accounts(const UserOptions& options) {
  ZH_TRY(const Centre centre, open_centre(options.data));
  ZH_TRY(auto tx, centre.database->read());
  std::vector<people::Account> accounts;
  constexpr int kAtOnce = 1000;
  for (;;) {
    ZH_TRY(auto some, people::list_accounts(
                          tx, {.after = accounts.empty() ? "" : accounts.back().name, .limit = kAtOnce}, system_now()));
    const bool last = some.size() < kAtOnce;
    std::move(some.begin(), some.end(), std::back_inserter(accounts));
    if (last) return accounts;
  }
}

void run_list(Session& session, const UserOptions& options) {
  const auto accounts = all_accounts(options);
  if (!accounts.ok()) return session.fail(accounts.error());
  json::Array listed;
  std::string text;
  for (const auto& account : *accounts) {
    listed.push_back(json::Object{{"account", account.name},
                                  {"staff_no", account.staff_no},
                                  {"roles", joined_roles(account)},
                                  {"disabled", account.disabled}});
    text += fmt::format("{:<24} {:<10} {}{}\n", account.name, account.staff_no, joined_roles(account),
                        account.disabled ? session.say({.zh = "（已停用）", .en = " (disabled)"}) : "");
  }
  session.print(session.json ? json::compact(json::Object{{"accounts", std::move(listed)}}) + "\n" : text);
}

CLI::App& subcommand(CLI::App& user, Session& session, UserOptions& options, const char* name, const Text& what) {
  auto& command = with_common_options(*user.add_subcommand(name, session.say(what)), session);
  command.add_option("--data", options.data, session.say({.zh = "数据目录", .en = "the data directory"}))->required();
  return command;
}

void add_account_option(CLI::App& command, Session& session, UserOptions& options) {
  command.add_option("account", options.account, session.say({.zh = "账号", .en = "the account"}))->required();
}

void add_role_option(CLI::App& command, Session& session, UserOptions& options, bool required) {
  auto* const option = command.add_option(
      "--role", options.roles,
      session.say({.zh = "角色:范围，可重复，例如 manager:centre、shift_leader:group:A",
                   .en = "role:scope, repeatable, for instance manager:centre or shift_leader:group:A"}));
  if (required) option->required();
}

}  // namespace

void add_user(CLI::App& program, Session& session) {
  auto& user = *program.add_subcommand("user", session.say({.zh = "登录账号", .en = "accounts that may sign in"}));
  user.require_subcommand(1);
  const auto options = std::make_shared<UserOptions>();

  auto& add = subcommand(user, session, *options, "add", {.zh = "新建账号", .en = "make an account"});
  add_account_option(add, session, *options);
  add.add_option("--staff", options->staff_no, session.say({.zh = "工号", .en = "whose it is: the staff number"}));
  add_role_option(add, session, *options, true);
  add.callback([&session, options] { run_add(session, *options); });

  auto& passwd = subcommand(user, session, *options, "passwd", {.zh = "重置密码", .en = "set a new first password"});
  add_account_option(passwd, session, *options);
  passwd.callback([&session, options] { run_passwd(session, *options); });

  auto& roles = subcommand(user, session, *options, "roles", {.zh = "设置角色", .en = "set the roles"});
  add_account_option(roles, session, *options);
  add_role_option(roles, session, *options, true);
  roles.callback([&session, options] { run_roles(session, *options); });

  auto& disable = subcommand(user, session, *options, "disable", {.zh = "停用账号", .en = "let it sign in no more"});
  add_account_option(disable, session, *options);
  disable.callback([&session, options] { run_disabled(session, *options, true); });

  auto& enable = subcommand(user, session, *options, "enable", {.zh = "启用账号", .en = "let it sign in again"});
  add_account_option(enable, session, *options);
  enable.callback([&session, options] { run_disabled(session, *options, false); });

  auto& list = subcommand(user, session, *options, "list", {.zh = "账号列表", .en = "list the accounts"});
  list.callback([&session, options] { run_list(session, *options); });
}

}  // namespace zh::app
