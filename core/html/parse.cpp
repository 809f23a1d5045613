#include "html/parse.hpp"
#include "html/tree_builder.hpp"

namespace deckle::html {

Document parse(std::string_view text, std::string file, Diagnostics& diagnostics, Limits limits) {
    check_source(text, file, limits.bytes);
    Locator const lines(text);
    Tokenizer tokenizer(text, file, lines, diagnostics);
    TreeBuilder tree(file, lines, tokenizer, diagnostics, limits);
    Token token;
    do {
        tokenizer.allow_cdata(tree.in_foreign());
        tokenizer.next(token);
        tree.take(token);
    } while (token.kind != Token::Kind::end_of_file);
    return tree.finish();
}

} // namespace deckle::html
