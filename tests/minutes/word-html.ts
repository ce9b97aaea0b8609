/** What Word puts on the clipboard, in its own form: styles that begin with `mso-`, its own elements, lists made of paragraphs. */
const item = (level: number, marker: string, words: string) =>
  `<p class=MsoListParagraph style='margin-left:${level * 21}.0pt;text-indent:-21.0pt;mso-char-indent-count:0;mso-list:l0 level${level} lfo1'><![if !supportLists]><span
lang=EN-US style='font-family:Wingdings;mso-fareast-font-family:Wingdings;mso-bidi-font-family:Wingdings'><span
style='mso-list:Ignore'>${marker}<span style='font:7.0pt "Times New Roman"'>&nbsp; </span></span></span><![endif]><span
style='font-family:仿宋;font-size:16.0pt'>${words}<span lang=EN-US><o:p></o:p></span></span></p>`

const cell = (words: string) =>
  `<td width=184 valign=top style='width:138.25pt;border:solid windowtext 1.0pt;mso-border-alt:solid windowtext .5pt;padding:0cm 5.4pt 0cm 5.4pt'><p
class=MsoNormal><span style='font-family:仿宋'>${words}<span lang=EN-US><o:p></o:p></span></span></p></td>`

export const wordHtml = `<html xmlns:v="urn:schemas-microsoft-com:vml" xmlns:o="urn:schemas-microsoft-com:office:office"
xmlns:w="urn:schemas-microsoft-com:office:word" xmlns="http://www.w3.org/TR/REC-html40"><head>
<meta http-equiv=Content-Type content="text/html; charset=utf-8"><meta name=Generator content="Microsoft Word 15">
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- p.MsoNormal {margin:0cm;font-family:等线;color:red} --></style></head>
<body lang=ZH-CN style='tab-interval:21.0pt'><!--StartFragment-->
<p class=MsoTitle><span style='font-family:方正小标宋简体'>水质共测备忘</span></p>
<h2 style='margin-left:21pt;mso-list:l1 level2 lfo2'><![if !supportLists]><span style='mso-list:Ignore'>（一）<span>&nbsp;</span></span><![endif]><b><span
style='font-family:楷体'>共测安排</span></b></h2>
<p class=MsoNormal style='text-indent:32.0pt;mso-char-indent-count:2.0'><span style='font-family:仿宋;font-size:16.0pt;color:#C00000'>　　双方自十二月
起共测<b style='mso-bidi-font-weight:normal'>四个断面</b>，<span style='font-weight:bold'>每月</span>一次<a style='mso-footnote-id:ftn1' href="#_ftn1"
name="_ftnref1" title=""><span class=MsoFootnoteReference><span lang=EN-US>[1]</span></span></a>。<span lang=EN-US><o:p></o:p></span></span></p>
${item(1, '1.', '南浔负责一号断面')}
${item(2, 'l', '由环保站采样')}
${item(1, '2.', '吴江负责二号断面')}
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<table class=MsoTableGrid border=1 cellspacing=0 cellpadding=0 style='border-collapse:collapse;mso-yfti-tbllook:1184'>
<thead><tr style='mso-yfti-irow:0;mso-yfti-firstrow:yes'>${cell('断面')}${cell('水质')}</tr></thead>
<tr style='mso-yfti-irow:1'>${cell('一号')}${cell('三类')}</tr></table>
<p class=MsoNormal><v:shape id="pic" style='width:10pt'><v:imagedata src="file:///C:/Temp/clip_image001.png" o:title="x"/></v:shape><img
width=13 src="file:///C:/Temp/clip_image001.png" v:shapes="pic">图后的话</p>
<!--EndFragment-->
<div style='mso-element:footnote-list'><hr align=left size=1 width="33%">
<div style='mso-element:footnote' id=ftn1><p class=MsoFootnoteText><a style='mso-footnote-id:ftn1' href="#_ftnref1" name="_ftn1" title=""><span
class=MsoFootnoteReference>[1]</span></a><span lang=EN-US> </span>遇汛期顺延</p></div></div>
</body></html>`
