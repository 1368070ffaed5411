import {build} from 'esbuild';
import test from 'ava';
import stringWidth from 'string-width';
import {loadLess} from '../../scripts/bundle-plugins.mjs';

const samples = [
	'plain',
	'a · b — c…',
	'│ pod │ 1/1 ↑',
	'你好',
	'e\u0301',
	'👍🏽',
	'🏽',
	'🇩🇪',
	'1️⃣',
	'1⃣',
	'#',
	'©',
	'❤️',
	'👩‍👩‍👧',
	'한국',
	'ｶﾞ',
	'\u001b[31m红\u001b[0m',
	'…́',
	'\ue100\uf8ff',
	'\ue100\u0301',
];

test('the bundled string-width measures as the package does', async t => {
	const {outputFiles} = await build({
		stdin: {contents: "export {default} from 'string-width'", resolveDir: import.meta.dirname},
		bundle: true,
		format: 'esm',
		write: false,
		plugins: [loadLess],
	});
	const bundled = await import(`data:text/javascript;base64,${Buffer.from(outputFiles[0]!.contents).toString('base64')}`);
	t.notRegex(outputFiles[0]!.text, /= \/\^\\p\{RGI_Emoji\}/);
	for (const text of samples) t.is(bundled.default(text), stringWidth(text), JSON.stringify(text));
});
