/// The message of an edition: what its reports answer, their key figures and what needs the reader, with the reports
/// attached or linked. Composed once for each channel, then sent to each recipient as it is.
#pragma once
#include "base/diagnostics.hpp"
#include "data/workspace.hpp"
#include "delivery/product.hpp"
#include "store/editions.hpp"
#include <cstdint>
#include <limits>
#include <string>
#include <vector>

namespace deckle::delivery {

/// What the schedule and the way out ask of a letter.
struct LetterTerms {
    std::string subject = {}, file_name = {}; // templates, see names.hpp; empty = default
    std::uint64_t max_attachment = std::numeric_limits<std::uint64_t>::max(); // bytes of all files together
    std::string link = {};    // of what is larger: the address of the folder it is in, ends with a slash; empty = none
    std::string contact = {}; // address of who answers questions; may be empty
    std::string reason = {};  // why this is a corrected issue; may be empty
};

struct Letter {
    std::string subject, html, text;
    std::vector<File> files;  // attached, under the names that the recipient sees
    std::vector<File> linked; // those that are in the folder instead; names likewise
};

/// Bytes of the HTML: mail programs cut longer ones (Gmail at 102 KB), and some count what they add.
inline constexpr std::size_t max_letter = 60'000;

/// Template: mail/letter.html.mustache and letter.txt.mustache of the workspace's templates/, else of `templates`, the
/// folder report-templates/. Of what makes it larger than max_letter whole items are left out, and it says how many.
/// Throws Error{limit} when the files are too large to attach and there is no `link`: it must not leave without them;
/// Error{usage} for templates that cannot be used and for two files of one name.
[[nodiscard]] Letter compose(data::Workspace const& workspace, store::Edition const& edition, Product const& product,
                             LetterTerms const& terms, std::filesystem::path const& templates,
                             Diagnostics& diagnostics);

/// What the template of a letter may name, with one of everything: for lint.
[[nodiscard]] model::Json sample_letter();

/// "pack:monthly" -> the pack's title, "report:cash-flow" -> what its model says it is called.
[[nodiscard]] std::string title_of(data::Workspace const& workspace, store::Edition const& edition,
                                   Product const& product);

} // namespace deckle::delivery
