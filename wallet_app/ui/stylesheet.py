"""The one style sheet, built from the tokens: what Qt's own widgets need, nothing more.

Buttons, fields, chips, rows and pills paint themselves from the same tokens.
"""

from typing import Final

from wallet_app.drawing.tokens import Theme

__all__ = ["style_sheet"]

_TEMPLATE: Final = """
* {{ outline: none; }}
QToolTip {{
    background: {invert}; color: {invert_text}; border: 1px solid {invert};
    padding: 4px 8px;
}}
QMenu {{
    background: {surf}; color: {t1}; border: 1px solid {line}; padding: 6px;
}}
QMenu[round="true"] {{ border-radius: 10px; }}
QMenu::item {{ padding: 6px 32px 6px 12px; border-radius: 6px;
    border: 2px solid transparent; margin: -2px 0; }}
QMenu::item:selected {{ background: {sel}; color: {t1}; border-color: {chosen_border}; }}
QMenu::item:disabled {{ color: {t3}; }}
QMenu::separator {{ height: 1px; background: {line}; margin: 6px 8px; }}
QScrollArea, QScrollArea > QWidget > QWidget {{ background: transparent; border: none; }}
QAbstractItemView {{
    background: transparent; border: none;
    selection-background-color: {sel}; selection-color: {t1};
}}
QHeaderView, QHeaderView::section {{ background: transparent; border: none; color: {t2}; }}
QHeaderView::section {{ border-bottom: 1px solid {line}; padding: 2px 3px; }}
QTableView::item {{ border-bottom: 1px solid {line}; padding: 0 3px; }}
QScrollBar:vertical {{ background: transparent; width: 10px; margin: 0; }}
QScrollBar:horizontal {{ background: transparent; height: 10px; margin: 0; }}
QScrollBar::handle {{ background: {edge}; border-radius: 3px; }}
QScrollBar::handle:vertical {{ min-height: 28px; margin: 0 2px; }}
QScrollBar::handle:horizontal {{ min-width: 28px; margin: 2px 0; }}
QScrollBar::handle:hover {{ background: {t2}; border-radius: 5px; }}
QScrollBar::handle:vertical:hover {{ margin: 0; }}
QScrollBar::handle:disabled {{ background: transparent; }}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; border: none; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
QLineEdit {{
    background: transparent; border: none; padding: 0; color: {t1};
    selection-background-color: {act}; selection-color: {act_text};
}}
QLineEdit[echoMode="2"] {{ lineedit-password-character: 8226; }}
QPlainTextEdit[machine="true"] {{
    background: transparent; border: none; border-radius: 0; padding: 0;
}}
QTextBrowser[prose="true"] {{
    background: transparent; border: none; padding: 0; color: {t1};
    selection-background-color: {act}; selection-color: {act_text};
}}
QPlainTextEdit {{
    background: {surf}; color: {t1}; border: 1px solid {edge}; border-radius: 9px;
    padding: 8px 12px; selection-background-color: {act}; selection-color: {act_text};
}}
QFileDialog QListView, QFileDialog QTreeView, QComboBox QAbstractItemView,
QListView#file-dialog-completions {{
    background: {surf}; color: {t1}; border: 1px solid {edge};
}}
QFileDialog QHeaderView {{ background: {sunk}; }}
QFileDialog QHeaderView::section {{
    background: {sunk}; color: {t1}; border: none; border-bottom: 1px solid {edge};
    padding: 4px 8px;
}}
QFileDialog QLineEdit {{
    background: {surf}; border: 1px solid {edge}; border-radius: 6px; padding: 4px 8px;
}}
QFileDialog QListView QLineEdit, QFileDialog QTreeView QLineEdit {{ padding: 0; }}
QProgressBar {{
    background: {sunk}; border: {track_border}; border-radius: 4px;
    min-height: 8px; max-height: 8px;
}}
QProgressBar::chunk {{ background: {act}; border-radius: 4px; }}
"""


def style_sheet(tokens: Theme) -> str:
    """Return the sheet for one theme; sizes follow the font of what is dressed."""
    return _TEMPLATE.format(
        invert=tokens.invert,
        invert_text=tokens.invert_text,
        surf=tokens.surf,
        sunk=tokens.sunk,
        line=tokens.line,
        edge=tokens.edge,
        sel=tokens.sel,
        act=tokens.act,
        act_text=tokens.act_text,
        t1=tokens.t1,
        t2=tokens.t2,
        t3=tokens.t3,
        chosen_border=tokens.edge if tokens.outlined else "transparent",
        track_border=f"1px solid {tokens.edge}" if tokens.outlined else "none",
    )
