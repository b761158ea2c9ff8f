// What the route of proposals gives. Private to the api.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "rooms/quality/api/records.h"
#include "rooms/quality/proposal/proposal.h"

namespace zh::quality::api {

// Where the check spoke up. Characters count code points of the turn's text, times from the record's beginning.
struct PlaceJson {
  std::optional<std::int64_t> turn = {};
  std::optional<std::int64_t> from = {};
  std::optional<std::int64_t> to = {};
  std::optional<std::int64_t> start_ms = {};
  std::optional<std::int64_t> end_ms = {};
};
// Where it looked in vain.
struct LookedJson {
  std::string role = {};
  std::int64_t turns = 0;
  std::optional<std::int64_t> first = {};
  std::optional<std::int64_t> last = {};
};
struct QuoteJson {
  std::string text = {};
  std::int64_t from = 0;
  std::int64_t to = 0;
};
struct ProposalJson {
  std::string proposal = {};
  std::string check = {};
  TextJson label = {};
  std::string clause = {};
  bool missing = false;
  std::optional<std::string> model = {};  // that proposes it; none: the check does
  std::string item = {};
  std::string choice = {};
  int points = 0;
  std::optional<SpanJson> span = {};
  std::vector<PlaceJson> places = {};  // of a draft; the first is the span's
  std::vector<LookedJson> looked = {};
  std::optional<QuoteJson> quote = {};
  ProposalState state = ProposalState::open;
  std::optional<int> finding = {};
  std::string reason = {};
};

}  // namespace zh::quality::api

ZH_RECORD(PlaceJson, "ProposalPlace", ZH_ABOUT(turn, "turn", Unit::none), ZH_ABOUT(from, "from", Unit::none),
          ZH_ABOUT(to, "to", Unit::none), ZH_ABOUT(start_ms, "start_ms", Unit::milliseconds),
          ZH_ABOUT(end_ms, "end_ms", Unit::milliseconds));
ZH_RECORD(LookedJson, "ProposalLooked", ZH_ABOUT(role, "role", Unit::none), ZH_ABOUT(turns, "turns", Unit::count),
          ZH_ABOUT(first, "first", Unit::none), ZH_ABOUT(last, "last", Unit::none));
ZH_RECORD(QuoteJson, "ProposalQuote",
          Field{&R::text, "", "text", Unit::none, PersonalData::customer, Secrecy::internal, SeenBy::all},
          ZH_ABOUT(from, "from", Unit::none), ZH_ABOUT(to, "to", Unit::none));
ZH_RECORD(ProposalJson, "FindingProposal", ZH_ABOUT(proposal, "proposal", Unit::none),
          ZH_ABOUT(check, "check", Unit::none), ZH_ABOUT(label, "label", Unit::none),
          ZH_ABOUT(clause, "clause", Unit::none), ZH_ABOUT(missing, "missing", Unit::none),
          ZH_ABOUT(model, "model", Unit::none), ZH_ABOUT(item, "item", Unit::none),
          ZH_ABOUT(choice, "choice", Unit::none), ZH_ABOUT(points, "points", Unit::points),
          ZH_ABOUT(span, "span", Unit::none), ZH_ABOUT(places, "places", Unit::none),
          ZH_ABOUT(looked, "looked", Unit::none), ZH_ABOUT(quote, "quote", Unit::none),
          ZH_ABOUT(state, "state", Unit::none), ZH_ABOUT(finding, "finding", Unit::none),
          ZH_ABOUT(reason, "reason", Unit::none));
