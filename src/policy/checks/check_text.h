// The text of one check within its pack's files: found, put in place of what stood there, added, removed. All else in
// the files stays as it is, comments included. Pure.
//
//   text_of(sources, *checks.find("greeting"))        // "greeting:\n  label: {zh: 开头问候, en: …}\n …"
//   with_check(sources, checks, text)                 // the same pack with that check
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/json.h"
#include "policy/checks/check_set.h"
#include "policy/sources.h"

namespace zh::policy {

struct CheckText {
  std::string file;  // of the pack
  int line = 0;      // of its id, from 1
  int lines = 0;     // to the last one that is neither blank nor a comment
  int indent = 0;    // blanks before its id
  std::string yaml;  // these lines, the indentation taken off
};
// Nothing where the sources are not those that the check was loaded from.
std::optional<CheckText> text_of(const Sources& sources, const Check& check);

struct EditedSources {
  Sources sources;
  CheckText text;  // where the check now stands
};
// `yaml` begins with the check's id. In place of the check of that id, else after the last check of the file that the
// pack itself holds. Fails (invalid) where the text is none of one check, or the check stands in an included pack: that
// one is changed where it is, or overridden.
Result<EditedSources> with_check(const Sources& sources, const CheckSet* checks, std::string_view yaml);
// Fails (not_found, invalid) as with_check.
Result<Sources> without_check(const Sources& sources, const CheckSet& checks, std::string_view id);

// The check's YAML as JSON, scalars as texts: what a form fills in. Fails (invalid) on text that is no YAML of one
// check, naming the line.
Result<json::Value> form_of(std::string_view yaml);
// A form as YAML, keys in the order that checks are written in. Fails (invalid) where it is no object of one check.
Result<std::string> yaml_of(const json::Value& form);

}  // namespace zh::policy
