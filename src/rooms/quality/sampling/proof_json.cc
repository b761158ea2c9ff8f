#include "rooms/quality/sampling/proof_json.h"

#include <fmt/format.h>

namespace zh::quality::sampling {

namespace {

Error no_such(std::string_view name) {
  return invalid({.zh = fmt::format("证明文件缺少 {}，或内容不对", name),
                  .en = fmt::format("the proof lacks \"{}\", or it is none", name)});
}

Result<std::string> text_in(const json::Value& document, std::string_view name) {
  const json::Value* const value = document.find(name);
  if (value == nullptr || value->text() == nullptr) return no_such(name);
  return *value->text();
}

Result<Hash> hash_in(const json::Value& document, std::string_view name) {
  ZH_TRY(const std::string text, text_in(document, name));
  const auto hash = Hash::parse(text);
  if (!hash.ok()) return no_such(name);
  return *hash;
}

Result<std::size_t> count_in(const json::Value& document, std::string_view name) {
  const json::Value* const value = document.find(name);
  const auto count = value == nullptr ? std::nullopt : value->integer();
  if (!count || *count < 0) return no_such(name);
  return static_cast<std::size_t>(*count);
}

Result<std::vector<std::string>> texts_in(const json::Value& document, std::string_view name) {
  const json::Value* const value = document.find(name);
  if (value == nullptr || value->array() == nullptr) return no_such(name);
  std::vector<std::string> texts;
  for (const json::Value& item : *value->array()) {
    if (item.text() == nullptr) return no_such(name);
    texts.push_back(*item.text());
  }
  return texts;
}

}  // namespace

json::Value json_of(const OwnStratum& own) {
  json::Array path;
  for (const Hash& hash : own.proof.path) path.emplace_back(hash.hex());
  json::Array drawn;
  for (const std::string& contact : own.drawn) drawn.emplace_back(contact);
  return json::Object{{"commitment", own.proof.commitment.hex()},
                      {"seed", own.proof.seed.hex()},
                      {"frame", own.proof.frame.hex()},
                      {"salt", own.proof.salt.hex()},
                      {"stratum", own.proof.stratum},
                      {"index", own.proof.place.index},
                      {"leaves", own.proof.place.leaves},
                      {"path", std::move(path)},
                      {"drawn", std::move(drawn)}};
}

Result<OwnStratum> own_stratum_from(const json::Value& document) {
  OwnStratum own;
  ZH_TRY(own.proof.commitment, hash_in(document, "commitment"));
  ZH_TRY(own.proof.seed, hash_in(document, "seed"));
  ZH_TRY(own.proof.frame, hash_in(document, "frame"));
  ZH_TRY(own.proof.salt, hash_in(document, "salt"));
  ZH_TRY(own.proof.stratum, text_in(document, "stratum"));
  ZH_TRY(own.proof.place.index, count_in(document, "index"));
  ZH_TRY(own.proof.place.leaves, count_in(document, "leaves"));
  ZH_TRY(const auto path, texts_in(document, "path"));
  for (const std::string& text : path) {
    const auto hash = Hash::parse(text);
    if (!hash.ok()) return no_such("path");
    own.proof.path.push_back(*hash);
  }
  ZH_TRY(own.drawn, texts_in(document, "drawn"));
  return own;
}

}  // namespace zh::quality::sampling
