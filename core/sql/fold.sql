-- Lower case without accents of any kind, final sigma as sigma. Immutable, so indexes may use it.
-- lower() of the "C" collation touches ASCII only; Greek is folded by translate(), the same on every server.
CREATE OR REPLACE FUNCTION gis_fold(input text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN translate(
    lower(regexp_replace(normalize(input, NFD), '[\u0300-\u036f]', '', 'g') COLLATE "C"),
    'ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩς',
    'αβγδεζηθικλμνξοπρστυφχψωσ'
) COLLATE "C";

-- A Latin key in which Greek and the many spellings of greeklish meet. Greek letters become their usual Latin
-- ones; then digraphs by sound (ou, ai, ei, oi, ey, ay, mp, nt, gk, ch, ks, ph), then letters that people swap
-- (w and o, y and i, x and h, b, f and v, c, q and k); doubled letters once; all else is a space.
CREATE OR REPLACE FUNCTION gis_sound(input text) RETURNS text
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
RETURN trim(regexp_replace(regexp_replace(
    translate(
        replace(replace(replace(replace(replace(replace(replace(replace(replace(
        replace(replace(replace(replace(replace(replace(replace(replace(replace(replace(
            translate(gis_fold(input), 'αβγδεζηικλμνοπρστυφωξ', 'avgdeziiklmnoprstyfoχ'),
            'θ', 'th'), 'ψ', 'ps'), 'ch', 'χ'), 'kh', 'χ'), 'ks', 'χ'), 'ph', 'f'),
            'ou', 'u'), 'oy', 'u'), 'ai', 'e'), 'ei', 'i'), 'oi', 'i'), 'ey', 'ev'), 'eu', 'ev'), 'ay', 'av'),
            'au', 'av'), 'mp', 'b'), 'nt', 'd'), 'gk', 'g'), 'gg', 'g'),
        'ywχxbfcqj', 'iohhvvkkz'
    ),
    '([a-z])\1+', '\1', 'g'), '[^a-z0-9]+', ' ', 'g'));
