"""The ordered checks over (credential, resolver, clock), the report and its verdict."""
