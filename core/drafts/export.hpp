/// A document's texts in other forms. REQUIRES: an annotated model (Document::annotate).
#pragma once
#include "base/date.hpp"
#include "model/formatter.hpp"
#include "model/json.hpp"
#include <string>
#include <vector>

namespace deckle::drafts {

/// Title, sections and questions as headings, texts as they are; what is no Markdown is escaped.
[[nodiscard]] std::string to_markdown(model::Json const& model, model::Formatter const& formatter);

/// Headings and paragraphs, a fragment without images and without any HTML but our own.
[[nodiscard]] std::string to_html_fragment(model::Json const& model, model::Formatter const& formatter);

/// The same for mail: headings underlined, Markdown as plain text.
[[nodiscard]] std::string to_plain_text(model::Json const& model, model::Formatter const& formatter);

/// A field's text as it goes into a form, which is also what is counted: Markdown as plain text.
[[nodiscard]] std::string pasted_text(model::Json const& field);

/// One text for one box of a web form.
struct FormField {
    std::string id, label, text;
    std::string count; // "8 of at most 25 words"; empty for numbers, dates, choices and files
};
[[nodiscard]] std::vector<FormField> to_form_fields(model::Json const& model, model::Formatter const& formatter);

/// Word's format, made by pandoc; the same bytes for the same model and day. Throws Error{failed} naming the package
/// when pandoc is not installed, or with what it says.
[[nodiscard]] std::string to_docx(model::Json const& model, model::Formatter const& formatter, Date day);

} // namespace deckle::drafts
