// Appeals and questions.
#include <algorithm>
#include <iterator>
#include <map>

#include "idempotency/keep.h"
#include "rooms/quality/api/desk.h"
#include "rooms/quality/api/routes_below.h"
#include "rooms/quality/appeal/thread.h"

namespace zh::quality::api {

namespace {

using http::Call;

// The packs of the plans that inspections were drawn for, each looked up once.
class Packs {
 public:
  Packs(Desk& desk, db::Transaction& tx) : desk_(desk), tx_(tx) {}

  Result<PackPtr> of(int plan) {
    PackPtr& pack = known_[plan];
    if (pack == nullptr) {
      ZH_TRY(const Hash version, pack_of_plan(tx_, plan));
      ZH_TRY(pack, desk_.regulation.pack_of(tx_, version));
    }
    return pack;
  }

 private:
  Desk& desk_;
  db::Transaction& tx_;
  std::map<int, PackPtr> known_;
};

// Appeals with the inspections they are against: so many statements as there are plans among them, however many
// appeals.
Result<std::vector<AppealJson>> answers(const Call& call, Desk& desk, db::Transaction& tx,
                                        const std::vector<Appeal>& appeals,
                                        const std::vector<Inspection>& inspections) {
  ZH_TRY(const Names names, Names::of(desk.known, tx));
  std::map<InspectionKey, const Inspection*> by_key;
  for (const Inspection& it : inspections) by_key[it.key] = &it;
  Packs packs(desk, tx);
  std::vector<AppealJson> list;
  list.reserve(appeals.size());
  for (const Appeal& appeal : appeals) {
    const auto against = by_key.find(appeal.key.inspection);
    if (against == by_key.end()) continue;
    ZH_TRY(const PackPtr pack, packs.of(appeal.key.inspection.plan));
    list.push_back(appeal_json(appeal, *against->second, *pack, desk.regulation.zone, names, by_of(call)));
  }
  return list;
}

Result<AppealJson> answer(const Call& call, Desk& desk, db::Transaction& tx, const Appeal& appeal) {
  ZH_TRY(const Inspection inspection, find_inspection(tx, appeal.key.inspection));
  ZH_TRY(auto list, answers(call, desk, tx, {appeal}, {inspection}));
  return std::move(list.front());
}

// The centre's open ones for who assigns, those assigned to an inspector, an agent's own.
Result<std::vector<AppealJson>> waiting(Call& call, Desk& desk) {
  ZH_TRY(auto tx, desk.database.read());
  const std::string& self = call.principal.staff_no;
  std::vector<Appeal> appeals;
  std::vector<Inspection> inspections;
  if (!self.empty() && !call.reach.centre) {
    ZH_TRY(appeals, appeals_of_agent(tx, self));
    ZH_TRY(inspections, appealed_by(tx, self));
  }
  ZH_TRY(const auto open, open_appeals(tx));
  for (const Appeal& appeal : open) {
    const bool mine = !self.empty() && appeal.assigned_to == self;
    if (call.reach.centre || (mine && appeal.staff_no != self)) appeals.push_back(appeal);
  }
  ZH_TRY(auto against, with_open_appeals(tx));
  std::ranges::move(against, std::back_inserter(inspections));
  return answers(call, desk, tx, appeals, inspections);
}

Result<std::vector<AppealJson>> of_inspection(Call& call, Desk& desk) {
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const Inspection inspection, seen_inspection(call, tx));
  ZH_TRY(const auto appeals, appeals_of(tx, inspection.key));
  return answers(call, desk, tx, appeals, {inspection});
}

Result<http::Created<AppealJson>> file(Call& call, Desk& desk, const AppealBody& body) {
  ZH_TRY(auto tx, desk.database.write());
  ZH_TRY(const Inspection inspection, seen_inspection(call, tx));
  const NewAppeal wish{
      .finding = body.finding, .proposed = {body.proposed.choice, body.proposed.points}, .reason = body.reason};
  ZH_TRY(const Appeal appeal, file_appeal(tx, desk.regulation, inspection.key, wish, by_of(call)));
  ZH_TRY(AppealJson json, answer(call, desk, tx, appeal));
  http::Created<AppealJson> filed{std::move(json), std::string(call.request.path)};
  ZH_CHECK(idempotency::keep_answer(tx, call, filed));
  ZH_CHECK(tx.commit());
  tell(desk, inspection, "appeal");
  return filed;
}

// A step on the appeal against one finding that the path names.
template <class Step>
Result<AppealJson> change(Call& call, Desk& desk, Step step) {
  ZH_TRY(auto tx, desk.database.write());
  ZH_TRY(const Inspection inspection, seen_inspection(call, tx));
  ZH_TRY(const Appeal read, find_appeal(tx, {inspection.key, path_number(call, "finding")}));
  ZH_TRY(const Appeal appeal, step(tx, read));
  ZH_TRY(AppealJson json, answer(call, desk, tx, appeal));
  ZH_CHECK(tx.commit());
  tell(desk, inspection, "appeal");
  return json;
}

Result<std::vector<AppealJson>> rule(Call& call, Desk& desk, const RulingBody& body) {
  constexpr std::size_t kTogetherMax = 200;
  if (body.appeals.empty() || body.appeals.size() > kTogetherMax) {
    call.reject("/appeals", {.zh = "写明 1 到 200 份申诉", .en = "name 1 to 200 appeals"});
    return call.refused();
  }
  ZH_TRY(auto tx, desk.database.write());
  std::vector<Appeal> appeals;
  std::vector<Inspection> inspections;
  for (const AppealRef& ref : body.appeals) {
    ZH_TRY(Inspection inspection, seen_inspection(call, tx, ref.inspection));
    ZH_TRY(Appeal appeal, find_appeal(tx, {inspection.key, ref.finding}));
    appeals.push_back(std::move(appeal));
    inspections.push_back(std::move(inspection));
  }
  Ruling ruling{.outcome = body.outcome, .reading = {}, .reason = body.reason};
  if (body.reading) ruling.reading = {body.reading->choice, body.reading->points};
  ZH_TRY(const auto decided, decide_appeals(tx, desk.regulation, appeals, ruling, by_of(call)));
  std::vector<AppealJson> list;
  for (const Appeal& appeal : decided) {
    ZH_TRY(AppealJson json, answer(call, desk, tx, appeal));
    list.push_back(std::move(json));
  }
  ZH_CHECK(tx.commit());
  for (const Inspection& inspection : inspections) tell(desk, inspection, "appeal");
  return list;
}

MessageJson message_json(const Message& message, const Names& names, const Call& call) {
  MessageJson json{.number = message.number,
                   .by = message.author,
                   .by_name = names.behind(message.author),
                   .by_subject = message.by_subject,
                   .own = message.author == call.principal.account,
                   .at = message.at,
                   .text = message.text};
  if (message.finding > 0) json.finding = message.finding;
  return json;
}

Result<std::vector<MessageJson>> thread(Call& call, Desk& desk) {
  ZH_TRY(auto tx, desk.database.read());
  ZH_TRY(const Inspection inspection, seen_inspection(call, tx));
  ZH_CHECK(check_not_blind(call, tx, inspection.key));
  ZH_TRY(const auto messages, messages_of(tx, inspection.key));
  ZH_TRY(const Names names, Names::of(desk.known, tx));
  std::vector<MessageJson> list;
  list.reserve(messages.size());
  for (const Message& message : messages) list.push_back(message_json(message, names, call));
  return list;
}

Result<http::Created<MessageJson>> say(Call& call, Desk& desk, const MessageBody& body) {
  ZH_TRY(auto tx, desk.database.write());
  ZH_TRY(const Inspection inspection, seen_inspection(call, tx));
  ZH_TRY(const Message message, add_message(tx, inspection.key, body.finding.value_or(0), body.text, by_of(call)));
  ZH_TRY(const Names names, Names::of(desk.known, tx));
  http::Created<MessageJson> said{message_json(message, names, call), std::string(call.request.path)};
  ZH_CHECK(idempotency::keep_answer(tx, call, said));
  ZH_CHECK(tx.commit());
  tell(desk, inspection, "message");
  return said;
}

constexpr RoutesBelow kOfInspection{.path = "/api/v1/quality/inspections/{key}/appeals"};
constexpr RoutesBelow kThread{.path = "/api/v1/quality/inspections/{key}/questions"};

http::RouteInfo step_route(std::string_view name, std::string id, Text summary, http::Access access) {
  return kOfInspection.route(http::Method::post, "/{finding:int}/" + std::string(name), std::move(id),
                             std::move(summary), std::move(access));
}

void add_step_routes(http::Site& site, const DeskPtr& desk) {
  site.router().add(
      step_route("assign", "assignAppeal", {.zh = "指派复核人", .en = "Assign an appeal"}, supervising_access()),
      [desk](Call& call, const http::Body<ReviewerBody>& body) {
        return change(call, *desk, [&](db::Transaction& tx, const Appeal& read) {
          const Reviewer to{body->to, body->blind.value_or(false)};
          return assign_appeal(tx, desk->regulation, read, to, by_of(call));
        });
      });
  site.router().add(step_route("reading", "readAppealBlind",
                               {.zh = "给出盲评", .en = "Say what one makes of it, blind"}, working_access()),
                    [desk](Call& call, const http::Body<ReadingJson>& body) {
                      return change(call, *desk, [&](db::Transaction& tx, const Appeal& read) {
                        return read_blind(tx, desk->regulation, read, {body->choice, body->points}, by_of(call));
                      });
                    });
  site.router().add(
      step_route("again", "fileAppealAgain", {.zh = "再次申诉", .en = "Ask for the final round"}, agent_access()),
      [desk](Call& call, const http::Body<ReasonBody>& body) {
        return change(call, *desk, [&](db::Transaction& tx, const Appeal& read) {
          return file_again(tx, desk->regulation, read, body->reason, by_of(call));
        });
      });
  site.router().add(
      step_route("withdraw", "withdrawAppeal", {.zh = "撤回申诉", .en = "Withdraw an appeal"}, agent_access()),
      [desk](Call& call) {
        return change(call, *desk,
                      [&](db::Transaction& tx, const Appeal& read) { return withdraw_appeal(tx, read, by_of(call)); });
      });
}

}  // namespace

void add_appeal_routes(http::Site& site, const DeskPtr& desk) {
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/quality/appeals",
                     .id = "listAppeals",
                     .summary = {.zh = "申诉", .en = "Appeals that wait, and the own"},
                     .tag = "quality",
                     .access = result_access()},
                    [desk](Call& call) { return waiting(call, *desk); });
  site.router().add(
      {.method = http::Method::post,
       .path = "/api/v1/quality/appeals/rulings",
       .id = "ruleOnAppeals",
       .summary = {.zh = "答复申诉，可几份一起", .en = "Decide appeals, several at once where they are about one item"},
       .tag = "quality",
       .access = working_access()},
      [desk](Call& call, const http::Body<RulingBody>& body) { return rule(call, *desk, *body); });
  site.router().add(
      kOfInspection.route(http::Method::get, "", "listAppealsOfInspection",
                          {.zh = "对一份质检的申诉", .en = "The appeals against one inspection"}, result_access()),
      [desk](Call& call) { return of_inspection(call, *desk); });
  site.router().add(
      kOfInspection.creating("", "fileAppeal", {.zh = "提出申诉", .en = "File an appeal"}, agent_access()),
      [desk](Call& call, const http::Body<AppealBody>& body) { return file(call, *desk, *body); });
  add_step_routes(site, desk);
  site.router().add(
      kThread.route(http::Method::get, "", "listInspectionQuestions",
                    {.zh = "一份质检的问答", .en = "The questions and answers about one inspection"}, result_access()),
      [desk](Call& call) { return thread(call, *desk); });
  site.router().add(
      kThread.creating("", "askAboutInspection", {.zh = "提问或答复", .en = "Ask or answer"}, result_access()),
      [desk](Call& call, const http::Body<MessageBody>& body) { return say(call, *desk, *body); });
}

}  // namespace zh::quality::api
