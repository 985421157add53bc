"""``python -m wallet_app`` is the ``coffre`` command.

A frozen program has no other way of starting the encryption of backups as a process of
its own than starting itself; that process loads neither the command nor the window.
"""

import sys

if __name__ == "__main__":
    # Spelt out: the module that names it would slow down every other start.
    if sys.argv[1:] == ["--age-process"]:
        from wallet_app.storage.age_process import main as seal_or_open

        raise SystemExit(seal_or_open())
    from wallet_app.cli.main import main

    raise SystemExit(main())
