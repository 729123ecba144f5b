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
}
