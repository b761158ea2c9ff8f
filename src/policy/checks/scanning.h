// The one scan of a conversation, for whoever evaluates conditions on it. Internal to this folder.
#pragma once

#include "policy/checks/check_set.h"
#include "policy/checks/evaluation.h"

namespace zh::policy {

struct CheckSet::Workspace::State {
  Scanned scanned;
  std::vector<text::Match> matches;
  text::PatternSet::Scratch scratch;
  bool truncated = false;
};

struct Scanning {
  // What stands where, until the workspace is used again.
  static const Scanned& scan(const CheckSet& checks, const Conversation& conversation, CheckSet::Workspace& workspace) {
    checks.scan(conversation, *workspace.state_);
    return workspace.state_->scanned;
  }
  static const text::Normaliser& normaliser(const CheckSet& checks) { return *checks.normaliser_; }
};

}  // namespace zh::policy
