#include "rooms/contacts/api/contact_path.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>

#include "rooms/contacts/api/listing_store.h"
#include "rooms/contacts/api/view.h"
#include "rooms/contacts/transcripts.h"

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

namespace {

// The parts of an id of id_of(); nothing of anything else.
std::optional<ContactName> parsed_id(std::string_view id) {
  const auto text = http::parse_base64url(id);
  if (!text.ok()) return std::nullopt;
  const std::size_t colon = text->find(':');
  ContactName name;
  const auto [end, problem] = std::from_chars(text->data(), text->data() + std::min(colon, text->size()), name.number);
  if (colon == std::string::npos || problem != std::errc() || end != text->data() + colon) return std::nullopt;
  name.call = text->substr(colon + 1);
  return name;
}

}  // namespace

Result<std::optional<Contact>> contact_with_id(db::Transaction& tx, std::string_view id) {
  const ContactName name = parsed_id(id).value_or(contact_name(id));
  return store::contact(tx, name.call, name.number);
}

Result<Contact> contact_of_path(const http::Call& call, db::Transaction& tx, const Centre& centre) {
  ZH_TRY(auto contact, contact_with_id(tx, call.path_text("id")));
  if (!contact || !within(call.reach, *contact, centre)) return no_such_contact();
  return *std::move(contact);
}

}  // namespace zh::contacts::api
