-- What a file changes in the register, one verdict a code. Assets it does not name are left as they are.
CREATE TEMP TABLE asset_verdicts ON COMMIT DROP AS
SELECT
    staged.key, asset.id, asset.properties AS old_properties, asset.location AS old_location,
    asset.owner_id AS old_owner, asset.state AS old_state,
    CASE
        WHEN asset.id IS NULL THEN 'added'
        WHEN asset.properties = staged.properties AND asset.location = staged.geom
            AND (%(owner)s::bigint IS NULL OR asset.owner_id = %(owner)s) THEN 'unchanged'
        ELSE 'changed'
    END AS verdict
FROM staged_assets AS staged
LEFT JOIN assets_asset AS asset ON asset.type_id = %(type)s AND asset.code = staged.key;
