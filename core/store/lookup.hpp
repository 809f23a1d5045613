/// Rows by the beginning of their id, states by their word; inside core/store only.
#pragma once
#include "base/error.hpp"
#include <algorithm>
#include <array>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace deckle::store {

/// What a person calls the rows of a table.
struct Called {
    std::string_view one, several; // "draft", "drafts"
    std::string_view command;      // that lists them
};

/// The only row of those whose id begins with `id`, at most six of them being given. Throws Error{usage} for none and
/// for several, naming them.
template <class Row>
[[nodiscard]] Row the_one(std::vector<Row> found, std::string const& id, Called const& called) {
    if (found.empty() || id.empty())
        throw Error(ErrorCode::usage,
                    fmt::format("There is no {} '{}'; `{}` names them", called.one, id, called.command));
    if (found.size() == 1) return std::move(found.front());
    std::vector<std::string> ids;
    for (Row const& row : found) ids.push_back(row.id);
    throw Error(ErrorCode::usage, fmt::format("'{}' begins several {}: {}{}; write more of the id", id, called.several,
                                              fmt::join(ids, ", "), ids.size() > 5 ? " ..." : ""));
}

/// The words of an enumeration, as they are kept and printed.
template <class State, std::size_t n>
using StateWords = std::array<std::pair<State, std::string_view>, n>;

template <class State, std::size_t n>
[[nodiscard]] std::string_view word_of(StateWords<State, n> const& words, State state) {
    return std::ranges::find(words, state, &std::pair<State, std::string_view>::first)->second;
}

/// Throws Error{data} for an unknown word; `what` has it: "edition".
template <class State, std::size_t n>
[[nodiscard]] State state_of(StateWords<State, n> const& words, std::string_view word, std::string_view what) {
    auto const it = std::ranges::find(words, word, &std::pair<State, std::string_view>::second);
    if (it == words.end())
        throw Error(ErrorCode::data, fmt::format("The store holds the unknown {} state '{}'", what, word));
    return it->first;
}

/// "'sent', 'failed'" for SQL; the words are ours, so nothing needs escaping.
template <class State>
[[nodiscard]] std::string quoted(std::vector<State> const& states) {
    std::string list;
    for (State const state : states) list += fmt::format("{}'{}'", list.empty() ? "" : ", ", to_string(state));
    return list;
}

} // namespace deckle::store
