# deckle_module(layout SOURCES a.cpp b.cpp USES css text [LINKS Poco::Net])
#   One static library per folder of core/, target deckle_<name>; USES names other folders, LINKS outside libraries.
# deckle_test(layout SOURCES a_test.cpp USES layout [LINKS ...] [ENV NAME=VALUE ...])
#   One GoogleTest program per folder of tests/, target test_<name>, one CTest entry per test case.
add_library(deckle_options INTERFACE)
# -Wrestrict is off: g++ 12 reports it falsely for std::string (GCC bug 105651).
target_compile_options(deckle_options INTERFACE -Wall -Wextra -Wpedantic $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  $<$<COMPILE_LANGUAGE:CXX>:-Wconversion -Wshadow -Wno-sign-conversion>
  $<$<BOOL:${DECKLE_WERROR}>:-Werror>)
target_include_directories(deckle_options INTERFACE ${CMAKE_SOURCE_DIR}/core)

function(deckle_module name)
  cmake_parse_arguments(arg "" "" "SOURCES;USES;LINKS" ${ARGN})
  add_library(deckle_${name} STATIC ${arg_SOURCES})
  set_target_properties(deckle_${name} PROPERTIES DECKLE_USES "${arg_USES}")
  target_link_libraries(deckle_${name} PUBLIC deckle_options)
  foreach(used ${arg_USES})
    target_link_libraries(deckle_${name} PUBLIC deckle_${used})
  endforeach()
  target_link_libraries(deckle_${name} PUBLIC ${arg_LINKS})
  set_property(GLOBAL APPEND PROPERTY DECKLE_MODULES "${name}")
endfunction()

function(deckle_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;USES;LINKS;ENV" ${ARGN})
  add_executable(test_${name} ${arg_SOURCES})
  target_link_libraries(test_${name} PRIVATE deckle_options GTest::gtest_main GTest::gmock)
  foreach(used ${arg_USES})
    target_link_libraries(test_${name} PRIVATE deckle_${used})
  endforeach()
  target_link_libraries(test_${name} PRIVATE ${arg_LINKS})
  target_include_directories(test_${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_compile_options(test_${name} PRIVATE $<$<CONFIG:Release>:-O0>) # the tests' own code: quicker to build
  target_compile_definitions(test_${name} PRIVATE
    DECKLE_SOURCE_DIR="${CMAKE_SOURCE_DIR}" DECKLE_BINARY_DIR="${CMAKE_BINARY_DIR}")
  gtest_discover_tests(test_${name} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
    PROPERTIES TIMEOUT 120 ENVIRONMENT "${arg_ENV}")
endfunction()
