# zh_room(NAME [USES library…] [PRIVATE_USES library…])
# One folder of src/ as a static library zh_NAME of all its *.cc but *_test.cc; the tests beside the code become the
# program test_NAME. Folders below are part of it unless they have a CMakeLists.txt of their own.
include(GoogleTest)
find_package(GTest)
find_package(rapidcheck)

function(zh_sources result pattern)
  file(GLOB_RECURSE found CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${pattern}")
  foreach(file IN LISTS found)
    get_filename_component(folder "${file}" DIRECTORY)
    while(NOT folder STREQUAL CMAKE_CURRENT_SOURCE_DIR AND NOT EXISTS "${folder}/CMakeLists.txt")
      get_filename_component(folder "${folder}" DIRECTORY)
    endwhile()
    if(NOT folder STREQUAL CMAKE_CURRENT_SOURCE_DIR)
      list(REMOVE_ITEM found "${file}")
    endif()
  endforeach()
  set(${result} "${found}" PARENT_SCOPE)
endfunction()

function(zh_room name)
  cmake_parse_arguments(ROOM "" "" "USES;PRIVATE_USES" ${ARGN})
  zh_sources(all "*.cc")
  set(sources "${all}")
  set(tests "${all}")
  list(FILTER sources EXCLUDE REGEX "_test\\.cc$")
  list(FILTER tests INCLUDE REGEX "_test\\.cc$")

  add_library(zh_${name} STATIC ${sources})
  target_include_directories(zh_${name} PUBLIC "${CMAKE_SOURCE_DIR}/src")
  target_link_libraries(zh_${name} PUBLIC ${ROOM_USES} PRIVATE ${ROOM_PRIVATE_USES})
  if(NOT ZH_FUZZ)
    target_precompile_headers(zh_${name} PRIVATE <algorithm> <array> <chrono> <cstdint> <functional> <map> <memory>
                              <optional> <span> <string> <string_view> <unordered_map> <utility> <variant> <vector>
                              <fmt/format.h>)
  endif()

  if(ZH_TESTS AND tests)
    add_executable(test_${name} ${tests})
    target_link_libraries(test_${name} PRIVATE zh_${name} ${ROOM_PRIVATE_USES} GTest::gmock GTest::gtest_main
                          rapidcheck zh_test_support)
    target_include_directories(test_${name} PRIVATE "${CMAKE_SOURCE_DIR}")
    # Tests run in the source folder: no object file knows where the checkout lies, so checkouts share the cache.
    target_compile_definitions(test_${name} PRIVATE ZH_SOURCE_DIR=".")
    # The code under test is optimised; the tests themselves, half of them templates, compile twice as fast without.
    target_compile_options(test_${name} PRIVATE $<$<CONFIG:Debug>:-O0>)
    set_property(GLOBAL APPEND PROPERTY ZH_TEST_PROGRAMS test_${name})
    add_test(NAME ${name} COMMAND test_${name} WORKING_DIRECTORY "${CMAKE_SOURCE_DIR}")
    set_tests_properties(${name} PROPERTIES TIMEOUT 900)
  endif()
endfunction()
