-- Cases that the run had added are withdrawn, their numbers stay; those that an undone undo brings back get their
-- state again. Each has its event; nobody is sent a mail about it.
UPDATE issues_issue AS issue
SET
    state = CASE WHEN undo.before IS NULL THEN 'withdrawn' ELSE issue.state END,
    resolved_at = CASE WHEN undo.before IS NOT NULL THEN issue.resolved_at END,
    version = issue.version + 1,
    changed_at = %(at)s
FROM undo_rows AS undo
WHERE undo.verdict = 'back' AND issue.id = undo.object_id;

INSERT INTO issues_issueevent (issue_id, kind, at, actor_id, is_public, from_state, to_state, text, data)
SELECT
    issue.id, 'state', %(at)s, %(actor)s, true, undo.now ->> 'state', issue.state, '',
    jsonb_build_object('import', %(reason)s::text)
FROM undo_rows AS undo
JOIN issues_issue AS issue ON issue.id = undo.object_id
WHERE undo.verdict = 'back' AND undo.now ->> 'state' <> issue.state;
