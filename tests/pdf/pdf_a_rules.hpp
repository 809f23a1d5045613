/// The rules of PDF/A-2b and 3b that a file as ours can break, checked one by one on the file's objects as qpdf reads
/// them. Debian has no validator such as veraPDF, so this is what we go by.
// ISO 19005-2:2011 and ISO 19005-3:2012; the numbers of rules are those of the clauses
#pragma once
#include <string>
#include <vector>

namespace deckle::pdf {

/// "6.1.3 the trailer has no /ID", one entry a broken rule; empty when the file keeps all that are checked.
/// `json`: of qpdf --json --json-stream-data=inline --decode-level=generalized.
[[nodiscard]] std::vector<std::string> pdf_a_violations(std::string const& bytes, std::string const& json);

} // namespace deckle::pdf
