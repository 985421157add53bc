"""``python -m wallet_app`` is the ``coffre`` command."""

from wallet_app.cli.main import main

if __name__ == "__main__":
    raise SystemExit(main())
