-- Everything a person may type, gathered from areas and public layers, in the storage CRS.
CREATE TEMP TABLE gathered_places ON COMMIT DROP AS
WITH lines AS (
    SELECT
        properties ->> 'name' AS name,
        coalesce(properties ->> 'name_en', '') AS name_en,
        geom,
        -- One name in two villages is two streets; one street in pieces is one.
        ST_ClusterDBSCAN(geom, 500, 1) OVER (PARTITION BY properties ->> 'name') AS part
    FROM layers_feature
    WHERE layer_id = ANY (%(streets)s::bigint[]) AND upper_inf(recorded) AND valid @> %(now)s
        AND id <> ALL (%(hidden)s::bigint[])
        AND coalesce(properties ->> 'name', '') <> '' AND NOT ST_IsEmpty(geom)
),
streets AS (
    SELECT name, max(name_en) AS name_en, part, ST_Collect(geom) AS geom FROM lines GROUP BY name, part
),
english AS (SELECT name, max(name_en) AS name_en FROM streets GROUP BY name)
SELECT
    'area' AS kind,
    'area:' || level || ':' || code AS key,
    name, name_en,
    CASE level WHEN 'municipality' THEN 60 WHEN 'zone' THEN 20 ELSE 48 END AS weight,
    ST_PointOnSurface(boundary) AS location,
    ST_Envelope(boundary::geometry) AS extent,
    parent_id
FROM municipality_area
WHERE level <> 'municipality' OR is_home
UNION ALL
SELECT
    'street', 'street:' || md5(name) || ':' || part, name, name_en, 40,
    ST_ClosestPoint(geom, ST_Centroid(geom)),
    ST_Envelope(ST_Expand(geom, 10)), NULL
FROM streets
UNION ALL
SELECT
    'address',
    'layer:' || feature.layer_id || ':' || md5(feature.key),
    concat_ws(' ', feature.properties ->> 'street', feature.properties ->> 'number'),
    CASE WHEN english.name_en <> '' THEN concat_ws(' ', english.name_en, feature.properties ->> 'number') ELSE '' END,
    10, ST_PointOnSurface(feature.geom), NULL, NULL
FROM layers_feature AS feature
LEFT JOIN english ON english.name = feature.properties ->> 'street'
WHERE feature.layer_id = ANY (%(addresses)s::bigint[]) AND upper_inf(feature.recorded) AND feature.valid @> %(now)s
    AND feature.id <> ALL (%(hidden)s::bigint[])
    AND feature.properties ? 'street' AND NOT ST_IsEmpty(feature.geom)
UNION ALL
SELECT
    'poi',
    'layer:' || feature.layer_id || ':' || md5(feature.key),
    left(feature.properties ->> layer.title_field, 200),
    left(coalesce(feature.properties ->> (layer.title_field || '_en'), ''), 200),
    30, ST_PointOnSurface(feature.geom),
    CASE WHEN ST_Dimension(feature.geom) > 0 THEN ST_Envelope(ST_Expand(feature.geom, 5)) END,
    NULL
FROM layers_feature AS feature
JOIN layers_layer AS layer ON layer.id = feature.layer_id
WHERE feature.layer_id = ANY (%(named)s::bigint[]) AND upper_inf(feature.recorded) AND feature.valid @> %(now)s
    AND feature.id <> ALL (%(hidden)s::bigint[])
    AND coalesce(feature.properties ->> layer.title_field, '') <> '' AND NOT ST_IsEmpty(feature.geom);

CREATE INDEX ON gathered_places USING gist (location);
CREATE INDEX ON gathered_places (gis_fold(name)) WHERE kind = 'poi';
ANALYZE gathered_places;

-- The same name close by is the same place: the label of a village repeats its area, the river its label.
DELETE FROM gathered_places AS double
USING gathered_places AS kept
WHERE double.kind = 'poi' AND kept.kind IN ('area', 'poi')
    AND gis_fold(kept.name) = gis_fold(double.name)
    AND (kept.kind, kept.key) < (double.kind, double.key)
    AND (ST_DWithin(kept.location, double.location, 1000) OR kept.extent ~ double.location);
