SELECT id, number, state, ST_AsBinary(location), location <-> %(place)s::geometry AS distance
FROM issues_issue
WHERE state IN ('received', 'accepted', 'in_progress') AND department_id = %(department)s
ORDER BY distance
LIMIT 20
