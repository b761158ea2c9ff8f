// The conformance kit of the standard (DMN TCK): test files that give a model inputs and state the results.
//
// Counting follows the published result lists of the kit: one per test case, whatever the number of its result nodes; a
// case passes when all of its nodes do. Numbers match when they differ by less than 10⁻⁸, as in the kit's own runners
// (expected values are written with few digits); everything else must be equal. A node with errorResult must be null
// and carry a diagnostic. Cases that need functions outside FEEL (Java, PMML) are skipped.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "dmn/dmn.h"

namespace zh::dmn::tck {

// A named value of a test case; `space` may name the model it belongs to.
struct InputNode {
  std::string name;
  std::string space;
  feel::Value value;
};

struct ResultNode {
  std::string name;
  std::string space;
  feel::Value expected;
  bool is_error = false;
};

enum class CaseKind { decision, knowledge_model, service };

struct Case {
  std::string id;
  CaseKind kind = CaseKind::decision;
  std::string invocable;  // of a knowledge model or service: what is called
  std::vector<InputNode> inputs;
  std::vector<ResultNode> results;
  Place place;
};

struct Suite {
  std::string model;  // file name of the model
  std::vector<Case> cases;
};

// Fails (invalid, limit) on text that is no test file, naming the place.
Result<Suite> read_suite(std::string file, std::string text);

struct Failure {
  std::string folder;  // relative to the folder that was run
  std::string test;    // "0001-filter-test-01#001": file and case
  std::string node;    // the first result node that differs
  std::string expected;
  std::string got;
};

struct Counts {
  int total = 0;
  int passed = 0;
  int failed = 0;
  int skipped = 0;
};

struct FolderCounts {
  std::string folder;
  Counts counts;
};

struct Report {
  Counts counts;
  std::vector<FolderCounts> folders;  // by name
  std::vector<Failure> failures;      // one per failed case
};

// Runs every *-test-*.xml below the folder against the models beside it. A model or test file that cannot be read fails
// its cases, not the run. Fails (not_found, invalid) when there is no such folder or no test file in it.
Result<Report> run_folder(const std::filesystem::path& folder);

// Whether a result is the expected one, as described above.
bool matches(const feel::Value& expected, const feel::Value& got);

}  // namespace zh::dmn::tck
