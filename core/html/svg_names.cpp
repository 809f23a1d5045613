// https://html.spec.whatwg.org/multipage/parsing.html#creating-and-inserting-nodes
#include "html/svg_names.hpp"
#include <algorithm>
#include <array>
#include <utility>

namespace deckle::html {
namespace {

// clang-format off
constexpr std::array<std::pair<std::string_view, std::string_view>, 37> elements{{
    {"altglyph", "altGlyph"}, {"altglyphdef", "altGlyphDef"}, {"altglyphitem", "altGlyphItem"},
    {"animatecolor", "animateColor"}, {"animatemotion", "animateMotion"}, {"animatetransform", "animateTransform"},
    {"clippath", "clipPath"}, {"feblend", "feBlend"}, {"fecolormatrix", "feColorMatrix"},
    {"fecomponenttransfer", "feComponentTransfer"}, {"fecomposite", "feComposite"},
    {"feconvolvematrix", "feConvolveMatrix"}, {"fediffuselighting", "feDiffuseLighting"},
    {"fedisplacementmap", "feDisplacementMap"}, {"fedistantlight", "feDistantLight"}, {"fedropshadow", "feDropShadow"},
    {"feflood", "feFlood"}, {"fefunca", "feFuncA"}, {"fefuncb", "feFuncB"}, {"fefuncg", "feFuncG"},
    {"fefuncr", "feFuncR"}, {"fegaussianblur", "feGaussianBlur"}, {"feimage", "feImage"}, {"femerge", "feMerge"},
    {"femergenode", "feMergeNode"}, {"femorphology", "feMorphology"}, {"feoffset", "feOffset"},
    {"fepointlight", "fePointLight"}, {"fespecularlighting", "feSpecularLighting"}, {"fespotlight", "feSpotLight"},
    {"fetile", "feTile"}, {"feturbulence", "feTurbulence"}, {"foreignobject", "foreignObject"},
    {"glyphref", "glyphRef"}, {"lineargradient", "linearGradient"}, {"radialgradient", "radialGradient"},
    {"textpath", "textPath"},
}};
constexpr std::array<std::pair<std::string_view, std::string_view>, 58> attributes{{
    {"attributename", "attributeName"}, {"attributetype", "attributeType"}, {"basefrequency", "baseFrequency"},
    {"baseprofile", "baseProfile"}, {"calcmode", "calcMode"}, {"clippathunits", "clipPathUnits"},
    {"diffuseconstant", "diffuseConstant"}, {"edgemode", "edgeMode"}, {"filterunits", "filterUnits"},
    {"glyphref", "glyphRef"}, {"gradienttransform", "gradientTransform"}, {"gradientunits", "gradientUnits"},
    {"kernelmatrix", "kernelMatrix"}, {"kernelunitlength", "kernelUnitLength"}, {"keypoints", "keyPoints"},
    {"keysplines", "keySplines"}, {"keytimes", "keyTimes"}, {"lengthadjust", "lengthAdjust"},
    {"limitingconeangle", "limitingConeAngle"}, {"markerheight", "markerHeight"}, {"markerunits", "markerUnits"},
    {"markerwidth", "markerWidth"}, {"maskcontentunits", "maskContentUnits"}, {"maskunits", "maskUnits"},
    {"numoctaves", "numOctaves"}, {"pathlength", "pathLength"}, {"patterncontentunits", "patternContentUnits"},
    {"patterntransform", "patternTransform"}, {"patternunits", "patternUnits"}, {"pointsatx", "pointsAtX"},
    {"pointsaty", "pointsAtY"}, {"pointsatz", "pointsAtZ"}, {"preservealpha", "preserveAlpha"},
    {"preserveaspectratio", "preserveAspectRatio"}, {"primitiveunits", "primitiveUnits"}, {"refx", "refX"},
    {"refy", "refY"}, {"repeatcount", "repeatCount"}, {"repeatdur", "repeatDur"},
    {"requiredextensions", "requiredExtensions"}, {"requiredfeatures", "requiredFeatures"},
    {"specularconstant", "specularConstant"}, {"specularexponent", "specularExponent"},
    {"spreadmethod", "spreadMethod"}, {"startoffset", "startOffset"}, {"stddeviation", "stdDeviation"},
    {"stitchtiles", "stitchTiles"}, {"surfacescale", "surfaceScale"}, {"systemlanguage", "systemLanguage"},
    {"tablevalues", "tableValues"}, {"targetx", "targetX"}, {"targety", "targetY"}, {"textlength", "textLength"},
    {"viewbox", "viewBox"}, {"viewtarget", "viewTarget"}, {"xchannelselector", "xChannelSelector"},
    {"ychannelselector", "yChannelSelector"}, {"zoomandpan", "zoomAndPan"},
}};
// clang-format on

/// By length and first letter: most names of a drawing are in neither table.
constexpr std::size_t look(std::string_view name) {
    return (name.size() & 31U) * 32 + (static_cast<unsigned char>(name.front()) & 31U);
}
template <std::size_t n>
constexpr std::array<bool, 1024> looks(std::array<std::pair<std::string_view, std::string_view>, n> const& table) {
    std::array<bool, 1024> seen{};
    for (auto const& entry : table) seen[look(entry.first)] = true;
    return seen;
}

template <auto const& table>
std::string_view spelled(std::string_view lower) {
    static constexpr auto seen = looks(table);
    if (lower.empty() || !seen[look(lower)]) return lower;
    auto const found = std::ranges::lower_bound(table, lower, {}, [](auto const& entry) { return entry.first; });
    return found != table.end() && found->first == lower ? found->second : lower;
}

} // namespace

std::string_view svg_element_name(std::string_view lower) {
    return spelled<elements>(lower);
}
std::string_view svg_attribute_name(std::string_view lower) {
    return spelled<attributes>(lower);
}

} // namespace deckle::html
