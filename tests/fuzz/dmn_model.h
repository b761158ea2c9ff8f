// Any bytes as a decision model or as a test file of the conformance kit: a model or a clear error. What loads is
// evaluated without inputs, with derivations, and its tables are checked, under small limits.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>
#include <string>

#include "dmn/dmn.h"
#include "dmn/table_check.h"
#include "dmn/tck.h"

namespace zh::fuzz {

inline void evaluate_all(const dmn::Model& model) {
  constexpr std::size_t elements_max = 40;
  feel::EvaluationOptions options;
  options.limits = {.steps = 20'000, .depth = 200, .list_length = 2'000, .string_length = 20'000};
  options.now = Instant::from_seconds(1'792'000'000);
  dmn::Session session(model);
  for (dmn::ElementId element = 0; element < model.elements().size() && element < elements_max; ++element) {
    feel::Evaluation run(options);
    dmn::Derivation derivation;
    session.clear();
    (void)feel::to_feel(session.derive(element, run, derivation));
  }
}

inline void dmn_model(std::span<const std::uint8_t> bytes) {
  constexpr std::size_t bytes_max = 64 * 1024;
  if (bytes.size() > bytes_max) return;
  const std::string text(bytes.begin(), bytes.end());
  (void)dmn::tck::read_suite("fuzz.xml", text);
  const auto model = dmn::Model::load({{.file = "fuzz.dmn", .text = text}});
  if (!model.ok()) {
    (void)model.error().to_string(Language::zh);
    return;
  }
  evaluate_all(model.value());
  (void)dmn::check_tables(model.value(), {.cells_max = 20'000, .findings_max = 20});
}

}  // namespace zh::fuzz
