# deckle_add_plugin(cash-flow SOURCES a.cpp b.cpp [LINKS libs])
#   A report plugin: one shared object plugins/<name>/<name>.so that exports deckle_plugin_v1 and nothing else.
#   FOLDER puts it into another folder than plugins; then it is not installed.
set(DECKLE_SDK_CMAKE_DIR ${CMAKE_CURRENT_LIST_DIR})
function(deckle_add_plugin name)
  cmake_parse_arguments(arg "" "FOLDER" "SOURCES;LINKS" ${ARGN})
  add_library(${name} MODULE ${arg_SOURCES})
  if(NOT arg_FOLDER)
    set(arg_FOLDER plugins)
    install(TARGETS ${name} LIBRARY DESTINATION lib/deckle/plugins/${name})
  endif()
  set_target_properties(${name} PROPERTIES PREFIX "" C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON LIBRARY_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/${arg_FOLDER}/${name}
    LINK_DEPENDS ${DECKLE_SDK_CMAKE_DIR}/plugin.map)
  target_compile_options(${name} PRIVATE $<$<COMPILE_LANGUAGE:CXX>:-fno-gnu-unique>)
  target_link_options(${name} PRIVATE -Wl,--exclude-libs,ALL -Wl,--version-script=${DECKLE_SDK_CMAKE_DIR}/plugin.map)
  if(NOT CMAKE_CXX_FLAGS MATCHES "-fsanitize") # a sanitizer's runtime is the runner's, found at load time
    target_link_options(${name} PRIVATE -Wl,-z,defs -static-libgcc $<$<LINK_LANGUAGE:CXX>:-static-libstdc++>)
  endif()
  target_link_libraries(${name} PRIVATE deckle_sdk ${arg_LINKS})
endfunction()
