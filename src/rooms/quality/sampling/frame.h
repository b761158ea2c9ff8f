// The frame of a draw: every contact that may be drawn, by agent and cell, in one canonical order.
//
//   stratum – one agent's contacts of the period; so many of them are drawn (`size`)
//   cell    – channel × product × time of day within a stratum
//   weight  – how much likelier a contact is to be drawn than one of weight 1,000: risk, in thousandths
//
//   FrameBuilder builder;
//   CellBuilder& calls = builder.cell("1001", {.channel = "call", .product = "broadband", .time_of_day = "08-12"});
//   ZH_CHECK(calls.add("1791767107.0"));
//   ZH_TRY(const Frame frame, std::move(builder).finish({.per_agent = 4}));
//
// Invariants: strata by staff number, cells by their three words, units by contact, all by bytes, each once. So the
// order in which contacts were added does not matter: the same contacts give the same frame and the same hash.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/hash.h"
#include "base/result.h"

namespace zh::quality::sampling {

// The weight of a contact without any risk, and the largest there is: a thousand times likelier.
inline constexpr std::int64_t kPlainWeight = 1'000;
inline constexpr std::int64_t kLargestWeight = 1'000'000;
// Keeps every product of a size and a sum of weights within 63 bits.
inline constexpr std::int64_t kLargestStratum = 1'000'000;

struct Unit {
  std::string contact;  // source id
  std::int64_t weight = kPlainWeight;
  friend bool operator==(const Unit&, const Unit&) = default;
};

struct CellName {
  std::string channel;
  std::string product;
  std::string time_of_day;
  friend auto operator<=>(const CellName&, const CellName&) = default;
};

struct Cell {
  CellName name;
  std::vector<Unit> units;
  friend bool operator==(const Cell&, const Cell&) = default;
};

struct Stratum {
  std::string staff_no;
  std::int64_t size = 0;  // to be drawn, at most population()
  std::vector<Cell> cells;

  std::int64_t population() const;
  friend bool operator==(const Stratum&, const Stratum&) = default;
};

struct Frame {
  std::vector<Stratum> strata;

  const Stratum* find(std::string_view staff_no) const;
  friend bool operator==(const Frame&, const Frame&) = default;
};

// How many are drawn. Everybody gets `per_agent`, or all there are where they are fewer; what `total` leaves beyond
// that is shared out in proportion to the contacts left, by largest remainder (equal ones: lower staff number first).
// A total below the sum of the minima changes nothing: the minimum is a promise (C3.2).
struct Allocation {
  std::int64_t per_agent = 1;
  std::int64_t total = 0;
};
std::vector<std::int64_t> allocate(const std::vector<std::int64_t>& populations, const Allocation& allocation);

// A cell that is being filled.
class CellBuilder {
 public:
  // Fails (invalid): a weight outside 1 … kLargestWeight.
  Status add(std::string contact, std::int64_t weight = kPlainWeight);

 private:
  friend class FrameBuilder;
  std::vector<Unit> units_;
};

class FrameBuilder {
 public:
  // The agent's cell of that name, as long as the builder lives: whoever adds many contacts finds it once.
  CellBuilder& cell(std::string_view staff_no, const CellName& name);
  // Fails (invalid): a contact that stands twice in a stratum; (limit) a stratum of more than kLargestStratum.
  Result<Frame> finish(const Allocation& allocation) &&;

 private:
  std::map<std::string, std::map<CellName, CellBuilder>, std::less<>> strata_;
};

// A stratum as bytes: what its hash covers and what is kept of it. A sequence of netstrings ("4:1001,"):
//   "zhiheng stratum 1", staff number, size, number of cells, then of each cell channel, product, time of day, number
//   of units, and of each unit its contact and weight; numbers in decimal.
std::string encode(const Stratum& stratum);
// Fails (corrupt) on anything that encode() does not write.
Result<Stratum> decode(std::string_view bytes);

}  // namespace zh::quality::sampling
