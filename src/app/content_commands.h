// The commands of the store of recordings and transcripts and of what others make of them, added as commands.h says.
#pragma once

#include "app/session.h"

namespace zh::app {

void add_recordings(CLI::App& program, Session& session);
void add_transcribe(CLI::App& program, Session& session);
void add_judge(CLI::App& program, Session& session);
void add_keys(CLI::App& program, Session& session);

}  // namespace zh::app
