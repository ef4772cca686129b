import { JSDOM } from 'jsdom';
import { expect, it } from 'vitest';
import { cleanPasted } from './paste.ts';

const parse = (html: string): Document => new JSDOM(html).window.document;
const pasted = (html: string): string =>
  cleanPasted(html, parse)
    .replace(/\s+/g, ' ')
    .replace(/<(p|div|li)>\s*<\/\1>/g, '')
    .replace(/> +</g, '><')
    .trim();

it('reads what Word copies', () => {
  const word = `<html xmlns:o="urn:schemas-microsoft-com:office:office" xmlns:w="urn:schemas-microsoft-com:office:word"><head>
<meta name=Generator content="Microsoft Word 15"><style><!-- p.MsoNormal {margin:0cm;} --></style></head>
<body lang=EN-GB style='tab-interval:36.0pt'><!--StartFragment-->
<h1>The Quay<o:p></o:p></h1>
<p class=MsoNormal style='text-indent:14pt'>She <i style='mso-bidi-font-style:normal'>lit</i> the <b style='mso-bidi-font-weight:normal'>lamp</b>.<o:p></o:p></p>
<p class=MsoNormal align=center style='text-align:center'>* * *<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span></span><![endif]>oil</p>
<p class=MsoListParagraphCxSpLast style='mso-list:l0 level1 lfo1'><![if !supportLists]><span style='mso-list:Ignore'>·</span><![endif]>wick</p>
<p class=MsoNormal dir=RTL>שלום</p><!--EndFragment--></body></html>`;
  expect(pasted(word)).toBe(
    '<h2>The Quay</h2><p>She <i>lit</i> the <b>lamp</b>.</p><hr><p>&nbsp;</p><ul><li>oil</li><li>wick</li></ul><p dir="rtl">שלום</p>',
  );
});

it('numbers the lists Word numbers', () => {
  const item = (sign: string, words: string): string =>
    `<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><span style='mso-list:Ignore'>${sign}<span>&nbsp;</span></span>${words}</p>`;
  expect(pasted(item('1.', 'oil') + item('2.', 'wick'))).toBe('<ol><li>oil</li><li>wick</li></ol>');
});

it('reads what Google Docs copies', () => {
  const docs = `<meta charset='utf-8'><b style="font-weight:normal;" id="docs-internal-guid-1f2e3d4c-7fff"><h2 dir="ltr" style="line-height:1.38"><span style="font-size:16pt;font-weight:700">The Quay</span></h2><p dir="ltr" style="line-height:1.38;margin-top:0pt"><span style="font-size:11pt;font-family:Arial;font-weight:400;font-style:normal;white-space:pre-wrap">She </span><span style="font-size:11pt;font-weight:400;font-style:italic">lit</span><span style="font-weight:700;font-style:normal"> the lamp</span>.</p><br /><hr /><ul style="margin-top:0"><li dir="ltr" aria-level="1"><p dir="ltr" role="presentation"><span style="font-style:normal">oil</span></p></li></ul><p dir="ltr"><a href="https://a.example/" style="text-decoration:none"><span style="text-decoration:underline">there</span></a></p></b><br class="Apple-interchange-newline">`;
  expect(pasted(docs)).toBe(
    '<h2>The Quay</h2><p>She <em>lit</em><strong> the lamp</strong>.</p><br><hr><ul><li><p>oil</p></li></ul><p><a href="https://a.example/">there</a></p><br>',
  );
});

it('reads pages, and leaves what only pages need', () => {
  const page = `<div class="entry" onclick="x()"><nav>Home</nav><h3><a name="top">Night</a></h3><div>One <em>lamp</em><script>alert(1)</script></div><blockquote cite="x"><p style="color:red">Said he.</p></blockquote><p>~~~</p><table><tr><td>cell</td></tr></table><img src="https://a.example/x.png" alt="x"><a href="javascript:alert(1)">go</a></div>`;
  expect(pasted(page)).toBe(
    '<div><h3>Night</h3><p>One <em>lamp</em></p><blockquote><p>Said he.</p></blockquote><hr><p>cell</p>go</div>',
  );
});

it('passes what the editor itself copied', () => {
  const own = '<p data-pm-slice="1 1 []">a <var-note>b</var-note></p>';
  expect(cleanPasted(own, parse)).toBe(own);
});
