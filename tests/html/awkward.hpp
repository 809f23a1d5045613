/// HTML that asks for repair.
#pragma once
#include <array>
#include <string_view>
#include <utility>

namespace deckle::html_cases {

using namespace std::string_view_literals;

// clang-format off
inline constexpr std::string_view awkward[]{
    // formatting that crosses blocks: the adoption agency
    "<b>1<p>2</b>3</p>"sv, "<a>1<p>2</a>3</p>"sv, "<a>1<button>2</a>3</button>"sv, "<a>1<div>2<div>3</a>4</div>5</div>"sv,
    "<b>1<i>2<p>3</b>4"sv, "<a><div><style></style><address><a>"sv, "<b><b><b><b><p>x</b></b>y"sv,
    "<b><em><dcell><postcode><foo></b></em>"sv, "<b><em><foo><foo><foo><aside></b></em>"sv,
    "<b><em><foo><foo><foo><foo><foo><foo><foo><foo><foo><foo><aside></b></em>"sv, "<p>1<s id=a>2<b>3</p>4</s>5</b>6"sv,
    "<font><p>hello<b>cruel</font>world"sv, "<p><b><i><u></p><p>X"sv, "<b><p>a<i>b</b>c</i>d</p>e"sv,
    "<a><table><td><a><table></table><a></tr><a></table><b>X</b>C<a>Y"sv, "<a X>0<b>1<a Y>2"sv,
    "<cite><b><cite><i><cite><i><cite><i><div>X</b>TEST"sv, "<b><nobr>1<div><nobr></b><i><nobr>2</div>3"sv,
    "<nobr>a<nobr>b</nobr>c"sv, "<p><nobr>a<p>b<nobr>c"sv, "<b id=1><b id=1><b id=1><b id=1><p>x"sv,
    "<b a b c d><b d c b a><b a b c d><b c><p>x"sv, "<b><section>x</b>y</section>z"sv, "<i>A<b>B<div></div>C</i>D"sv,
    "<i>A<b>B<div></div>C</b>D"sv, "<i>A<b>B<p></p>C</i>D"sv, "<u><table><tr><td>x</u>y</table>z"sv, "</b>x<b></i>y</b>"sv,
    "<b><ul><li>1</b><li>2</ul>3"sv, "<code><pre>a</code>b</pre>c"sv, "<strong><h1>a</strong>b</h1>c"sv,
    "<a href=1><svg><a href=2></svg>x</a>y"sv, "<font size=1><font size=2><font size=1><p></font></font>x"sv,
    "<a><p></a></p>"sv, "<a><b><big><em><strong><div>X</a>"sv, "<a><b><div id=1><div id=2><div id=3><div id=4>A</a>"sv,
    "<a><b><div id=1><div id=2><div id=3><div id=4><div id=5><div id=6><div id=7><div id=8><div id=9>A</a>"sv,
    "<div><a><b><u><i><code><div></a>"sv, "<b><b><b><b>x</b></b></b></b>y"sv, "<p><b><b><b><b><p>x"sv,
    "<em><table><em></table></em>"sv, "<s><td></s>"sv, "<b><object><b>x</b></b></object></b>y"sv,
    "<applet><b>x</applet>y</b>"sv, "<b><marquee></b>x</marquee>"sv, "<p>a<b>b<form>c</b>d<!----></form>e"sv,
    // implied ends
    "<p>a<p>b<p>c"sv, "<p><div><p>"sv, "</p>"sv, "a</p>b"sv, "<div></p></div>"sv, "<p></div>x"sv, "<span><p></span>x"sv,
    "<p><button><p>x</button>y"sv, "<li><p><li>x"sv, "<li><div><li>x"sv, "<li><address><li>x"sv, "<li><section><li>x"sv,
    "<ul><li><ol></li><li>x"sv, "</li>"sv, "<ul></li></ul>"sv, "<dt>a<dd>b<dt>c</dl>d"sv, "<dl><dt><p>a<dd>b"sv,
    "<dd><dt><dd>"sv, "<dt><div><dd>x</div></dd>"sv, "</dd></dt>"sv, "<h1>a<h2>b</h1>c</h2>d"sv, "<h1><div><h2>x</h1>y"sv,
    "</h1>x"sv, "<h3><p>x</h4>y"sv, "<option>a<optgroup>b<option>c"sv, "<ruby>a<rb>b<rt>c<rtc>d<rt>e<rp>f"sv,
    "<ruby><rtc><rt>a<rb>b</ruby>c"sv, "<rt>a<rp>b"sv, "<ruby><span><rt>x</span></ruby>"sv, "<p><hr>a</p>b"sv,
    "<p><pre>\n\nx</pre></p>"sv, "<pre>\r\nx</pre>"sv, "<pre><b>\nx</b></pre>"sv, "<pre>\n</pre>"sv,
    "<listing>\nx</listing>"sv, "<textarea>\n\nx</textarea>"sv, "<pre><!-- c -->\nx</pre>"sv,
    "<div><p>x</div>y"sv, "<article><p>x<section><p>y</article>z"sv, "<center><p>a</center>b"sv, "<p><center>b"sv,
    "<div><b>x</div>y</b>z"sv, "<details><p>a<summary>b</details>c"sv, "<fieldset><legend>a<p>b</fieldset>c"sv,
    "</br>"sv, "<p></br>x"sv, "a</br class=x>b"sv, "</div></span></x>"sv, "<x></y></x>z"sv, "<x><div></x></div>y"sv,
    "<p><x></p></x>"sv, "<address><address>a</address>b"sv, "<blockquote><p>a</blockquote>b"sv,
    // forms and controls
    "<form><form>a<!----></form>b</form>c"sv, "<form><p></form>a"sv, "</form>a"sv,
    "<table><form><tr><td><input></form></table>"sv, "<table><form></form><form><tr><td>a</form></table>"sv,
    "<form><table><form></table></form>"sv, "<div><form></div>a</form><form>b"sv, "<button><button>x</button>y"sv,
    "<button><p>x</button>y"sv, "<p><button>x<div>y</button>z"sv, "<input type=hidden><table><input type=hidden><tr></table>"sv,
    "<table><input type=HIDDEN><input type=text><input></table>"sv, "<table><tr><input type=hidden><td>x"sv,
    "<select><option>a<option>b<optgroup><option>c<optgroup><option>d</select>e"sv, "<select><b>x</b><p>y</select>z"sv,
    "<select><select>x"sv, "<select><input>x"sv, "<select><textarea>x</textarea>y"sv, "<select><keygen>x"sv,
    "<table><tr><td><select><tr><td>x"sv, "<table><select><option>a<tr><td>b</table>"sv, "<select></optgroup></option>a</select>"sv,
    "<select><optgroup><option></optgroup>a"sv, "<table><tr><td><select></td>x</table>"sv, "<select><table><tr><td>x"sv,
    "<select><script>a</script><template>b</template>"sv, "<select><div></div></p></table></select>a"sv,
    "<table><caption><select><caption>x</table>y"sv, "<p><select><p>x</select>y"sv, "<option><select><option>a</select>b"sv,
    "<select>a\0b</select>"sv, "<label>a<input><label>b"sv, "<textarea><b>x</b>&lt;&unknown;</textarea>y"sv,
    "<textarea></textarea >x"sv, "<textarea></textare>x</textarea>y"sv, "<textarea></TEXTAREA/>x"sv, "<textarea>"sv,
    "<textarea>&copy"sv, "<textarea>a\0b"sv, "<isindexx>"sv, "<optgroup><p><option>a<optgroup>b"sv,
    // raw text
    "<style></style><style></styl></style>x"sv, "<style><!-- </style> --></style>x"sv, "<style>a\0b</style>"sv,
    "<script><!-- <script> </script> --> </script>x"sv, "<script><!-- </script> --></script>x"sv,
    "<script><!-- <script></script></script>x"sv, "<script><!--><script></script>x"sv, "<script><!-- <scriptx></script>x"sv,
    "<script><!-- <script> - - -- --></script>x"sv, "<script>'<' + '/script>'</script >x"sv, "<script>a"sv,
    "<script><!--<script></script><script></script></script>--></script>x"sv, "<script><!--a"sv, "<script></scrip></script>"sv,
    "<script><!---<script></script>x"sv, "<script>a\0b\r\nc</script>"sv, "<SCRIPT></ScRiPt>x"sv, "<script/>x</script>y"sv,
    "<title>a<b>c</b>&amp;</title>x"sv, "<title></titl></title>"sv, "<title>a"sv, "<xmp><b>&amp;</xmp>x"sv, "<p><xmp>a</xmp>b"sv,
    "<iframe><p>a</iframe>b"sv, "<noembed><p>a</noembed>b"sv, "<noframes><p>a</noframes>b"sv, "<noscript><p>a</noscript>b"sv,
    "<p><noscript><b>a</noscript>b"sv, "<plaintext><b>a</plaintext>b"sv, "<p><plaintext>a\0b"sv, "<b><p><plaintext>a</b>"sv,
    "<table><style>a</style><script>b</script><tr><td>c"sv, "<table><tr><style></tr></style><td>x"sv, "<table><title>a</title>"sv,
    "<table><textarea>a</textarea>"sv, "<table><plaintext>a"sv, "<style>a</style\t>b"sv, "<style>a</style x=y>b"sv,
    // tables
    "<table>a<b>b</b><tr>c<td>d</td>e</table>f"sv, "<table><tr><td></td><tr><td></table>"sv, "<table> a <tr> b <td>c"sv,
    "<table><b>a<tr><td>b</table>c"sv, "<table><p>a<tr><td>b</table>c"sv, "<table><i>a<tr>b<td>c</i></table>d"sv,
    "<table><tr><p>a<td>b</table>c"sv, "<table><td><table></table>x</table>"sv, "<table><tr><table><tr><td>a</table>b</table>c"sv,
    "<table><tbody><table>a</table>b"sv, "<p><table>a</table>b"sv, "<p><table></p>a</table>b"sv, "<b><table><b>x"sv,
    "<table><caption>a<caption>b</table>"sv, "<table><caption><table></table>x</caption>y</table>"sv,
    "<table><caption><tr><td>x"sv, "<table><caption></table>a"sv, "<table><caption><col><td>a"sv, "<table><caption><p>a</caption>b"sv,
    "<table><colgroup>a<col>b</colgroup>c"sv, "<table><colgroup> <col> </colgroup> <col>"sv, "<table><colgroup><b>a<tr>"sv,
    "<table><col></col><td>a"sv, "<table></colgroup><td>a"sv, "<table><colgroup></col></table>"sv, "<table><colgroup><col><table>"sv,
    "<table><colgroup></tbody><td>a"sv, "<table><tbody></tfoot><td>a"sv, "<table></tr></td></tbody>a"sv, "<table></body></html>a"sv,
    "<table><tr></tbody><td>a"sv, "<table><tr></tfoot><td>a"sv, "<table><td></tr>a"sv, "<table><td></th>a</td>b"sv, "<table><td></body>a"sv,
    "<table><td></caption>a"sv, "<table><td><p></td>a"sv, "<table><td><b></td>a</b>"sv, "<table><th><td><th>"sv, "<td>a"sv,
    "<tr><td>a"sv, "<tbody>a"sv, "<caption>a"sv, "<col>a"sv, "<thead><tr><td>a"sv, "</table>a"sv, "</td></tr></tbody>a"sv,
    "<table><tr><td><td><tr><tbody><tfoot><thead><td>"sv, "<table><hr>"sv, "<table><li>a<li>b<tr>"sv, "<table><div><td>a</div>b"sv,
    "<table><a>1<p>2</a>3</p>"sv, "<table><tr><tr><td><td><span><th><span>X</table>"sv, "<div><table><a>foo</a><tr><td>bar"sv,
    "<table>&nbsp;<tr>"sv, "<table> \n<!-- c -->\n <tr>"sv, "<table>\0a<tr>\0<td>\0b"sv, "<table>a<!--c-->b<tr>"sv, "<table> a&amp; b<tr>"sv,
    "<table><tr><td>a</table><table><tr><td>b</table>c"sv, "<table><svg><g>a</g></svg><tr><td>b"sv, "<table><tr><svg><td>a</svg>b"sv,
    "<table><tr><math><td>a</math>b"sv, "<table><br><img><tr>"sv, "<table><form><input type=hidden><b>x</form></table>"sv,
    "<table><center>a<center>b</table>c"sv, "<table><object><tr><td>a</object></table>"sv, "<a><table><a>b</a></table>c</a>"sv,
    "<table><tr><td><form><table><tr></form><td>a"sv, "<table><td><button><td>a</button></table>"sv, "<table><tr></td></th></caption>a"sv,
    "<div><table><div></table></div>a"sv, "<table><dd>a<dt>b<tr><td>c"sv, "<table><h1>a<h2>b<tr>"sv, "<table><tbody><tr><b></tbody>x"sv,
    "<table><noscript>a</noscript><tr>"sv, "<table><iframe>a</iframe><tr>"sv, "<p>a<table>b<p>c</table>d"sv,
    // templates
    "<template>a<p>b</template>c"sv, "<template><tr><td>a</template>b"sv, "<template><td>a</template>"sv, "<template><col>a</template>"sv,
    "<template><tbody>a<tr>b</template>"sv, "<template><caption>a</template>"sv, "<table><template><td>a</template><tr>"sv,
    "<table><tr><template><td>a</td>b</template><td>c"sv, "<template><template><p>a</template>b</template>c"sv, "<template>a"sv,
    "<template><b>a</template>b"sv, "<b><template>a</b>b</template>c"sv, "</template>a"sv, "<p><template><p>a</template>b"sv,
    "<template><div><tr><td>a</template>"sv, "<template><tr><div>a<td>b</template>"sv,
    "<template></p></template>"sv, "<template><select><template>a</select>b</template>"sv, "<template><html a=b><body c=d><head></template>"sv,
    "<template><col><tr><td>a</template>"sv, "<template><col><p>a</template>"sv, "<template><svg><template>a</template></svg>b</template>c"sv,
    "<table><colgroup><template><col></template><col>"sv, "<select><template><option>a</template>b"sv, "<template><thead><template><td>a"sv,
    "<template><title>a</title><style>b</style><link></template>"sv, "<template><td></td><tr></template>"sv,
    "<template><div></template></div>x"sv, "<div><template><p>a</div></template>b"sv, "<template><a><table><a></template>"sv,
    // SVG and MathML
    "<svg><p>a"sv, "<svg><g><div>a</g>b</svg>c"sv, "<svg><foreignobject><p>a<g>b</foreignobject>c</svg>d"sv, "<svg><desc><p>a</desc>b</svg>"sv,
    "<svg><title><b>a</b></title>b</svg>c"sv, "<svg><b>a</b></svg>b"sv, "<svg><font>a</font><font color=red>b</font></svg>c"sv,
    "<svg><CIRCLE/><LinearGradient GradientUnits=a /></svg>"sv, "<svg><![CDATA[a<b>&amp;]]>b</svg>"sv, "<svg><![CDATA[a]]b]]]></svg>"sv,
    "<svg><![CDATA[a"sv, "<svg><g><![CDATA[]]></g></svg>"sv, "<svg><![cdata[a]]></svg>"sv, "<![CDATA[a]]>b"sv, "<svg><desc><![CDATA[a]]></desc></svg>"sv,
    "<svg><style>a<b></style>c</svg>d"sv, "<svg><script>a<g></script>b</svg>"sv, "<svg><script/><style/>a</svg>b"sv, "<svg><title/>a</svg>b"sv,
    "<svg><a><svg><a>b</a></svg></a></svg>"sv, "<svg></path>a</svg>b"sv, "<svg><path></svg>a"sv, 
     "<div><svg></div>a"sv, "<svg><g></div>a</svg>b"sv, "<svg a\0b=c>\0d</svg>"sv, "<svg xlink:href=a xml:lang=b xmlns:xlink=c xmlns=d/>"sv,
    "<svg viewbox=a VIEWBOX=b preserveaspectratio=c/>"sv, "<svg/><path/>a"sv, "<svg><svg/><g/></svg>a"sv, "<svg><img>a"sv, "<svg><image>a</svg>"sv,
    "<svg><table><tr><td>a"sv, "<svg><td>a</td><tr>b"sv, "<table><td><svg><td>a"sv, "<svg><select><option>a"sv, "<svg><foreignObject><svg><p>a"sv,
    "<svg><foreignObject><table><svg><tr><td>a"sv, "<svg><desc><svg><ul>a"sv, "<b><svg></b>a"sv, "<svg><foreignObject></b>a</foreignObject>b"sv,
    "<math><mi>a<p>b</mi>c</math>d"sv, "<math><mrow><p>a"sv, "<math definitionurl=a><mi/></math>b"sv, "<math><annotation-xml><p>a"sv,
    "<math><annotation-xml encoding=text/html><p>a</annotation-xml>b</math>"sv, "<math><annotation-xml><svg><p>a"sv,
    "<math><annotation-xml encoding='Application/XHTML+XML'><table>a"sv, "<math><mi><mglyph><b>a</mi>"sv, "<math><mtext><mglyph/><p>a</mtext>b</math>"sv,
    "<math><ms>a<b>c</ms>d</math>e"sv, "<math><mn><svg><p>a"sv, "<math><svg><p>a"sv, "<math><mo></p>a</mo>b"sv, "<math/>a"sv, "<math><mi/>a</math>b"sv,
     "<math><![CDATA[a]]></math>"sv, "<math><a><b>x"sv, "<svg><math><p>a"sv, "<math><mtext><td>a</mtext>"sv, "<table><math><mi>a<tr><td>b"sv,
    "<a><svg><tr><input></a>"sv, "<svg><tfoot></mi><td>"sv, "<math><mi><table><tr><td>a</mi>b"sv, "<svg><malignmark/></svg>"sv,
    // text, references
    "a\0b"sv, "\0"sv, "<p>\0</p>"sv, "<p a=\0b\0>x"sv, "<!--\0-->a"sv, "a\r\nb\rc\n\rd"sv, "\xEF\xBB\xBFtext"sv, "a\xEF\xBB\xBF" "b"sv, "\r\n<p>\r</p>"sv,
    "<p a='x\r\ny\rz'>"sv, "&"sv, "&&"sv, "& "sv, "&;"sv, "&#"sv, "&#;"sv, "&#x"sv, "&#x;"sv, "&#xg;"sv, "&#65"sv, "&#65a"sv, "&#x41 "sv, "&#X41;"sv,
    "&#128;&#x80;&#159;"sv, "&#1114112;&#99999999999999999999;"sv, "&#xD800;&#xDFFF;&#xFFFF;"sv, "&#11;&#127;&#13;"sv, "&amp"sv, "&ampx"sv, "&amp;amp;"sv, "&AMP;&Amp;"sv,
    "&notit;&notin;&not"sv, "&ltx;&gt"sv, "&copycat;"sv, "&nbspx"sv, "&frac12a"sv, "&there4;&there4"sv, "&NotEqualTilde;&acE;"sv, "&unknown"sv, "&unknown;"sv,
    "<a href='?a&copy=1&copy;&copyx&copy&amp'>"sv, "<a href=?a&lt>x"sv, "<a href=&amp;>x"sv, "<a href='&notin;&notit;&not'>"sv, "<a href=\"&#65&#x42\">"sv,
    "a&lt;b&gt;c"sv, "<p title=&quot;>x"sv, "&CounterClockwiseContourIntegral;"sv, "&CounterClockwiseContourIntegra;"sv,
    // tags and comments as written
    "<"sv, "a<"sv, "< p>"sv, "<1>"sv, "<>"sv, "</>"sv, "</"sv, "a</"sv, "</ p>x"sv, "</1>x"sv, "<?php a ?>b"sv, "<?"sv, "<!"sv, "<!>a"sv, "<!a>b"sv, "<!-"sv, "<!--"sv, "<!-->a"sv,
    "<!--->a"sv, "<!---->a"sv, "<!-- a -- b -->c"sv, "<!-- a --!>b"sv, "<!-- a --!b -->c"sv, "<!-- <!-- a -->b"sv, "<!-- a --"sv, "<!-- a"sv, "<!-- a ->b-->c"sv, "<!--a--->b"sv,
    "<!doctype>a"sv, "a<!doctype html>b"sv, "<!DOCTYPE"sv, "<!-- a --><!doctype html><p><table>"sv, "<p"sv, "<p a"sv, "<p a="sv, "<p a='"sv, "<p a='b"sv, "<p a='b'"sv, "<p/"sv, "</p"sv, "x</p a=b"sv,
    "<p a=b/>c"sv, "<p a=b / >c"sv, "<p / a=b>c"sv, "<p/a=b>c"sv, "<p a=>b"sv, "<p =a>b"sv, "<p ==a>b"sv, "<p a =b>c"sv, "<p a= b>c"sv, "<p\ta\n=\r\nb\f>c"sv, "<p a'b>c"sv, "<p a\"b=c>d"sv,
    "<p a='b'c='d'>e"sv, "<p a=b'c>d"sv, "<p a=b\"c`=>d"sv, "<p a<b>c"sv, "<p A=b a=c>d"sv, "<p a a a>b"sv, "<P CLASS=X>a</P>b"sv, "<p<b>a"sv, "<b/>a"sv, "<br/ >a"sv, "</p/>a"sv, "</P a=b>c"sv,
    "<\xC3\xA4>a"sv, "<p \xC3\xA4=1>a"sv, "<p a=\xC3\xA4>b"sv, "<a-b.c_d:e>x</a-b.c_d:e>y"sv, "<p a=b&c=d>e"sv, "<div class=\"a\nb\">c"sv, "<p a=''b>c"sv, "<p \"=a>b"sv,
    // the frame of the document
    "<html><head><body>a"sv, "<head></head>a"sv, "<head><p>a"sv, "</head>a"sv, "<body></body>a"sv, "<body></body><p>a"sv, "<body></html>a<p>b"sv, "</html>a"sv, "<html></html> <p>a"sv,
    "<head><title>a</title><p>b<title>c</title>"sv, "<title>a</title><html b=c>d"sv, "<html a=1><html a=2 b=3>x"sv, "<body a=1><body a=2 b=3>x"sv, "<p><body a=1>x"sv, "<head></head><head>a"sv,
    "<head></head><style>a</style>b"sv, "<head></head> <meta> <title>a</title> b"sv, "<head><meta><link>  <base>a"sv, "<link><p><link>"sv, "<body><title>a</title>b"sv, "<head><noscript><link></noscript>a"sv,
    "<head><noscript><p>a</noscript>b"sv, "<head><noscript>a</noscript>b"sv, "<head><noscript> <style>a</style></noscript>"sv, "<head><noscript><noscript>a"sv, "<head></p>a"sv, "<head></br>a"sv, "</body>a"sv,
    "<html> <head> </head> <body> a"sv, " <!-- a --> <html>b"sv, "<!doctype html> a"sv, "<div></body>a</div>b"sv, "<p></body></html></p>a"sv, "<table></table></body><td>a"sv, "<body><!-- a --></body> <!-- b -->c"sv,
    "<base href=a><p><base href=b>"sv, "<head><script>a</script></head><script>b</script><body><script>c</script>"sv, "<head><template>a</template></head><template>b</template>c"sv, "<meta><body><meta>"sv, "<head></html>a"sv,
    "<bgsound><basefont><p><bgsound>"sv, "<image src=a>b"sv, "<p><image>a</image>b"sv, "<area><embed><keygen><param><source><track><wbr>a"sv, "<object><param><p>a</object>b"sv, "<video><source>a<track></video>b"sv,
};
// What stands around each: it must not change the repair.
inline constexpr std::array around{
    std::pair{"<!doctype html><body><div>"sv, "</div>after"sv}, std::pair{"<!doctype html><table><tr><td>"sv, "</table>after"sv},
    std::pair{"<!doctype html><p><b><i class=x>"sv, "<p>after"sv}, std::pair{"<!doctype html><table>"sv, "<tr><td>after</table>"sv},
    std::pair{"<!doctype html><ul><li>"sv, "<li>after</ul>"sv}, std::pair{"<svg><foreignObject>"sv, "</foreignObject></svg>after"sv},
    std::pair{"<template>"sv, "</template>after"sv}, std::pair{"<!doctype html><form><select><option>"sv, "</select><!----></form>after"sv},
    std::pair{"<svg><g>"sv, "</g></svg>after"sv}, std::pair{"<math><mi>"sv, "</mi></math>after"sv},
    std::pair{"<p>"sv, "<table><td>after"sv},
    std::pair{"<!DOCTYPE HTML PUBLIC \"-//W3C//DTD HTML 4.01 Transitional//EN\" 'http://www.w3.org/TR/html4/loose.dtd'><p>"sv, "<table><td>after"sv},
    std::pair{"<head>"sv, "</head><body>after"sv}, std::pair{"<!doctype html><h1><a href=x>"sv, "</a></h1>after</html>"sv},
};
inline constexpr std::array names{
    "a"sv, "a"sv, "b"sv, "b"sv, "i"sv, "nobr"sv, "font"sv, "em"sv, "p"sv, "p"sv, "div"sv, "div"sv, "span"sv, "section"sv, "address"sv, "center"sv, "ul"sv, "li"sv, "dl"sv, "dt"sv, "dd"sv,
    "h1"sv, "h2"sv, "pre"sv, "hr"sv, "br"sv, "img"sv, "table"sv, "table"sv, "table"sv, "caption"sv, "colgroup"sv, "col"sv, "tbody"sv, "thead"sv, "tfoot"sv, "tr"sv, "tr"sv, "td"sv, "td"sv, "th"sv,
    "form"sv, "button"sv, "input"sv, "select"sv, "option"sv, "optgroup"sv, "textarea"sv, "label"sv, "fieldset"sv, "svg"sv, "foreignObject"sv,
    "desc"sv, "title"sv, "math"sv, "mi"sv, "mtext"sv, "annotation-xml"sv, "template"sv, "style"sv, "script"sv, "xmp"sv, "iframe"sv, "noscript"sv, "noembed"sv, "ruby"sv, "rb"sv, "rt"sv, "rp"sv, "rtc"sv,
    "html"sv, "head"sv, "body"sv, "meta"sv, "link"sv, "base"sv, "image"sv, "listing"sv, "param"sv, "wbr"sv, "custom-x"sv, "details"sv, "summary"sv, "article"sv, "s"sv, "u"sv, "code"sv, "big"sv,
};
inline constexpr std::array texts{
    "a"sv, "b c"sv, " "sv, "\n"sv, "\r\n"sv, "&amp;"sv, "&copy"sv, "&nope;"sv, "<!-- c -->"sv, "<![CDATA[d]]>"sv, "\0"sv, "<"sv, "</1"sv, "&#0;"sv, "<!doctype html>"sv, "\t x "sv, "]]>"sv, "-->"sv, "<?x>"sv,
};
inline constexpr std::array attributes{
    " id=x"sv, " class='a b'"sv, "/"sv, " size=1"sv, " type=hidden"sv, " encoding=text/html"sv, " a=1 A=2"sv, " color"sv, " href='&amp;&copy=1'"sv, " viewbox=0"sv, " a=b/"sv,
};
// clang-format on

} // namespace deckle::html_cases
