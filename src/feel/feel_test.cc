#include "feel/feel.h"

#include <gtest/gtest.h>

#include <atomic>
#include <thread>

#include "feel/json.h"

namespace zh::feel {
namespace {

const Type kSeconds = Type::number().with_unit("seconds");
const Type kYuan = Type::number().with_unit("yuan");

CompileOptions strict() {
  CompileOptions options;
  options.mode = CompileOptions::Mode::strict;
  return options;
}

Value value_of(std::string_view text) { return compile_expression(text, {}).expression().evaluate({}).value(); }

// ---- Scopes
// ----------------------------------------------------------------------------------------------------------

TEST(Scope, NamesWithSpacesReadTheirSlots) {
  Scope scope;
  const Slot handled = scope.declare("handled calls", Type::number());
  const Slot seconds = scope.declare("talk seconds", kSeconds);
  const Compilation mean = compile_expression("talk seconds / handled calls", scope);
  ASSERT_TRUE(mean.ok());
  EXPECT_EQ(handled, 0U);
  EXPECT_EQ(std::vector<Slot>(mean.expression().reads().begin(), mean.expression().reads().end()),
            (std::vector<Slot>{handled, seconds}));
  const std::vector<Value> inputs{Value::number(3), Value::number(426)};
  EXPECT_EQ(to_feel(mean.expression().evaluate(inputs).value()), "142");
}

TEST(Scope, ACopyIsAScopeWithin) {
  Scope outer;
  outer.declare("a", Type::number());
  Scope inner = outer;
  inner.declare("a", Type::string());
  EXPECT_EQ(inner.slot_count(), 2U);
  const std::vector<Value> inputs{Value::number(1), Value::string("x")};
  EXPECT_EQ(to_feel(compile_expression("a", inner).expression().evaluate(inputs).value()), "\"x\"");
  EXPECT_EQ(to_feel(compile_expression("a", outer).expression().evaluate(inputs).value()), "1");
}

TEST(Scope, DeclaredTypesNameEntriesAndInstances) {
  Scope scope;
  const Type call = Type::context({{"wait s", Type::number()}, {"agent", Type::string()}}).named("tCall");
  scope.declare_type("tCall", call);
  scope.declare("calls", Type::list(call));
  const std::vector<Value> inputs{from_json(R"([{"wait s": 5, "agent": "1001"}])").value()};
  EXPECT_EQ(to_feel(compile_expression("calls[wait s < 10].agent", scope).expression().evaluate(inputs).value()),
            "[\"1001\"]");
  EXPECT_EQ(to_feel(compile_expression("calls[1] instance of tCall", scope).expression().evaluate(inputs).value()),
            "true");
  EXPECT_EQ(compile_expression("calls", scope).expression().type().to_string(), "list<tCall>");
}

// ---- The checker
// -----------------------------------------------------------------------------------------------------

struct Finding {
  std::string text;
  Problem problem;
  int column;
  std::string part_of_message;
};

class Checker : public testing::TestWithParam<Finding> {
 protected:
  Checker() {
    scope.declare("handle time", kSeconds);
    scope.declare("base pay", kYuan);
    scope.declare("handled", Type::number().with_unit("calls"));
    scope.declare("group", Type::string());
    scope.declare("person", Type::context({{"staff no", Type::string()}, {"age", Type::number()}}));
    scope.declare("day", Type::date());
  }
  Scope scope;
};

TEST_P(Checker, StrictModeRefuses) {
  const Finding& wanted = GetParam();
  const Compilation compiled = compile_expression(wanted.text, scope, strict());
  EXPECT_FALSE(compiled.ok()) << wanted.text;
  ASSERT_FALSE(compiled.diagnostics().empty()) << wanted.text;
  const Diagnostic& found = compiled.diagnostics().front();
  EXPECT_EQ(found.problem, wanted.problem) << found.message.en;
  EXPECT_EQ(found.place.column, wanted.column) << found.render(Language::en);
  EXPECT_NE(found.message.en.find(wanted.part_of_message), std::string::npos) << found.message.en;
  EXPECT_FALSE(found.message.zh.empty());
  // Standard mode reports the same and goes on.
  EXPECT_TRUE(compile_expression(wanted.text, scope).ok());
}

INSTANTIATE_TEST_SUITE_P(
    Feel, Checker,
    testing::Values(Finding{"handel time > 140", Problem::unknown_name, 1, "did you mean `handle time`?"},
                    Finding{"1 + agent count", Problem::unknown_name, 5, "agent count"},
                    Finding{"uper case(group)", Problem::unknown_function, 1, "did you mean `upper case`?"},
                    Finding{"person.staf no", Problem::unknown_entry, 1, "did you mean `staff no`?"},
                    Finding{"group + 1", Problem::wrong_operands, 1, "string and number"},
                    Finding{"day * 2", Problem::wrong_operands, 1, "date and number"},
                    Finding{"-group", Problem::wrong_operands, 1, "string"},
                    Finding{"group = 1", Problem::unlike_comparison, 1, "never equal"},
                    Finding{"group < 1", Problem::not_comparable, 1, "no order"},
                    Finding{"handle time in [\"a\"..\"b\"]", Problem::not_comparable, 16, "no order"},
                    Finding{"handle time between 1 and \"b\"", Problem::not_comparable, 1, "no order"},
                    Finding{"if group then 1 else 2", Problem::not_boolean, 4, "condition"},
                    Finding{"group and true", Problem::not_boolean, 1, "condition"},
                    Finding{"some x in [1] satisfies x", Problem::not_boolean, 25, "condition"},
                    Finding{"substring(group)", Problem::wrong_count, 1, "substring(string, start position, length?)"},
                    Finding{"substring(text: group, start position: 1)", Problem::unknown_parameter, 1, "string"},
                    Finding{"substring(handle time, 1)", Problem::wrong_argument, 11, "parameter `string`"},
                    Finding{"handle time + base pay", Problem::unit_mismatch, 1,
                            "seconds on one side, yuan on the other"},
                    Finding{"handle time > base pay", Problem::unit_mismatch, 1, "seconds"},
                    Finding{"handle time / handled > handle time", Problem::unit_mismatch, 1, "seconds/calls"},
                    Finding{"max(handle time, base pay)", Problem::unit_mismatch, 1, "yuan"},
                    Finding{"if true then handle time else base pay", Problem::unit_mismatch, 14, "yuan"},
                    Finding{"group(1)", Problem::not_a_function, 1, "cannot be called"},
                    Finding{"(function(x) x)(1, 2)", Problem::wrong_count, 1, "1 parameters"},
                    Finding{"1 instance of tNothing", Problem::unknown_type, 15, "tNothing"},
                    Finding{"@\"2026-02-30\"", Problem::bad_literal, 1, "2026-02-30"}));

TEST(CheckerUnits, FollowProductsAndLiterals) {
  Scope scope;
  scope.declare("seconds", kSeconds);
  scope.declare("calls", Type::number().with_unit("calls"));
  for (const std::string_view fine :
       {"seconds > 140", "seconds + 10 < 2 * seconds", "seconds / calls > 140", "(seconds / calls) * calls = seconds",
        "seconds / seconds < 0.5", "min(seconds, 10) < seconds", "floor(seconds) = seconds"}) {
    EXPECT_TRUE(compile_expression(fine, scope, strict()).ok()) << fine;
  }
  EXPECT_EQ(compile_expression("seconds * 100 / calls", scope).expression().type().unit(), "seconds/calls");
  EXPECT_FALSE(compile_expression("seconds * calls > seconds", scope, strict()).ok());
}

TEST(CheckerTests, CompareWithTheTestedType) {
  EXPECT_TRUE(compile_unary_tests("<= 140, [150..160)", {}, Type::number(), strict()).ok());
  EXPECT_FALSE(compile_unary_tests("<= \"a\"", {}, Type::number(), strict()).ok());
  EXPECT_FALSE(compile_unary_tests("\"a\"", {}, Type::number(), strict()).ok());
  EXPECT_FALSE(compile_unary_tests("[\"a\"..\"b\"]", {}, Type::number(), strict()).ok());
  EXPECT_TRUE(compile_unary_tests("? > 3", {}, Type::number(), strict()).ok());
}

// ---- Diagnostics
// -----------------------------------------------------------------------------------------------------

TEST(Diagnostics, NameThePlaceAndUnderline) {
  Scope scope;
  scope.declare("handle time", Type::number());
  CompileOptions options = strict();
  options.origin = {.file = "rules.yaml", .line = 41, .column = 7};
  const Compilation compiled = compile_expression("1 +\n  handel time", scope, options);
  ASSERT_EQ(compiled.diagnostics().size(), 1U);
  EXPECT_EQ(compiled.diagnostics()[0].render(Language::en),
            "rules.yaml:42:3: error: there is no name `handel time`; did you mean `handle time`?\n"
            "    handel time\n"
            "    ^^^^^^^^^^^");
  EXPECT_EQ(compiled.diagnostics()[0].render(Language::zh),
            "rules.yaml:42:3: 错误: 没有名为“handel time”的变量；是否指“handle time”？\n"
            "    handel time\n"
            "    ^^^^^^^^^^^");
  EXPECT_FALSE(compiled.status().ok());
  EXPECT_EQ(compiled.status().error().place.to_string(), "rules.yaml:42:3");
}

TEST(Diagnostics, ColumnsCountCodePointsAndTheUnderlineCountsWidth) {
  const Compilation compiled = compile_expression("班组 + 一", {});
  ASSERT_FALSE(compiled.diagnostics().empty());
  EXPECT_EQ(compiled.diagnostics().back().place.column, 6);
  EXPECT_EQ(compiled.diagnostics().back().underline, std::string(7, ' ') + "^^");
}

TEST(Diagnostics, FullWidthPunctuationIsNamed) {
  const Compilation compiled = compile_expression("max（1, 2）", {});
  ASSERT_FALSE(compiled.ok());
  EXPECT_NE(compiled.diagnostics()[0].message.zh.find("半角"), std::string::npos);
}

TEST(Diagnostics, ARunCollectsWhatWentWrongInOrder) {
  EvaluationOptions options;
  options.collect = true;
  Evaluation run(options);
  const Value value = compile_expression("[1 / 0, substring(\"a\", 9), 3]", {}).expression().evaluate({}, run);
  EXPECT_EQ(to_feel(value), "[null, null, 3]");
  const auto found = run.diagnostics();
  ASSERT_EQ(found.size(), 2U);
  EXPECT_EQ(found[0].problem, Problem::division_by_zero);
  EXPECT_EQ(found[0].underline, " ^^^^^");
  EXPECT_EQ(found[1].problem, Problem::out_of_range);
  EXPECT_EQ(found[1].place.column, 9);
}

TEST(Diagnostics, ANullOutlivesItsExpression) {
  Value null;
  {
    const Compilation compiled = compile_expression("1 / 0", {});
    null = compiled.expression().evaluate({}).value();
  }
  ASSERT_TRUE(null.diagnostic());
  EXPECT_EQ(null.diagnostic()->message.en, "division by zero");
  EXPECT_EQ(null.diagnostic()->line, "1 / 0");
}

// ---- Limits
// ----------------------------------------------------------------------------------------------------------

TEST(Limits, NestingIsRefusedBeforeTheStackIsGone) {
  for (const std::string_view open : {"(", "[", "{a:", "-", "not(", "if true then ", "1+(", "[1][", "x.y(", "]"}) {
    std::string text;
    for (int i = 0; i < 10'000; ++i) text += open;
    const Compilation compiled = compile_expression(text, {});
    EXPECT_FALSE(compiled.ok()) << open;
    EXPECT_TRUE(compiled.expression().evaluate({}).value().is_null());
  }
}

TEST(Limits, ALongSumIsRefusedAndALongConjunctionIsNot) {
  std::string sum = "1";
  std::string all = "true";
  for (int i = 0; i < 50'000; ++i) {
    sum += "+1";
    all += " and true";
  }
  const Compilation refused = compile_expression(sum, {});
  EXPECT_TRUE(!refused.ok() || refused.expression().evaluate({}).value().is_number());
  EXPECT_EQ(to_feel(compile_expression(all, {}).expression().evaluate({}).value()), "true");
}

TEST(Limits, TenMegabytesAreTooLong) {
  const Compilation compiled = compile_expression(std::string(10'000'000, '1'), {});
  ASSERT_FALSE(compiled.ok());
  EXPECT_EQ(compiled.diagnostics()[0].problem, Problem::too_long);
  EXPECT_EQ(compiled.status().error().code, ErrorCode::limit);
}

struct Excess {
  std::string text;
  std::string part_of_message;
};

class Excesses : public testing::TestWithParam<Excess> {};

TEST_P(Excesses, EndWithAnErrorOfTheirOwn) {
  EvaluationOptions options;
  options.limits.list_length = 100'000;
  options.limits.string_length = 100'000;
  options.limits.steps = 3'000'000;
  const auto result = compile_expression(GetParam().text, {}).expression().evaluate({}, options);
  ASSERT_FALSE(result.ok()) << to_feel(result.value());
  EXPECT_EQ(result.error().code, ErrorCode::limit);
  EXPECT_NE(result.error().message.en.find(GetParam().part_of_message), std::string::npos) << result.error().message.en;
}

INSTANTIATE_TEST_SUITE_P(
    Feel, Excesses,
    testing::Values(
        Excess{"count(for i in 1..1000000000 return i)", "list"},
        Excess{"some i in 1..1000000000 satisfies i < 0", "steps"},
        Excess{"for i in 1..1000, j in 1..1000, k in 1..1000 return 1", "list"},
        Excess{"(for i in 1..40 return if i = 1 then \"ab\" else partial[-1] + partial[-1])[-1]", "string"},
        Excess{"(for i in 1..40 return if i = 1 then [1, 1] else concatenate(partial[-1], partial[-1]))[-1]", "list"},
        Excess{"(for i in 1..100 return [partial[-1], partial[-1]])[-1] = 1", "value"},
        Excess{"(for i in 1..5000 return [partial[-1]])[-1] = 1", "nesting of a value"},
        Excess{"{f: function(n) f(n + 1), r: f(0)}.r", "nested calls"},
        Excess{"{f: function(n) if n < 2 then 1 else f(n - 1) + f(n - 2), r: f(200)}.r", "steps"},
        Excess{"count(for i in 1..3000 return for j in 1..3000 return i * j)", ""}));

TEST(Limits, RecursionOfSomeDepthIsFine) {
  EXPECT_EQ(to_feel(value_of("{sum to: function(n) if n = 0 then 0 else n + sum to(n - 1), r: sum to(200)}.r")),
            "20100");
}

TEST(Limits, CancellationEndsARun) {
  std::stop_source stop;
  stop.request_stop();
  EvaluationOptions options;
  options.cancel = stop.get_token();
  const auto result =
      compile_expression("some i in 1..1000000000 satisfies i < 0", {}).expression().evaluate({}, options);
  ASSERT_FALSE(result.ok());
  EXPECT_EQ(result.error().code, ErrorCode::cancelled);
}

// ---- Evaluation
// ------------------------------------------------------------------------------------------------------

TEST(Evaluation, TellsThePresentItIsGiven) {
  EvaluationOptions options;
  options.now = Instant::from_seconds(1'792'000'000);
  options.zone = TimeZone::offset(8 * 3600);
  EXPECT_EQ(to_string(compile_expression("now()", {}).expression().evaluate({}, options).value()),
            "2026-10-15T01:46:40+08:00");
  EXPECT_EQ(to_string(compile_expression("today()", {}).expression().evaluate({}, options).value()), "2026-10-15");
}

TEST(Evaluation, SharesOneExpressionBetweenThreads) {
  Scope scope;
  scope.declare("n", Type::number());
  const Compilation compiled =
      compile_expression("sum(for i in 1..n return if matches(string(i), \"^1\") then i else 0)", scope);
  const std::vector<Value> inputs{Value::number(200)};
  const std::string expected = to_feel(compiled.expression().evaluate(inputs).value());
  std::atomic<int> wrong{0};
  std::vector<std::jthread> threads;
  for (int t = 0; t < 4; ++t) {
    threads.emplace_back([&] {
      for (int i = 0; i < 50; ++i) {
        if (to_feel(compiled.expression().evaluate(inputs).value()) != expected) ++wrong;
      }
    });
  }
  threads.clear();
  EXPECT_EQ(wrong, 0);
}

class Recorder final : public Trace {
 public:
  void enter(const Step& step) override { open.push_back(std::string(step.text)); }
  void leave(const Step& step, const Value& value) override {
    EXPECT_EQ(open.back(), step.text);
    open.pop_back();
    log += std::string(open.size(), ' ') + std::string(step.text) + " = " + to_feel(value) + "\n";
  }
  std::vector<std::string> open;
  std::string log;
};

TEST(Evaluation, TracesNamedParts) {
  Scope scope;
  scope.declare("points", Type::list(Type::number()));
  scope.declare("bonus", Type::number());
  Recorder recorder;
  EvaluationOptions options;
  options.trace = &recorder;
  const std::vector<Value> inputs{Value::list({Value::number(3), Value::number(4)}), Value::number(5)};
  const Compilation compiled = compile_expression("sum(points) + {half: bonus / 2}.half", scope);
  EXPECT_EQ(to_feel(compiled.expression().evaluate(inputs, options).value()), "9.5");
  EXPECT_EQ(recorder.log,
            " points = [3, 4]\n"
            "sum(points) = 7\n"
            "  bonus = 5\n"
            " bonus / 2 = 2.5\n"
            "{half: bonus / 2}.half = 2.5\n");
}

// ---- Functions of the host
// -------------------------------------------------------------------------------------------

TEST(HostFunctions, AreCheckedCoercedAndCalled) {
  const Type type = Type::function({{"rate", Type::number()}, {"term", Type::number()}}, Type::number());
  Scope scope;
  scope.declare("instalment of", type);
  const std::vector<Value> inputs{
      make_function("instalment of", type, [](std::span<const Value> arguments, Evaluation&) {
        return Value::number(arguments[0].number() * arguments[1].number());
      })};
  const auto result = [&](std::string_view text) {
    return to_feel(compile_expression(text, scope).expression().evaluate(inputs).value());
  };
  EXPECT_EQ(result("instalment of(2, 3)"), "6");
  EXPECT_EQ(result("instalment of(term: 3, rate: [2])"), "6");
  EXPECT_EQ(result("instalment of(\"a\", 3)"), "null");
  EXPECT_EQ(result("for r in [1, 2] return instalment of(r, 10)"), "[10, 20]");
  EXPECT_FALSE(compile_expression("instalment of(1)", scope, strict()).ok());
  EXPECT_EQ(compile_expression("instalment of(1, 2)", scope).expression().type().to_string(), "number");
}

TEST(HostFunctions, SayWhatIsWrongInTheirOwnWords) {
  const Type type = Type::function({}, Type::number());
  Scope scope;
  scope.declare("broken", type);
  const std::vector<Value> inputs{make_function("broken", type, [](std::span<const Value>, Evaluation& run) {
    return run.fail({.zh = "表坏了", .en = "the table is broken"});
  })};
  const Value null = compile_expression("broken()", scope).expression().evaluate(inputs).value();
  ASSERT_TRUE(null.diagnostic());
  EXPECT_EQ(null.diagnostic()->message.en, "the table is broken");
}

// ---- Unary tests
// -----------------------------------------------------------------------------------------------------

TEST(UnaryTests, TellTheirConstantsForAnalysis) {
  const auto of = [](std::string_view text) { return compile_unary_tests(text, {}, Type::any()).tests().constants(); };
  const auto bands = of("< 10, [20..30), 40, \"a\", date(\"2026-10-12\")");
  ASSERT_TRUE(bands);
  ASSERT_EQ(bands->tests.size(), 5U);
  EXPECT_TRUE(bands->tests[0].low.is_null());
  EXPECT_EQ(to_feel(bands->tests[0].high), "10");
  EXPECT_FALSE(bands->tests[0].high_included);
  EXPECT_EQ(to_feel(bands->tests[1].low), "20");
  EXPECT_TRUE(bands->tests[1].low_included);
  EXPECT_FALSE(bands->tests[1].high_included);
  EXPECT_EQ(to_feel(bands->tests[2].low), to_feel(bands->tests[2].high));
  EXPECT_EQ(to_feel(bands->tests[4].low), "@\"2026-10-12\"");
  EXPECT_TRUE(of("-")->tests[0].any);
  EXPECT_TRUE(of("not(1, 2)")->negated);
  EXPECT_FALSE(of("? > 3"));
  Scope scope;
  scope.declare("limit", Type::number());
  EXPECT_FALSE(compile_unary_tests("< limit", scope, Type::number()).tests().constants());
}

// ---- Types
// -----------------------------------------------------------------------------------------------------------

TEST(Types, AreReadAndWritten) {
  for (const std::string_view text :
       {"number", "list<string>", "context<a: number, b c: list<Any>>", "function<number, string> -> boolean",
        "range<date and time>", "days and time duration"}) {
    EXPECT_EQ(compile_type(text, {}).value().to_string(), text);
  }
  EXPECT_FALSE(compile_type("list<", {}).ok());
  EXPECT_FALSE(compile_type("nonsense", {}).ok());
}

TEST(Types, CoerceAsTheStandardSays) {
  Evaluation run;
  const Type numbers = Type::list(Type::number());
  EXPECT_EQ(to_feel(coerce(value_of("[5]"), Type::number(), run)), "5");
  EXPECT_EQ(to_feel(coerce(value_of("5"), numbers, run)), "[5]");
  EXPECT_EQ(to_feel(coerce(value_of("[5, 6]"), Type::number(), run)), "null");
  EXPECT_EQ(to_feel(coerce(value_of("@\"2026-10-12\""), Type::date_time(), run)), "@\"2026-10-12T00:00:00Z\"");
  EXPECT_EQ(to_feel(coerce(value_of("\"5\""), Type::number(), run)), "null");
  EXPECT_EQ(to_feel(coerce(value_of("null"), Type::number(), run)), "null");
  EXPECT_TRUE(coerce(value_of("\"5\""), Type::number(), run).cause());
  EXPECT_EQ(to_feel(coerce(value_of("{a: 1, b: 2}"), Type::context({{"a", Type::number()}}), run)), "{a: 1, b: 2}");
}

TEST(Types, AllowedValuesAreAsked) {
  Evaluation run;
  const auto allowed = make_constraint(compile_unary_tests("[0..100]", {}, Type::number()).tests());
  const Type score = Type::number().named("tScore").with_constraint(allowed);
  EXPECT_EQ(to_feel(coerce(Value::number(100), score, run)), "100");
  const Value refused = coerce(Value::number(101), score, run);
  ASSERT_TRUE(refused.cause());
  EXPECT_EQ(refused.cause()->problem, Problem::not_allowed);
  EXPECT_EQ(to_feel(coerce(value_of("[1, 200]"), Type::list(score), run)), "null");
}

// ---- JSON
// ------------------------------------------------------------------------------------------------------------

TEST(Json, GoesThereAndBackExactly) {
  for (const std::string_view text : {"null", "true", "0.1", "12345678901234567890.123456789", "\"a\\\"\\n\\u0001工\"",
                                      "[1,[2,{}]]", "{\"b\":1,\"a\":{\"c\":[]}}"}) {
    EXPECT_EQ(to_json(from_json(text).value()), text);
  }
  EXPECT_EQ(to_json(from_json("\"\\u4f60\\ud83d\\ude00\"").value()), "\"你😀\"");
  EXPECT_EQ(to_json(value_of("[@\"2026-10-12\", [1..2)]")), "[\"2026-10-12\",\"[1..2)\"]");
}

TEST(Json, SaysWhereItIsWrong) {
  for (const std::string_view text : {"", "{", "[1,]", "{\"a\":1,\"a\":2}", "01", "1.", "+1", "\"a", "\"\\x\"", "tru",
                                      "1 2", "{a:1}", "\"\\ud800\"", "[1 2]", "nul", "\"\x01\""}) {
    const auto read = from_json(text);
    ASSERT_FALSE(read.ok()) << text;
    EXPECT_EQ(read.error().place.line, 1) << text;
  }
  EXPECT_EQ(from_json("{\n \"a\": ?}").error().place.to_string(), "2:7");
  EXPECT_EQ(from_json(std::string(100'000, '[')).error().code, ErrorCode::limit);
}

TEST(Json, ReadsTemporalStringsWhereTheTypeSaysSo) {
  const Type type =
      Type::context({{"day", Type::date()}, {"note", Type::string()}, {"breaks", Type::list(Type::days_duration())}});
  EXPECT_EQ(to_feel(from_json(R"({"day":"2026-10-12","note":"2026-10-12","breaks":["PT15M"]})", type).value()),
            "{day: @\"2026-10-12\", note: \"2026-10-12\", breaks: [@\"PT15M\"]}");
  EXPECT_FALSE(from_json(R"({"day":"yesterday"})", type).ok());
}

// ---- Values
// ----------------------------------------------------------------------------------------------------------

TEST(Values, PrintAsFeelReadsThemBack) {
  for (const std::string_view text : {"null", "true", "-12.5", "\"a \\\"b\\\"\\n\"", "@\"2026-10-12\"",
                                      "@\"09:05:09.5@Asia/Shanghai\"", "@\"-P1DT2H\"", "@\"P1Y2M\"", "[1, [2]]",
                                      "{a: 1, \"b c(\": 2}", "[1..2)", "(< 10)", "(>= \"a\")", "(= 5)", "(!= 5)"}) {
    EXPECT_EQ(to_feel(value_of(text)), text);
  }
}

TEST(Values, LongStringsAreSharedAndShortOnesInside) {
  for (const std::size_t length : {0U, 29U, 30U, 31U, 300U}) {
    const std::string text(length, 'x');
    const Value value = Value::string(text);
    const Value copy = value;  // NOLINT(performance-unnecessary-copy-initialization): the copy is tested
    EXPECT_EQ(copy.string(), text);
    EXPECT_TRUE(equal(copy, value).value());
  }
}

TEST(Values, SelfAssignmentKeepsTheValue) {
  Value value = Value::list({Value::string(std::string(100, 'a'))});
  const Value& same = value;
  value = same;
  EXPECT_EQ(value.list().size(), 1U);
}

}  // namespace
}  // namespace zh::feel
