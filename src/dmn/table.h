// A decision table ready to run. Each column of constant tests is cut at the ends of its tests into points and open
// intervals, and for each of these the set of rules whose cell takes it is kept; so finding the rules that hit is a
// binary search per column and an intersection of sets, whatever the number of rules. Cells that are not constant are
// tested one by one, on the rules that are left.
#pragma once

#include <boost/container/small_vector.hpp>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "dmn/axis.h"
#include "dmn/definitions.h"
#include "dmn/node.h"

namespace zh::dmn::internal {

// A set of rules, one bit each.
// Most tables have few rules: their sets live on the stack.
using RuleWords = boost::container::small_vector<std::uint64_t, 4>;
// Rules by number, ascending.
using RowList = boost::container::small_vector<std::uint32_t, 8>;

// For each bucket of a column's axis, the rules whose cell takes it.
class ColumnIndex {
 public:
  explicit ColumnIndex(const std::vector<feel::UnaryTests>& cells);

  // The rules whose cell takes the value, and those that must be asked; nullptr when the value is of a kind that the
  // axis does not know: then every rule must be asked.
  const std::uint64_t* find(const feel::Value& value) const;
  // The rules whose cell must be asked.
  const RuleWords& general() const { return general_; }
  bool has_general() const { return has_general_; }

 private:
  Axis axis_;
  std::vector<std::uint64_t> taken_;  // words_ per bucket
  RuleWords general_;
  std::size_t words_ = 0;
  bool has_general_ = false;
};

struct TableInput {
  std::string name;  // the input expression
  NodePtr value;
  feel::Type type;
  std::optional<feel::UnaryTests> allowed;
};

struct TableOutput {
  std::string name;
  feel::Type type;
  std::optional<feel::UnaryTests> allowed;
  std::vector<feel::Value> priorities;  // the allowed values, most important first
  NodePtr standard;                     // default
};

struct TableRow {
  std::vector<feel::UnaryTests> tests;
  std::vector<NodePtr> outputs;
  std::string outcome;  // the outputs as written
  std::vector<std::string> annotations;
  Place place;
};

struct TableParts {
  HitPolicy hit_policy = HitPolicy::unique;
  Aggregation aggregation = Aggregation::none;
  std::vector<TableInput> inputs;
  std::vector<TableOutput> outputs;
  std::vector<TableRow> rows;
  Place place;
};

class TableNode final : public Node {
 public:
  TableNode(TableParts parts, feel::Type type);
  feel::Value evaluate(Frame& frame) const override;
  const TableParts& parts() const { return parts_; }

 private:
  struct Hit {
    std::size_t row;
    feel::Value value;
  };
  // Fills `rows` with the rules that hit, ascending; gives the null that stands for the error when an input is not
  // among its allowed values.
  std::optional<feel::Value> find_hits(Frame& frame, RowList& rows) const;
  void narrow(const feel::Value& value, std::size_t column, RuleWords& alive, Frame& frame) const;
  feel::Value output_of(std::size_t row, Frame& frame) const;
  feel::Value cell_value(const Node& cell, const TableOutput& output, Frame& frame) const;
  feel::Value decide(const RowList& rows, Frame& frame) const;
  feel::Value any_of(const RowList& rows, Frame& frame) const;
  feel::Value collect(const RowList& rows, Frame& frame) const;
  feel::Value aggregate(std::vector<feel::Value> values, Frame& frame) const;
  feel::Value standard_outputs(Frame& frame) const;
  // The hits by priority of their outputs, the most important first; equal ones in the order of the rules.
  std::vector<Hit> by_priority(const RowList& rows, Frame& frame) const;
  std::vector<std::size_t> priority_of(const feel::Value& value) const;
  void record(std::size_t row, Frame& frame) const;

  TableParts parts_;
  std::vector<ColumnIndex> columns_;          // empty when the table has too many rules for an index
  std::shared_ptr<const feel::Shape> shape_;  // of several outputs
  bool has_standard_ = false;
};

}  // namespace zh::dmn::internal
