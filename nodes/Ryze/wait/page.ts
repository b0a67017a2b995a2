import { createHash } from 'node:crypto';
import type { Question } from '../events/question';
import { howToReply } from './wording';

const STYLE = `:root{color-scheme:light dark;--back:#f4f5f7;--card:#fff;--text:#1c1e21;--soft:#65676b;--yes:#0a7c42;--line:#d0d3d8}
@media (prefers-color-scheme:dark){:root{--back:#15181b;--card:#1f2428;--text:#e9edef;--soft:#9aa5ab;--yes:#0b8a4a;--line:#3a4248}}
*{box-sizing:border-box}
body{margin:0;padding:16px;background:var(--back);color:var(--text);font:17px/1.45 system-ui,sans-serif}
main{max-width:34rem;margin:5vh auto 0;padding:20px;background:var(--card);border:1px solid var(--line);border-radius:12px}
h1{margin:0 0 12px;font-size:1.05rem;color:var(--soft);font-weight:600}
p{margin:0 0 20px;white-space:pre-wrap;overflow-wrap:anywhere}
form{display:flex;flex-wrap:wrap;gap:12px}
button,textarea{width:100%;min-height:48px;font:inherit;border-radius:8px;border:1px solid var(--line)}
button{flex:1 1 40%;padding:10px 16px;overflow-wrap:anywhere;color:var(--text);background:transparent;cursor:pointer}
button.yes{color:#fff;background:var(--yes);border-color:var(--yes)}
textarea{min-height:7rem;padding:10px;color:inherit;background:transparent}
:focus-visible{outline:3px solid var(--yes);outline-offset:2px}
small{color:var(--soft)}`;

const STYLE_HASH = createHash('sha256').update(STYLE).digest('base64');

/**
 * No script and nothing from elsewhere; nobody stores it, finds it, shows it in a frame, or learns
 * its address, which is what allows to answer.
 */
export const HEADERS: Record<string, string> = {
	'Content-Type': 'text/html; charset=utf-8',
	'Content-Security-Policy': `default-src 'none'; style-src 'sha256-${STYLE_HASH}'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'`,
	'Cache-Control': 'no-store',
	'Referrer-Policy': 'no-referrer',
	'X-Content-Type-Options': 'nosniff',
	'X-Robots-Tag': 'noindex, nofollow, noarchive',
};

const ENTITIES: Record<string, string> = {
	'&': '&amp;',
	'<': '&lt;',
	'>': '&gt;',
	'"': '&quot;',
	"'": '&#39;',
};

const escaped = (text: string): string => text.replace(/[&<>"']/g, (sign) => ENTITIES[sign]);

const pageOf = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex, nofollow">
<title>${escaped(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<main>
<h1>${escaped(title)}</h1>
${body}
</main>
</body>
</html>
`;

const button = (value: string, label: string): string =>
	`<button name="answer" value="${value}"${value === 'approve' ? ' class="yes"' : ''}>${escaped(label)}</button>`;

function formOf({ approval }: Question): string {
	if (!approval) {
		return '<textarea name="text" required aria-label="Your answer"></textarea>\n<button class="yes">Send</button>';
	}
	const { approve, decline } = approval;
	const buttons = [button('approve', approve)];
	if (decline !== undefined) buttons.push(button('decline', decline));
	return buttons.join('\n');
}

/**
 * The question, with a form where the link may be used to answer. Opening it changes nothing: many
 * programs open each link that they see.
 *
 * @param problem why the form that was sent is no answer
 */
export function questionPage(question: Question, problem = ''): string {
	const text = `<p>${escaped(question.text)}</p>`;
	if (!question.byLink) {
		const how = howToReply(question).replace(/\*/g, '').replace('this message', 'the message');
		return pageOf('Answer in WhatsApp', `${text}\n<small>${escaped(how)}.</small>`);
	}
	const note = problem === '' ? '' : `<p role="alert">${escaped(problem)}</p>\n`;
	return pageOf(
		'Your answer is needed',
		`${text}\n${note}<form method="post">\n${formOf(question)}\n</form>`,
	);
}

/** @param text of the page, in one or two sentences */
export const notePage = (title: string, text: string): string =>
	pageOf(title, `<p>${escaped(text)}</p>`);
