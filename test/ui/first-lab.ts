import {mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import path from 'node:path';
import process from 'node:process';
import test, {type ExecutionContext} from 'ava';
import {root} from '../helpers/source-files.js';
import {openTerminal, type TestTerminal} from '../helpers/terminal.js';

// The first lab, from the first start to 100 %, with the keyboard only. One size always; all of them, in both languages, with
//   KUBELAB_SIZES=all KUBELAB_PICTURES=FOLDER npx ava test/ui/first-lab.ts

const all = process.env['KUBELAB_SIZES'] === 'all';
const sizes = all ? ['80x24', '120x40', '200x60'] : ['80x24'];
const solution = readFileSync(path.join(root, 'labs/cluster-tour/solution.sh'), 'utf8');
const lines = solution.split('\n').filter(line => line.trim() && !line.startsWith('#'));
const prompt = /\[root@k8s-master ~\]# *$/;

for (const size of sizes)
	for (const language of all ? (['en', 'zh'] as const) : (['en'] as const))
		test.serial(`the first lab at ${size} in ${language}`, async t => {
			const [columns, rows] = size.split('x').map(Number) as [number, number];
			const env: Record<string, string> = language === 'zh' ? {LANG: 'zh_CN.UTF-8'} : {};
			const built = process.env['KUBELAB_PROGRAM'];
			const terminal = openTerminal(t, [], {columns, rows, env, ...(built && {program: [built]})});
			let count = 0;
			const look = (name: string) => {
				isClean(t, terminal, columns);
				const folder = process.env['KUBELAB_PICTURES'];
				if (!folder) return;
				mkdirSync(folder, {recursive: true});
				writeFileSync(path.join(folder, `${size}-${language}-${++count}-${name}.svg`), terminal.picture());
			};
			await terminal.shows(language === 'zh' ? /用方向键选择实验/ : /Choose a lab/);
			look('labs');
			terminal.type('\r');
			await terminal.shows(/(终端|Shell) \[k8s-master\][\s\S]*\]#/);
			look('start');
			for (const line of lines) {
				terminal.type(`${line}\r`);
				await terminal.shows(/\S/);
				await shellIsFree(t, terminal);
			}
			await terminal.shows(/100 % *\n/);
			look('done');
			terminal.type('\u001b3');
			await terminal.shows(/NAME/);
			terminal.type('\u001b');
			await terminal.shows(language === 'zh' ? /Esc 回到终端/ : /Esc back to the shell/);
			look('pane');
			terminal.type('\u001br');
			await terminal.shows(/█+ 100 %/);
			look('result');
			terminal.type('\u001b');
			await terminal.shows(/NAME/);
			terminal.type('\u0007');
			await terminal.shows(language === 'zh' ? /面板内/ : /In a pane/);
			look('keys');
			terminal.type('\u001b');
			await terminal.shows(/NAME/);
			terminal.type('\u0011');
			await terminal.shows(language === 'zh' ? /✓[\s\S]*100 %/ : /✓ A tour[\s\S]*best 100 %/);
			look('labs-after');
			terminal.type('q');
			t.is(await terminal.exit(), 0);
			t.false(terminal.alternate);
		});

/** The last line typed has ended: the prompt stands alone, and nothing is said to run. */
async function shellIsFree(t: ExecutionContext, terminal: TestTerminal) {
	await terminal.shows(/(终端|Shell) \[k8s-master\] [^·\n]*\n[\s\S]*\[root@k8s-master ~\]# *\n*[^\n]*$/);
	t.regex(terminal.screen().trimEnd().split('\n').slice(0, -1).join('\n').trimEnd(), prompt);
}

/** No table is cut in the middle of its border, no key hint in the middle of a word. */
function isClean(t: ExecutionContext, terminal: TestTerminal, columns: number) {
	const rows = terminal.screen().split('\n');
	for (const row of rows) {
		t.true(row.length <= columns);
		t.notRegex(row, /\ue000|\uf8ff|undefined|\[object/);
		if (/^[┌├└]─/.test(row)) t.regex(row.trimEnd(), /[┐┤┘│]/);
	}
	t.notRegex(rows.at(-1)!, /…/);
}
