"""Writes a notice as a web page: as a university's content system or as Word saves it."""

from html import escape

from source import Paragraph, Table, pieces

CONTENT_SYSTEM = """<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Transitional//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-transitional.dtd">
<HTML><HEAD><TITLE>{title}-{site}</TITLE><META content="text/html; charset={charset}" http-equiv="Content-Type">
<META Name="keywords" Content="{site},通知公告" />
<LINK type="text/css" href="../css/style.css" rel="stylesheet"><!--Announced by Visual SiteBuilder 9-->
<script language="javascript" src="../system/resource/js/dynclicks.js"></script></HEAD>
<BODY>
<div class="top"><a href="../index.htm">网站首页</a> | <a href="javascript:void(0);">设为首页</a></div>
<ul class="nav"><li><a href="../index.htm">首页</a></li><li><a href="../zzjg.htm">组织机构</a></li><li><a href="../tzgg.htm">通知公告</a></li><li><a href="../zcfg.htm">政策法规</a></li></ul>
<div class="position">当前位置： <a href="../index.htm">首页</a> &gt;&gt; <a href="../tzgg.htm">通知公告</a> &gt;&gt; 正文</div>
<form name="_newscontent_fromname"><div class="show01"><h5>{title}</h5><p><i>日期：{day}</i><i>点击数：<span id="dynclicks_wbnews_1187_8842">236</span></i></p></div>
<div class="show02" id="vsb_content"><div class="v_news_content">
{body}
</div></div>
<div class="fujian"><p>上一条：<a href="8841.htm">关于做好教职工体检工作的通知</a></p><p>下一条：<a href="8843.htm">关于征集“双代会”提案的通知</a></p></div>
<p class="close">【<a href="javascript:window.opener=null;window.open('','_self');window.close();">关闭</a>】</p></form>
<div class="foot">版权所有：{site}　地址：学府路1号　邮编：410000</div>
</BODY></HTML>
"""

SAVED_BY_WORD = """<html xmlns:v="urn:schemas-microsoft-com:vml"
xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word"
xmlns="http://www.w3.org/TR/REC-html40">

<head>
<meta http-equiv=Content-Type content="text/html; charset={charset}">
<meta name=ProgId content=Word.Document>
<meta name=Generator content="Microsoft Word 15">
<title>{title}</title>
<!--[if gte mso 9]><xml>
 <o:DocumentProperties>
  <o:Author>校工会办公室</o:Author>
  <o:Pages>2</o:Pages>
 </o:DocumentProperties>
</xml><![endif]-->
<style>
<!--
 /* Style Definitions */
 p.MsoNormal, li.MsoNormal, div.MsoNormal
	{{mso-style-parent:"";
	margin:0cm;
	text-align:justify;
	font-size:10.5pt;
	font-family:"Calibri",sans-serif;
	mso-fareast-font-family:宋体;}}
@page WordSection1
	{{size:595.3pt 841.9pt;}}
div.WordSection1
	{{page:WordSection1;}}
-->
</style>
</head>

<body lang=ZH-CN style='tab-interval:21.0pt'>

<div class=WordSection1 style='layout-grid:15.6pt'>

{body}

</div>

</body>

</html>
"""


def write(blocks, path, options):
    """Writes all blocks into the page that `options` name."""
    by_word = options["page"] == "word"
    render = word_block if by_word else system_block
    body = "\n\n".join(render(block) for block in blocks if shown(block))
    page = (SAVED_BY_WORD if by_word else CONTENT_SYSTEM).format(
        title=escape(options["title"]),
        site=options.get("site", ""),
        day=options.get("day", ""),
        charset=options["charset"],
        body=body,
    )
    path.write_bytes(page.encode("gb18030" if options["charset"] == "gb2312" else "utf-8"))


def shown(block):
    """What a page has: no blank lines, no pages, no sheets."""
    return block is not None and getattr(block, "kind", "") not in ("BOX", "PAGE", "SHEET")


def linked(text):
    """A paragraph's text with its links."""
    out = []
    for piece in pieces(text):
        if piece.kind == "deleted":
            continue
        inner = escape(piece.text, quote=False)
        out.append(
            f'<a href="{escape(piece.extra)}">{inner}</a>' if piece.kind == "linked" else inner
        )
    return "".join(out)


def system_block(block):
    """A block as an editor in the browser leaves it."""
    if isinstance(block, Table):
        return html_table(
            block,
            lambda text: f'<p style="text-align: center;"><span style="font-size: 14px;">{linked(text)}</span></p>',
        )
    align = {"T": "center", "S": "center", "R": "right"}.get(block.kind, "")
    style = f"text-align: {align};" if align else "text-indent: 2em; line-height: 1.75em;"
    inner = linked(block.number + block.text)
    if block.kind in ("T", "H"):
        inner = f"<strong>{inner}</strong>"
    return (
        f'<p style="{style}"><span style="font-size: 18px; font-family: 仿宋;">{inner}</span></p>'
    )


def word_block(block):
    """A block as Word saves it: Latin letters and digits in spans of their own."""
    if isinstance(block, Table):
        return html_table(
            block,
            lambda text: f"<p class=MsoNormal align=center style='text-align:center'>{word_runs(text)}</p>",
            "MsoTableGrid",
        )
    align = {
        "T": " align=center style='text-align:center'",
        "S": " align=center style='text-align:center'",
        "R": " align=right style='text-align:right'",
    }.get(block.kind, " style='text-indent:32.0pt'")
    inner = word_runs(block.number + block.text)
    return (
        f"<p class=MsoNormal{align}>{f'<b>{inner}</b>' if block.kind in ('T', 'H') else inner}</p>"
    )


def word_runs(text):
    """Runs of one script each, with Word's empty paragraphs marked."""
    runs, latin = [], None
    for piece in Paragraph("P", text).plain():
        kind = piece.isascii() and not piece.isspace()
        if kind != latin:
            runs.append([kind, ""])
            latin = kind
        runs[-1][1] += piece
    out = []
    for kind, part in runs:
        inner = escape(part, quote=False).replace("\u3000", "&#12288;")
        font = (
            "lang=EN-US style='font-size:16.0pt'"
            if kind
            else "style='font-size:16.0pt;font-family:仿宋_GB2312'"
        )
        out.append(f"<span\n{font}>{inner}</span>")
    return "".join(out) + "<span lang=EN-US><o:p>" + ("" if text else "&nbsp;") + "</o:p></span>"


def html_table(table, cell_text, name=""):
    """A table with its merges."""
    starts = {
        (row, column): (down, across, text) for row, column, down, across, text in table.regions()
    }
    out = [
        f'<table{f" class={name}" if name else ""} border="1" cellspacing="0" cellpadding="0" width="600"><tbody>'
    ]
    for row, cells in enumerate(table.rows):
        out.append("<tr>")
        for column in range(len(cells)):
            if (row, column) not in starts:
                continue
            down, across, text = starts[row, column]
            span = (f' rowspan="{down}"' if down > 1 else "") + (
                f' colspan="{across}"' if across > 1 else ""
            )
            lines = "".join(cell_text(line) for line in text.split("⏎"))
            out.append(f"<td{span}>{lines}</td>")
        out.append("</tr>")
    return "\n".join(out) + "\n</tbody></table>"
