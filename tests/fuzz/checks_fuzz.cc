// A checks.yaml of anything: it loads or says what is wrong; what loads can inspect, ask and explain itself; and each
// check, put in its own place again, leaves the pack as it is.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "policy/checks/check_text.h"
#include "policy/checks/explain.h"
#include "policy/load.h"

namespace {

void must(bool holds) {
  if (!holds) std::abort();
}

void put_back(const zh::policy::Sources& sources, const zh::policy::Pack& pack, const zh::policy::Check& check) {
  const auto text = zh::policy::text_of(sources, check);
  if (!text) return;
  const auto edited = zh::policy::with_check(sources, pack.checks.get(), text->yaml);
  if (!edited.ok()) return;
  const zh::policy::Loaded again = zh::policy::load(edited->sources);
  must(again.pack && again.pack->version == pack.version);
  const auto form = zh::policy::form_of(text->yaml);
  const auto yaml = form.ok() ? zh::policy::yaml_of(*form) : zh::Result<std::string>(std::string());
  if (!form.ok() || !yaml.ok()) return;
  must(zh::json::canonical(*zh::policy::form_of(*yaml)) == zh::json::canonical(*form));
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::size_t kBytesMax = 4'000;
  if (size > kBytesMax) return 0;
  zh::policy::Sources sources;
  sources.files["pack.yaml"] = "id: p\ntitle: {zh: 包, en: pack}\n";
  sources.files["clauses.yaml"] =
      "clauses:\n  A1: {title: {zh: 条, en: c}, text: {zh: 文, en: t}, source: s, covered: informative,"
      " reason: {zh: 无, en: none}}\n";
  sources.files["checks.yaml"] = std::string(reinterpret_cast<const char*>(data), size);
  const zh::policy::Loaded loaded = zh::policy::load(sources);
  if (!loaded.pack || loaded.pack->checks == nullptr) return 0;
  const std::vector<zh::policy::SpokenTurn> turns = {
      {zh::policy::Speaker::agent, 0, 1'000, "您好，请问有什么可以帮您？"},
      {zh::policy::Speaker::customer, 900, 12'000, "I want a refund a a a 退款"},
      {zh::policy::Speaker::agent, 20'000, 21'000, std::string_view("\xFF\x00x", 3)}};
  zh::policy::Conversation conversation;
  conversation.turns = turns;
  zh::policy::measure_turns(conversation);
  zh::policy::CheckSet::Workspace workspace;
  loaded.pack->checks->inspect(conversation, workspace);
  loaded.pack->checks->asking(conversation, workspace);
  for (const zh::policy::Check& check : loaded.pack->checks->checks()) {
    zh::policy::explain(*loaded.pack->checks, check, conversation, workspace);
    put_back(sources, *loaded.pack, check);
  }
  return 0;
}
