#include "dmn/link.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

namespace zh::dmn::internal {

namespace {

constexpr std::size_t kModelsMax = 200;
constexpr int kChainMax = 300;  // decisions that require decisions that …

bool imports_a_model(const Import& import) {
  return import.type.empty() || (import.type.find("DMN") != std::string::npos);
}

const Definitions* model_of(const Core& core, std::string_view space) {
  for (const auto& model : core.models) {
    if (model.space == space) return &model;
  }
  return nullptr;
}

// The models that imports may name, read when the first one is asked for.
class Shelf {
 public:
  explicit Shelf(std::vector<Source> sources) : sources_(std::move(sources)) {}

  // Moves the model out; nothing when no source defines that namespace.
  std::optional<Definitions> take(std::string_view space) {
    read();
    for (auto& model : models_) {
      if (!model || model->space != space) continue;
      return std::exchange(model, std::nullopt);
    }
    return std::nullopt;
  }
  const std::vector<Error>& unreadable() const { return unreadable_; }

 private:
  void read() {
    for (auto& source : sources_) {
      auto outcome = read_definitions(std::move(source.file), std::move(source.text));
      if (outcome.ok()) {
        models_.emplace_back(std::move(outcome).value());
      } else {
        unreadable_.push_back(std::move(outcome).error());
      }
    }
    sources_.clear();
  }

  std::vector<Source> sources_;
  std::vector<std::optional<Definitions>> models_;
  std::vector<Error> unreadable_;
};

class Linker {
 public:
  explicit Linker(Core& core) : core_(core) {}

  Linked link() {
    list_elements();
    for (ElementId element = 0; element < core_.elements.size(); ++element) resolve(element);
    put_in_order();
    check_imports();
    return std::move(linked_);
  }

 private:
  void list_elements();
  void add(ElementKind kind, const std::string& id, const std::string& name, const Place& place, Origin origin);
  void resolve(ElementId element);
  std::vector<ElementId> resolve(const std::vector<Reference>& references, const Origin& origin,
                                 std::initializer_list<ElementKind> kinds);
  void put_in_order();
  void visit(ElementId start);
  std::vector<ElementId> required(ElementId element) const;
  void report_cycle(std::size_t begin);
  void check_imports();

  struct Step {
    ElementId element;
    std::vector<ElementId> required;
    std::size_t next = 0;
  };

  Core& core_;
  Linked linked_;
  std::map<std::pair<std::string, std::string>, ElementId> by_id_;  // (namespace, id)
  std::vector<Step> path_;
  std::vector<int> depth_;  // 0 = not visited, −1 = on the path
};

void Linker::add(ElementKind kind, const std::string& id, const std::string& name, const Place& place, Origin origin) {
  const auto element = static_cast<ElementId>(core_.elements.size());
  if (!id.empty() && !by_id_.try_emplace({origin.model->space, id}, element).second) {
    core_.problems.push_back(invalid(
        {.zh = fmt::format("id \"{}\" 出现两次", id), .en = fmt::format("the id \"{}\" stands twice", id)}, place));
  }
  core_.elements.push_back(
      {.kind = kind, .name = feel::normalized_name(name), .space = origin.model->space, .type = {}, .place = place});
  linked_.origins.push_back(origin);
}

void Linker::list_elements() {
  for (const auto& model : core_.models) {
    for (const auto& input : model.inputs) {
      add(ElementKind::input, input.id, input.name.empty() ? input.variable.name : input.name, input.place,
          {.model = &model, .input = &input});
    }
    for (const auto& decision : model.decisions) {
      add(ElementKind::decision, decision.id, decision.name, decision.place, {.model = &model, .decision = &decision});
    }
    for (const auto& knowledge : model.knowledge_models) {
      add(ElementKind::knowledge_model, knowledge.id, knowledge.name, knowledge.place,
          {.model = &model, .knowledge = &knowledge});
    }
    for (const auto& service : model.services) {
      add(ElementKind::service, service.id, service.name, service.place, {.model = &model, .service = &service});
    }
  }
  linked_.links.resize(core_.elements.size());
  linked_.broken.resize(core_.elements.size());
  depth_.resize(core_.elements.size());
}

std::vector<ElementId> Linker::resolve(const std::vector<Reference>& references, const Origin& origin,
                                       std::initializer_list<ElementKind> kinds) {
  std::vector<ElementId> found;
  for (const auto& reference : references) {
    const auto& space = reference.space.empty() ? origin.model->space : reference.space;
    const auto target = by_id_.find({space, reference.id});
    const bool fits = target != by_id_.end() &&
                      std::find(kinds.begin(), kinds.end(), core_.elements[target->second].kind) != kinds.end();
    if (fits) {
      if (std::find(found.begin(), found.end(), target->second) == found.end()) found.push_back(target->second);
      continue;
    }
    core_.problems.push_back(
        invalid({.zh = fmt::format("引用 \"{}\" 没有指向合适的元素", reference.id),
                 .en = fmt::format("the reference \"{}\" leads to no fitting element", reference.id)},
                reference.place));
  }
  return found;
}

void Linker::resolve(ElementId element) {
  const auto& origin = linked_.origins[element];
  auto& links = linked_.links[element];
  const auto knowledge = {ElementKind::knowledge_model, ElementKind::service};
  if (origin.decision != nullptr) {
    links.inputs = resolve(origin.decision->required_inputs, origin, {ElementKind::input, ElementKind::decision});
    links.decisions = resolve(origin.decision->required_decisions, origin, {ElementKind::decision, ElementKind::input});
    links.knowledge = resolve(origin.decision->required_knowledge, origin, knowledge);
  } else if (origin.knowledge != nullptr) {
    links.knowledge = resolve(origin.knowledge->required_knowledge, origin, knowledge);
  } else if (origin.service != nullptr) {
    links.inputs = resolve(origin.service->input_data, origin, {ElementKind::input});
    links.input_decisions = resolve(origin.service->input_decisions, origin, {ElementKind::decision});
    links.outputs = resolve(origin.service->output_decisions, origin, {ElementKind::decision});
  }
}

std::vector<ElementId> Linker::required(ElementId element) const {
  const auto& links = linked_.links[element];
  std::vector<ElementId> all;
  for (const auto* const part :
       {&links.inputs, &links.decisions, &links.knowledge, &links.input_decisions, &links.outputs}) {
    all.insert(all.end(), part->begin(), part->end());
  }
  // A knowledge model that calls itself is recursion, not a cycle of requirements.
  const bool may_recur = core_.elements[element].kind == ElementKind::knowledge_model;
  if (may_recur) std::erase(all, element);
  return all;
}

void Linker::put_in_order() {
  for (ElementId element = 0; element < core_.elements.size(); ++element) {
    if (depth_[element] == 0) visit(element);
  }
}

// Depth first, with a path of its own instead of recursion: a model may chain any number of requirements.
void Linker::visit(ElementId start) {
  path_.push_back({.element = start, .required = required(start)});
  depth_[start] = -1;
  while (!path_.empty()) {
    auto& step = path_.back();
    if (step.next < step.required.size()) {
      const ElementId next = step.required[step.next++];
      if (depth_[next] == 0) {
        depth_[next] = -1;
        path_.push_back({.element = next, .required = required(next)});
      } else if (depth_[next] == -1) {
        const auto begin =
            std::find_if(path_.begin(), path_.end(), [next](const Step& each) { return each.element == next; });
        report_cycle(static_cast<std::size_t>(begin - path_.begin()));
      }
      continue;
    }
    int depth = 1;
    for (const auto required : step.required) {
      if (!linked_.broken[required]) depth = std::max(depth, depth_[required] + 1);
    }
    depth_[step.element] = depth;
    if (depth > kChainMax && !linked_.broken[step.element]) {
      linked_.broken[step.element] = true;
      core_.problems.push_back(error(ErrorCode::limit,
                                     {.zh = fmt::format("依赖链超过 {} 层", kChainMax),
                                      .en = fmt::format("the chain of requirements is longer than {}", kChainMax)},
                                     core_.elements[step.element].place));
    }
    linked_.order.push_back(step.element);
    path_.pop_back();
  }
}

void Linker::report_cycle(std::size_t begin) {
  std::string names;
  bool known = true;
  for (std::size_t i = begin; i < path_.size(); ++i) {
    known = known && linked_.broken[path_[i].element];
    linked_.broken[path_[i].element] = true;
    if (i - begin < 20) names += fmt::format("`{}` → ", core_.elements[path_[i].element].name);
  }
  if (known) return;
  const auto& first = core_.elements[path_[begin].element];
  names += fmt::format("`{}`", first.name);
  core_.problems.push_back(
      invalid({.zh = fmt::format("依赖成环：{}；请去掉其中一个依赖", names),
               .en = fmt::format("the requirements lead back to where they began: {}; remove one of them", names)},
              first.place));
}

// Imports that lead back do no harm by themselves, but the standard forbids them.
void Linker::check_imports() {
  for (const auto& model : core_.models) {
    std::set<const Definitions*> reached;
    std::vector<const Definitions*> open = {&model};
    while (!open.empty()) {
      const auto* const from = open.back();
      open.pop_back();
      for (const auto& import : from->imports) {
        const auto* const to = model_of(core_, import.space);
        if (to == &model) {
          core_.problems.push_back(
              invalid({.zh = fmt::format("导入成环：模型 \"{}\" 经由导入又导入了自己", model.name),
                       .en = fmt::format("the imports of the model \"{}\" lead back to it", model.name)},
                      import.place));
        } else if (to != nullptr && reached.insert(to).second) {
          open.push_back(to);
        }
      }
    }
  }
}

}  // namespace

Result<void> read_models(Core& core, std::vector<Source> sources) {
  if (sources.empty()) {
    return invalid({.zh = "没有给出模型", .en = "no model was given"});
  }
  ZH_TRY(auto first, read_definitions(std::move(sources.front().file), std::move(sources.front().text)));
  core.models.reserve(kModelsMax);  // elements refer to the models: they stay where they are
  core.models.push_back(std::move(first));
  sources.erase(sources.begin());
  Shelf shelf(std::move(sources));
  for (std::size_t i = 0; i < core.models.size(); ++i) {
    for (const auto& import : core.models[i].imports) {
      if (!imports_a_model(import) || model_of(core, import.space) != nullptr) continue;
      auto found = core.models.size() < kModelsMax ? shelf.take(import.space) : std::nullopt;
      if (found) {
        core.models.push_back(std::move(*found));
        continue;
      }
      core.problems.push_back(
          error(ErrorCode::not_found,
                {.zh = fmt::format("导入的模型不在旁边：没有命名空间为 \"{}\" 的 .dmn 文件", import.space),
                 .en = fmt::format("the imported model is not beside this one: no .dmn file has the namespace \"{}\"",
                                   import.space)},
                import.place));
      core.problems.insert(core.problems.end(), shelf.unreadable().begin(), shelf.unreadable().end());
    }
  }
  return {};
}

Linked link(Core& core) { return Linker(core).link(); }

std::vector<std::string> import_path(const Core& core, const Definitions& from, const Definitions& to) {
  struct Way {
    const Definitions* model;
    std::vector<std::string> names;
  };
  std::vector<Way> open = {{.model = &from, .names = {}}};
  std::set<const Definitions*> seen = {&from};
  for (std::size_t i = 0; i < open.size(); ++i) {
    if (open[i].model == &to) return open[i].names;
    for (const auto& import : open[i].model->imports) {
      const auto* const next = model_of(core, import.space);
      if (next == nullptr || !seen.insert(next).second) continue;
      auto names = open[i].names;
      if (!import.name.empty()) names.push_back(feel::normalized_name(import.name));
      open.push_back({.model = next, .names = std::move(names)});
    }
  }
  return {};
}

}  // namespace zh::dmn::internal
