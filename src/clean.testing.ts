import createDOMPurify from 'dompurify';
import { JSDOM } from 'jsdom';
import { cleanHtml } from './html.ts';
import { pick } from './testing/mutate.ts';
import { seeded } from './testing/versions.ts';

const pieces =
  '<p>|</p>|<p align=right>|<b>|</b>|<i>|</i>|<a href="http://x.example/?a=1&b">|<a href="#n">|<a name="n">|</a>|<a href="java\tscript:alert(1)">|<table>|<tr>|<td colspan=2>|<td>|</td>|</table>|<caption>|<ul>|<ol start=3>|<li>|</ul>|<h1>|<h3>|</h3>|<svg>|</svg>|<math>|<mi>|<mtext>|<mglyph>|<annotation-xml encoding="text/html">|<foreignObject>|<style>|</style>|<title>|</title>|<br>|<br><br>|<br><br><br>|<hr>|<pre>|<pre>\n\n|</pre>|<dl>|<dt>|<dd>|<blockquote>|</blockquote>|<ruby>|<rt>|<select>|<option>|<textarea>|</textarea>|<template>|</template>|<noscript>|</noscript>|<img src=x onerror=alert(1)>|<img src="http://x.example/p.png" alt="a & b">|<form>|</form>|<button>|<figure>|<figcaption>|<center>|</center>|<!--|-->|<!-->|<![CDATA[|]]>|<script>|</script>|<iframe srcdoc="<b>">|<xmp>|<plaintext>|<marquee>|<isindex>|<frameset>|<body onload=x>|</body>|<base href="//x.example/">|<span lang=de>|<div style="text-align:center">|</div>|<bdo dir=rtl>|<q>|</q>|word|* * *|&|&amp;|&lt;b>|&#0;|&nbsp;|&#x2028;|<|>|"|\'|`|=|\0|\n| |  |\u00a0|\u202e|\ud800'.split(
    '|',
  );

/** HTML that no editor would write: up to sixty pieces that parsers handle each in its own way, in any order. */
export function wildHtml(seed: number, index: number): string {
  const random = seeded(Math.imul(seed, 0x9e3779b1) ^ index);
  const length = 1 + Math.floor(random() * random() * 60);
  return Array.from({ length }, () => pick(random, pieces)).join('');
}

/**
 * A judge of what the cleaner makes: that cleaning it again leaves it as it is, and that DOMPurify, with our schemes
 * for links, takes nothing out of it. The judge throws an Error that says what was wrong with which text.
 */
export function cleanJudge(): (html: string) => void {
  const { window } = new JSDOM('');
  const purifier = createDOMPurify(window);
  return (html) => {
    const clean = cleanHtml(html);
    if (cleanHtml(clean) !== clean) {
      throw new Error(
        `cleaned twice, ${quote(html)} is not as cleaned once: ${quote(clean)}, ${quote(cleanHtml(clean))}`,
      );
    }
    const judged = purifier.sanitize(clean, {
      ALLOWED_URI_REGEXP: /^(?:https?:|mailto:|resource:|#)/i,
      ADD_ATTR: ['rel'],
      ADD_URI_SAFE_ATTR: harmless,
    });
    window.document.body.innerHTML = clean;
    if (judged !== window.document.body.innerHTML) {
      throw new Error(
        `DOMPurify took something out of what ${quote(html)} became: ${quote(clean)}, ${quote(judged)}`,
      );
    }
  };
}

/** Attributes whose values are no addresses; DOMPurify would hold them to the schemes too. */
const harmless = 'rel lang dir start type value reversed colspan rowspan width height'.split(' ');

function quote(text: string): string {
  return JSON.stringify(text.slice(0, 2000));
}
