#include "rooms/contacts/api/contact_path.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "rooms/contacts/api/listing_store.h"
#include "rooms/contacts/api/view.h"

namespace zh::contacts::api {

using http::Role;
using http::Scope;

http::Access listeners(Secrecy secrecy) {
  return http::allow({{Role::agent, Scope::self},
                      {Role::shift_leader, Scope::group},
                      {Role::inspector, Scope::centre},
                      {Role::qa_supervisor, Scope::centre},
                      {Role::trainer, Scope::centre},
                      {Role::manager, Scope::centre}},
                     secrecy);
}

std::string id_of(const Contact& contact) {
  return http::base64url(fmt::format("{}:{}", contact.number, contact.call));
}

Error no_such_contact() {
  return error(ErrorCode::not_found, {.zh = "没有这条联络", .en = "there is no such contact"});
}

Result<std::optional<Contact>> contact_with_id(db::Transaction& tx, std::string_view id) {
  const auto text = http::parse_base64url(id);
  if (!text.ok()) return std::optional<Contact>();
  const std::size_t colon = text->find(':');
  int number = 0;
  const auto [end, problem] = std::from_chars(text->data(), text->data() + std::min(colon, text->size()), number);
  if (colon == std::string::npos || problem != std::errc() || end != text->data() + colon) {
    return std::optional<Contact>();
  }
  return store::contact(tx, std::string_view(*text).substr(colon + 1), number);
}

Result<Contact> contact_of_path(const http::Call& call, db::Transaction& tx, const Centre& centre) {
  ZH_TRY(auto contact, contact_with_id(tx, call.path_text("id")));
  if (!contact || !within(call.reach, *contact, centre)) return no_such_contact();
  return *std::move(contact);
}

}  // namespace zh::contacts::api
