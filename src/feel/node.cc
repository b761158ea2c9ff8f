#include "feel/node.h"

#include <fmt/format.h>

#include "feel/evaluation.h"

namespace zh::feel::internal {

namespace {

constexpr std::uint32_t kValueDepthMax = 1'000;
constexpr std::uint64_t kWeightPerLength = 4;  // a value may weigh this many times the longest list

Error limit_error(const char* zh_what, const char* en_what, std::uint64_t limit) {
  return error(ErrorCode::limit, {.zh = fmt::format("求值超过上限：{}（{}）", zh_what, limit),
                                  .en = fmt::format("the evaluation passed a limit: {} ({})", en_what, limit)});
}

}  // namespace

Value Node::fail(Frame& frame, Problem problem, Kind left, Kind right, int detail) const {
  return frame.run.fail({.problem = problem,
                         .left = left,
                         .right = right,
                         .from = from,
                         .to = to,
                         .detail = detail,
                         .source = &frame.program.source()});
}

template <class Body>
auto Program::in_frame(std::span<const Value> inputs, const Value* tested, Evaluation& run, Body body) const {
  Frame frame{.program = *this, .inputs = inputs, .tested = tested, .run = run, .trace = run.options().trace};
  if (local_count == 0) return body(frame);
  Locals locals(local_count);
  frame.locals = locals.data();
  return body(frame);
}

bool Program::may_run(std::span<const Value> inputs, Evaluation& run) const {
  if (!reads.empty() && reads.back() >= inputs.size()) {
    run.stop(error(ErrorCode::internal,
                   {.zh = "表达式所需的变量没有全部给出", .en = "the expression was given too few inputs"}));
  }
  return run.spend(nodes.size());
}

Value Program::evaluate(std::span<const Value> inputs, const Value* tested, Evaluation& run) const {
  const DepthClaim depth(run, height);
  if (!depth.ok() || !may_run(inputs, run)) return {};
  return in_frame(inputs, tested, run, [&](Frame& frame) { return root->evaluate(frame); });
}

Tri Program::test(const Value& tested, std::span<const Value> inputs, Evaluation& run) const {
  if (alternatives.empty()) return root == nullptr ? Tri::yes : Tri::undefined;
  const DepthClaim depth(run, height);
  if (!depth.ok() || !may_run(inputs, run)) return Tri::undefined;
  const Tri any = in_frame(inputs, &tested, run, [&](Frame& frame) {
    Tri result = Tri::no;
    for (const Test* const alternative : alternatives) {
      const Tri one = alternative->test(tested, frame);
      if (one == Tri::yes) return Tri::yes;
      if (one == Tri::undefined) result = Tri::undefined;
    }
    return result;
  });
  if (!negated || any == Tri::undefined) return any;
  return any == Tri::yes ? Tri::no : Tri::yes;
}

DepthClaim::DepthClaim(Evaluation& run, std::uint32_t height)
    : run_(run), height_(height), ok_(EvaluationAccess::descend(run, height)) {
  if (!ok_) run.stop(limit_error("嵌套层数", "nested calls", run.options().limits.depth));
}

DepthClaim::~DepthClaim() {
  if (ok_) EvaluationAccess::ascend(run_, height_);
}

Traced::Traced(Frame& frame, const Node& node, std::string_view name) : trace_(frame.trace) {
  if (trace_ == nullptr) return;
  const std::string_view text = frame.program.source().text();
  step_ = {.text = text.substr(node.from, node.to - node.from), .name = name, .from = node.from, .to = node.to};
  trace_->enter(step_);
}

bool may_hold(Evaluation& run, std::size_t list_length) {
  const std::uint64_t limit = run.options().limits.list_length;
  if (list_length <= limit) return true;
  run.stop(limit_error("列表长度", "length of a list", limit));
  return false;
}

bool may_have_text(Evaluation& run, std::size_t string_length) {
  const std::uint64_t limit = run.options().limits.string_length;
  if (string_length <= limit) return true;
  run.stop(limit_error("字符串长度", "length of a string", limit));
  return false;
}

Value within_limits(Value made, Evaluation& run) {
  const std::uint64_t weight_max = kWeightPerLength * run.options().limits.list_length;
  if (made.weight() > weight_max) {
    run.stop(limit_error("值的大小", "size of a value", weight_max));
    return {};
  }
  if (made.depth() > kValueDepthMax) {
    run.stop(limit_error("值的嵌套层数", "nesting of a value", kValueDepthMax));
    return {};
  }
  return made;
}

}  // namespace zh::feel::internal
