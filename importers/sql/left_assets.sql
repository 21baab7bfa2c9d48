-- Assets on the ground that the file does not name: told, not touched.
SELECT code
FROM assets_asset AS asset
WHERE type_id = %(type)s
    AND state <> 'removed'
    AND NOT EXISTS (SELECT FROM staged_assets AS staged WHERE staged.key = asset.code)
ORDER BY code
LIMIT 20;
