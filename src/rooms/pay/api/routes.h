// What the month's routes share. Private to the api.
#pragma once

#include <memory>
#include <string>

#include "http/site.h"
#include "rooms/pay/api/read_log.h"
#include "rooms/pay/api/sight.h"
#include "rooms/pay/api/view.h"

namespace zh::pay::api {

struct Desk {
  explicit Desk(Books books, http::EventHub& hub) : views(std::move(books)), events(hub) {}

  MonthViews views;
  ReadLog reads;
  http::EventHub& events;

  db::Database& database() { return views.books().database; }
};
using DeskPtr = std::shared_ptr<Desk>;

// The sheet that a call's path names, if the caller may see it: another one does not exist for this caller.
struct Found {
  MonthViewPtr view;
  const PersonRow* person = nullptr;
  Sight sight;
};
Result<Found> find_sheet(http::Call& call, Desk& desk);

// Whoever looks at somebody's pay, or at the own sheet, is in the audit chain. No transaction may be open.
Status note_reading(const http::Call& call, Desk& desk, const MonthView& view, const Sight& sight,
                    const PersonRow* person);

// Fails (forbidden) unless the caller ends months for the whole centre: a manager of one group does not.
Status check_ends_months(const http::Call& call);

void add_export_routes(http::Site& site, const DeskPtr& desk);
void add_question_routes(http::Site& site, const DeskPtr& desk);
void add_closing_routes(http::Site& site, const DeskPtr& desk);

}  // namespace zh::pay::api
