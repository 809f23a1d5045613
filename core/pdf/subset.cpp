#include "pdf/subset.hpp"
#include "base/compress.hpp"
#include "base/error.hpp"
#include "pdf/cff.hpp"
#include <fmt/core.h>
#include <hb-subset.h>

namespace deckle::pdf {
namespace {

template <class T, auto destroy>
struct Destroy {
    void operator()(T* object) const { destroy(object); }
};
using SubsetInput = std::unique_ptr<hb_subset_input_t, Destroy<hb_subset_input_t, hb_subset_input_destroy>>;
using SubsetPlan = std::unique_ptr<hb_subset_plan_t, Destroy<hb_subset_plan_t, hb_subset_plan_destroy>>;
using FaceHandle = std::unique_ptr<hb_face_t, Destroy<hb_face_t, hb_face_destroy>>;
using Blob = std::unique_ptr<hb_blob_t, Destroy<hb_blob_t, hb_blob_destroy>>;

std::string blob_bytes(hb_blob_t* blob) {
    unsigned length = 0;
    char const* const data = hb_blob_get_data(blob, &length);
    return {data, length};
}

/// The face with the tables that a PDF needs and no others: planning walks through all of cmap when it is there.
FaceHandle embeddable(text::Face const& face) {
    FaceHandle lean(hb_face_builder_create());
    for (char const* const tag : {"head", "hhea", "hmtx", "maxp", "loca", "glyf", "CFF "}) {
        Blob const table(hb_face_reference_table(face.hb_face(), hb_tag_from_string(tag, 4)));
        if (hb_blob_get_length(table.get()) > 0)
            hb_face_builder_add_table(lean.get(), hb_tag_from_string(tag, 4), table.get());
    }
    hb_face_set_upem(lean.get(), hb_face_get_upem(face.hb_face()));
    return lean;
}

Subset make_subset(text::Face const& face, std::set<std::uint16_t> const& glyphs) {
    SubsetInput const input(hb_subset_input_create_or_fail());
    if (input == nullptr) throw Error(ErrorCode::failed, "cannot make a font subset: there is too little memory");
    hb_set_t* const wanted = hb_subset_input_glyph_set(input.get());
    for (std::uint16_t const glyph : glyphs) hb_set_add(wanted, glyph);
    hb_subset_input_set_flags(input.get(), HB_SUBSET_FLAGS_NO_HINTING | HB_SUBSET_FLAGS_NOTDEF_OUTLINE);
    FaceHandle const source = embeddable(face);
    SubsetPlan const plan(hb_subset_plan_create_or_fail(source.get(), input.get()));
    FaceHandle const made(plan != nullptr ? hb_subset_plan_execute_or_fail(plan.get()) : nullptr);
    if (made == nullptr)
        throw Error(ErrorCode::data, fmt::format("the font {} cannot be reduced to the characters in use: the file is "
                                                 "damaged, install it anew",
                                                 face.path().string()));
    Subset subset;
    std::string bytes;
    hb_map_t const* const map = hb_subset_plan_old_to_new_glyph_mapping(plan.get());
    for (std::uint16_t const glyph : glyphs) subset.ids[glyph] = static_cast<std::uint16_t>(hb_map_get(map, glyph));
    if (face.is_cff()) {
        Blob const table(hb_face_reference_table(made.get(), HB_TAG('C', 'F', 'F', ' ')));
        bytes = blob_bytes(table.get());
        // In a CID-keyed font the charset, not the glyph's number, says which CID it is.
        if (auto const cids = cff_charset_if_cid_keyed(bytes); !cids.empty())
            for (auto& [glyph, id] : subset.ids)
                if (id < cids.size()) id = cids[id];
    } else {
        Blob const file(hb_face_reference_blob(made.get()));
        bytes = blob_bytes(file.get());
    }
    subset.size = bytes.size();
    subset.stream = zlib_compress(bytes, 6);
    subset.filter = "/Filter/FlateDecode\n";
    if (subset.stream.size() >= bytes.size()) {
        subset.stream = std::move(bytes);
        subset.filter.clear();
    }
    return subset;
}

constexpr std::size_t most_bytes = std::size_t{8} << 20;

} // namespace

std::shared_ptr<Subset const> SubsetCache::of(text::Face const& face, std::set<std::uint16_t> const& glyphs) {
    Key key{face.content_hash(), face.postscript_name(), glyphs};
    if (auto const known = subsets_.find(key); known != subsets_.end()) return known->second;
    auto made = std::make_shared<Subset const>(make_subset(face, glyphs));
    if (bytes_ > most_bytes) {
        subsets_.clear();
        bytes_ = 0;
    }
    bytes_ += made->stream.size();
    subsets_.emplace(std::move(key), made);
    return made;
}

} // namespace deckle::pdf
