// The routes of the library: drafts are their keepers', shared entries everybody's, and nobody is in them.
#include "rooms/quality/api/library_api.h"

#include <gmock/gmock.h>

#include "rooms/contacts/recordings_import.h"
#include "tests/support/contacts.h"
#include "tests/support/recordings.h"
#include "tests/support/test_site.h"
#include "vault/directory_shelf.h"

namespace zh::quality {
namespace {

using testing::HasSubstr;
using testing::Not;
using testing_support::Answer;
using testing_support::must;
using testing_support::SyntheticLeg;
using testing_support::TestSite;

constexpr std::string_view kSaid =
    R"({"source_id":"7.0","channel":"call","agent":"1001","customer":"6552","started_at":"2026-10-12T09:05:07","turns":[)"
    R"({"role":"customer","start_ms":0,"end_ms":4000,"text":"我叫王小明"}]})"
    "\n";
constexpr std::string_view kNew =
    R"({"contact":"7.0","kind":"outstanding","title":"好","note":"听语气","tags":["安抚"]})";

class LibraryApiTest : public contacts::ContactsTest {
 protected:
  void SetUp() override {
    contacts::ContactsTest::SetUp();
    if (IsSkipped()) return;
    import_transcripts_text(kSaid);
    import_recording();
    add_library_routes(site.routes(), database(), [this] { return &contents_; });
    site.sign_in("keeper", testing_support::with_role(http::Role::inspector));
    site.sign_in("supervisor", testing_support::with_role(http::Role::qa_supervisor));
    site.sign_in("agent", testing_support::agent("1001"));
    site.sign_in("leader", testing_support::shift_leader("1009", "A"));
    site.sign_in("hr", testing_support::with_role(http::Role::hr));
    site.start();
  }

  // A step on the entry as the keeper has read it just before.
  Answer step(const std::string& who, std::string_view more, const std::string& body = {},
              http::Method method = http::Method::post) {
    const Answer read = site.get("keeper", "/api/v1/library/1");
    const std::string* const etag = read.headers.find("ETag");
    return site.ask(who, method, "/api/v1/library/1" + std::string(more), body, etag == nullptr ? "" : *etag);
  }

  TestSite site;

 private:
  void import_recording() {
    std::filesystem::create_directories(folder_ / "in");
    testing_support::write_file(folder_ / "in" / "7.0.wav",
                                testing_support::wav(SyntheticLeg(5'000).tone(0, 5'000, -20).pcm()));
    TextSource nothing("");
    const auto named = file_of(nothing, "in", "recordings");
    contacts::RecordingsFolder from{.path = folder_ / "in",
                                    .name = "in",
                                    .reject = [](const Reject&) { return Status(); },
                                    .progress = {},
                                    .before_entering = named.before_entering};
    must(contacts::import_recordings(database(), centre(), contents_, from));
  }

  testing_support::Folder folder_;
  vault::DirectoryShelf shelf_{folder_ / "contents"};
  vault::Contents contents_{shelf_, keys()};
};
ZH_ON_BOTH_DATABASES(LibraryApiTest);

TEST_P(LibraryApiTest, a_draft_is_its_keepers_alone) {
  const Answer added = site.post("keeper", "/api/v1/library", std::string(kNew));
  EXPECT_EQ(added.status, 201);
  EXPECT_EQ(added.at("entry/number"), "1");
  EXPECT_EQ(added.at("turns/0/text"), "我叫[姓名1]");
  EXPECT_EQ(added.at("turns/0/original"), "我叫王小明");
  EXPECT_EQ(added.at("draft/cuts/0/thing"), "name");
  EXPECT_EQ(added.at("draft/has_sound"), "true");
  for (const std::string who : {"agent", "leader"}) {
    EXPECT_EQ(site.get(who, "/api/v1/library/1").status, 404) << who;
    EXPECT_EQ(site.get(who, "/api/v1/library/1/sound").status, 404) << who;
    EXPECT_EQ(site.get(who, "/api/v1/library").size(""), 0) << who;
    EXPECT_EQ(site.post(who, "/api/v1/library", std::string(kNew)).status, 403) << who;
  }
  EXPECT_EQ(site.get("supervisor", "/api/v1/library").size(""), 1);
  EXPECT_EQ(site.get("hr", "/api/v1/library").status, 403);
}

TEST_P(LibraryApiTest, what_is_shared_is_everybodys_and_tells_nothing_of_its_contact) {
  site.post("keeper", "/api/v1/library", std::string(kNew));
  EXPECT_EQ(step("agent", "/share", R"({"sound":true})").status, 403);
  EXPECT_EQ(step("supervisor", "/share", R"({"sound":true})").status, 200);
  const Answer shared = site.get("agent", "/api/v1/library/1");
  EXPECT_EQ(shared.at("turns/0/text"), "我叫[姓名1]");
  EXPECT_EQ(shared.at("turns/0/original"), "null");
  EXPECT_EQ(shared.at("draft"), "null");
  for (const std::string_view secret : {"王小明", "7.0", "1001", "6552", "2026-10-12"}) {
    EXPECT_THAT(shared.body, Not(HasSubstr(secret)));
  }
  EXPECT_EQ(site.get("agent", "/api/v1/library?kind=outstanding&tag=安抚").size(""), 1);
  EXPECT_EQ(site.get("agent", "/api/v1/library?kind=typical").size(""), 0);
  EXPECT_EQ(site.get("agent", "/api/v1/library/tags").at("0"), "安抚");
  const Answer heard = site.get("agent", "/api/v1/library/1/sound");
  EXPECT_EQ(heard.headers.get("Content-Type"), "audio/wav");
  EXPECT_EQ(heard.body.size(), 44U + 5'000 * 16);
}

TEST_P(LibraryApiTest, a_draft_is_edited_as_it_was_read) {
  site.post("keeper", "/api/v1/library", std::string(kNew));
  const std::string edit =
      R"({"kind":"typical","title":"t","note":"","tags":[],"cuts":[],"silences":[{"start_ms":0,"end_ms":100}]})";
  EXPECT_EQ(step("keeper", "", edit, http::Method::put).at("turns/0/text"), "我叫王小明");
  EXPECT_EQ(site.ask("keeper", http::Method::put, "/api/v1/library/1", edit, "\"0\"").status, 412);
  const std::string outside =
      R"({"kind":"typical","title":"t","note":"","tags":[],"cuts":[{"turn":0,"from":0,"until":9,"thing":"name"}],"silences":[]})";
  EXPECT_EQ(step("keeper", "", outside, http::Method::put).status, 422);
}

TEST_P(LibraryApiTest, what_is_said_about_a_shared_entry_can_be_changed) {
  site.post("keeper", "/api/v1/library", std::string(kNew));
  step("keeper", "/share", R"({"sound":false})");
  const std::string typical = R"({"kind":"typical","title":"开场","note":"","tags":["开场"]})";
  EXPECT_EQ(step("agent", "/about", typical, http::Method::put).status, 403);
  EXPECT_EQ(step("supervisor", "/about", typical, http::Method::put).at("entry/kind"), "typical");
  EXPECT_EQ(site.get("agent", "/api/v1/library?kind=typical&tag=开场").at("0/title"), "开场");
  EXPECT_EQ(site.get("agent", "/api/v1/library?kind=outstanding").size(""), 0);
  EXPECT_EQ(site.get("agent", "/api/v1/library/1").at("turns/0/text"), "我叫[姓名1]");  // the copy stays
  EXPECT_EQ(step("keeper", "/about", R"({"kind":"typical","title":"","note":"","tags":[]})", http::Method::put).status,
            422);
  EXPECT_EQ(site.ask("keeper", http::Method::put, "/api/v1/library/1/about", typical, "\"0\"").status, 412);
}

TEST_P(LibraryApiTest, withdrawn_it_is_gone) {
  site.post("keeper", "/api/v1/library", std::string(kNew));
  step("keeper", "/share", R"({"sound":false})");
  EXPECT_EQ(site.get("agent", "/api/v1/library/1/sound").status, 404);  // shared as text
  EXPECT_EQ(step("keeper", "/withdraw").status, 200);
  for (const std::string who : {"agent", "keeper"}) EXPECT_EQ(site.get(who, "/api/v1/library/1").status, 404) << who;
  EXPECT_EQ(site.post("keeper", "/api/v1/library", std::string(kNew)).at("entry/number"), "2");
}

}  // namespace
}  // namespace zh::quality
