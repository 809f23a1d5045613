// A style sheet, on a document with something of everything.
#include "fuzz/target.hpp"
#include <string>

extern "C" int LLVMFuzzerTestOneInput(std::uint8_t const* data, std::size_t size) {
    using namespace deckle;
    static std::string const body =
        "<h1 id=top class=a>Title</h1><p class='a b'>one <b>two</b> <i id=i>three</i> <a href='#top'>four</a></p>"
        "<ul><li>x<li class=c>y<ol><li>z</ol></ul><table class=t><caption>c</caption><colgroup><col><col "
        "class=n></colgroup>"
        "<thead><tr><th>h<th>k<tbody><tr><td>1<td>2<tr><td rowspan=2>3<td>4<tr><td>5</table>"
        "<div class=f><span>q</span><div class=g>r<p>s</div><img alt=t></div><section><h2>u</h2><p>v w x y z</section>"
        "<svg width=20 height=20><circle r=5 class=s /><text x=1 y=9>t</text></svg><footer class=r>end</footer>";
    std::string sheet(fuzz::text_of(data, size));
    for (std::size_t at = 0; (at = sheet.find("</", at)) != std::string::npos;) sheet[at] = ' '; // stays in <style>
    fuzz::render("<!doctype html><style>" + sheet + "</style>" + body);
    return 0;
}
