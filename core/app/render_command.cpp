// deckle render: the renderer by itself.
#include "app/options.hpp"
#include "app/output.hpp"
#include "base/file.hpp"
#include "layout/layout.hpp"
#include "pdf/writer.hpp"
#include "text/font_set.hpp"
#include <iostream>
#include <iterator>

namespace deckle::app {

int render_document(RenderOptions const& options) {
    bool const from_standard_input = options.input == "-";
    std::string const html =
        from_standard_input ? std::string(std::istreambuf_iterator<char>(std::cin), std::istreambuf_iterator<char>())
                            : read_file(options.input);
    layout::Options layout_options;
    layout_options.strict = options.strict;
    layout_options.explain_breaks = options.explain_breaks;
    layout_options.base = !options.base.empty() ? std::filesystem::path(options.base)
                          : from_standard_input ? std::filesystem::current_path()
                                                : std::filesystem::absolute(options.input).parent_path();
    Diagnostics diagnostics;
    text::FontSet fonts;
    fonts.add_standard();
    std::string const name = from_standard_input ? "standard input" : options.input;
    std::string output;
    layout::Result result;
    if (options.dump == "pages") {
        layout::PageList pages;
        result = layout::layout_html(html, name, fonts, layout_options, pages, diagnostics);
        output = layout::dump_pages(pages);
    } else {
        pdf::Writer writer(pdf::WriterOptions{}, diagnostics);
        result = layout::layout_html(html, name, fonts, layout_options, writer, diagnostics);
        output = writer.take();
    }
    print_diagnostics(diagnostics);
    for (layout::PageBreak const& each : result.breaks) std::cerr << "page " << each.page << " " << each.text << "\n";
    if (options.output == "-")
        std::cout.write(output.data(), static_cast<std::streamsize>(output.size()));
    else
        write_file(options.output, output);
    return diagnostics.count(Severity::error) > 0 ? partial : ok;
}

} // namespace deckle::app
