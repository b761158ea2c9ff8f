#include "rooms/quality/sampling/frame.h"

#include <fmt/format.h>

#include <algorithm>
#include <boost/unordered/unordered_flat_set.hpp>
#include <charconv>
#include <iterator>
#include <numeric>
#include <optional>

#include "base/fraction.h"

namespace zh::quality::sampling {

namespace {

constexpr std::string_view kFormat = "zhiheng stratum 1";

// --- building --------------------------------------------------------------------------------------------------------

// A contact that stands twice, in one cell or in two; empty when there is none.
std::string_view repeated(const Stratum& stratum) {
  boost::unordered_flat_set<std::string_view> seen(static_cast<std::size_t>(stratum.population()));
  for (const Cell& cell : stratum.cells) {
    for (const Unit& unit : cell.units) {
      if (!seen.insert(unit.contact).second) return unit.contact;
    }
  }
  return {};
}

Status check(const Stratum& stratum) {
  if (stratum.population() > kLargestStratum) {
    return error(ErrorCode::limit,
                 {.zh = fmt::format("坐席 {} 的联络超过 {} 条，请缩小计划范围", stratum.staff_no, kLargestStratum),
                  .en = fmt::format("agent {} has more than {} contacts: narrow the plan's scope", stratum.staff_no,
                                    kLargestStratum)});
  }
  if (const std::string_view contact = repeated(stratum); !contact.empty()) {
    return invalid({.zh = fmt::format("联络 {} 在抽样框中出现两次", contact),
                    .en = fmt::format("the contact {} stands twice in the frame", contact)});
  }
  return {};
}

// --- bytes -----------------------------------------------------------------------------------------------------------

void append(std::string& bytes, std::string_view field) {
  fmt::format_to(std::back_inserter(bytes), "{}:", field.size());
  bytes += field;
  bytes += ',';
}
void append(std::string& bytes, std::int64_t number) { append(bytes, fmt::format_int(number).c_str()); }

Error damaged() {
  return error(ErrorCode::corrupt, {.zh = "抽样层的存储内容已损坏", .en = "the stored stratum is damaged"});
}

// Reads netstrings one after the other; after the first that is none everything reads as nothing.
class Reader {
 public:
  explicit Reader(std::string_view bytes) : rest_(bytes) {}

  std::optional<std::string_view> text() {
    const std::size_t colon = rest_.find(':');
    const auto length = colon == std::string_view::npos ? std::nullopt : whole(rest_.substr(0, colon));
    if (!length.has_value() || std::cmp_greater_equal(*length, rest_.size() - colon - 1)) return fail();
    const auto size = static_cast<std::size_t>(*length);
    if (rest_[colon + 1 + size] != ',') return fail();
    const std::string_view field = rest_.substr(colon + 1, size);
    rest_.remove_prefix(colon + size + 2);
    return field;
  }
  std::optional<std::int64_t> number() {
    const auto field = text();
    return field.has_value() ? whole(*field) : std::nullopt;
  }
  bool at_end() const { return rest_.empty(); }

 private:
  // Digits without a leading zero.
  static std::optional<std::int64_t> whole(std::string_view digits) {
    std::int64_t number = 0;
    const auto [end, problem] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
    const bool plain = problem == std::errc() && end == digits.data() + digits.size() && digits.front() != '-' &&
                       (digits.size() == 1 || digits.front() != '0');
    return plain ? std::optional(number) : std::nullopt;
  }
  std::nullopt_t fail() {
    rest_ = {};
    return std::nullopt;
  }

  std::string_view rest_;
};

std::optional<Unit> read_unit(Reader& reader) {
  const auto contact = reader.text();
  const auto weight = reader.number();
  if (!contact || !weight || *weight < 1 || *weight > kLargestWeight) return std::nullopt;
  return Unit{.contact = std::string(*contact), .weight = *weight};
}

std::optional<Cell> read_cell(Reader& reader) {
  const auto channel = reader.text();
  const auto product = reader.text();
  const auto time_of_day = reader.text();
  const auto count = reader.number();
  if (!channel || !product || !time_of_day || !count) return std::nullopt;
  Cell cell{.name = {std::string(*channel), std::string(*product), std::string(*time_of_day)}, .units = {}};
  for (std::int64_t i = 0; i < *count; ++i) {
    auto unit = read_unit(reader);
    if (!unit) return std::nullopt;
    cell.units.push_back(*std::move(unit));
  }
  return cell;
}

}  // namespace

std::int64_t Stratum::population() const {
  return std::accumulate(cells.begin(), cells.end(), std::int64_t{0}, [](std::int64_t sum, const Cell& cell) {
    return sum + static_cast<std::int64_t>(cell.units.size());
  });
}

const Stratum* Frame::find(std::string_view staff_no) const {
  const auto found = std::ranges::lower_bound(strata, staff_no, {}, &Stratum::staff_no);
  return found != strata.end() && found->staff_no == staff_no ? &*found : nullptr;
}

std::vector<std::int64_t> allocate(const std::vector<std::int64_t>& populations, const Allocation& allocation) {
  std::vector<std::int64_t> sizes;
  for (const std::int64_t population : populations) sizes.push_back(std::min(population, allocation.per_agent));
  const std::int64_t promised = std::accumulate(sizes.begin(), sizes.end(), std::int64_t{0});
  const std::int64_t everybody = std::accumulate(populations.begin(), populations.end(), std::int64_t{0});
  const std::int64_t more = std::min(allocation.total, everybody) - promised;
  if (more <= 0) return sizes;

  const Fraction share = Fraction(more, everybody - promised);
  std::vector<Fraction> remainders;
  std::int64_t left = more;
  for (std::size_t i = 0; i < sizes.size(); ++i) {
    const Fraction exact = share * Fraction(populations[i] - sizes[i]);
    const std::int64_t whole = exact.truncated();
    remainders.push_back(exact - Fraction(whole));
    sizes[i] += whole;
    left -= whole;
  }
  std::vector<std::size_t> by_remainder(sizes.size());
  std::iota(by_remainder.begin(), by_remainder.end(), std::size_t{0});
  std::ranges::stable_sort(by_remainder, std::greater<>(), [&](std::size_t i) { return remainders[i]; });
  for (std::size_t i = 0; std::cmp_less(i, left); ++i) ++sizes[by_remainder[i]];
  return sizes;
}

Status CellBuilder::add(std::string contact, std::int64_t weight) {
  if (weight < 1 || weight > kLargestWeight) {
    return invalid({.zh = fmt::format("抽样权重 {} 应在 1 到 {}（千分之一）之间", weight, kLargestWeight),
                    .en = fmt::format("the weight {} lies outside 1 to {} thousandths", weight, kLargestWeight)});
  }
  units_.push_back({.contact = std::move(contact), .weight = weight});
  return {};
}

CellBuilder& FrameBuilder::cell(std::string_view staff_no, const CellName& name) {
  auto stratum = strata_.find(staff_no);
  if (stratum == strata_.end()) stratum = strata_.try_emplace(std::string(staff_no)).first;
  return stratum->second[name];
}

Result<Frame> FrameBuilder::finish(const Allocation& allocation) && {
  Frame frame;
  frame.strata.reserve(strata_.size());
  std::vector<std::int64_t> populations;
  for (auto& [staff_no, cells] : strata_) {
    Stratum stratum{.staff_no = staff_no, .size = 0, .cells = {}};
    for (auto& [name, cell] : cells) {
      std::vector<Unit>& units = cell.units_;
      if (units.empty()) continue;
      // Contacts come by time, and most telephone systems count their ids by time.
      if (!std::ranges::is_sorted(units, {}, &Unit::contact)) std::ranges::sort(units, {}, &Unit::contact);
      stratum.cells.push_back({.name = name, .units = std::move(units)});
    }
    if (stratum.cells.empty()) continue;
    ZH_CHECK(check(stratum));
    populations.push_back(stratum.population());
    frame.strata.push_back(std::move(stratum));
  }
  const std::vector<std::int64_t> sizes = allocate(populations, allocation);
  for (std::size_t i = 0; i < sizes.size(); ++i) frame.strata[i].size = sizes[i];
  return frame;
}

std::string encode(const Stratum& stratum) {
  std::string bytes;
  append(bytes, kFormat);
  append(bytes, stratum.staff_no);
  append(bytes, stratum.size);
  append(bytes, static_cast<std::int64_t>(stratum.cells.size()));
  for (const Cell& cell : stratum.cells) {
    append(bytes, cell.name.channel);
    append(bytes, cell.name.product);
    append(bytes, cell.name.time_of_day);
    append(bytes, static_cast<std::int64_t>(cell.units.size()));
    for (const Unit& unit : cell.units) {
      append(bytes, unit.contact);
      append(bytes, unit.weight);
    }
  }
  return bytes;
}

Result<Stratum> decode(std::string_view bytes) {
  Reader reader(bytes);
  const auto format = reader.text();
  const auto staff_no = reader.text();
  const auto size = reader.number();
  const auto count = reader.number();
  if (format != kFormat || !staff_no || !size || !count) return damaged();
  Stratum stratum{.staff_no = std::string(*staff_no), .size = *size, .cells = {}};
  for (std::int64_t i = 0; i < *count; ++i) {
    auto cell = read_cell(reader);
    if (!cell) return damaged();
    stratum.cells.push_back(*std::move(cell));
  }
  const std::int64_t population = stratum.population();
  if (!reader.at_end() || stratum.size > population || population > kLargestStratum) return damaged();
  return stratum;
}

}  // namespace zh::quality::sampling
