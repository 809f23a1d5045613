/// Workbooks for spreadsheets. The only folder that knows libxlsxwriter; a library of its own, opened on first use
/// (app/modules.cpp).
#pragma once
#include "model/tables.hpp"
#include <string>

extern "C" {
[[gnu::visibility("default")]] extern char const* const deckle_module_id;

/// `bytes` = an Office Open XML workbook; the same workbook gives the same bytes. Text is text, also where it looks
/// like a formula; numbers keep 15 digits, as spreadsheets do, and one with more is written as text. When that fails,
/// `problem` says why.
// ECMA-376
[[gnu::visibility("default")]] void deckle_xlsx(deckle::model::Workbook const& workbook, std::string& bytes,
                                                std::string& problem);
}
