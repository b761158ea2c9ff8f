// One function per command: adds it to the program. A command's callback runs it and sets session.exit.
#pragma once

#include "app/session.h"

namespace zh::app {

void add_analyse(CLI::App& program, Session& session);
void add_batch(CLI::App& program, Session& session);
void add_centre(CLI::App& program, Session& session);
void add_import(CLI::App& program, Session& session);
void add_inspect(CLI::App& program, Session& session);
void add_init(CLI::App& program, Session& session);
void add_metrics(CLI::App& program, Session& session);
void add_rebuild(CLI::App& program, Session& session);
void add_feel(CLI::App& program, Session& session);
void add_user(CLI::App& program, Session& session);
void add_sample(CLI::App& program, Session& session);
void add_verify(CLI::App& program, Session& session);
void add_policy(CLI::App& program, Session& session);
void add_version(CLI::App& program, Session& session);
void add_close(CLI::App& program, Session& session);
void add_why(CLI::App& program, Session& session);
void add_openapi(CLI::App& program, Session& session);
void add_serve(CLI::App& program, Session& session);
void add_work(CLI::App& program, Session& session);
void add_dmn(CLI::App& program, Session& session);

}  // namespace zh::app
