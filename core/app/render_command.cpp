// deckle render: the renderer by itself, several documents side by side.
#include "app/options.hpp"
#include "app/output.hpp"
#include "base/error.hpp"
#include "base/file.hpp"
#include "layout/layout.hpp"
#include "pdf/writer.hpp"
#include "text/font_set.hpp"
#include <algorithm>
#include <atomic>
#include <chrono>
#include <iostream>
#include <iterator>
#include <set>
#include <thread>
#include <unistd.h>

namespace deckle::app {
namespace fs = std::filesystem;
namespace {

bool is_standard(std::string const& name) {
    return name == "-";
}

/// One document on its way; threads work on different ones.
struct Work {
    std::string input;
    std::string output; // "-" = standard output
    Diagnostics diagnostics;
    layout::Result result;
    std::exception_ptr failure;
};

/// Up to a byte more than allowed, so that the parser reports it.
std::string read_input(std::string const& name, std::size_t most) {
    if (!is_standard(name)) {
        std::error_code error;
        if (auto const size = fs::file_size(name, error); !error && size > most)
            throw Error(ErrorCode::limit,
                        "the document has " + std::to_string(size) + " bytes; max-bytes is " + std::to_string(most),
                        {name, 0, 0});
        return read_file(name);
    }
    std::string text;
    std::istreambuf_iterator<char> in(std::cin), end;
    for (; in != end && text.size() <= most; ++in) text += *in;
    return text;
}

layout::Options layout_options(RenderOptions const& options, std::string const& input) {
    layout::Options out;
    out.strict = options.strict;
    out.explain_breaks = options.explain_breaks;
    out.page = options.page_size == "a4" ? layout::a4 : layout::letter;
    bool const dumps = !options.dump.empty(); // shows the structure only when it is asked for
    out.tags = options.tags == "on"             ? layout::Tags::on
               : options.tags == "off" || dumps ? layout::Tags::off
                                                : layout::Tags::automatic;
    out.limits = options.limits;
    if (out.limits.depth != layout::Limits{}.depth) out.limits.nesting = out.limits.depth;
    out.base = !options.base.empty() ? fs::path(options.base)
               : is_standard(input)  ? fs::current_path()
                                     : fs::absolute(input).parent_path();
    for (auto const& root : options.roots) out.roots.emplace_back(root);
    out.clock = [start = std::chrono::steady_clock::now()] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    };
    if (!options.user_agent.empty()) {
        out.user_agent = read_file(options.user_agent);
        out.user_agent_file = options.user_agent;
    }
    return out;
}

std::string rendered(RenderOptions const& options, Work& work, text::FontSet& standard) {
    auto const with = layout_options(options, work.input);
    std::string const html = read_input(work.input, options.limits.bytes);
    std::string const name = is_standard(work.input) ? "standard input" : work.input;
    text::FontSet fonts(standard);
    if (options.dump == "boxes") return layout::dump_boxes(html, name, fonts, with, work.diagnostics);
    if (options.dump == "pages") {
        layout::PageList pages;
        work.result = layout::layout_html(html, name, fonts, with, pages, work.diagnostics);
        return layout::dump_pages(pages);
    }
    pdf::WriterOptions writer_options;
    writer_options.pdf_a = options.pdf_a;
    for (fs::path const& file : options.attach)
        writer_options.attachments.push_back({file.filename().string(), read_file(file), {}, {}, {}});
    pdf::Writer writer(std::move(writer_options), work.diagnostics);
    work.result = layout::layout_html(html, name, fonts, with, writer, work.diagnostics);
    return writer.take();
}

void carry_out(RenderOptions const& options, Work& work, text::FontSet& standard) {
    try {
        std::string const output = rendered(options, work, standard);
        if (is_standard(work.output))
            std::cout.write(output.data(), static_cast<std::streamsize>(output.size())).flush();
        else
            write_file(work.output, output);
        if (is_standard(work.output) && !std::cout) throw Error(ErrorCode::io, "cannot write to standard output");
    } catch (...) {
        work.failure = std::current_exception();
    }
}

/// Where each input goes. Throws Error{usage} when that cannot be.
std::vector<Work> plan(RenderOptions const& options) {
    std::vector<Work> works;
    if (std::ranges::count_if(options.inputs, is_standard) > 1)
        throw Error(ErrorCode::usage, "standard input (-) can be read once only");
    std::error_code ignored;
    bool const folder = !is_standard(options.output) && (options.output.ends_with('/') || options.inputs.size() > 1 ||
                                                         fs::is_directory(options.output, ignored));
    if (options.inputs.size() > 1 && is_standard(options.output))
        throw Error(ErrorCode::usage, "several documents cannot go to standard output; give -o a folder");
    if (folder && fs::exists(options.output, ignored) && !fs::is_directory(options.output, ignored))
        throw Error(ErrorCode::usage, options.output + " is no folder; several documents need one");
    std::set<std::string> taken;
    for (auto const& input : options.inputs) {
        Work work{input, options.output, {}, {}, {}};
        if (folder) {
            auto const stem = is_standard(input) ? fs::path("document") : fs::path(input).stem();
            work.output = (fs::path(options.output) / stem).string() + (options.dump.empty() ? ".pdf" : ".txt");
            if (!taken.insert(work.output).second)
                throw Error(ErrorCode::usage, "two documents would be written to " + work.output);
        }
        if (!is_standard(input) && fs::equivalent(input, work.output, ignored))
            throw Error(ErrorCode::usage, "the output " + work.output + " would replace the input");
        works.push_back(std::move(work));
    }
    if (folder) fs::create_directories(options.output);
    return works;
}

} // namespace

int render_documents(RenderOptions options) {
    if (options.output.empty()) {
        if (options.dump.empty()) throw Error(ErrorCode::usage, "-o is missing: a PDF file, a folder, or -");
        options.output = "-";
    }
    if (is_standard(options.output) && options.dump.empty() && ::isatty(STDOUT_FILENO) == 1)
        throw Error(ErrorCode::usage, "a PDF is not written to a terminal; give -o a file, or redirect the output");
    auto works = plan(options);
    auto const cores = options.jobs > 0 ? options.jobs : std::max(1U, std::thread::hardware_concurrency());
    std::atomic<std::size_t> next = 0;
    auto const some = [&] {
        text::FontSet standard; // documents of one thread share what was opened and shaped
        standard.add_standard();
        for (auto i = next++; i < works.size(); i = next++) carry_out(options, works[i], standard);
    };
    {
        std::vector<std::jthread> helpers;
        for (std::size_t i = 1; i < std::min<std::size_t>(cores, works.size()); ++i) helpers.emplace_back(some);
        some();
    }
    int code = ok;
    for (auto& work : works) {
        print_diagnostics(work.diagnostics);
        auto const which = works.size() > 1 ? work.input + ": " : std::string();
        for (auto const& each : work.result.breaks)
            std::cerr << which << "page " << each.page << " " << each.text << "\n";
        if (!work.failure) {
            if (work.diagnostics.count(Severity::error) > 0 && code == ok) code = partial;
            continue;
        }
        if (works.size() == 1) std::rethrow_exception(work.failure);
        try {
            std::rethrow_exception(work.failure);
        } catch (Error const& e) {
            std::cerr << "deckle: " << work.input << " failed: " << e.to_string() << "\n";
        } catch (std::exception const& e) {
            std::cerr << "deckle: " << work.input << " failed: " << e.what() << "\n";
        }
        code = failed;
    }
    return code;
}

} // namespace deckle::app
