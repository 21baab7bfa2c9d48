"""Strings that belong to one person and must not be found where they are not asked for."""

SECRETS = {
    "name": "Ξανθίππη Μυστικοπούλου",
    "email": "xanthippi.secret@private.example",
    "phone": "6900112233",
    "description": "Ο γείτονάς μου Ζαχαρίας έσπασε τη λάμπα",
    "follower": "quiet.follower@private.example",
}
