#include "app/content.h"

#include <mutex>

#include "app/outbound_settings.h"
#include "rooms/contacts/transcripts.h"
#include "vault/directory_shelf.h"

namespace zh::app {

namespace fs = std::filesystem;

namespace {

Result<std::unique_ptr<vault::Shelf>> shelf_of(const Centre& centre) {
  ZH_TRY(OutboundSettings settings, read_outbound_settings(centre.dir));
  std::unique_ptr<vault::Shelf> shelf;
  if (settings.s3) {
    shelf = std::make_unique<vault::S3Shelf>(*std::move(settings.s3), std::move(settings.allowed));
  } else {
    shelf = std::make_unique<vault::DirectoryShelf>(centre.dir / "contents");
  }
  return shelf;
}

}  // namespace

Result<vault::Keys> content_keys(const Centre& centre) {
  const fs::path file = centre.dir / "keys";
  std::error_code problem;
  if (fs::exists(file, problem)) return vault::Keys::open(file);
  ZH_TRY(auto tx, centre.database->read());
  ZH_TRY(const bool needed, contacts::has_sealed(tx));
  if (needed) {
    return error(ErrorCode::not_found,
                 {.zh = "密钥文件不见了，已加密的录音和对话无法读取；请从备份恢复该文件",
                  .en = "the key file is gone, and recordings and transcripts are encrypted with it; restore the file "
                        "from its backup"},
                 {.file = file.string()});
  }
  auto made = vault::Keys::make(file, system_now());
  // Two at once: one makes it, the other finds it.
  if (!made.ok() && made.error().code == ErrorCode::conflict) return vault::Keys::open(file);
  return made;
}

Result<std::unique_ptr<ContentStore>> ContentStore::open(const Centre& centre) {
  ZH_TRY(vault::Keys keys, content_keys(centre));
  ZH_TRY(auto shelf, shelf_of(centre));
  return std::unique_ptr<ContentStore>(new ContentStore(std::move(shelf), std::move(keys)));
}

std::function<Result<vault::Contents*>()> contents_when_asked(const Centre& centre) {
  struct Opened {
    std::mutex mutex;  // guards the store
    std::unique_ptr<ContentStore> store;
  };
  return [&centre, opened = std::make_shared<Opened>()]() -> Result<vault::Contents*> {
    const std::scoped_lock lock(opened->mutex);
    if (opened->store == nullptr) {
      ZH_TRY(opened->store, ContentStore::open(centre));
    }
    return &opened->store->contents();
  };
}

}  // namespace zh::app
