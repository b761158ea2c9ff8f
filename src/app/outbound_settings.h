// The parts of a centre's zhiheng.yaml that let it ask other machines: whom, and for what. They stand in this file and
// nowhere else, so that nobody can send anything elsewhere from the desk (docs/operating/outbound.md). They are read
// where they are used, so a change counts from the next import or job on.
//
//   outbound:
//     hosts: [s3.example.org, "127.0.0.1:9000"]   # nobody else is ever asked
//     certificates: tls/authorities.pem           # beside the system's; relative to the data directory
//   s3:                                           # recordings lie there; without it in DIR/contents
//     endpoint: https://s3.example.org
//     bucket: records
//     access_key: …                               # or ZHIHENG_S3_ACCESS_KEY of the environment
//     secret_key: …                               # or ZHIHENG_S3_SECRET_KEY
#pragma once

#include <filesystem>
#include <optional>

#include "app/judge_settings.h"
#include "app/providers.h"
#include "base/result.h"
#include "outbound/address.h"
#include "vault/s3_shelf.h"

namespace zh::policy::yaml {
struct Node;
}

namespace zh::app {

struct OutboundSettings {
  outbound::Allowed allowed = {};
  std::optional<vault::S3Options> s3 = {};                  // where recordings lie; none: in DIR/contents
  std::optional<TranscriptionSettings> transcription = {};  // who makes words of recordings; none: nobody
  std::optional<JudgeSettings> judge = {};                  // who is asked what no phrase tells; none: nobody
};

// Of the settings file DIR/zhiheng.yaml, secrets from the environment and paths of DIR included; a centre without the
// file asks nobody. Fails: as read_centre_config; forbidden, when something is used that is not listed, or others may
// read a file that holds a secret.
Result<OutboundSettings> read_outbound_settings(const std::filesystem::path& dir);

// The three parts, for whoever reads the whole file. Fail (invalid) with file:line:column.
Status read_outbound(const policy::yaml::Node& node, outbound::Allowed& allowed);
Status read_s3(const policy::yaml::Node& node, vault::S3Options& options);
// What is told only once the file is read: the environment's part, and what fits together. `file` is where it stands.
Status complete(OutboundSettings& settings, const std::filesystem::path& file);

}  // namespace zh::app
