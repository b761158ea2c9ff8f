// Every room's routes, one line each.
#include "app/books.h"
#include "app/content.h"
#include "app/inspecting.h"
#include "app/judge.h"
#include "app/packs.h"
#include "app/server/desk_routes.h"
#include "app/server/serving.h"
#include "app/server/trial_job.h"
#include "rooms/contacts/api/contacts_api.h"
#include "rooms/contacts/api/record_api.h"
#include "rooms/inspection/api/inspection_api.h"
#include "rooms/pay/api/month_api.h"
#include "rooms/people/accounts/accounts_api.h"
#include "rooms/people/api/people_api.h"
#include "rooms/quality/api/library_api.h"
#include "rooms/quality/api/quality_api.h"

namespace zh::app {

void add_routes(http::Site& site, const Serving& serving) {
  people::add_account_routes(site, *serving.centre.database);
  people::add_people_routes(site, *serving.centre.database, serving.centre.zone);
  pay::add_month_routes(site, books_of(serving.centre));
  const auto contents = contents_when_asked(serving.centre);
  const quality::Regulation regulation = regulation_of(serving.centre);
  quality::add_quality_routes(site, *serving.centre.database, regulation, contents);
  contacts::add_contact_routes(site, *serving.centre.database, serving.centre.zone);
  contacts::add_record_routes(site, *serving.centre.database, serving.centre.zone, contents);
  quality::add_library_routes(site, *serving.centre.database, contents);
  inspection::add_inspection_routes(site, *serving.centre.database, serving.centre.zone,
                                    {.pack_on = regulation.pack_on,
                                     .pack_of = regulation.pack_of,
                                     .options = pack_load_options(),
                                     .contents = contents,
                                     .judge = [&centre = serving.centre] {
                                       const auto model = judge_model(centre);
                                       return model.ok() ? *model : std::nullopt;
                                     }});
  add_trial_routes(site, serving);
  add_check_draft_routes(site, serving);
  add_import_routes(site, serving);
  add_fact_routes(site, serving);
  add_regulation_routes(site, serving);
  add_audit_routes(site, serving);
  add_system_routes(site, serving);
}

}  // namespace zh::app
