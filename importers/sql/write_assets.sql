-- New and changed assets, each with its event; the event keeps what an asset was before.
UPDATE assets_asset AS asset
SET properties = staged.properties, location = staged.geom, owner_id = coalesce(%(owner)s, asset.owner_id)
FROM staged_assets AS staged
JOIN asset_verdicts AS judged ON judged.key = staged.key AND judged.verdict = 'changed'
WHERE asset.id = judged.id;

INSERT INTO assets_asset (type_id, code, location, properties, state, owner_id)
SELECT %(type)s, staged.key, staged.geom, staged.properties, 'active', %(owner)s
FROM staged_assets AS staged
JOIN asset_verdicts AS judged ON judged.key = staged.key AND judged.verdict = 'added';

INSERT INTO assets_assetevent (asset_id, kind, at, actor_id, data)
SELECT
    asset.id,
    CASE judged.verdict WHEN 'added' THEN 'created' ELSE 'changed' END,
    %(at)s,
    %(actor)s,
    CASE judged.verdict
        WHEN 'added' THEN jsonb_build_object('text', %(source)s::text)
        ELSE jsonb_build_object(
            'text', %(source)s::text,
            'before', jsonb_build_object(
                'properties', judged.old_properties,
                'location', ST_AsEWKT(judged.old_location),
                'owner', judged.old_owner
            ),
            'after', jsonb_build_object(
                'properties', asset.properties, 'location', ST_AsEWKT(asset.location), 'owner', asset.owner_id
            )
        )
    END
FROM asset_verdicts AS judged
JOIN assets_asset AS asset ON asset.type_id = %(type)s AND asset.code = judged.key
WHERE judged.verdict <> 'unchanged';

-- What an undo restores, and tells whether somebody touched the asset since.
INSERT INTO importers_importchange (run_id, key, object_id, before, after)
SELECT
    %(run)s, judged.key, asset.id,
    CASE WHEN judged.verdict = 'changed' THEN jsonb_build_object(
        'properties', judged.old_properties, 'location', ST_AsEWKT(judged.old_location), 'owner', judged.old_owner,
        'state', judged.old_state
    ) END,
    jsonb_build_object(
        'properties', asset.properties, 'location', ST_AsEWKT(asset.location), 'owner', asset.owner_id,
        'state', asset.state
    )
FROM asset_verdicts AS judged
JOIN assets_asset AS asset ON asset.type_id = %(type)s AND asset.code = judged.key
WHERE judged.verdict <> 'unchanged';
