// The public face of a loaded model, and the reading of its files.
#include <fmt/format.h>

#include <algorithm>

#include "base/source.h"
#include "dmn/core.h"
#include "dmn/dmn.h"

namespace zh::dmn {

using internal::Run;

namespace {

constexpr std::size_t kFileBytesMax = xml::Limits().bytes_max;
constexpr std::size_t kFilesMax = 200;

Result<Source> read_file(const std::filesystem::path& path, const std::string& shown) {
  auto file = FileSource::open(path);
  if (!file.ok()) return std::move(file).error();
  Source source{.file = shown, .text = {}};
  std::vector<char> block(std::size_t{64} * 1024);
  // One byte past the limit is enough for the reader to refuse the file.
  while (source.text.size() <= kFileBytesMax) {
    ZH_TRY(const std::size_t count, file.value()->read(block));
    if (count == 0) break;
    source.text.append(block.data(), count);
  }
  return source;
}

// The other .dmn files of the folder, by name.
std::vector<std::filesystem::path> neighbours(const std::filesystem::path& file) {
  std::vector<std::filesystem::path> found;
  std::error_code failed;
  const auto folder = file.has_parent_path() ? file.parent_path() : std::filesystem::path(".");
  for (std::filesystem::directory_iterator entry(folder, failed), end; !failed && entry != end;
       entry.increment(failed)) {
    if (entry->path().extension() == ".dmn" && entry->path().filename() != file.filename()) {
      found.push_back(entry->path());
    }
  }
  std::sort(found.begin(), found.end());
  if (found.size() > kFilesMax) found.resize(kFilesMax);
  return found;
}

}  // namespace

Result<Model> Model::load_file(const std::filesystem::path& file) {
  std::vector<Source> sources;
  ZH_TRY(auto first, read_file(file, file.filename().string()));
  // Reading the neighbours is only worth it when something is imported.
  const bool imports = first.text.find("import") != std::string::npos;
  sources.push_back(std::move(first));
  if (imports) {
    for (const auto& neighbour : neighbours(file)) {
      auto source = read_file(neighbour, neighbour.filename().string());
      if (source.ok()) sources.push_back(std::move(source).value());
    }
  }
  return load(std::move(sources));
}

const std::string& Model::name() const { return core_->models.front().name; }
const std::string& Model::space() const { return core_->models.front().space; }
const std::vector<Error>& Model::problems() const { return core_->problems; }
std::span<const Element> Model::elements() const { return core_->elements; }

std::optional<ElementId> Model::find(ElementKind kind, std::string_view name, std::string_view space) const {
  const auto wanted = feel::normalized_name(name);
  for (ElementId id = 0; id < core_->elements.size(); ++id) {
    const auto& element = core_->elements[id];
    if (element.kind == kind && element.name == wanted && (space.empty() || element.space == space)) return id;
  }
  return std::nullopt;
}

Result<Outcome> Model::evaluate(std::string_view name, const std::vector<std::pair<std::string, feel::Value>>& inputs,
                                const EvaluateOptions& options) const {
  auto target = find(ElementKind::decision, name);
  if (!target) target = find(ElementKind::service, name);
  if (!target) {
    return error(ErrorCode::not_found,
                 {.zh = fmt::format("模型中没有名为 \"{}\" 的决策或决策服务", name),
                  .en = fmt::format("the model has no decision or decision service \"{}\"", name)},
                 {.file = core_->models.front().place.file});
  }
  Session session(*this);
  for (const auto& [key, value] : inputs) {
    auto element = find(ElementKind::input, key);
    if (!element) element = find(ElementKind::decision, key);
    if (!element) {
      return error(ErrorCode::not_found,
                   {.zh = fmt::format("模型中没有名为 \"{}\" 的输入", key),
                    .en = fmt::format("the model has no input \"{}\"", key)},
                   {.file = core_->models.front().place.file});
    }
    session.set(*element, value);
  }
  auto run_options = options.run;
  run_options.collect = true;
  feel::Evaluation run(run_options);
  Outcome outcome;
  if (options.derive) {
    outcome.derivation.emplace();
    outcome.value = session.derive(*target, run, *outcome.derivation);
  } else {
    outcome.value = session.decide(*target, run);
  }
  if (run.failed()) return run.failure();
  outcome.diagnostics = run.diagnostics();
  return outcome;
}

Session::Session(const Model& model) : run_(std::make_unique<Run>(*model.core_)) {}
Session::~Session() = default;
void Session::set(ElementId element, feel::Value value) { run_->set(element, std::move(value)); }
feel::Value Session::decide(ElementId element, feel::Evaluation& run) { return run_->evaluate(element, run); }
feel::Value Session::derive(ElementId element, feel::Evaluation& run, Derivation& derivation) {
  return run_->evaluate(element, run, &derivation);
}
void Session::clear() { run_->clear(); }

}  // namespace zh::dmn
