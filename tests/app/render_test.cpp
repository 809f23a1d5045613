// deckle render, as a user calls it.
#include "app/program.hpp"
#include <gmock/gmock.h>

using namespace deckle;
using namespace deckle::tests;
using testing::HasSubstr;
using testing::Not;
namespace fs = std::filesystem;

namespace {

class Render : public testing::Test {
protected:
    Render() : folder(fresh_folder()) {}
    Answer render(std::string const& arguments) { return program_with("render " + arguments, folder); }
    void page(std::string const& name, std::string const& body) {
        write_file(folder / name, "<!doctype html><title>T</title>" + body);
    }
    [[nodiscard]] std::string text_of(std::string const& pdf) const {
        return shell("pdftotext -layout " + pdf + " -", folder).out;
    }
    fs::path folder;
};

TEST_F(Render, LinkedSheetsImportsAndBase) {
    fs::create_directories(folder / "assets/more");
    write_file(folder / "assets/a.css", "\xEF\xBB\xBF@import 'more/b.css'; p::before { content: 'A ' }");
    write_file(folder / "assets/more/b.css", "p::after { content: ' B' }");
    page("a.html", "<base href='assets/'><link rel=stylesheet href=a.css><p>text");
    auto const answer = render("a.html -o a.pdf");
    EXPECT_EQ(answer.code, 0) << answer.err;
    EXPECT_EQ(answer.err, "");
    EXPECT_THAT(text_of("a.pdf"), HasSubstr("A text B"));
    page("b.html", "<link rel=stylesheet href=a.css><p>text");
    EXPECT_THAT(render("b.html -o b.pdf").err, HasSubstr("a.css"));
    EXPECT_EQ(render("b.html -o b.pdf --base assets").err, "");
    EXPECT_THAT(text_of("b.pdf"), HasSubstr("A text B"));
}

TEST_F(Render, AnotherSheetOfDefaults) {
    write_file(folder / "ua.css",
               "head { display: none } h1 { display: block; break-before: page } q::before { content: '[' }");
    page("a.html", "<p>one<h1>two</h1><q>three</q>");
    EXPECT_THAT(render("a.html --dump pages").out, Not(HasSubstr("[")));
    auto const answer = render("a.html --dump pages --ua ua.css");
    EXPECT_EQ(answer.code, 0) << answer.err;
    EXPECT_THAT(answer.out, HasSubstr("page 2"));
    EXPECT_THAT(answer.out, HasSubstr("["));
    EXPECT_EQ(render("a.html --dump pages --ua none.css").code, 1);
    write_file(folder / "ua.css", "head { display: none; colr: red }");
    EXPECT_THAT(render("a.html --dump pages --ua ua.css").err, HasSubstr("ua.css:1:"));
}

TEST_F(Render, BoxesAreShownWithTheirPlaces) {
    page("a.html", "\n<p style='color:red'>one <b>two</b><table>\n  <tr><td>x</table>");
    auto const answer = render("a.html --dump boxes");
    EXPECT_EQ(answer.code, 0) << answer.err;
    EXPECT_THAT(answer.out, HasSubstr("block <p> 2:1"));
    EXPECT_THAT(answer.out, HasSubstr("color: #ff0000"));
    EXPECT_THAT(answer.out, HasSubstr("inline <b> 2:26"));
    EXPECT_THAT(answer.out, HasSubstr("text \"two\""));
    EXPECT_THAT(answer.out, HasSubstr("cell <td> 3:7"));
    EXPECT_EQ(render("a.html --dump leaves").code, 2);
}

TEST_F(Render, StandardInputAndOutputKeepDataAndMessagesApart) {
    page("a.html", "<p style='colr:red'>text");
    auto const piped = shell("'" + program().string() + "' render - -o - < a.html > a.pdf", folder);
    EXPECT_EQ(piped.code, 0) << piped.err;
    EXPECT_THAT(piped.err, HasSubstr("standard input:"));
    EXPECT_TRUE(read_file(folder / "a.pdf").starts_with("%PDF-"));
    EXPECT_EQ(render("a.html").code, 2);
    EXPECT_THAT(render("a.html").err, HasSubstr("-o"));
    EXPECT_EQ(render("- - -o out/").code, 2);
}

TEST_F(Render, SeveralDocumentsSideBySideAreTheSameAsOneByOne) {
    for (int i = 0; i < 12; ++i)
        page("p" + std::to_string(i) + ".html",
             "<h1>Document " + std::to_string(i) + "</h1><table>" + std::string(static_cast<std::size_t>(i) * 4, ' ') +
                 "<tr><td>a<td>b</table><p style='color:hsl(" + std::to_string(i * 30) + " 50% 50%)'>text</p>" +
                 "<svg width=50 height=50><circle r=" + std::to_string(i) + " /></svg>");
    auto const answer = render("p*.html -o out/ --jobs 8");
    EXPECT_EQ(answer.code, 0) << answer.err;
    for (int i = 0; i < 12; ++i) {
        auto const name = "p" + std::to_string(i);
        ASSERT_EQ(render(name + ".html -o " + name + ".pdf").code, 0);
        EXPECT_EQ(read_file(folder / (name + ".pdf")), read_file(folder / "out" / (name + ".pdf"))) << name;
    }
    write_file(folder / "bad.html", "\xFF");
    auto const partly = render("bad.html p1.html -o more");
    EXPECT_EQ(partly.code, 1);
    EXPECT_THAT(partly.err, HasSubstr("bad.html"));
    EXPECT_TRUE(fs::exists(folder / "more/p1.pdf"));
    EXPECT_FALSE(fs::exists(folder / "more/bad.pdf"));
    EXPECT_EQ(render("p1.html p2.html -o p3.pdf").code, 2) << "a file is no folder";
    EXPECT_EQ(render("p1.html p2.html -o -").code, 2);
    EXPECT_EQ(render("p1.html ./p1.html -o out").code, 2) << "both would be out/p1.pdf";
    EXPECT_EQ(render("p1.html -o ./p1.html").code, 2) << "the input would be replaced";
}

TEST_F(Render, StrictnessCoversSheetsAndMarkup) {
    page("css.html", "<p style='colr:red'>x");
    page("markup.html", "<p><b>x</p>y");
    page("good.html", "<p>x");
    EXPECT_EQ(render("css.html -o a.pdf").code, 0);
    auto const answer = render("css.html -o b.pdf --strict");
    EXPECT_EQ(answer.code, 1);
    EXPECT_THAT(answer.err, HasSubstr("colr"));
    EXPECT_FALSE(fs::exists(folder / "b.pdf"));
    EXPECT_EQ(render("markup.html -o b.pdf --strict").code, 1);
    EXPECT_EQ(render("good.html -o b.pdf --strict").code, 0);
}

TEST_F(Render, NothingIsLeftBehindWhenItFails) {
    page("a.html", "<p>x");
    write_file(folder / "a.pdf", "before");
    EXPECT_EQ(render("a.html -o a.pdf --max-elements 2").code, 1);
    EXPECT_EQ(read_file(folder / "a.pdf"), "before");
    EXPECT_EQ(render("a.html -o none/a.pdf").code, 1);
    EXPECT_EQ(shell("ls", folder).out, "a.html\na.pdf\n");
}

TEST_F(Render, EachLimitNamesItselfItsValueAndItsOption) {
    std::string many, deep;
    for (int i = 0; i < 60; ++i) many += "<p style='break-after:page'>x";
    for (int i = 0; i < 60; ++i) deep += "<div>";
    page("many.html", many);
    page("deep.html", deep + "x");
    for (std::string const arguments :
         {"many.html --max-bytes 100", "many.html --max-elements 20", "deep.html --max-depth 30",
          "many.html --max-boxes 20", "many.html --max-pages 20", "many.html --max-seconds 0.001"}) {
        auto const answer = render(arguments + " -o a.pdf");
        EXPECT_EQ(answer.code, 1) << arguments;
        auto const option = arguments.substr(arguments.find("--") + 2);
        EXPECT_THAT(answer.err, HasSubstr(option.substr(0, option.find(' ')))) << arguments;
        EXPECT_THAT(answer.err, HasSubstr(option.substr(option.find(' ') + 1))) << arguments;
        EXPECT_FALSE(fs::exists(folder / "a.pdf")) << arguments;
    }
    EXPECT_EQ(render("many.html -o a.pdf").code, 0);
    EXPECT_EQ(render("deep.html -o a.pdf").code, 0);
    page("image.html",
         "<img alt='' src='data:image/png;base64,"
         "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAChwGA60e6kgAAAABJRU5ErkJggg=='>");
    EXPECT_EQ(render("image.html -o a.pdf --max-pixels 1").err, "");
    EXPECT_THAT(render("--help").out, HasSubstr("--max-pixels"));
}

TEST_F(Render, DeepDocumentsWithinTheHighestLimitRender) {
    std::string deep, inlines, tables;
    for (int i = 0; i < 1900; ++i) deep += "<div>", inlines += "<span>";
    for (int i = 0; i < 480; ++i) tables += "<table><tr><td>";
    page("a.html", deep + "end");
    page("b.html", inlines + "end");
    page("c.html", "<style>table { border-spacing: 0 } td { padding: 0 }</style>" + tables + "end");
    for (auto const* name : {"a", "b", "c"}) {
        auto const answer = render(std::string(name) + ".html -o " + name + ".pdf --max-depth 2000");
        EXPECT_EQ(answer.code, 0) << name << answer.err;
        EXPECT_THAT(text_of(std::string(name) + ".pdf"), HasSubstr("end")) << name;
    }
}

} // namespace
