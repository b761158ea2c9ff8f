#include "policy/checks/evaluation.h"

#include <algorithm>
#include <map>

#include "base/utf8.h"

namespace zh::policy {

namespace {

using Is = Verdict::Is;

bool is_side(Speaker speaker) { return speaker != Speaker::system; }

// Whether that many of something are enough: `all` of `of`.
bool enough(const HowMany& how_many, std::int64_t holding, std::int64_t of) {
  switch (how_many.kind) {
    case HowMany::Kind::any:
      return holding > 0;
    case HowMany::Kind::all:
      return of > 0 && holding == of;
    case HowMany::Kind::none:
      return holding == 0;
    case HowMany::Kind::at_least:
      return holding >= how_many.count;
  }
  return false;
}

std::vector<std::string_view> sentences(std::string_view text) {
  static constexpr std::string_view kAscii = ".!?;,";
  std::vector<std::string_view> result;
  std::size_t begin = 0;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const char32_t c = utf8::next(text, at);
    const bool ends = c == 0x3002 || c == 0x3001 || (c < 0x80 && kAscii.find(static_cast<char>(c)) != kAscii.npos);
    if (!ends) continue;
    if (from > begin) result.push_back(text.substr(begin, from - begin));
    begin = at;
  }
  if (begin < text.size()) result.push_back(text.substr(begin));
  return result;
}

}  // namespace

// ---- windows

bool Window::has(std::uint32_t turn, Speaker speaker) const {
  const bool role_fits = role ? speaker == *role : is_side(speaker);
  return role_fits && turn >= first && turn <= last;
}

bool Window::has(const WordFound& word) const {
  if (from && word.turn == from->turn && word.from < from->byte) return false;
  return !until || word.turn != until->turn || word.to <= until->byte;
}

Window Evaluation::window_of(const CheckScope& scope) const {
  const auto count = static_cast<std::int64_t>(turns().size());
  Window window{.first = 0, .last = count - 1, .role = scope.role, .from = std::nullopt, .until = std::nullopt};
  const auto absolute = [&](std::int64_t index) { return index < 0 ? count + index : index; };
  if (scope.range_from) window.first = std::max(window.first, absolute(*scope.range_from));
  if (scope.range_to) window.last = std::min(window.last, absolute(*scope.range_to));
  if (scope.first) narrow_first(*scope.first, window);
  if (scope.last) narrow_last(*scope.last, window);
  if (scope.relative) narrow_relative(*scope.relative, window);
  return window;
}

void Evaluation::narrow_first(const Reach& first, Window& window) const {
  std::int64_t seen = 0;
  std::int64_t last = window.first - 1;
  for (std::int64_t i = window.first; i <= window.last; ++i) {
    const SpokenTurn& turn = turns()[static_cast<std::size_t>(i)];
    if (first.ms && turn.start_ms && *turn.start_ms >= *first.ms) break;
    if (!window.has(static_cast<std::uint32_t>(i), turn.speaker)) continue;
    if (first.turns && seen++ == *first.turns) break;
    last = i;
  }
  window.last = last;
}

void Evaluation::narrow_last(const Reach& last, Window& window) const {
  std::int64_t end_ms = 0;
  for (const SpokenTurn& turn : turns()) end_ms = std::max(end_ms, turn.end_ms.value_or(turn.start_ms.value_or(0)));
  std::int64_t seen = 0;
  std::int64_t first = window.last + 1;
  for (std::int64_t i = window.last; i >= window.first; --i) {
    const SpokenTurn& turn = turns()[static_cast<std::size_t>(i)];
    if (last.ms && turn.start_ms && *turn.start_ms < end_ms - *last.ms) break;
    if (!window.has(static_cast<std::uint32_t>(i), turn.speaker)) continue;
    if (last.turns && seen++ == *last.turns) break;
    first = i;
  }
  window.first = first;
}

void Evaluation::narrow_relative(const CheckScope::Relative& relative, Window& window) const {
  const Verdict named = verdict(check_.named[relative.named].condition);
  std::vector<FoundAt> places = named.places;
  std::erase_if(places, [](const FoundAt& place) { return !place.turn; });
  const auto count = static_cast<std::int64_t>(places.size());
  const std::int64_t index = relative.nth < 0 ? count + relative.nth : relative.nth - 1;
  if (!named.holds() || index < 0 || index >= count) {
    window.last = window.first - 1;
    return;
  }
  const FoundAt& hit = places[static_cast<std::size_t>(index)];
  const auto turn = static_cast<std::int64_t>(*hit.turn);
  const bool whole_turn = hit.from == hit.to;
  const bool backward = relative.side != CheckScope::Relative::Side::after;
  const bool forward = relative.side != CheckScope::Relative::Side::before;
  if (!backward) {
    window.first = std::max(window.first, whole_turn ? turn + 1 : turn);
    if (!whole_turn) window.from = Window::Border{*hit.turn, hit.to};
  }
  if (!forward) {
    window.last = std::min(window.last, whole_turn ? turn - 1 : turn);
    if (!whole_turn) window.until = Window::Border{*hit.turn, hit.from};
  }
  if (relative.within.turns) {
    if (forward) window.last = std::min(window.last, turn + *relative.within.turns);
    if (backward) window.first = std::max(window.first, turn - *relative.within.turns);
  }
  const auto at_ms = turns()[*hit.turn].start_ms;
  if (!relative.within.ms || !at_ms) return;
  const auto too_far = [&](std::int64_t i) {
    const auto start = turns()[static_cast<std::size_t>(i)].start_ms;
    return start && std::abs(*start - *at_ms) > *relative.within.ms;
  };
  while (forward && window.last > turn && too_far(window.last)) --window.last;
  while (backward && window.first < turn && too_far(window.first)) ++window.first;
}

// ---- conditions

Verdict Evaluation::verdict(const CheckNode& node) const {
  struct Visit {
    const Evaluation& it;
    const CheckNode& node;
    Verdict operator()(const Combined& test) const { return it.combined(test); }
    Verdict operator()(const UseNamed& test) const { return it.verdict(it.check_.named[test.named].condition); }
    Verdict operator()(const Says& test) const { return it.says(test, it.window_of(node.scope)); }
    Verdict operator()(const Speaks& test) const { return it.speaks(test, it.window_of(node.scope)); }
    Verdict operator()(const Repeated& test) const { return it.repeated(test, it.window_of(node.scope)); }
    Verdict operator()(const Unanswered& test) const { return it.unanswered(test, it.window_of(node.scope)); }
    Verdict operator()(const Personal& test) const { return it.personal(test, it.window_of(node.scope)); }
    Verdict operator()(const Similar& test) const { return it.similar(test, it.window_of(node.scope)); }
    Verdict operator()(const Flow& test) const { return it.flow(test); }
    Verdict operator()(const Lasts& test) const { return it.lasts(test, it.window_of(node.scope)); }
    Verdict operator()(const MeasureTest& test) const { return it.measure(test); }
    Verdict operator()(const FieldTest& test) const { return it.fields(test); }
  };
  return std::visit(Visit{*this, node}, node.test);
}

Verdict Evaluation::combined(const Combined& test) const {
  const auto count = static_cast<std::int64_t>(test.of.size());
  const std::int64_t needed = test.kind == Combined::Kind::all        ? count
                              : test.kind == Combined::Kind::at_least ? test.count
                                                                      : 1;
  std::int64_t holding = 0;
  std::int64_t unknown = 0;
  Verdict result = Verdict::of(true);
  for (std::int64_t i = 0; i < count; ++i) {
    const Verdict one = verdict(test.of[static_cast<std::size_t>(i)]);
    if (one.is == Is::unknown) ++unknown;
    if (!one.holds()) {
      if (test.kind == Combined::Kind::all && one.is == Is::no) return Verdict::of(false);
      continue;
    }
    ++holding;
    if (test.kind == Combined::Kind::none) return Verdict::of(false);
    // Of `all`, the first says where, even if that is nowhere (a measure); the others only restrict.
    const bool tells_where = test.kind != Combined::Kind::all || i == 0;
    if (tells_where) result.places.insert(result.places.end(), one.places.begin(), one.places.end());
  }
  if (test.kind == Combined::Kind::none) return unknown > 0 ? Verdict::unknown() : result;
  if (holding >= needed) return result;
  return holding + unknown >= needed ? Verdict::unknown() : Verdict::of(false);
}

Verdict Evaluation::says(const Says& says, const Window& window) const {
  const bool over_words = says.how_many.kind != HowMany::Kind::all && !holds_without_words(says.test);
  if (!over_words) return says_in_all_turns(says, window);
  Verdict result;
  std::int64_t holding = 0;
  const auto& words = scanned_.words(leaf_of(says.test));
  std::vector<WordFound> in_turn;
  for (std::size_t i = 0; i < words.size();) {
    const std::uint32_t turn = words[i].turn;
    in_turn.clear();
    const bool in_scope = window.has(turn, turns()[turn].speaker);
    for (; i < words.size() && words[i].turn == turn; ++i) {
      if (in_scope && window.has(words[i])) in_turn.push_back(words[i]);
    }
    if (in_turn.empty()) continue;
    const std::size_t before = result.places.size();
    places_in_turn(says.test, turn, scanned_.text(turn), in_turn, result.places);
    holding += result.places.size() > before ? 1 : 0;
  }
  result.is = enough(says.how_many, holding, 0) ? Is::yes : Is::no;
  if (!result.holds() || says.how_many.kind == HowMany::Kind::none) result.places.clear();
  return result;
}

Verdict Evaluation::says_in_all_turns(const Says& says, const Window& window) const {
  Verdict result;
  std::int64_t holding = 0;
  std::int64_t in_scope = 0;
  const auto& words = scanned_.words(leaf_of(says.test));
  auto word = words.begin();
  std::vector<WordFound> in_turn;
  for (std::int64_t i = std::max<std::int64_t>(window.first, 0); i <= window.last; ++i) {
    const auto turn = static_cast<std::uint32_t>(i);
    if (!window.has(turn, turns()[turn].speaker)) continue;
    ++in_scope;
    in_turn.clear();
    while (word != words.end() && word->turn < turn) ++word;
    for (; word != words.end() && word->turn == turn; ++word) {
      if (window.has(*word)) in_turn.push_back(*word);
    }
    const std::size_t before = result.places.size();
    places_in_turn(says.test, turn, scanned_.text(turn), in_turn, result.places);
    holding += result.places.size() > before ? 1 : 0;
  }
  result.is = enough(says.how_many, holding, in_scope) ? Is::yes : Is::no;
  if (!result.holds() || says.how_many.kind == HowMany::Kind::none) result.places.clear();
  return result;
}

// The place is that of the first so many characters: a step of a flow may follow in the same turn.
Verdict Evaluation::speaks(const Speaks& speaks, const Window& window) const {
  Verdict result;
  for (std::int64_t i = window.first; i <= window.last; ++i) {
    const auto turn = static_cast<std::uint32_t>(i);
    if (!window.has(turn, turns()[turn].speaker)) continue;
    const std::string_view text = scanned_.text(turn);
    std::size_t end = 0;
    std::int64_t characters = 0;
    for (; characters < speaks.characters && end < text.size(); ++characters) utf8::next(text, end);
    if (characters < speaks.characters || !window.has(WordFound{turn, 0, static_cast<std::uint32_t>(end), 0})) continue;
    result.places.push_back({turn, 0, static_cast<std::uint32_t>(end), std::nullopt});
  }
  result.is = result.places.empty() ? Is::no : Is::yes;
  return result;
}

Verdict Evaluation::repeated(const Repeated& repeated, const Window& window) const {
  std::map<std::string_view, std::int64_t> times;
  Verdict result;
  for (std::int64_t i = window.first; i <= window.last; ++i) {
    const auto turn = static_cast<std::uint32_t>(i);
    if (!window.has(turn, turns()[turn].speaker)) continue;
    const std::string_view text = scanned_.text(turn);
    for (const std::string_view sentence : sentences(text)) {
      if (static_cast<std::int64_t>(utf8::length(sentence)) < repeated.characters) continue;
      if (++times[sentence] != repeated.times) continue;
      const auto from = static_cast<std::uint32_t>(sentence.data() - text.data());
      result.places.push_back({turn, from, from + static_cast<std::uint32_t>(sentence.size()), std::nullopt});
    }
  }
  result.is = result.places.empty() ? Is::no : Is::yes;
  return result;
}

Verdict Evaluation::unanswered(const Unanswered& unanswered, const Window& window) const {
  const auto& words = scanned_.words(unanswered.leaf);
  const auto is_question = [&](std::uint32_t turn) {
    const auto word = std::ranges::lower_bound(words, turn, {}, &WordFound::turn);
    return scanned_.text(turn).find('?') != std::string_view::npos || (word != words.end() && word->turn == turn);
  };
  Verdict result;
  const auto count = static_cast<std::int64_t>(turns().size());
  for (std::int64_t i = window.first; i <= window.last; ++i) {
    const auto turn = static_cast<std::uint32_t>(i);
    const Speaker asks = turns()[turn].speaker;
    if (!window.has(turn, asks) || !is_question(turn)) continue;
    bool answered = false;
    for (std::int64_t next = i + 1; next < count && next <= i + unanswered.within; ++next) {
      const Speaker speaks = turns()[static_cast<std::size_t>(next)].speaker;
      answered = answered || (is_side(speaks) && speaks != asks);
    }
    if (!answered) result.places.push_back({turn, 0, 0, std::nullopt});
  }
  result.is = result.places.empty() ? Is::no : Is::yes;
  return result;
}

Verdict Evaluation::personal(const Personal& personal, const Window& window) const {
  Verdict result;
  std::vector<text::PersonalPlace> found;
  for (std::int64_t i = window.first; i <= window.last; ++i) {
    const auto turn = static_cast<std::uint32_t>(i);
    if (!window.has(turn, turns()[turn].speaker)) continue;
    text::find_personal_data(scanned_.text(turn), found);
    for (const text::PersonalPlace& place : found) {
      if (std::ranges::find(personal.kinds, place.kind) == personal.kinds.end()) continue;
      result.places.push_back({turn, place.from, place.to, std::nullopt});
    }
  }
  result.is = result.places.empty() ? Is::no : Is::yes;
  return result;
}

Verdict Evaluation::similar(const Similar& similar, const Window& window) const {
  Verdict result;
  for (std::int64_t i = window.first; i <= window.last; ++i) {
    const auto turn = static_cast<std::uint32_t>(i);
    if (!window.has(turn, turns()[turn].speaker)) continue;
    for (const SimilarPlace& place : similar_places(similar, scanned_.text(turn))) {
      if (window.has(WordFound{turn, place.from, place.to, 0})) {
        result.places.push_back({turn, place.from, place.to, std::nullopt});
      }
    }
  }
  result.is = result.places.empty() ? Is::no : Is::yes;
  return result;
}

Verdict Evaluation::lasts(const Lasts& lasts, const Window& window) const {
  const Conversation& conversation = scanned_.conversation();
  const bool silence = lasts.what == Lasts::What::silence;
  const bool delay = lasts.what == Lasts::What::delay;
  const Measure known_by = silence ? Measure::total_silence
                           : delay ? Measure::longest_response
                                   : Measure::total_overlap;
  if (!conversation.measures.get(known_by)) return Verdict::unknown();
  Verdict result;
  std::int64_t total_ms = 0;
  auto turn = turns().begin();
  for (const TimeSpan& span : silence ? conversation.silences : delay ? conversation.delays : conversation.overlaps) {
    if (span.end_ms - span.start_ms < lasts.ms || (window.role && span.whose != window.role)) continue;
    // The turn that ends a silence or a delay, or that comes in over the other. Spans stand in order, so do turns.
    const std::int64_t begins = lasts.what == Lasts::What::overlap ? span.start_ms : span.end_ms;
    turn = std::find_if(turn, turns().end(), [&](const SpokenTurn& it) {
      return is_side(it.speaker) && it.start_ms && *it.start_ms >= begins && (!span.whose || it.speaker == *span.whose);
    });
    FoundAt place{.turn = std::nullopt, .from = 0, .to = 0, .time = span};
    if (turn != turns().end()) place.turn = static_cast<std::uint32_t>(turn - turns().begin());
    if (place.turn && (*place.turn < window.first || *place.turn > window.last)) continue;
    result.places.push_back(place);
    total_ms += span.end_ms - span.start_ms;
  }
  const auto duration = conversation.measures.get(Measure::duration);
  if (lasts.share && !duration) return Verdict::unknown();
  const bool enough = std::cmp_greater_equal(result.places.size(), lasts.times) &&
                      total_ms >= lasts.total_ms.value_or(0) &&
                      (!lasts.share || total_ms * 100 >= *lasts.share * *duration);
  if (!enough) return Verdict::of(false);
  result.is = Is::yes;
  return result;
}

Verdict Evaluation::measure(const MeasureTest& test) const {
  constexpr std::int64_t kThousand = 1'000;
  std::vector<Value> values;
  for (const Measure read : test.reads) {
    const auto value = scanned_.conversation().measures.get(read);
    if (!value) return Verdict::unknown();
    const bool boolean = measure_names()[static_cast<std::size_t>(read)].type == NameInfo::Type::boolean;
    values.push_back(boolean ? Value(*value != 0) : Value(Fraction(*value, kThousand)));
  }
  const auto truth = test.formula.truth(values);
  return truth.ok() ? Verdict::of(*truth) : Verdict::unknown();
}

Verdict Evaluation::fields(const FieldTest& test) const {
  for (const FieldTest::OneOf& wanted : test.fields) {
    const auto value = scanned_.conversation().field(wanted.field);
    if (!value) return Verdict::unknown();
    if (std::ranges::find(wanted.values, *value) == wanted.values.end()) return Verdict::of(false);
  }
  return Verdict::of(true);
}

// ---- why not

// Where a step of a flow was looked for: all of its condition's scope, or that of each way's first step. A step whose
// condition holds somewhere, only not behind the one before, is told the same way.
void Evaluation::looked_for_step(const FlowStep& step, std::vector<Looked>& into) const {
  for (const std::vector<FlowStep>& way : step.either) looked_for_step(way.front(), into);
  for (const CheckNode& condition : step.is) into.push_back(looked_through(condition));
}

Looked Evaluation::looked_through(const CheckNode& node) const {
  const Window window = window_of(node.scope);
  Looked looked{.condition = &node, .turns = 0, .first = std::nullopt, .last = std::nullopt};
  for (std::int64_t i = window.first; i <= window.last; ++i) {
    const auto turn = static_cast<std::uint32_t>(i);
    if (!window.has(turn, turns()[turn].speaker)) continue;
    ++looked.turns;
    if (!looked.first) looked.first = turn;
    looked.last = turn;
  }
  return looked;
}

void Evaluation::looked_in_vain(const CheckNode& node, std::vector<Looked>& into) const {
  if (const auto* const all = std::get_if<Combined>(&node.test); all != nullptr && all->kind != Combined::Kind::none) {
    for (const CheckNode& child : all->of) {
      if (!verdict(child).holds()) looked_in_vain(child, into);
    }
    return;
  }
  if (const auto* const use = std::get_if<UseNamed>(&node.test)) {
    looked_in_vain(check_.named[use->named].condition, into);
    return;
  }
  if (const auto* const flow = std::get_if<Flow>(&node.test)) {
    const FlowStep* const step = step_not_taken(*flow);
    if (step != nullptr) looked_for_step(*step, into);
    return;
  }
  into.push_back(looked_through(node));
}

}  // namespace zh::policy
