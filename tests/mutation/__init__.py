"""Valid credentials of every family, changed in one place each: none of them may verify."""
