// What a people file does to the records: which rows go in, which are refused because two people would hold one phone
// id at the same time, and the records that come out. Pure.
//
// A phone id may change hands within a file, in whatever order its rows stand: what counts is the record after all of
// them. Where two people would hold one at the same time, the row that stands later in the file is refused; what is
// stored already stands before every row.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "base/error.h"
#include "rooms/people/people.h"

namespace zh::people {

struct StatedRow {
  PersonRow row;
  int line = 0;
};

struct RefusedRow {
  std::size_t index = 0;  // among the stated rows
  Text why;
};

struct Change {
  std::vector<std::size_t> taken;   // indexes of the rows that go in, ascending
  std::vector<RefusedRow> refused;  // by index
  std::int64_t accepted = 0;        // of the taken ones: new or changing something
  std::int64_t unchanged = 0;       //   saying what is known already
  std::vector<Person> records;      // of the people whose record is another now, by staff_no
  // Rows that a later one of the same file states anew or replaces; probably a mistyped staff number.
  struct Overridden {
    std::size_t index = 0;
    std::size_t by = 0;
  };
  std::vector<Overridden> overridden;
};

Change change_of(const People& before, std::span<const StatedRow> rows);

// The first two people who would hold one phone id on one day, as a sentence; nothing when all is well.
std::optional<Text> double_holding(std::span<const Person> people);

// Whether something that a month's results depend on differs between two records of one person (null = no such person):
// hired_on, and what holds on each day of the month. Names do not count.
bool differs_in(const Person* a, const Person* b, Month month);

}  // namespace zh::people
