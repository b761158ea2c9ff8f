// Built-in functions that relate points and ranges (DMN 1.5, table 79; Allen's interval algebra).
#include "feel/builtin.h"

namespace zh::feel::internal {

namespace {

// One end of a range; a point is both ends of itself, included.
struct End {
  const Value* value;
  bool included;
  int infinite;  // −1, +1 for an end without bound
};

struct Interval {
  End start;
  End end;
  bool is_point;
};

Interval interval_of(const Value& value) {
  if (!value.is_range()) return {{&value, true, 0}, {&value, true, 0}, true};
  const Range& range = value.range();
  const bool open = range.form() == Range::Form::comparison;
  return {{&range.low(), range.low_included(), open && range.low().is_null() ? -1 : 0},
          {&range.high(), range.high_included(), open && range.high().is_null() ? 1 : 0},
          false};
}

// Order of two ends by position alone; `fine` turns false where they cannot be compared.
class Relation {
 public:
  Relation(const Value& first, const Value& second) : a(interval_of(first)), b(interval_of(second)) {}

  bool less(const End& x, const End& y) { return order(x, y) < 0; }
  bool same(const End& x, const End& y) { return order(x, y) == 0; }
  bool fine() const { return fine_; }

  const Interval a;
  const Interval b;

 private:
  int order(const End& x, const End& y) {
    if (x.infinite != y.infinite) return x.infinite < y.infinite ? -1 : 1;
    if (x.infinite != 0) return 0;
    const auto found = compare(*x.value, *y.value);
    if (!found) {
      fine_ = false;
      return 2;
    }
    return *found < 0 ? -1 : *found > 0 ? 1 : 0;
  }

  bool fine_ = true;
};

bool is_before(Relation& r, const Interval& x, const Interval& y) {
  return r.less(x.end, y.start) || (r.same(x.end, y.start) && !(x.end.included && y.start.included));
}

bool points_before(Relation& r) {
  if (r.a.is_point && r.b.is_point) return r.less(r.a.start, r.b.start);
  return is_before(r, r.a, r.b);
}
bool points_after(Relation& r) {
  if (r.a.is_point && r.b.is_point) return r.less(r.b.start, r.a.start);
  return is_before(r, r.b, r.a);
}

bool do_meet(Relation& r, const Interval& x, const Interval& y) {
  return x.end.included && y.start.included && r.same(x.end, y.start);
}
bool meets(Relation& r) { return do_meet(r, r.a, r.b); }
bool met_by(Relation& r) { return do_meet(r, r.b, r.a); }

// The end of x lies behind the start of y, or on it with both included.
bool reaches(Relation& r, const Interval& x, const Interval& y) {
  return r.less(y.start, x.end) || (r.same(x.end, y.start) && x.end.included && y.start.included);
}
bool overlaps(Relation& r) { return reaches(r, r.a, r.b) && reaches(r, r.b, r.a); }

bool overlaps_from_before(Relation& r, const Interval& x, const Interval& y) {
  const bool starts_before =
      r.less(x.start, y.start) || (r.same(x.start, y.start) && x.start.included && !y.start.included);
  const bool ends_within = r.less(x.end, y.end) || (r.same(x.end, y.end) && (!x.end.included || y.end.included));
  return starts_before && reaches(r, x, y) && ends_within;
}
bool overlaps_before(Relation& r) { return overlaps_from_before(r, r.a, r.b); }
bool overlaps_after(Relation& r) { return overlaps_from_before(r, r.b, r.a); }

// The start of x is not before that of y; likewise its end not behind.
bool starts_within(Relation& r, const Interval& x, const Interval& y) {
  return r.less(y.start, x.start) || (r.same(x.start, y.start) && (!x.start.included || y.start.included));
}
bool ends_within(Relation& r, const Interval& x, const Interval& y) {
  return r.less(x.end, y.end) || (r.same(x.end, y.end) && (!x.end.included || y.end.included));
}

bool do_finish(Relation& r, const Interval& x, const Interval& y) {
  if (x.is_point) return y.end.included && r.same(x.end, y.end);
  return x.end.included == y.end.included && r.same(x.end, y.end) && starts_within(r, x, y);
}
bool finishes(Relation& r) { return do_finish(r, r.a, r.b); }
bool finished_by(Relation& r) { return do_finish(r, r.b, r.a); }

bool do_start(Relation& r, const Interval& x, const Interval& y) {
  if (x.is_point) return y.start.included && r.same(x.start, y.start);
  return x.start.included == y.start.included && r.same(x.start, y.start) && ends_within(r, x, y);
}
bool starts(Relation& r) { return do_start(r, r.a, r.b); }
bool started_by(Relation& r) { return do_start(r, r.b, r.a); }

bool lies_within(Relation& r, const Interval& x, const Interval& y) {
  return starts_within(r, x, y) && ends_within(r, x, y);
}
bool during(Relation& r) { return lies_within(r, r.a, r.b); }
bool includes_it(Relation& r) { return lies_within(r, r.b, r.a); }

bool coincides(Relation& r) {
  return r.same(r.a.start, r.b.start) && r.same(r.a.end, r.b.end) && r.a.start.included == r.b.start.included &&
         r.a.end.included == r.b.end.included;
}

template <bool (*holds)(Relation&)>
Value relate(Call& call) {
  Relation relation(call[0], call[1]);
  const bool result = holds(relation);
  if (!relation.fine()) return call.fail(Problem::not_comparable);
  return Value::boolean(result);
}

constexpr Kinds kPoint{Kind::number,    Kind::string,        Kind::date,           Kind::time,
                       Kind::date_time, Kind::days_duration, Kind::months_duration};
constexpr Kinds kPointOrRange{Kind::number,        Kind::string,          Kind::date, Kind::time, Kind::date_time,
                              Kind::days_duration, Kind::months_duration, Kind::range};
constexpr Kinds kRange{Kind::range};

// Which pairs a relation takes, besides two ranges.
struct Takes {
  bool points = false;
  bool point_range = false;
  bool range_point = false;
};

template <bool (*holds)(Relation&)>
void add_relation(BuiltinTable& table, std::string_view name, Takes takes) {
  // By position the kinds decide; the other overloads are there for their parameter names.
  const Kinds first = takes.points || takes.point_range ? kPointOrRange : kRange;
  const Kinds second = takes.points || takes.range_point ? kPointOrRange : kRange;
  const auto add = [&](std::string_view a, Kinds a_kinds, std::string_view b, Kinds b_kinds) {
    table.add(name, {of(a, a_kinds), of(b, b_kinds)}, Type::boolean(), relate<holds>);
  };
  add("range1", first, "range2", second);
  if (takes.points) add("point1", kPoint, "point2", kPoint);
  if (takes.point_range) add("point", kPoint, "range", kRange);
  if (takes.range_point) add("range", kRange, "point", kPoint);
}

}  // namespace

void add_range_functions(BuiltinTable& table) {
  constexpr Takes kAllPairs{.points = true, .point_range = true, .range_point = true};
  add_relation<points_before>(table, "before", kAllPairs);
  add_relation<points_after>(table, "after", kAllPairs);
  add_relation<meets>(table, "meets", {});
  add_relation<met_by>(table, "met by", {});
  add_relation<overlaps>(table, "overlaps", {});
  add_relation<overlaps_before>(table, "overlaps before", {});
  add_relation<overlaps_after>(table, "overlaps after", {});
  add_relation<finishes>(table, "finishes", {.point_range = true});
  add_relation<finished_by>(table, "finished by", {.range_point = true});
  add_relation<includes_it>(table, "includes", {.range_point = true});
  add_relation<during>(table, "during", {.point_range = true});
  add_relation<starts>(table, "starts", {.point_range = true});
  add_relation<started_by>(table, "started by", {.range_point = true});
  add_relation<coincides>(table, "coincides", {.points = true});
}

}  // namespace zh::feel::internal
