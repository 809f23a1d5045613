# deckle_module(layout SOURCES a.cpp b.cpp USES css text [LINKS Poco::Net] [ONE_BY_ONE])
#   One static library per folder of core/, target deckle_<name>; USES names other folders, LINKS outside libraries.
#   Most of the time a file takes goes into the templates of its headers, so files are compiled eight at a time: their
#   unnamed namespaces are one. ONE_BY_ONE, or -D CMAKE_UNITY_BUILD=OFF as the preset dev has it: each by itself.
# deckle_test(layout SOURCES a_test.cpp USES layout [LINKS ...] [ENV NAME=VALUE ...])
#   One GoogleTest program per folder of tests/, target test_<name>, one CTest entry per test case. All share the precompiled
#   header of the target test_headers.
add_library(deckle_options INTERFACE)
# -Wrestrict is off: g++ 12 reports it falsely for std::string (GCC bug 105651).
target_compile_options(deckle_options INTERFACE -Wall -Wextra -Wpedantic $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
  $<$<COMPILE_LANGUAGE:CXX>:-Wconversion -Wshadow -Wno-sign-conversion>
  $<$<BOOL:${DECKLE_WERROR}>:-Werror>)
target_include_directories(deckle_options INTERFACE ${CMAKE_SOURCE_DIR}/core)

function(deckle_compile_together target)
  if(NOT DEFINED CMAKE_UNITY_BUILD)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON)
  endif()
endfunction()

function(deckle_module name)
  cmake_parse_arguments(arg "ONE_BY_ONE" "" "SOURCES;USES;LINKS" ${ARGN})
  add_library(deckle_${name} STATIC ${arg_SOURCES})
  set_target_properties(deckle_${name} PROPERTIES DECKLE_USES "${arg_USES}")
  if(NOT arg_ONE_BY_ONE)
    deckle_compile_together(deckle_${name})
  endif()
  target_link_libraries(deckle_${name} PUBLIC deckle_options)
  foreach(used ${arg_USES})
    target_link_libraries(deckle_${name} PUBLIC deckle_${used})
  endforeach()
  target_link_libraries(deckle_${name} PUBLIC ${arg_LINKS})
  set_property(GLOBAL APPEND PROPERTY DECKLE_MODULES "${name}")
endfunction()

# deckle_opened_module(xlsx INTERFACE xlsx.hpp ../model/tables.hpp SOURCES xlsx.cpp USES model LINKS ...)
#   A folder of core/ whose library is opened when it is first needed, so that other commands start without what it links:
#   lib/deckle/<name>.so. It exports extern "C" deckle_module_id, the hash of the headers it shares with the program, which
#   compares it with its own (DECKLE_MODULE_ID_<name>, defined for the target deckle) before it calls anything.
function(deckle_opened_module name)
  cmake_parse_arguments(arg "" "" "INTERFACE;SOURCES;USES;LINKS" ${ARGN})
  set(hashes "")
  foreach(header ${arg_INTERFACE})
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${header})
    file(SHA256 ${header} hash)
    string(APPEND hashes ${hash})
  endforeach()
  string(SHA256 id "${hashes}${CMAKE_CXX_COMPILER_VERSION}")
  add_library(deckle_module_${name} MODULE ${arg_SOURCES})
  deckle_compile_together(deckle_module_${name})
  target_link_libraries(deckle_module_${name} PRIVATE deckle_options)
  foreach(used ${arg_USES})
    target_link_libraries(deckle_module_${name} PRIVATE deckle_${used})
  endforeach()
  target_link_libraries(deckle_module_${name} PRIVATE ${arg_LINKS})
  target_link_options(deckle_module_${name} PRIVATE -Wl,--exclude-libs,ALL)
  target_compile_definitions(deckle_module_${name} PRIVATE DECKLE_MODULE_ID="${id}")
  set_target_properties(deckle_module_${name} PROPERTIES PREFIX "" OUTPUT_NAME ${name} CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/lib/deckle)
  install(TARGETS deckle_module_${name} DESTINATION lib/deckle)
  add_library(deckle_${name} INTERFACE)
  set_target_properties(deckle_${name} PROPERTIES DECKLE_USES "${arg_USES}")
  target_compile_definitions(deckle_${name} INTERFACE DECKLE_MODULE_ID_${name}="${id}")
  set_property(GLOBAL APPEND PROPERTY DECKLE_MODULES "${name}")
endfunction()

function(deckle_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;USES;LINKS;ENV" ${ARGN})
  add_executable(test_${name} ${arg_SOURCES})
  target_link_libraries(test_${name} PRIVATE deckle_test_options GTest::gtest_main GTest::gmock)
  foreach(used ${arg_USES})
    target_link_libraries(test_${name} PRIVATE deckle_${used})
  endforeach()
  target_link_libraries(test_${name} PRIVATE ${arg_LINKS})
  target_include_directories(test_${name} PRIVATE ${CMAKE_SOURCE_DIR}/tests)
  target_precompile_headers(test_${name} REUSE_FROM test_headers)
  target_compile_definitions(test_${name} PRIVATE
    DECKLE_SOURCE_DIR="${CMAKE_SOURCE_DIR}" DECKLE_BINARY_DIR="${CMAKE_BINARY_DIR}")
  gtest_discover_tests(test_${name} DISCOVERY_MODE PRE_TEST DISCOVERY_TIMEOUT 60
    PROPERTIES TIMEOUT 120 ENVIRONMENT "${arg_ENV}")
endfunction()
