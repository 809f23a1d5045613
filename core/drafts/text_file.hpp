/// All texts of a draft in one file, for an editor.
///
///     deckle draft k3f9a2b1 version 7
///     === Q1 === Legal name and year founded (at most 25 words)
///     {{company.legal_name}}, founded in {{company.founded|date:month_year}}.
///     === Q2 === ...
///
/// A field's text is what stands below its line, without empty lines at the ends. A line of the text that begins with
/// "===" or "\" gets a "\" in front.
#pragma once
#include "model/formatter.hpp"
#include "model/json.hpp"
#include "store/drafts.hpp"

namespace deckle::drafts {

/// `model`: the plugin's, for labels and limits; fields in its order.
[[nodiscard]] std::string write_text_file(store::Draft const& draft,
                                          std::map<std::string, store::DraftText> const& texts,
                                          model::Json const& model, model::Formatter const& formatter);

struct TextFile {
    int version = 0;
    store::Texts texts;
};
/// Throws Error{usage} with file:line: another draft, a field that the draft does not have, one that comes twice.
[[nodiscard]] TextFile read_text_file(std::string_view text, store::Draft const& draft,
                                      std::map<std::string, store::DraftText> const& known, std::string const& file);

/// Line ends as \n, no blanks at line ends, no empty lines at the ends.
[[nodiscard]] std::string tidy(std::string_view text);

/// The words of two texts: "We grew [-30%-]{+31%+}."
[[nodiscard]] std::string word_diff(std::string_view before, std::string_view after);

} // namespace deckle::drafts
