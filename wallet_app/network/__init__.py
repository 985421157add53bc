"""The only door to the outside: fetch rules, resolvers and the document map."""
