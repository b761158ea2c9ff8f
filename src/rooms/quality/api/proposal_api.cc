// What the automatic checks and the judge propose for an inspection's record, with its evidence.
#include "rooms/contacts/transcripts.h"
#include "rooms/inspection/quote.h"
#include "rooms/quality/api/desk.h"
#include "rooms/quality/api/proposal_records.h"

namespace zh::quality::api {

namespace {

using http::Call;

// The record's words; nothing where there are none, or where they cannot be read: a quote is no more than a help.
Result<std::optional<contacts::Transcript>> words_of(Desk& desk, db::Transaction& tx, const Inspection& inspection) {
  const contacts::ContactName name = contacts::contact_name(inspection.record.contact);
  ZH_TRY(const auto stored, contacts::transcript_of(tx, name.call, name.number));
  if (!stored) return std::optional<contacts::Transcript>();
  const auto contents = desk.contents();
  if (!contents.ok()) return std::optional<contacts::Transcript>();
  auto opened = contacts::open_transcript(*stored, (*contents)->keys());
  return opened.ok() ? std::optional(std::move(opened).value()) : std::nullopt;
}

std::optional<QuoteJson> quote_json(const Proposal& proposal, const std::optional<contacts::Transcript>& words) {
  const Span& span = proposal.span;
  if (!words || span.of != Span::Of::text || std::cmp_greater_equal(span.turn, words->turns.size())) return {};
  const std::string& text = words->turns[static_cast<std::size_t>(span.turn)].text;
  inspection::Quote quote = inspection::quote_of(text, span.from, span.until);
  return QuoteJson{.text = std::move(quote.text), .from = quote.from, .to = quote.to};
}

void put_evidence(const inspection::Proposal& evidence, ProposalJson& json) {
  for (const inspection::Finding& it : evidence.findings) {
    for (const auto& looked : it.looked) {
      json.looked.push_back({.role = looked.role, .turns = looked.turns, .first = looked.first, .last = looked.last});
    }
    if (it.kind == inspection::Finding::Kind::missing) continue;
    json.places.push_back(
        {.turn = it.turn, .from = it.from, .to = it.to, .start_ms = it.start_ms, .end_ms = it.end_ms});
  }
}

ProposalJson proposal_json(const Proposal& it) {
  ProposalJson json{.proposal = it.id,
                    .check = it.check,
                    .label = {},
                    .clause = it.clause,
                    .missing = it.missing,
                    .model = it.model.empty() ? std::nullopt : std::optional(it.model),
                    .item = it.item,
                    .choice = it.choice,
                    .points = it.points,
                    .state = it.state,
                    .finding = it.finding,
                    .reason = it.reason};
  if (it.span.of != Span::Of::whole) {
    json.span = SpanJson{.of = it.span.of, .turn = it.span.turn, .from = it.span.from, .until = it.span.until};
  }
  return json;
}

Result<std::vector<ProposalJson>> proposals(Call& call, Desk& desk) {
  ZH_TRY(auto tx, desk.database.read(call.request.stop));
  ZH_TRY(const Inspection inspection, seen_inspection(call, tx));
  ZH_TRY(const auto proposed, proposals_for(tx, desk.regulation, inspection));
  ZH_TRY(const Evidence evidence, evidence_for(tx, desk.regulation, inspection));
  ZH_TRY(const auto words, words_of(desk, tx, inspection));
  std::vector<ProposalJson> list;
  for (const Proposal& it : proposed) {
    ProposalJson json = proposal_json(it);
    ZH_TRY(const PackPtr pack, desk.regulation.pack_of(tx, it.pack));
    const policy::Check* const check = pack->checks == nullptr ? nullptr : pack->checks->find(it.check);
    if (check != nullptr) json.label = {.zh = check->label.zh, .en = check->label.en};
    if (const inspection::Proposal* const found = evidence.find(it.id)) put_evidence(*found, json);
    json.quote = quote_json(it, words);
    list.push_back(std::move(json));
  }
  return list;
}

}  // namespace

void add_proposal_routes(http::Site& site, const DeskPtr& desk) {
  site.router().add({.method = http::Method::get,
                     .path = "/api/v1/quality/inspections/{key}/proposals",
                     .id = "listProposals",
                     .summary = {.zh = "自动检查和模型对一份质检的建议",
                                 .en = "What automatic checks and the judge propose for an inspection"},
                     .tag = "quality",
                     .access = working_access()},
                    [desk](Call& call) { return proposals(call, *desk); });
}

}  // namespace zh::quality::api
