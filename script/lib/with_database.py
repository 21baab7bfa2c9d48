"""Replace this process by a PostgreSQL program that finds DATABASE_URL in the PG* variables it knows."""

import os
import sys

import environ

VARIABLES = {
    "PGHOST": "HOST",
    "PGPORT": "PORT",
    "PGUSER": "USER",
    "PGPASSWORD": "PASSWORD",
    "PGDATABASE": "NAME",
}


def main(command: list[str]) -> None:
    config = environ.Env().db("DATABASE_URL")
    os.environ.update({variable: str(config[key]) for variable, key in VARIABLES.items() if config.get(key)})
    try:
        os.execvp(command[0], command)  # noqa: S606  # the person at the terminal chose the command
    except FileNotFoundError:
        sys.exit(f"There is no program {command[0]} here: install postgresql-client.")


if __name__ == "__main__":
    main(sys.argv[1:])
