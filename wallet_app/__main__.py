"""``python -m wallet_app`` is the ``coffre`` command.

A frozen program has no other way of starting the encryption of backups, the comparing with
schemas by strangers, the reading of PDFs and the work on many files, as processes of their own
than starting itself; these processes load neither the command nor the window.
"""

import sys

if __name__ == "__main__":
    # Spelt out: the module that names it would slow down every other start.
    if sys.argv[1:] == ["--age-process"]:
        from wallet_app.storage.age_process import main as seal_or_open

        raise SystemExit(seal_or_open())
    if sys.argv[1:] == ["--schema-process"]:
        from wallet_app.app.schema_process import main as compare_with_schemas

        raise SystemExit(compare_with_schemas())
    if sys.argv[1:] == ["--pdf-process"]:
        from wallet_app.app.pdf_process import main as read_pdf

        raise SystemExit(read_pdf())
    if sys.argv[1:] == ["--bulk-process"]:
        from wallet_app.app.bulk_process import main as work_in_bulk

        raise SystemExit(work_in_bulk())
    from wallet_app.cli.main import main

    raise SystemExit(main())
