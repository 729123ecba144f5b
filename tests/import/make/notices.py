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
    "linhu-2025": {
        "text": {"style": "tabs", "indent": "\u3000\u3000"},
        "html": {
            "page": "system",
            "charset": "utf-8",
            "title": "关于印发《临湖理工大学2025年工会工作要点》的通知",
            "site": "临湖理工大学工会",
            "day": "2025-02-21",
        },
    },
    "yunling-2023": {
        "patterns": ["第一部分　", "一、", "1．"],
        "text": {"style": "tabs"},
        "docx": {"header": "云岭民族大学工会", "page_numbers": True, "libreoffice": True},
    },
    "haizhou-2024": {
        "text": {"style": "tabs", "breaks": "quoted", "merged": "fill", "sheets": ["活动安排"]},
        "xlsx": {},
    },
    "jinghai-2023": {
        "text": {"style": "tabcell", "indent": "　　"},
        "docx": {"author": "秘書處"},
    },
    "qinchuan-2021": {
        "text": {"style": "lines", "indent": "　　"},
        "html": {
            "page": "word",
            "charset": "gb2312",
            "title": "秦川工程学院工会关于2021年上半年工作安排的通知",
        },
    },
    "guiling-2022": {
        "text": {"style": "tabs", "indent": "\u3000\u3000"},
        "docx": {"page_numbers": True},
    },
    "xishan-2019": {
        "text": {"style": "tabs"},
        "xlsx": {},
    },
    "linjiang-2024": {
        "patterns": ["一、", "1."],
        "text": {"style": "tabs"},
        "docx": {},
    },
    "liaoyuan-2025": {
        "text": {"style": "tabcell", "indent": "\u3000\u3000"},
        "docx": {"libreoffice": True, "page_numbers": True},
    },
    "zhenan-2026": {
        "text": {"style": "tabs", "indent": "  "},
        "html": {
            "page": "system",
            "charset": "gb2312",
            "title": "浙南艺术学院图书馆分工会2026年工作计划",
            "site": "浙南艺术学院图书馆",
            "day": "2026-03-02",
        },
    },
    "ganzhong-2018": {
        "text": {"style": "lines", "indent": "\u3000\u3000", "merged": "fill", "span": "omit"},
        "html": {
            "page": "system",
            "charset": "gb2312",
            "title": "赣中师范大学工会2018年工作要点",
            "site": "赣中师范大学工会",
            "day": "2018-03-12",
        },
    },
    "dongping-2024": {
        "text": {"style": "tabs", "span": "omit", "indent": "\u3000\u3000"},
        "docx": {},
    },
    "hexi-2021": {
        "text": {"style": "tabs"},
        "xlsx": {},
    },
    "minhai-2024": {
        "text": {"style": "tabcell", "indent": "　　"},
        "docx": {"page_numbers": True},
    },
}
