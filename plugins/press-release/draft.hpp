/// A release at work: its record, its texts as fields, and what the model needs
/// of both.
#pragma once
#include "lint.hpp"
#include <deckle/document.hpp>
#include <deckle/model.hpp>
#include <deckle/plugin.hpp>
#include <map>

namespace press_release {

using deckle::Json;
namespace leaf = deckle::leaf;
namespace block = deckle::block;

struct Draft {
    Date as_of;
    std::string company, website;
    Record record;
    Texts texts;
    std::vector<deckle::Field> fields;
    std::vector<std::string> private_facts; // as in LintInput
    std::optional<deckle::Deadline> embargo;
    deckle::Edits edits;
};

/// The record: of the slug, of the award that was won, or the one dated next.
/// Throws PluginError.
[[nodiscard]] Record read_record(deckle::Job& job);
/// Texts that the firm keeps as facts (company.headquarters ...), by name.
using KnownFacts = std::map<std::string, std::string>;
struct Facts {
    KnownFacts texts;
    std::map<std::string, bool> is_public; // by name with period: revenue.total.2025
};
[[nodiscard]] Facts read_facts(deckle::Job& job);
/// A release for an award that was won: `outcome` is what the submission's
/// draft recorded.
[[nodiscard]] Record from_award(AwardRules const& award, std::string const& company, Json const& outcome,
                                Facts const& facts);

/// The fields with their suggestions, and the texts as they stand: the draft's,
/// else the suggestions.
void fill(Draft& draft);

/// "“We did it,” said Dana Whitfield, owner and CEO of Prairie."
[[nodiscard]] std::string attributed(Quote const& quote);
/// "Lucía Ortega, marketing coordinator, 515-555-0160, press@prairie.example"
[[nodiscard]] std::string contact_line(Contact const& contact);

void release_page(Draft const& draft,
                  deckle::Report& report);                       // page.cpp: the member `release`
void quotes_section(Draft const& draft, deckle::Report& report); // page.cpp
void texts_sections(Draft const& draft,
                    deckle::Report& report);                   // page.cpp: staff, networks
void distribution(Draft const& draft, deckle::Report& report); // page.cpp

/// Plain text for the body of an e-mail, lines of at most 72 characters.
[[nodiscard]] std::string plain_text(Draft const& draft);
/// schema.org NewsArticle for the website's newsroom.
[[nodiscard]] std::string json_ld(Draft const& draft);

} // namespace press_release
