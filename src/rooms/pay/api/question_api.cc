// The question thread of a sheet.
#include <algorithm>
#include <array>
#include <map>

#include "idempotency/keep.h"
#include "rooms/pay/api/questions.h"
#include "rooms/pay/api/routes.h"

namespace zh::pay::api {

namespace {

using http::Call;

// The names of those who wrote, where their accounts are people's.
using Names = std::map<std::string, std::string, std::less<>>;

MessageRow message_row(const Call& call, const Message& message, const Names& names) {
  MessageRow row{.id = std::to_string(message.number),
                 .by = message.author,
                 .by_subject = message.by_subject,
                 .own = message.author == call.principal.account,
                 .at = message.at,
                 .text = message.text};
  if (!message.item.empty()) row.item = message.item;
  if (const auto name = names.find(message.author); name != names.end() && !name->second.empty()) {
    row.name = name->second;
  }
  return row;
}

// What stands in the scorecard. Whatever else a message is about is pay, also when that line has gone since: it is for
// those who see the pay.
bool is_about_scorecard(const PersonRow& person, std::string_view item) {
  constexpr std::array<std::string_view, 5> kWhole{"", "total", "star", "bonus", "deduction"};
  if (std::ranges::find(kWhole, item) != kWhole.end()) return true;
  return person.scorecard &&
         std::ranges::any_of(person.scorecard->items, [&](const ItemRow& row) { return row.id == item; });
}

bool may_read(const Found& found, std::string_view item) {
  return is_about_scorecard(*found.person, item) || found.sight.sees_pay(*found.person);
}

bool is_known_item(const PersonRow& person, std::string_view item) {
  if (item == "pay" || is_about_scorecard(person, item)) return true;
  return person.pay && std::ranges::any_of(person.pay->lines, [&](const PayLineRow& line) { return line.id == item; });
}

SheetKey key_of(const Found& found) { return {found.view->head.period, found.person->staff_no}; }

Result<MessageList> messages(Call& call, Desk& desk) {
  ZH_TRY(const Found found, find_sheet(call, desk));
  ZH_TRY(auto tx, desk.database().read());
  ZH_TRY(const auto stored, messages_of(tx, key_of(found)));
  ZH_TRY(const Names names, authors_of(tx, key_of(found)));
  MessageList list;
  for (const Message& message : stored) {
    if (may_read(found, message.item)) list.items.push_back(message_row(call, message, names));
  }
  return list;
}

void tell_of_question(Desk& desk, const Found& found) {
  const SheetKey key = key_of(found);
  // What decides who may see it, and no more: events are kept for those who come back.
  PersonRow person;
  person.staff_no = key.staff_no;
  person.group = found.person->group;
  desk.events.publish(
      {.type = "question",
       .data = json::compact(json::Object{{"period", key.period.to_string()}, {"staff_no", key.staff_no}}),
       .allowed = [person = std::move(person)](const http::Principal& principal) {
         return Sight::of(principal).sees(person);
       }});
}

Result<http::Created<MessageRow>> add(Call& call, Desk& desk, const NewMessageJson& body) {
  ZH_TRY(const Found found, find_sheet(call, desk));
  Message message{.number = 0,
                  .item = body.item.value_or(""),
                  .author = call.principal.account,
                  .by_subject = found.sight.is_self(*found.person),
                  .at = call.now,
                  .text = body.text};
  if (!is_known_item(*found.person, message.item) || !may_read(found, message.item)) {
    call.reject("/item", {.zh = "考核表上没有这一项", .en = "the sheet has no such item"});
    return call.refused();
  }
  ZH_TRY(auto tx, desk.database().write());
  ZH_TRY(message.number, add_message(tx, key_of(found), message));
  ZH_TRY(const Names names, authors_of(tx, key_of(found)));
  http::Created<MessageRow> added{message_row(call, message, names), call.request.path};
  ZH_CHECK(idempotency::keep_answer(tx, call, added));
  ZH_CHECK(tx.commit());
  tell_of_question(desk, found);
  return added;
}

Result<ThreadList> threads(Call& call, Desk& desk) {
  const auto month = call.path<Month>("month");
  ZH_TRY(const auto view, desk.views.get(month, call.now));
  const Sight sight = Sight::of(call.principal);
  ZH_TRY(auto tx, desk.database().read());
  ZH_TRY(const auto stored, threads_of(tx, month));
  ThreadList list;
  for (const Thread& thread : stored) {
    const PersonRow* const person = view->person(thread.staff_no);
    if (person == nullptr || !sight.sees(*person)) continue;
    list.items.push_back({.staff_no = thread.staff_no,
                          .name = person->name,
                          .messages = thread.messages,
                          .open = thread.open,
                          .last_at = thread.last_at});
  }
  return list;
}

}  // namespace

void add_question_routes(http::Site& site, const DeskPtr& desk) {
  constexpr std::string_view kThread = "/api/v1/months/{month:month}/sheets/{staff_no}/questions";
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/months/{month:month}/questions",
                     .id = "listThreads",
                     .summary = {.zh = "本月考核表的提问", .en = "The month's question threads"},
                     .tag = "pay",
                     .access = sheet_access()},
                    [desk](Call& call) { return threads(call, *desk); });
  site.router().add({.method = http::Method::get,
                     .path = std::string(kThread),
                     .id = "listMessages",
                     .summary = {.zh = "一张考核表的问答", .en = "The questions and answers of a sheet"},
                     .tag = "pay",
                     .access = sheet_access()},
                    [desk](Call& call) { return messages(call, *desk); });
  site.router().add({.method = http::Method::post,
                     .path = std::string(kThread),
                     .id = "addMessage",
                     .summary = {.zh = "提问或答复", .en = "Ask or answer"},
                     .tag = "pay",
                     .access = sheet_access(),
                     .idempotent_create = true},
                    [desk](Call& call, const http::Body<NewMessageJson>& body) { return add(call, *desk, *body); });
}

}  // namespace zh::pay::api
