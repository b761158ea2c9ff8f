# How every translation unit is compiled: C++20, warnings are errors, sanitizers where the preset asks.
set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}")
set(CMAKE_CXX_FLAGS_DEBUG "-O1 -g1 -fno-omit-frame-pointer")

add_compile_options(-Wall -Wextra -Wpedantic -Werror -Wshadow -Wconversion -Wnon-virtual-dtor -Wold-style-cast
                    -Woverloaded-virtual -Wimplicit-fallthrough)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++ 12 reports uninitialised members of std::optional and std::variant that it cannot prove initialised.
  # At -O3 it also takes std::string concatenations for writes out of bounds (GCC PR 105329, 105651).
  add_compile_options(-Wno-maybe-uninitialized -Wno-stringop-overflow -Wno-restrict
                      $<$<CONFIG:Release>:-Wno-array-bounds>)
else()
  # clang tells of a deprecated function that std::stable_sort of libstdc++ 12 itself calls.
  add_compile_options(-Wno-deprecated-declarations)
endif()

if(ZH_SANITIZE)
  add_compile_options(-fsanitize=${ZH_SANITIZE} -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${ZH_SANITIZE})
endif()

if(ZH_FUZZ)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()

find_program(ZH_CCACHE ccache)
if(ZH_CCACHE)
  # Paths below the source tree are made relative so that checkouts share the cache.
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros,include_file_mtime,include_file_ctime ${ZH_CCACHE})
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_compile_options(-fpch-preprocess)
  endif()
endif()

add_compile_definitions(ZH_VERSION="${PROJECT_VERSION}")
