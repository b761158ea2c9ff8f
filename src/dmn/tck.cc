#include "dmn/tck.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/source.h"
#include "dmn/core.h"

namespace zh::dmn::tck {

namespace {

using feel::Value;

constexpr std::size_t kFilesMax = 20'000;

std::string shown(const Value& value) {
  std::string text = feel::to_feel(value);
  if (const auto diagnostic = value.diagnostic()) text += fmt::format(" ({})", diagnostic->message.en);
  return text;
}

bool ends_like_a_test(const std::string& name) {
  return name.ends_with(".xml") && name.find("-test-") != std::string::npos;
}

Result<std::vector<std::filesystem::path>> test_files(const std::filesystem::path& folder) {
  std::vector<std::filesystem::path> files;
  std::error_code failed;
  std::filesystem::recursive_directory_iterator entry(folder, failed);
  for (const std::filesystem::recursive_directory_iterator end; !failed && entry != end; entry.increment(failed)) {
    if (ends_like_a_test(entry->path().filename().string())) files.push_back(entry->path());
    if (files.size() > kFilesMax) {
      return error(ErrorCode::limit, {.zh = fmt::format("测试文件多于 {} 个", kFilesMax),
                                      .en = fmt::format("there are more than {} test files", kFilesMax)});
    }
  }
  if (failed) {
    return error(ErrorCode::not_found,
                 {.zh = fmt::format("无法读取目录 {}：{}", folder.string(), failed.message()),
                  .en = fmt::format("cannot read the folder {}: {}", folder.string(), failed.message())});
  }
  if (files.empty()) {
    return error(ErrorCode::not_found, {.zh = fmt::format("{} 下没有 *-test-*.xml", folder.string()),
                                        .en = fmt::format("there is no *-test-*.xml below {}", folder.string())});
  }
  std::sort(files.begin(), files.end());
  return files;
}

Result<std::string> read_all(const std::filesystem::path& path) {
  ZH_TRY(const auto file, FileSource::open(path));
  std::string text;
  std::vector<char> block(64 * 1024);
  while (text.size() <= xml::Limits().bytes_max) {
    ZH_TRY(const std::size_t count, file->read(block));
    if (count == 0) break;
    text.append(block.data(), count);
  }
  return text;
}

struct Verdict {
  enum class Kind { passed, failed, skipped } kind = Kind::passed;
  Failure failure;
};

// One test case against its model.
class Trial {
 public:
  Trial(const Model& model, const Case& test_case) : model_(model), case_(test_case), session_(model) {}

  Verdict run();

 private:
  std::optional<ElementId> find(std::initializer_list<ElementKind> kinds, std::string_view name,
                                std::string_view space) const;
  std::optional<ElementId> called() const;
  // The value of a result node; sets `has_error` when something went wrong on the way.
  Result<Value> value_of(const ResultNode& node, bool& has_error);
  Result<Value> call(ElementId element, const ResultNode& node, feel::Evaluation& run);
  static Verdict failed(std::string node, std::string expected, std::string got);

  const Model& model_;
  const Case& case_;
  Session session_;
};

Verdict Trial::failed(std::string node, std::string expected, std::string got) {
  Verdict verdict{.kind = Verdict::Kind::failed, .failure = {}};
  verdict.failure.node = std::move(node);
  verdict.failure.expected = std::move(expected);
  verdict.failure.got = std::move(got);
  return verdict;
}

std::optional<ElementId> Trial::find(std::initializer_list<ElementKind> kinds, std::string_view name,
                                     std::string_view space) const {
  for (const auto kind : kinds) {
    if (const auto found = model_.find(kind, name, space)) return found;
  }
  return std::nullopt;
}

std::optional<ElementId> Trial::called() const {
  if (case_.kind == CaseKind::service) return find({ElementKind::service}, case_.invocable, {});
  return find({ElementKind::knowledge_model}, case_.invocable, {});
}

Verdict Trial::run() {
  for (const auto& input : case_.inputs) {
    const auto element = find({ElementKind::input, ElementKind::decision}, input.name, input.space);
    if (element) session_.set(*element, input.value);
  }
  for (const auto& node : case_.results) {
    const auto element =
        case_.kind == CaseKind::decision ? find({ElementKind::decision}, node.name, node.space) : called();
    if (element && model_.element(*element).uses_external) return {.kind = Verdict::Kind::skipped, .failure = {}};
    bool has_error = false;
    const auto got = value_of(node, has_error);
    if (!got.ok()) return failed(node.name, shown(node.expected), got.error().to_string(Language::en));
    if (!matches(node.expected, got.value())) return failed(node.name, shown(node.expected), shown(got.value()));
    if (node.is_error && !has_error) return failed(node.name, "null with an error", "null without an error");
  }
  return {};
}

Result<Value> Trial::value_of(const ResultNode& node, bool& has_error) {
  feel::EvaluationOptions options;
  options.collect = true;
  feel::Evaluation run(options);
  const auto element =
      case_.kind == CaseKind::decision ? find({ElementKind::decision}, node.name, node.space) : called();
  if (!element) {
    return error(ErrorCode::not_found, {.zh = "模型中没有这个元素", .en = "the model has no such element"});
  }
  Value value;
  if (case_.kind == CaseKind::decision) {
    value = session_.decide(*element, run);
  } else {
    ZH_TRY(value, call(*element, node, run));
  }
  if (run.failed()) return run.failure();
  has_error = value.cause().has_value() || !run.diagnostics().empty();
  return value;
}

Result<Value> Trial::call(ElementId element, const ResultNode& node, feel::Evaluation& run) {
  if (case_.kind == CaseKind::service) {
    Value value = session_.decide(element, run);
    const bool several = model_.core().compiled[element].output_names != nullptr;
    if (!several || !value.is_context()) return value;
    const auto* const part = value.context().find(feel::normalized_name(node.name));
    if (part != nullptr) return *part;
    const bool whole = feel::normalized_name(node.name) == model_.element(element).name;
    return whole ? value : Value();
  }
  const Value function = session_.decide(element, run);
  std::vector<Value> arguments;
  for (const auto& parameter : model_.element(element).type.parameters()) {
    const auto given = std::find_if(case_.inputs.begin(), case_.inputs.end(), [&parameter](const InputNode& input) {
      return feel::normalized_name(input.name) == parameter.name;
    });
    arguments.push_back(given == case_.inputs.end() ? Value() : given->value);
  }
  return feel::call(function, arguments, run);
}

class Runner {
 public:
  explicit Runner(const std::filesystem::path& folder) : folder_(folder) {}

  Report run(const std::vector<std::filesystem::path>& files) {
    for (const auto& file : files) run_file(file);
    return std::move(report_);
  }

 private:
  void run_file(const std::filesystem::path& file);
  void count(const Verdict& verdict);

  const std::filesystem::path& folder_;
  Report report_;
};

void Runner::count(const Verdict& verdict) {
  for (auto* const counts : {&report_.counts, &report_.folders.back().counts}) {
    ++counts->total;
    if (verdict.kind == Verdict::Kind::passed) ++counts->passed;
    if (verdict.kind == Verdict::Kind::failed) ++counts->failed;
    if (verdict.kind == Verdict::Kind::skipped) ++counts->skipped;
  }
  if (verdict.kind == Verdict::Kind::failed) report_.failures.push_back(verdict.failure);
}

void Runner::run_file(const std::filesystem::path& file) {
  const auto place = file.parent_path().lexically_relative(folder_).generic_string();
  if (report_.folders.empty() || report_.folders.back().folder != place) {
    report_.folders.push_back({.folder = place, .counts = {}});
  }
  const auto stem = file.stem().string();
  const auto fail = [&](const std::string& test, const std::string& node, const Error& problem) {
    Verdict verdict{.kind = Verdict::Kind::failed, .failure = {}};
    verdict.failure = {
        .folder = place, .test = test, .node = node, .expected = "a result", .got = problem.to_string(Language::en)};
    count(verdict);
  };
  auto text = read_all(file);
  if (!text.ok()) return fail(stem, "", text.error());
  const auto suite = read_suite(file.filename().string(), std::move(text).value());
  if (!suite.ok()) return fail(stem, "", suite.error());
  const auto model = Model::load_file(file.parent_path() / suite.value().model);
  for (const auto& test_case : suite.value().cases) {
    const auto test = fmt::format("{}#{}", stem, test_case.id);
    if (!model.ok()) {
      fail(test, test_case.results.empty() ? "" : test_case.results.front().name, model.error());
      continue;
    }
    auto verdict = Trial(model.value(), test_case).run();
    verdict.failure.folder = place;
    verdict.failure.test = test;
    count(verdict);
  }
}

}  // namespace

bool matches(const Value& expected, const Value& got) {
  if (expected.is_null() || got.is_null()) return expected.is_null() && got.is_null();
  if (expected.is_number() && got.is_number()) {
    return (expected.number() - got.number()).abs() < Decimal::scaled(1, -8);
  }
  if (expected.is_list() && got.is_list()) {
    const auto a = expected.list();
    const auto b = got.list();
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), matches);
  }
  if (expected.is_context() && got.is_context()) {
    const auto& a = expected.context();
    const auto& b = got.context();
    if (a.size() != b.size()) return false;
    for (std::size_t i = 0; i < a.size(); ++i) {
      const auto* const other = b.find(a.key(i));
      if (other == nullptr || !matches(a.value(i), *other)) return false;
    }
    return true;
  }
  return feel::equal(expected, got).value_or(false);
}

Result<Report> run_folder(const std::filesystem::path& folder) {
  ZH_TRY(const auto files, test_files(folder));
  return Runner(folder).run(files);
}

}  // namespace zh::dmn::tck
