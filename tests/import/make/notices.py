"""What is special about each notice: its automatic numbers, its formats, how its text is pasted."""

NOTICES = {
    "huachuan-2023": {
        "text": {"style": "tabcell", "indent": "　　"},
        "docx": {"page_numbers": True},
    },
    "songyuan-2024": {
        "patterns": ["一、", "（一）"],
        "text": {"style": "tabs", "span": "omit"},
        "docx": {"libreoffice": True, "page_numbers": True},
    },
    "nanping-2022": {
        "text": {"style": "tabs", "breaks": "quoted"},
        "xlsx": {},
    },
    "beiyuan-2020": {
        "text": {"style": "tabs", "indent": "    ", "ending": "\r\n"},
        "docx": {"header": "征求意见后修改稿"},
    },
}
