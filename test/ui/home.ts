import test from 'ava';
import {readCardFiles} from '../../source/cli/lab-cards.js';
import type {Language} from '../../source/lab/lab.js';
import {AppStore} from '../../source/ui/app/app-store.js';
import {createInkScreen} from '../../source/ui/screen/ink-screen.js';
import {createKeyReader} from '../../source/ui/keys/key-reader.js';
import {defaultSettings} from '../../source/ui/state/settings.js';

const chapters = await readCardFiles();
const count = chapters.flatMap(chapter => chapter.labs).length;

function openList(language: Language = 'en', columns = 80) {
	const opened: string[] = [];
	const left: unknown[] = [];
	const ports = {chapters, best: () => ({})};
	const store = new AppStore(
		{
			...ports,
			keepSettings() {},
			leave: why => left.push(why),
			openLab(id) {
				opened.push(id);
				return new Promise(() => {});
			},
		},
		{...defaultSettings, language},
		{columns, rows: 24},
	);
	const reader = createKeyReader();
	const screen = createInkScreen(ports);
	return {
		opened,
		left,
		type(keys: string) {
			for (const key of [...reader.read(keys), ...reader.flush()]) store.press(key);
			return screen
				.frame(store.get())
				.lines.map(line => line.replaceAll(/\u001b\[[0-9;]*m/g, '').trimEnd())
				.join('\n');
		},
		state: () => store.get().state,
	};
}

test('/ narrows the list of labs by title, id and what it is about; Enter opens what is left', t => {
	const app = openList();
	t.regex(app.type(''), / {2}\/ filter/);
	t.regex(app.type('/session'), /of \d+ labs[\s\S]*Session affinity[\s\S]*Find a lab: session▏ {2}Enter opens it/);
	t.notRegex(app.type(''), /Headless/);
	// An id, letters that are keys of the list included.
	t.regex(app.type('\u0015ipvs-sw'), new RegExp(`^ 1 of ${count} labs\n`, 'm'));
	app.type('\r');
	t.deepEqual(app.opened, ['ipvs-switch']);
	t.deepEqual(app.left, []);
});

test('the list in Chinese is found by English names too, and the other way round', t => {
	t.regex(openList('zh').type('/networkpolicy'), /查找实验: networkpolicy▏/);
	t.notRegex(openList('zh').type('/networkpolicy'), /没有匹配项/);
	t.regex(openList('en').type('/会话保持'), /Session affinity/);
});

test('what nothing matches opens nothing; Esc shows all labs again, with the chosen one where it was', t => {
	const app = openList();
	app.type('/session');
	const {selected} = app.state();
	t.regex(app.type('zzz'), /nothing matches the filter/);
	app.type('\r');
	t.deepEqual(app.opened, []);
	t.regex(app.type('\u001b'), /Choose a lab[\s\S]*Session affinity/);
	t.is(app.state().selected, selected);
	// And only the next one is a way out.
	app.type('q');
	t.deepEqual(app.left, ['quit']);
});

test('arrows choose among those that match; pages and ends move through all', t => {
	const app = openList();
	app.type('/ingress');
	const first = app.state().selected;
	app.type('\u001b[B');
	const second = app.state().selected;
	t.true(second > first);
	app.type('\u001b[A\u001b[A');
	t.is(app.state().selected, first);
	app.type('\u001b');
	app.type('G');
	t.is(app.state().selected, count - 1);
	app.type('g\u001b[6~');
	t.is(app.state().selected, 10);
});

test('the line of keys is whole at 80 columns, in both languages', t => {
	for (const language of ['en', 'zh'] as const) {
		const line = openList(language).type('').split('\n').at(-1)!;
		for (const key of ['Enter', '↑↓', '/', '^G', 'q ']) t.true(line.includes(key), `${language}: ${key} in ${line}`);
	}
});
