#include "rooms/quality/calibration/measures.h"

#include <algorithm>
#include <cassert>
#include <cstdlib>
#include <functional>
#include <utility>

#include "rooms/quality/calibration/codes.h"

namespace zh::quality::calibration {

namespace {

const Decimal kOne(1);

// How far apart two places of the scale lie, 0 for equal ones.
using Distance = std::int64_t (*)(std::size_t, std::size_t);
std::int64_t apart(std::size_t a, std::size_t b) { return a == b ? 0 : 1; }
std::int64_t steps(std::size_t a, std::size_t b) { return static_cast<std::int64_t>(a < b ? b - a : a - b); }
std::int64_t squared_steps(std::size_t a, std::size_t b) { return steps(a, b) * steps(a, b); }

// The mean distance of two different ratings of one record. Requires two.
Decimal disagreement(const std::vector<std::int64_t>& counts, std::int64_t given, Distance distance) {
  std::int64_t sum = 0;
  for (std::size_t a = 0; a < counts.size(); ++a) {
    if (counts[a] == 0) continue;
    for (std::size_t b = 0; b < counts.size(); ++b) sum += counts[a] * counts[b] * distance(a, b);
  }
  return Decimal(sum) / Decimal(given * (given - 1));
}

// Of each record; 0 where fewer than two have rated it.
std::vector<Decimal> disagreements(const Codes& codes, Distance distance) {
  std::vector<Decimal> all(codes.counts.size());
  for (std::size_t row = 0; row < all.size(); ++row) {
    if (codes.given[row] >= 2) all[row] = disagreement(codes.counts[row], codes.given[row], distance);
  }
  return all;
}

// Why nothing can be said when no record of the choice was rated by two.
Gap nothing_paired(const Codes& codes, Choice rows) {
  return std::ranges::any_of(rows, [&](std::size_t row) { return codes.given[row] > 0; }) ? Gap::one_rater
                                                                                          : Gap::no_data;
}

// 1 − observed / expected disagreement.
Value beyond_chance(const Decimal& observed, const Decimal& expected) {
  if (expected.is_zero()) return Gap::one_category;
  return kOne - observed / expected;
}

// Percent agreement: the mean over the records of the share of their pairs of ratings that are equal.
class Percent : public Evaluation {
 public:
  explicit Percent(const Ratings& ratings) : codes_(codes_of(ratings)), apart_(disagreements(codes_, apart)) {}

  Value over(Choice rows) const override {
    std::int64_t paired = 0;
    Decimal sum;
    for (const std::size_t row : rows) {
      if (codes_.given[row] < 2) continue;
      ++paired;
      sum += apart_[row];
    }
    if (paired == 0) return nothing_paired(codes_, rows);
    return kOne - sum / Decimal(paired);
  }

 private:
  Codes codes_;
  std::vector<Decimal> apart_;
};

// Cohen: 1 − Σ d n_ij · n / Σ d n_i n_j over the table of both raters.
class Cohen : public Evaluation {
 public:
  Cohen(const Ratings& ratings, Distance distance)
      : codes_(codes_of(ratings)), distance_(distance), raters_(ratings.raters()) {}

  Value over(Choice rows) const override {
    if (raters_ != 2) return Gap::not_two_raters;
    std::vector<std::int64_t> first(codes_.places());
    std::vector<std::int64_t> second(codes_.places());
    std::int64_t both = 0;
    std::int64_t observed = 0;
    for (const std::size_t row : rows) {
      if (codes_.given[row] != 2) continue;
      const std::size_t a = *codes_.placed[row][0];
      const std::size_t b = *codes_.placed[row][1];
      ++first[a];
      ++second[b];
      ++both;
      observed += distance_(a, b);
    }
    if (both == 0) return nothing_paired(codes_, rows);
    std::int64_t expected = 0;
    for (std::size_t a = 0; a < first.size(); ++a) {
      if (first[a] == 0) continue;
      for (std::size_t b = 0; b < second.size(); ++b) expected += first[a] * second[b] * distance_(a, b);
    }
    return beyond_chance(Decimal(observed) * Decimal(both), Decimal(expected));
  }

 private:
  Codes codes_;
  Distance distance_;
  std::size_t raters_;
};

// Fleiss: as the mean disagreement within records to that of any two ratings whatever, over records all have rated.
class Fleiss : public Evaluation {
 public:
  explicit Fleiss(const Ratings& ratings)
      : codes_(codes_of(ratings)),
        apart_(disagreements(codes_, apart)),
        raters_(static_cast<std::int64_t>(ratings.raters())) {}

  Value over(Choice rows) const override {
    std::vector<std::int64_t> counts(codes_.places());
    std::int64_t complete = 0;
    Decimal within;
    for (const std::size_t row : rows) {
      if (codes_.given[row] != raters_) continue;
      ++complete;
      within += apart_[row];
      for (std::size_t place = 0; place < counts.size(); ++place) counts[place] += codes_.counts[row][place];
    }
    if (raters_ < 2 || std::ranges::none_of(rows, [&](std::size_t row) { return codes_.given[row] > 1; })) {
      return nothing_paired(codes_, rows);
    }
    if (complete < 2) return Gap::incomplete;
    const std::int64_t all = complete * raters_;
    std::int64_t squares = 0;
    for (const std::int64_t count : counts) squares += count * count;
    const Decimal expected = Decimal(all * all - squares) / Decimal(all * all);
    return beyond_chance(within / Decimal(complete), expected);
  }

 private:
  Codes codes_;
  std::vector<Decimal> apart_;
  std::int64_t raters_;
};

// Gwet: chance agreement grows with how evenly the ratings spread over the scale, and is small where nearly all are the
// same. AC2 with weights 1 − d / (largest d); AC1 is that of nominal ratings.
class Gwet : public Evaluation {
 public:
  Gwet(const Ratings& ratings, Distance distance)
      : codes_(codes_of(ratings)), apart_(disagreements(codes_, distance)), shares_(codes_.counts.size()) {
    for (std::size_t row = 0; row < shares_.size(); ++row) {
      for (const std::int64_t count : codes_.counts[row]) {
        shares_[row].push_back(codes_.given[row] == 0 ? Decimal(0) : Decimal(count) / Decimal(codes_.given[row]));
      }
    }
    const std::size_t places = codes_.places();
    if (places < 2) return;
    largest_ = Decimal(distance(0, places - 1));
    std::int64_t distances = 0;
    for (std::size_t a = 0; a < places; ++a) {
      for (std::size_t b = 0; b < places; ++b) distances += distance(a, b);
    }
    const Decimal pairs(static_cast<std::int64_t>(places * places));
    const Decimal weights = pairs - Decimal(distances) / largest_;
    spread_ = weights / Decimal(static_cast<std::int64_t>(places * (places - 1)));
  }

  Value over(Choice rows) const override {
    std::vector<Decimal> prevalence(codes_.places());
    std::int64_t rated = 0;
    std::int64_t paired = 0;
    Decimal within;
    for (const std::size_t row : rows) {
      if (codes_.given[row] == 0) continue;
      ++rated;
      for (std::size_t place = 0; place < prevalence.size(); ++place) prevalence[place] += shares_[row][place];
      if (codes_.given[row] < 2) continue;
      ++paired;
      within += apart_[row];
    }
    if (paired == 0) return nothing_paired(codes_, rows);
    if (codes_.places() < 2) return Gap::one_category;
    Decimal evenness;
    for (const Decimal& sum : prevalence) {
      const Decimal share = sum / Decimal(rated);
      evenness += share * (kOne - share);
    }
    return beyond_chance(within / Decimal(paired) / largest_, kOne - spread_ * evenness);
  }

 private:
  Codes codes_;
  std::vector<Decimal> apart_;
  std::vector<std::vector<Decimal>> shares_;  // row by place
  Decimal largest_;                           // distance on the scale
  Decimal spread_;                            // Σ weights / (q (q − 1))
};

// Krippendorff: 1 − (n − 1) Σ_u Σ δ² / (m_u − 1) / Σ n_c n_k δ², over records with two ratings at least; n ratings.
class Krippendorff : public Evaluation {
 public:
  explicit Krippendorff(const Ratings& ratings) : codes_(codes_of(ratings)) {}

  Value over(Choice rows) const override {
    std::vector<std::int64_t> counts(codes_.places());
    std::int64_t all = 0;
    for (const std::size_t row : rows) {
      if (codes_.given[row] < 2) continue;
      all += codes_.given[row];
      for (std::size_t place = 0; place < counts.size(); ++place) counts[place] += codes_.counts[row][place];
    }
    if (all == 0) return nothing_paired(codes_, rows);
    const auto [within, between] = differences(rows, counts, all);
    return beyond_chance(Decimal(all - 1) * within, between);
  }

 protected:
  struct Differences {
    Decimal within;   // Σ_u Σ δ² / (m_u − 1), over ordered pairs of one record
    Decimal between;  // Σ n_c n_k δ², over ordered pairs of any two ratings
  };
  virtual Differences differences(Choice rows, const std::vector<std::int64_t>& counts, std::int64_t all) const = 0;
  const Codes& codes() const { return codes_; }

 private:
  Codes codes_;
};

class AlphaNominal : public Krippendorff {
 public:
  explicit AlphaNominal(const Ratings& ratings) : Krippendorff(ratings), apart_(disagreements(codes(), apart)) {}

 private:
  Differences differences(Choice rows, const std::vector<std::int64_t>& counts, std::int64_t all) const override {
    Decimal within;
    for (const std::size_t row : rows) within += apart_[row] * Decimal(codes().given[row]);
    std::int64_t squares = 0;
    for (const std::int64_t count : counts) squares += count * count;
    return {.within = within, .between = Decimal(all * all - squares)};
  }
  std::vector<Decimal> apart_;
};

// Σ n_c n_k (v_c − v_k)² over ordered pairs of n numbers = 2 (n Σ v² − (Σ v)²).
template <class Number>
Number squared_differences(std::span<const std::int64_t> counts, std::span<const Number> values) {
  Number count(0);
  Number sum(0);
  Number squares(0);
  for (std::size_t place = 0; place < counts.size(); ++place) {
    if (counts[place] == 0) continue;
    const Number times(counts[place]);
    count += times;
    sum += times * values[place];
    squares += times * values[place] * values[place];
  }
  return Number(2) * (count * squares - sum * sum);
}

class AlphaInterval : public Krippendorff {
 public:
  explicit AlphaInterval(const Ratings& ratings) : Krippendorff(ratings), within_(codes().counts.size()) {
    for (std::size_t row = 0; row < within_.size(); ++row) {
      if (codes().given[row] < 2) continue;
      within_[row] = squared_differences<Decimal>(codes().counts[row], codes().scale) / Decimal(codes().given[row] - 1);
    }
  }

 private:
  Differences differences(Choice rows, const std::vector<std::int64_t>& counts, std::int64_t) const override {
    Decimal within;
    for (const std::size_t row : rows) within += within_[row];
    return {.within = within, .between = squared_differences<Decimal>(counts, codes().scale)};
  }
  std::vector<Decimal> within_;
};

// The ordinal metric, (Σ_{g=c…k} n_g − (n_c + n_k)/2)², is the squared difference of two middle ranks. So ordinal α is
// interval α of the ranks, which are those of the chosen records; twice the rank is a whole number.
class AlphaOrdinal : public Krippendorff {
 public:
  explicit AlphaOrdinal(const Ratings& ratings) : Krippendorff(ratings), raters_(ratings.raters()) {}

 private:
  Differences differences(Choice rows, const std::vector<std::int64_t>& counts, std::int64_t) const override {
    std::vector<std::int64_t> ranks;
    std::int64_t below = 0;
    for (const std::int64_t count : counts) {
      ranks.push_back(2 * below + count);
      below += count;
    }
    std::vector<std::int64_t> by_given(raters_ + 1);  // records with the same number of ratings share a divisor
    for (const std::size_t row : rows) {
      const auto given = static_cast<std::size_t>(codes().given[row]);
      if (given >= 2) by_given[given] += squared_differences<std::int64_t>(codes().counts[row], ranks);
    }
    Decimal within;
    for (std::size_t given = 2; given < by_given.size(); ++given) {
      within += Decimal(by_given[given]) / Decimal(static_cast<std::int64_t>(given - 1));
    }
    std::vector<Decimal> exact;
    exact.reserve(ranks.size());
    for (const std::int64_t rank : ranks) exact.emplace_back(rank);
    return {.within = within, .between = squared_differences<Decimal>(counts, exact)};
  }
  std::size_t raters_;
};

// ICC(2,1) = (MSR − MSE) / (MSR + (k − 1) MSE + k (MSC − MSE) / n) of the analysis of variance, n records by k raters.
class Icc : public Evaluation {
 public:
  explicit Icc(const Ratings& ratings) : rows_(ratings.rows()), raters_(ratings.raters()), codes_(codes_of(ratings)) {}

  Value over(Choice rows) const override {
    std::vector<Decimal> by_rater(raters_);
    Decimal squares;
    Decimal squared_rows;
    std::int64_t complete = 0;
    bool one_score = true;
    std::optional<Decimal> first;
    for (const std::size_t row : rows) {
      if (codes_.given[row] != static_cast<std::int64_t>(raters_)) continue;
      ++complete;
      if (!first) first = *rows_[row].front();
      Decimal sum;
      for (std::size_t rater = 0; rater < raters_; ++rater) {
        const Decimal& score = *rows_[row][rater];
        one_score = one_score && score == *first;
        by_rater[rater] += score;
        squares += score * score;
        sum += score;
      }
      squared_rows += sum * sum;
    }
    if (raters_ < 2 || std::ranges::none_of(rows, [&](std::size_t row) { return codes_.given[row] > 1; })) {
      return nothing_paired(codes_, rows);
    }
    if (complete < 2) return Gap::incomplete;
    if (one_score) return Gap::one_category;
    return from_sums(by_rater, squares, squared_rows, Decimal(complete));
  }

 private:
  static Value from_sums(const std::vector<Decimal>& by_rater, const Decimal& squares, const Decimal& squared_rows,
                         const Decimal& n) {
    const Decimal k(static_cast<std::int64_t>(by_rater.size()));
    Decimal all;
    Decimal squared_columns;
    for (const Decimal& sum : by_rater) {
      all += sum;
      squared_columns += sum * sum;
    }
    const Decimal centre = all * all / (n * k);
    const Decimal between_rows = squared_rows / k - centre;
    const Decimal between_columns = squared_columns / n - centre;
    const Decimal rest = squares - centre - between_rows - between_columns;
    const Decimal msr = between_rows / (n - kOne);
    const Decimal msc = between_columns / (k - kOne);
    const Decimal mse = rest / ((n - kOne) * (k - kOne));
    const Decimal whole = msr + (k - kOne) * mse + k * (msc - mse) / n;
    // What rounding to 34 digits may leave of a zero.
    if (whole.abs() < Decimal::scaled(1, -20)) return Gap::undefined;
    return (msr - mse) / whole;
  }

  std::vector<Ratings::Row> rows_;
  std::size_t raters_;
  Codes codes_;
};

}  // namespace

Codes codes_of(const Ratings& ratings) {
  Codes codes;
  codes.scale = ratings.scale();
  for (const Ratings::Row& row : ratings.rows()) {
    for (const auto& rating : row) {
      if (rating.has_value()) codes.scale.push_back(*rating);
    }
  }
  std::ranges::sort(codes.scale, [](const Decimal& a, const Decimal& b) { return a < b; });
  const auto repeated = std::ranges::unique(codes.scale, [](const Decimal& a, const Decimal& b) { return a == b; });
  codes.scale.erase(repeated.begin(), repeated.end());

  for (const Ratings::Row& row : ratings.rows()) {
    auto& placed = codes.placed.emplace_back(row.size());
    auto& counts = codes.counts.emplace_back(codes.scale.size());
    codes.given.push_back(0);
    for (std::size_t rater = 0; rater < row.size(); ++rater) {
      if (!row[rater].has_value()) continue;
      const auto place =
          std::ranges::lower_bound(codes.scale, *row[rater], [](const Decimal& a, const Decimal& b) { return a < b; });
      placed[rater] = static_cast<std::size_t>(place - codes.scale.begin());
      ++counts[*placed[rater]];
      ++codes.given.back();
    }
  }
  return codes;
}

std::unique_ptr<Evaluation> evaluation_of(const Ratings& ratings, Measure measure) {
  switch (measure) {
    case Measure::percent:
      return std::make_unique<Percent>(ratings);
    case Measure::cohen:
      return std::make_unique<Cohen>(ratings, apart);
    case Measure::cohen_linear:
      return std::make_unique<Cohen>(ratings, steps);
    case Measure::cohen_quadratic:
      return std::make_unique<Cohen>(ratings, squared_steps);
    case Measure::fleiss:
      return std::make_unique<Fleiss>(ratings);
    case Measure::alpha_nominal:
      return std::make_unique<AlphaNominal>(ratings);
    case Measure::alpha_ordinal:
      return std::make_unique<AlphaOrdinal>(ratings);
    case Measure::alpha_interval:
      return std::make_unique<AlphaInterval>(ratings);
    case Measure::ac1:
      return std::make_unique<Gwet>(ratings, apart);
    case Measure::ac2_linear:
      return std::make_unique<Gwet>(ratings, steps);
    case Measure::ac2_quadratic:
      return std::make_unique<Gwet>(ratings, squared_steps);
    case Measure::icc:
      return std::make_unique<Icc>(ratings);
  }
  assert(false);
  return nullptr;
}

}  // namespace zh::quality::calibration
