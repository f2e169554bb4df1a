"""Block Kit's rich text and tables, as tables: pieces of a line, lines, lists and cells."""

from practice.shapes import by_type, flag, items, one_of, shape, string, whole_number

IDENTITY = string(255)
BLOCK_ID = {"block_id": IDENTITY}
LINE = string(12_000)
STYLE = {
    "style": shape({}, dict.fromkeys(("bold", "italic", "strike", "code", "underline", "highlight", "unlink"), flag))
}

PIECE = by_type(
    {
        "text": shape({"text": LINE}, STYLE),
        "link": shape({"url": string(3000)}, STYLE | {"text": LINE, "unsafe": flag}),
        "emoji": shape({"name": string(100)}, STYLE | {"unicode": string(100), "skin_tone": whole_number(1, 6)}),
        "user": shape({"user_id": string(100)}, STYLE),
        "usergroup": shape({"usergroup_id": string(100)}, STYLE),
        "channel": shape({"channel_id": string(100)}, STYLE),
        "broadcast": shape({"range": one_of("here", "channel", "everyone")}, STYLE),
        "color": shape({"value": string(100)}, STYLE),
        "date": shape(
            {"timestamp": whole_number(0, 9_999_999_999), "format": string(500)},
            STYLE | {"url": string(3000), "fallback": LINE},
        ),
    }
)
PIECES = items(PIECE, 1000, 0)
SECTION = shape({"elements": PIECES}, {})
BORDER = {"border": whole_number(0, 1)}
LEVEL = whole_number(0, 8)

RICH_TEXT = shape(
    {
        "elements": items(
            by_type(
                {
                    "rich_text_section": SECTION,
                    "rich_text_preformatted": shape({"elements": PIECES}, BORDER | {"language": string(100)}),
                    "rich_text_quote": shape({"elements": PIECES}, BORDER),
                    "rich_text_list": shape(
                        {
                            "style": one_of("bullet", "ordered"),
                            "elements": items(by_type({"rich_text_section": SECTION}), 1000),
                        },
                        BORDER | {"indent": LEVEL, "offset": whole_number(0, 10_000)},
                    ),
                }
            ),
            100,
        )
    },
    BLOCK_ID,
)

CELL = by_type({"raw_text": shape({"text": string(3000, 0)}, {}), "rich_text": RICH_TEXT})
COLUMN = shape({}, {"align": one_of("left", "center", "right"), "is_wrapped": flag})
TABLE = shape({"rows": items(items(CELL, 20), 100)}, BLOCK_ID | {"column_settings": items(COLUMN, 20)})
