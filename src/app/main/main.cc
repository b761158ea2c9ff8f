#include "app/cli.h"

int main(int argc, char** argv) { return zh::app::run(argc, argv); }
