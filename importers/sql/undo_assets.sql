-- Assets that the run had added leave the ground: their rows, codes and histories stay.
UPDATE assets_asset AS asset
SET state = 'removed'
FROM undo_rows AS undo
WHERE undo.verdict = 'back' AND undo.before IS NULL AND asset.id = undo.object_id;

INSERT INTO assets_assetevent (asset_id, kind, at, actor_id, data)
SELECT
    undo.object_id,
    CASE WHEN undo.before IS NULL THEN 'retired' ELSE 'changed' END,
    %(at)s,
    %(actor)s,
    CASE WHEN undo.before IS NULL THEN
        jsonb_build_object('before', undo.now -> 'state', 'reason', %(reason)s::text)
    ELSE
        jsonb_build_object('text', %(reason)s::text, 'before', undo.now, 'after', undo.before)
    END
FROM undo_rows AS undo
WHERE undo.verdict = 'back';
