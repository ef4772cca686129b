/** How story text is set in every book: first lines set in, but not after a heading or a break. */
export const textStyle = `
.story p { margin: 0; text-indent: 1.3em; hyphens: auto; -webkit-hyphens: auto; orphans: 2; widows: 2; }
.story > p:first-child, .story hr + p, .story .scene + p, .story h2 + p, .story h3 + p, .story h4 + p, .story h5 + p, .story h6 + p, .story td p, .story blockquote > p:first-child, .story p.center, .story p.right, .story p.scene { text-indent: 0; }
.verse { margin: 1em 0; padding-inline-start: 3em; text-indent: -1.5em !important; text-align: start; }
.center, .scene { text-align: center; }
.right { text-align: right; }
.scene { margin: 1.2em 0 !important; }
hr { border: 0; margin: 1.4em auto; text-align: center; height: 1em; }
hr::before { content: "*\\2003*\\2003*"; }
blockquote { margin: 1em 1.5em; }
pre { white-space: pre-wrap; font-size: 0.85em; }
img { max-width: 100%; height: auto; }
table { border-collapse: collapse; }
td, th { padding: 0.2em 0.5em; vertical-align: top; text-align: start; }
`;

/** What books say around the story: sigla, cards, comments, facts. Colours of sigla by LOOK: white letters on each reach 4.5:1. */
export const partsStyle = `
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.siglum { display: inline-block; min-width: 1.35em; padding: 0 0.2em; border-radius: 0.2em; text-align: center; text-indent: 0; font: bold 0.85em/1.4 sans-serif; text-decoration: none; color: #fffdf9; background: #6f665a; }
.siglum-1 { background: #0f6b5f; } .siglum-2 { background: #a03a2a; } .siglum-3 { background: #3b4a99; } .siglum-4 { background: #8a6412; }
a:has(> .siglum) { text-decoration: none; } a:has(> .siglum) > span:not(.siglum) { text-decoration: underline; }
header { margin-bottom: 1.5em; }
.branch + h1, .branch + h2 { margin-top: 0.2em; }
.branch { margin: 0; } .back { margin: 0.3em 0; font-size: 0.85em; }
.fork, .choices, .endings { margin-top: 2.5em; page-break-inside: avoid; break-inside: avoid; }
.fork h2, .fork h3, .endings h2, .endings h3 { font-size: 1.05em; }
.cards, .choices ul, .endings ul { list-style: none; margin: 0; padding: 0; }
.card { margin: 0.6em 0; padding: 0.7em 0.9em; border: 1px solid #8c8170; border-left: 0.35em solid #0f6b5f; border-radius: 0.4em; }
.card-2 { border-left-color: #a03a2a; } .card-3 { border-left-color: #3b4a99; } .card-4 { border-left-color: #8a6412; }
.card .label, .card .words { font-size: 0.85em; }
.choices li, .endings li { margin: 0.6em 0; }
.condition { font-size: 0.85em; font-style: italic; }
.warnings { padding: 0.5em 0.8em; border: 1px solid #8c8170; border-radius: 0.4em; font-size: 0.9em; }
.byline { margin: 0.1em 0; font-style: italic; }
.facts { margin: 1em 0; font-size: 0.9em; }
.facts div { margin: 0.2em 0; } .facts dt { display: inline; font-weight: bold; } .facts dt::after { content: ":"; } .facts dd { display: inline; margin: 0; }
.hash { font-size: 0.85em; word-break: break-all; overflow-wrap: anywhere; }
.as-written p { font-size: 0.9em; }
.comment { margin: 1em 0; padding-left: 0.7em; border-left: 2px solid #cdbb96; font-size: 0.95em; overflow-wrap: anywhere; }
.comment p { margin: 0.4em 0; }
.comment .by, .comment .about, .comment .state { font-size: 0.85em; }
.subject { font-weight: bold; }
.depth-1 { margin-left: 0.8em; } .depth-2 { margin-left: 1.6em; } .depth-3 { margin-left: 2.4em; } .depth-4 { margin-left: 3.2em; } .depth-5 { margin-left: 4em; } .depth-6 { margin-left: 4.8em; }
`;
