import test from 'ava';
import {claims, editLine, emptyLine, type Key, searchPrompt} from '../../source/shell/line/line-editor.js';
import {expandHistory} from '../../source/shell/line/history.js';
import type {Line} from '../../source/shell/line/line.js';

/** `abc` types; `<ctrl-a>`, `<left>` and so on are keys. The cursor is shown as `|`. */
function type(keys: string, history: readonly string[] = [], from: Line = emptyLine) {
	let line = from;
	let action: string | undefined;
	for (const [, named, text] of keys.matchAll(/<([a-zA-Z_.\\<-]+)>|([^<]+)/g)) {
		const pressed: Key[] = named === undefined ? [...text!].map(letter => ({name: letter, text: letter})) : [{name: named}];
		for (const key of pressed) ({line, action} = editLine(line, key, history));
	}

	return {line, action, shown: `${line.text.slice(0, line.cursor)}|${line.text.slice(line.cursor)}`};
}

const rows: ReadonlyArray<readonly [keys: string, shown: string]> = [
	['abc', 'abc|'],
	['abc<left>x', 'abx|c'],
	['abc<ctrl-a>x<ctrl-e>y', 'xabcy|'],
	['abc<ctrl-b><ctrl-b><ctrl-f>x', 'abx|c'],
	['one two<ctrl-w>', 'one |'],
	['one two<alt-b>x', 'one x|two'],
	['one two<ctrl-a><alt-f>x', 'onex| two'],
	['one two<ctrl-a><alt-d>', '| two'],
	['a/b-c<alt-backspace>', 'a/b-|'],
	['abc<ctrl-u>', '|'],
	['abc<left><ctrl-k>', 'ab|'],
	['one two<ctrl-w>x<ctrl-y>', 'one xtwo|'],
	['a b c<ctrl-w><ctrl-w><ctrl-y>', 'a b c|'],
	['abc<ctrl-a><ctrl-d>', '|bc'],
	['abc<backspace><ctrl-h>', 'a|'],
	['abc<ctrl-t>', 'acb|'],
	['abc<ctrl-w><ctrl-_>', 'abc|'],
	['ab<ctrl-u>cd<ctrl-u><ctrl-y><alt-y>', 'ab|'],
	['l1\nl2<up>x', 'l1x|\nl2'],
	['日本<left>x', '日x|本'],
	['😀a<left><backspace>', '|a'],
	['one two<ctrl-a><alt-u>', 'ONE| two'],
	['one two<alt-b><alt-c>', 'one Two|'],
	['a b<alt-t>', 'b a|'],
	['a   b<left><alt-\\>', 'a|b'],
	['abc<ctrl-a><delete>', '|bc'],
	['one two<ctrl-_>', 'one|'],
	['a<alt-return>b', 'a\nb|'],
	['a<ctrl-v><tab>b', 'a\tb|'],
];

for (const [keys, shown] of rows) test(keys, t => t.is(type(keys).shown, shown));

test('history: up and down, with the new line kept', t => {
	const history = ['first', 'second'];
	t.is(type('new<up>', history).shown, 'second|');
	t.is(type('new<up><up><up>', history).shown, 'first|');
	t.is(type('new<up><up><down><down>', history).shown, 'new|');
});

test('alt-. writes the last word of the command before, and of the one before that', t => {
	const history = ['ls /etc', 'cat /tmp/x y'];
	t.is(type('vi <alt-.>', history).shown, 'vi y|');
	t.is(type('vi <alt-.><alt-.>', history).shown, 'vi /etc|');
	t.is(type('<alt-<>', history).shown, 'ls /etc|');
});

test('a paste is one text; its last line end does not send it', t => {
	const {line, action} = editLine(emptyLine, {name: 'paste', text: 'one\r\ntwo\n'}, []);
	t.is(line.text, 'one\ntwo');
	t.is(action, undefined);
});

test('ctrl-r finds older and older lines', t => {
	const history = ['kubectl get pods', 'ls', 'kubectl get svc'];
	const found = type('<ctrl-r>get', history);
	t.is(found.shown, 'kubectl |get svc');
	t.is(searchPrompt(found.line), "(reverse-i-search)`get': ");
	t.is(type('<ctrl-r>get<ctrl-r>', history).shown, 'kubectl |get pods');
	t.is(type('<ctrl-r>pods<ctrl-e>x', history).shown, 'kubectl get podsx|');
	t.is(type('<ctrl-r>get<return>', history).action, 'submit');
	t.is(type('<ctrl-r>get<ctrl-r><ctrl-s>', history).shown, type('<ctrl-r>get', history).shown);
	t.is(searchPrompt(type('<ctrl-s>nothing', history).line), "(failed i-search)`nothing': ");
	t.is(type('abc<ctrl-r>get<ctrl-g>', history).shown, 'abc|');
	t.is(type('<ctrl-r>pods<ctrl-e><ctrl-u><ctrl-r><ctrl-r>', history).line.search?.query, 'pods');
});

test('what the screen is asked to do', t => {
	t.is(type('a<return>').action, 'submit');
	t.is(type('a<ctrl-c>').action, 'interrupt');
	t.is(type('<ctrl-d>').action, 'end');
	t.is(type('a<ctrl-d>').action, undefined);
	t.is(type('a<tab>').action, 'complete');
	t.is(type('<ctrl-l>').action, 'clear');
});

test("ctrl-x begins a chord; what it is followed by is the line's own", t => {
	t.is(type('abc<ctrl-x><ctrl-e>').action, 'edit');
	t.is(type('abc<ctrl-x><ctrl-u>').shown, '|');
	t.is(type('one two<ctrl-x><backspace>').shown, '|');
	t.true(claims(type('abc<ctrl-x>').line, 'ctrl-g'));
	t.true(claims(type('<ctrl-r>a').line, 'escape'));
	t.false(claims(type('').line, 'ctrl-t'));
});

// As bash 5.2 expands them after this line.
const before = 'echo one "two three" four >/tmp/x; echo /tmp/a/b.c.d';
const events: ReadonlyArray<readonly [line: string, expanded: string | undefined]> = [
	['echo !!:1 !$ !^', 'echo one /tmp/a/b.c.d one'],
	['echo !!:2-3', 'echo "two three" four'],
	['echo !!:2-', 'echo "two three" four > /tmp/x ; echo'],
	['echo !ech*', 'echo one "two three" four > /tmp/x ; echo /tmp/a/b.c.d'],
	['echo !$:h !$:t:r !$:e', 'echo /tmp/a b.c .d'],
	['!!:gs/e/E/', 'Echo onE "two thrEE" four >/tmp/x; Echo /tmp/a/b.c.d'],
	['echo !?three?:2 !1:$', 'echo "two three" /tmp/a/b.c.d'],
	['echo a b !#:1', 'echo a b a'],
	["echo '!!' ! a!=b", undefined],
];
for (const [line, expanded] of events) test(`history: ${line}`, t => t.is(expandHistory(line, {entries: [before], first: 1}), expanded));
