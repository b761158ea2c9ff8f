// A file that is nowhere but in memory: for what was decrypted and another program reads.
#pragma once

#include <string_view>

#include "base/result.h"

namespace zh::audio {

class MemoryFile {
 public:
  MemoryFile();
  MemoryFile(const MemoryFile&) = delete;
  MemoryFile& operator=(const MemoryFile&) = delete;
  ~MemoryFile();

  // At its end. Fails (unavailable) when there is no memory for it.
  Status write(std::string_view bytes);
  // Where the next reading begins, also another program's.
  void rewind() const;
  int descriptor() const { return descriptor_; }
  // Gives the descriptor away.
  int release();

 private:
  int descriptor_;
};

}  // namespace zh::audio
