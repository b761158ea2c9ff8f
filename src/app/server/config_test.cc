#include "app/server/config.h"

#include <gtest/gtest.h>

#include "app/server/options.h"
#include "policy/problem.h"
#include "policy/yaml.h"
#include "tests/support/databases.h"
#include "tests/support/folder.h"

namespace zh::app {
namespace {

using testing_support::must;
using testing_support::problem_of;

Result<ServerConfig> read(std::string_view yaml) {
  policy::Problems problems;
  const auto root = policy::yaml::read(yaml, "zhiheng.yaml", problems);
  EXPECT_TRUE(root.has_value());
  ServerConfig config;
  ZH_CHECK(read_server_config(*root, config));
  return config;
}

TEST(ServerConfigTest, TakesWhatItKnows) {
  const auto config =
      must(read("listen: '[::1]:9000'\nproxies: [10.0.0.0/8, 192.0.2.7]\norigins: https://desk.example\n"
                "hsts: true\nworkers: 12\nlanguage: en\n"));
  EXPECT_EQ(config.listen, "[::1]:9000");
  EXPECT_EQ(config.proxies, (std::vector<std::string>{"10.0.0.0/8", "192.0.2.7"}));
  EXPECT_EQ(config.origins, (std::vector<std::string>{"https://desk.example"}));
  EXPECT_TRUE(config.hsts);
  EXPECT_EQ(config.workers, 12);
  EXPECT_EQ(config.io_threads, ServerConfig().io_threads);  // left alone
}

TEST(ServerConfigTest, NamesThePlaceOfWhatIsWrong) {
  EXPECT_EQ(problem_of(read("listn: 127.0.0.1:1\n")),
            "zhiheng.yaml:1:1: unknown key \"listn\"; did you mean \"listen\"?");
  EXPECT_EQ(problem_of(read("workers: 12\nio_threads: many\n")),
            "zhiheng.yaml:2:13: io_threads is a whole number from 1 to 64");
  EXPECT_EQ(problem_of(read("io_threads: 0\n")), "zhiheng.yaml:1:13: io_threads is a whole number from 1 to 64");
  EXPECT_EQ(problem_of(read("hsts: yes\n")), "zhiheng.yaml:1:7: hsts is true or false");
  EXPECT_EQ(problem_of(read("listen: here\n")), "zhiheng.yaml:1:9: \"here\" is not address:port, as in 127.0.0.1:8080");
  EXPECT_EQ(problem_of(read("proxies: {a: b}\n")), "zhiheng.yaml:1:10: proxies is a list of values, as in [a, b]");
  EXPECT_EQ(problem_of(read("certificate: a.pem\n")), "zhiheng.yaml:1:1: certificate and key go together");
  EXPECT_EQ(problem_of(read("language: fr\n")), "zhiheng.yaml:1:11: language is zh or en");
}

TEST(EndpointTest, IsAddressAndPort) {
  struct Row {
    std::string_view text;
    std::string_view address;  // empty: refused
    int port;
  };
  for (const auto& [text, address, port] : {Row{"127.0.0.1:8080", "127.0.0.1", 8080},
                                            {"localhost:0", "127.0.0.1", 0},
                                            {"[::1]:65535", "::1", 65535},
                                            {"0.0.0.0:80", "0.0.0.0", 80},
                                            {"::1:80", "", 0},
                                            {"127.0.0.1:65536", "", 0},
                                            {"127.0.0.1:-1", "", 0},
                                            {"127.0.0.1:", "", 0},
                                            {":8080", "", 0},
                                            {"8080", "", 0},
                                            {"", "", 0},
                                            {"desk.example:80", "", 0}}) {
    const auto endpoint = parse_endpoint(text);
    EXPECT_EQ(endpoint.ok(), !address.empty()) << text;
    if (!endpoint.ok()) continue;
    EXPECT_EQ(endpoint->address, address) << text;
    EXPECT_EQ(endpoint->port, port) << text;
  }
}

TEST(ServerOptionsTest, FilesAreBelowTheCentre) {
  const testing_support::Folder folder;
  const auto options = must(server_options(folder.path(), {.certificate = "tls/a.pem", .key = "tls/a.key"}));
  EXPECT_EQ(options.tls->certificate, folder / "tls/a.pem");
  EXPECT_EQ(options.tls->key, folder / "tls/a.key");
  EXPECT_TRUE(std::filesystem::is_directory(folder / "uploads"));
  EXPECT_FALSE(must(server_options(folder.path(), {})).tls);
  EXPECT_EQ(site_options({.requests_per_second = 7}).rate.per_second, 7.0);
}

}  // namespace
}  // namespace zh::app
