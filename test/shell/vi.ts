import {readFileSync} from 'node:fs';
import type {Edited} from '../../source/shell/session/edited.js';
import type {Disk} from '../../source/shell/vi/disk.js';
import {leftBy} from '../../source/shell/vi/files.js';
import test from 'ava';
import {renderVi} from '../../source/shell/vi/render.js';
import {afterShellCommand} from '../../source/shell/vi/shell-command.js';
import {openVi, textOf, type Vi} from '../../source/shell/vi/state.js';
import {pasteVi, typeVi} from '../../source/shell/vi/vi.js';

const open = (text: string): Vi => openVi({path: 'f', text});

/** Keys, the text before, the text after, and where the cursor stands if that matters. */
const rows: ReadonlyArray<readonly [keys: string, before: string, after: string, cursor?: string]> = [
	['ihello<Esc>', '', 'hello\n', '1,5'],
	[':%s/a/X/gc<CR>yny', 'a a a\n', 'X a X\n'],
	[':%s/a/X/c<CR>ny', 'a\na\n', 'a\nX\n'],
	[':%s/a/X/gc<CR>ya', 'a a\na\n', 'X X\nX\n'],
	[':%s/a/X/gc<CR>nl', 'a a a\n', 'a X a\n'],
	[':%s/a/X\\r/gc<CR>yy', 'a a\nb\n', 'X\n X\n\nb\n'],
	[':%s/a/X/gc<CR>yqu', 'a a\n', 'a a\n'],
	[':2,3m0<CR>', 'a\nb\nc\n', 'b\nc\na\n', '2,1'],
	[':g/./m0<CR>', 'a\nb\nc\n', 'c\nb\na\n'],
	[':2d x<CR>G"xp', 'a\nb\nc\n', 'a\nc\nb\n'],
	[':2y<CR>:$pu<CR>', 'a\nb\nc\n', 'a\nb\nc\nb\n', '4,1'],
	[':2,3norm I# <CR>', 'a\n  b\nc\n', 'a\n  # b\n# c\n'],
	[':g/b/norm A!<CR>u', 'a\nb\nab\n', 'a\nb\nab\n'],
	[':sort u<CR>', 'b\na\nb\n', 'a\nb\n'],
	[':1,2sort! n<CR>', 'a 2\nb 10\nc\n', 'b 10\na 2\nc\n'],
	[':1,3j<CR>', 'a\n  b\nc\n', 'a b c\n'],
	['gJ', 'a\n b\n', 'a b\n'],
	[':%s/\\v(\\w+): (\\w{2,})/\\2=\\1/<CR>', 'a: bc\na: b\n', 'bc=a\na: b\n'],
	[':%s/b\\{2}/\\U&\\E&/<CR>', 'abb\n', 'aBBbb\n'],
	[':%s/\\w\\+/\\u&/<CR>', 'web\n', 'Web\n'],
	['ci[x<Esc>', 'args: [a, b]\n', 'args: [x]\n'],
	['3|x', 'abcd\n', 'abd\n'],
	['A!<Esc>', 'a b\n', 'a b!\n'],
	['Ix<Esc>', '  a\n', '  xa\n'],
	['onew<Esc>', 'a\nb\n', 'a\nnew\nb\n', '2,3'],
	['jOnew<Esc>', 'a\nb\n', 'a\nnew\nb\n'],
	['x', 'abc\n', 'bc\n'],
	['3x', 'abcd\n', 'd\n'],
	['dd', 'a\nb\nc\n', 'b\nc\n'],
	['2dd', 'a\nb\nc\n', 'c\n'],
	['ddp', 'a\nb\n', 'b\na\n', '2,1'],
	['yyp', 'a\nb\n', 'a\na\nb\n', '2,1'],
	['y7yGp', '1\n2\n3\n4\n5\n6\n7\n8\n', '1\n2\n3\n4\n5\n6\n7\n8\n1\n2\n3\n4\n5\n6\n7\n', '9,1'],
	['jyyP', 'a\nb\n', 'a\nb\nb\n', '2,1'],
	['dw', 'one two three\n', 'two three\n'],
	['wdw', 'one two three\n', 'one three\n'],
	['wwdw', 'one two three\n', 'one two \n'],
	['d$', 'abc\nd\n', '\nd\n'],
	['lD', 'abc\n', 'a\n'],
	['cwX<Esc>', 'one two\n', 'X two\n'],
	['ccX<Esc>', 'one\ntwo\n', 'X\ntwo\n'],
	['wCX<Esc>', 'one two\n', 'one X\n'],
	['sX<Esc>', 'abc\n', 'Xbc\n'],
	['SX<Esc>', 'abc\n', 'X\n'],
	['rX', 'abc\n', 'Xbc\n', '1,1'],
	['RXY<Esc>', 'abcd\n', 'XYcd\n'],
	['J', 'a\n  b\n', 'a b\n'],
	['>>', 'a\n', '\ta\n'],
	['<<', '\ta\n', 'a\n'],
	['ddu', 'a\nb\n', 'a\nb\n'],
	['ddu<C-r>', 'a\nb\n', 'b\n'],
	['dd.', 'a\nb\nc\n', 'c\n'],
	['Ax<Esc>j.', 'a\nb\n', 'ax\nbx\n'],
	['cwX<Esc>w.', 'a b\n', 'X X\n'],
	['3ix<Esc>', 'a\n', 'xxxa\n'],
	['Gdd', 'a\nb\n', 'a\n'],
	['ggdG', 'a\nb\n', ''],
	['2GiX<Esc>', 'a\nb\nc\n', 'a\nXb\nc\n'],
	['fbx', 'abc\n', 'ac\n'],
	['dtc', 'abc\n', 'c\n'],
	['dfb', 'abc\n', 'c\n'],
	['/two<CR>x', 'one\ntwo\n', 'one\nwo\n'],
	['/two/e<CR>x', 'one two\n', 'one tw\n'],
	['/two/e<CR>nx', 'one two\ntwo\n', 'one two\ntw\n'],
	['/t/s+1<CR>x', 'one two\n', 'one to\n'],
	['/b/+1<CR>x', 'aa\nbb\ncc\n', 'aa\nbb\nc\n'],
	['/b/e<CR>gg//<CR>x', 'a\nabb\n', 'a\nab\n'],
	['/[/]x\\/<CR>x', 'a /x/\n', 'a x/\n'],
	['ddddp"2P"1P', 'a\nb\nc\n', 'c\nb\na\nb\n'],
	['dwjdd"-p', 'a b\nc\n', 'ba \n'],
	['yyjdd"0p', 'a\nb\n', 'a\na\n'],
	['/a<CR>nx', 'a\na\na\n', 'a\na\n\n'],
	['di"', 'k: "v w"\n', 'k: ""\n'],
	['wciwX<Esc>', 'one two\n', 'one X\n'],
	['%x', '(a b)\n', '(a b\n'],
	['vlld', 'abcd\n', 'd\n'],
	['Vjd', 'a\nb\nc\n', 'c\n'],
	['Vj>', 'a\nb\n', '\ta\n\tb\n'],
	['vey$p', 'one two\n', 'one twoone\n'],
	['~', 'abc\n', 'Abc\n', '1,2'],
	['"ayyj"ap', 'a\nb\n', 'a\nb\na\n'],
	[':%s/a/b/g<CR>', 'aa\nca\n', 'bb\ncb\n'],
	[':s/a/b/<CR>', 'aa\na\n', 'ba\na\n'],
	[':%s#reg.timinglee.org#reg.lilee.org#g<CR>', 'image: reg.timinglee.org/x\n', 'image: reg.lilee.org/x\n'],
	[':%s/\\(a\\)\\(b\\)/\\2\\1/<CR>', 'ab\n', 'ba\n'],
	[':2d<CR>', 'a\nb\nc\n', 'a\nc\n'],
	[':1,2d<CR>', 'a\nb\nc\n', 'c\n'],
	[':set ai<CR>oy<Esc>', '  a\n', '  a\n  y\n'],
	[':set et ts=2<CR>i<Tab>x<Esc>', '', '  x\n'],
	['ia<CR>b<BS>c<Esc>', '', 'a\nc\n'],
	['xp', 'ab\n', 'ba\n'],
	['wbx', 'one two\n', 'ne two\n'],
	['ex', 'one\n', 'on\n'],
	['cwX<Esc>', 'a b\n', 'X b\n'],
	['2cwX<Esc>', 'a b c\n', 'X c\n'],
];

for (const [keys, before, after, cursor] of rows) {
	test(`${keys} on ${JSON.stringify(before)}`, t => {
		const vi = typeVi(open(before), keys);
		t.is(textOf(vi), after);
		if (cursor) t.is(`${vi.row + 1},${vi.column + 1}`, cursor);
		t.is(vi.mode, 'normal');
	});
}

test(':w keeps the text, :q refuses to lose it, :q! does lose it', t => {
	const changed = typeVi(open('a\n'), 'x');
	const refused = typeVi(changed, ':q<CR>');
	t.false(refused.done);
	t.is(refused.message, 'E37: No write since last change (add ! to override)');
	const lost = typeVi(changed, ':q!<CR>');
	t.true(lost.done);
	t.is(lost.saved, undefined);
	const written = typeVi(changed, 'ib<Esc>:w<CR>');
	t.is(written.saved, 'b\n');
	t.is(written.message, '"f" 1L, 2B written');
	t.true(typeVi(written, ':q<CR>').done);
	for (const keys of [':wq<CR>', ':x<CR>', 'ZZ']) t.is(typeVi(typeVi(open('a\n'), 'ib<Esc>'), keys).saved, 'ba\n');
});

test('what vim says', t => {
	t.is(open('a\nb\n').message, '"f" 2L, 4B');
	t.is(openVi({path: 'f', text: '', isNew: true}).message, '"f" [New]');
	t.is(typeVi(open('a\n'), ':foo<CR>').message, 'E492: Not an editor command: foo');
	t.is(typeVi(open('a\n'), '/zz<CR>').message, 'E486: Pattern not found: zz');
	t.is(typeVi(open('a\n'), 'u').message, 'Already at oldest change');
});

test('a paste does not indent again, and what is pasted is text', t => {
	t.is(textOf(pasteVi(typeVi(open(''), ':set ai<CR>i'), 'a:\n  b:\n    c\n')), 'a:\n  b:\n    c\n\n');
});

test('the screen', t => {
	const {lines, cursor} = renderVi(typeVi(open('one\n\ttwo\n'), 'jw:set nu<CR>'), 40, 5);
	t.deepEqual(lines, ['  1 one', '  2         two', '~', '~', '                       2,2           All']);
	t.deepEqual(cursor, {x: 12, y: 1});
	t.is(
		renderVi(typeVi(open(''), 'i'), 60, 3)
			.lines.at(-1)!
			.trimEnd()
			.replace(/ +/g, ' '),
		'-- INSERT -- 1,0-1 All',
	);
	t.deepEqual(renderVi(typeVi(open('a\n'), ':wq'), 20, 3).cursor, {x: 3, y: 2});
});

const nine = 'one\ntwo\nthree\nfour\nfive\n';
const later: ReadonlyArray<readonly [keys: string, before: string, after: string]> = [
	['qaI# <Esc>jq2@a', nine, '# one\n# two\n# three\nfour\nfive\n'],
	['qaI# <Esc>jq@a@@', nine, '# one\n# two\n# three\nfour\nfive\n'],
	['qqx@qq@q', 'abc\n', 'c\n'],
	[':g/o/d<CR>', nine, 'three\nfive\n'],
	[':v/o/d<CR>', nine, 'one\ntwo\nfour\n'],
	[':g!/o/d<CR>u', nine, nine],
	[':2,3g/t/s/t/T/<CR>', nine, 'one\nTwo\nThree\nfour\nfive\n'],
	[':g/./t.<CR>', 'a\nb\n', 'a\na\nb\nb\n'],
	['<C-a>', 'replicas: 3\n', 'replicas: 4\n'],
	['$10<C-x>', 'port: 80\n', 'port: 70\n'],
	['<C-a>.', 'n: -1\n', 'n: 1\n'],
	['vj<Esc>Ggvd', nine, 'wo\nthree\nfour\nfive\n'],
	['yyo<C-r>"!<Esc>', 'a\n', 'a\na!\n'],
	[':set paste!<CR>:set invpaste<CR>ix<Esc>', 'a\n', 'xa\n'],
];
for (const [keys, before, after] of later)
	test(`${keys} on ${JSON.stringify(before)}`, t => t.is(textOf(typeVi(open(before), keys)), after));

test('what this vi lacks it says', t => {
	t.is(typeVi(open('a\n'), ':split<CR>').message, 'kubelab: not simulated: :split');
	t.is(typeVi(open('a\n'), ':shell<CR>').message, 'kubelab: not simulated: :shell');
});

/** Keys, what the shell is given, what it prints, the text then; as vim 9 has it. */
const filtered: ReadonlyArray<
	readonly [keys: string, run: string, stdin: string | undefined, output: string, after: string, cursor: string]
> = [
	[':%!sort -r<CR>', 'sort -r', 'a\nb\nc\n', 'c\nb\na\n', 'c\nb\na\n', '1,1'],
	[':2,3!tac<CR>', 'tac', 'b\nc\n', 'c\nb\n', 'a\nc\nb\n', '2,1'],
	['j!!date<CR>', 'date', 'b\n', 'x\n', 'a\nx\nc\n', '2,1'],
	['j!Gcat<CR>', 'cat', 'b\nc\n', '', 'a\n', '1,1'],
	['Vj!wc -l<CR>', 'wc -l', 'a\nb\n', '2\n', '2\nc\n', '1,1'],
	[':r !seq 2<CR>', 'seq 2', undefined, '1\n2\n', 'a\n1\n2\nb\nc\n', '3,1'],
	[':0r !date<CR>', 'date', undefined, 'x\n', 'x\na\nb\nc\n', '1,1'],
	[':!cat % \\%<CR>', 'cat f %', undefined, 'seen\n', 'a\nb\nc\n', '1,1'],
	[':w !wc<CR>', 'wc', 'a\nb\nc\n', 'seen\n', 'a\nb\nc\n', '1,1'],
];
for (const [keys, run, stdin, output, after, cursor] of filtered)
	test(`${keys} waits for a command`, t => {
		const waiting = typeVi(open('a\nb\nc\n'), keys);
		const left = leftBy(waiting);
		t.like(typeof left === 'object' ? left.run : undefined, {line: run, stdin});
		t.is(typeVi(waiting, 'x'), waiting);
		const vi = afterShellCommand(waiting, output);
		t.is(textOf(vi), after);
		t.is(`${vi.row + 1},${vi.column + 1}`, cursor);
	});

test('what was written before a command is on disk then, and need not be written again', t => {
	const waiting = typeVi(open('a\n'), 'ib<Esc>:w<CR>:!kubectl apply -f %<CR>');
	t.like(leftBy(waiting), {text: 'ba\n', run: {line: 'kubectl apply -f f', typed: ':!kubectl apply -f %', shows: true}});
	const vi = typeVi(afterShellCommand(waiting, ''), ':q<CR>');
	t.true(vi.done);
	t.is(leftBy(vi), undefined);
	t.is(typeVi(open('a\n'), ':!!<CR>').message, 'E34: No previous command');
});

/** What vim 9 made of them, and where its cursor stood. */
const recorded: ReadonlyArray<readonly [keys: string, before: string, after: string, cursor: string]> = readFileSync(
	new URL('../data/shell/vi.jsonl', import.meta.url),
	'utf8',
)
	.trim()
	.split('\n')
	.map(line => JSON.parse(line));
test('everyday keys do what they do in vim', t => {
	for (const [keys, before, after, cursor] of recorded) {
		const vi = typeVi(open(before), keys);
		t.deepEqual([textOf(vi), `${vi.row + 1},${vi.column + 1}`], [after, cursor], `${keys} on ${JSON.stringify(before)}`);
	}
});

const table = 'abc 1\nde\nfgh 3\n';
const blocks: ReadonlyArray<readonly [keys: string, before: string, after: string]> = [
	['l<C-v>2jd', table, 'ac 1\nd\nfh 3\n'],
	['<C-v>2jI# <Esc>', table, '# abc 1\n# de\n# fgh 3\n'],
	['ll<C-v>2jIX<Esc>', 'abcd\na\nefgh\n', 'abXcd\na\nefXgh\n'],
	['<C-v>2j$A;<Esc>', table, 'abc 1;\nde;\nfgh 3;\n'],
	['l<C-v>2jA-<Esc>', table, 'ab-c 1\nde-\nfg-h 3\n'],
	['<C-v>jlcX<Esc>', table, 'Xc 1\nX\nfgh 3\n'],
	['<C-v>2jr-', table, '-bc 1\n-e\n-gh 3\n'],
	['<C-v>2jlU', table, 'ABc 1\nDE\nFGh 3\n'],
	['<C-v>2j$d', table, '\n\n\n'],
	['<C-v>2jly$p', 'ab\ncd\nef\n', 'abab\ncdcd\nefef\n'],
	['<C-v>2jI# <Esc>u', table, table],
	['<C-v>jI# <Esc>2j.', 'a\nb\nc\nd\n', '# a\n# b\n# c\n# d\n'],
	['Vj>2j.', 'a\nb\nc\nd\n', '\ta\n\tb\n\tc\n\td\n'],
	['vlcX<Esc>w.', 'ab cd\n', 'X X\n'],
	['v<C-v>jd', 'ab\ncd\n', 'b\nd\n'],
];
for (const [keys, before, after] of blocks)
	test(`block: ${keys} on ${JSON.stringify(before)}`, t => {
		const vi = typeVi(open(before), keys);
		t.is(textOf(vi), after);
		t.is(vi.mode, 'normal');
	});

test('a block is shown as one', t => {
	const {selected, lines} = renderVi(typeVi(open(table), 'l<C-v>2jl'), 60, 5);
	t.deepEqual(
		[...selected],
		[
			[0, [1, 3]],
			[1, [1, 2]],
			[2, [1, 3]],
		],
	);
	t.regex(lines.at(-1)!, /^-- VISUAL BLOCK --/);
});

test('a pattern that would never end does end', t => {
	const text = `${'a'.repeat(40)}!\n`;
	t.is(typeVi(open(text), '/\\(a\\+\\)\\+$<CR>').message, 'E486: Pattern not found: \\(a\\+\\)\\+$');
	t.is(textOf(typeVi(open(text), ':%s/\\(a\\+\\)\\+b/x/e<CR>')), text);
});

const disk: Disk = {
	resolve: name => (name.startsWith('/') ? name : `/root/${name}`),
	look: path => (path === '/root/b' ? {text: 'one\ntwo\n'} : path === '/etc' ? 'folder' : path.startsWith('/no/') ? 'nowhere' : 'nothing'),
};

const fileCases: ReadonlyArray<readonly [keys: string, text: string, message: string, left: Edited | undefined]> = [
	[':r b<CR>', 'a\none\ntwo\nz\n', '"b" 2L, 8B', undefined],
	[':0r b<CR>', 'one\ntwo\na\nz\n', '"b" 2L, 8B', undefined],
	[':$r b<CR>', 'a\nz\none\ntwo\n', '"b" 2L, 8B', undefined],
	[':r c<CR>', 'a\nz\n', "E484: Can't open file c", undefined],
	[':r /etc<CR>', 'a\nz\n', '"/etc" is a directory', undefined],
	[':w c<CR>', 'a\nz\n', '"c" [New] 2L, 4B written', {others: {'/root/c': 'a\nz\n'}}],
	[':w c<CR>x:w! c<CR>', '\nz\n', '"c" 2L, 3B written', {others: {'/root/c': '\nz\n'}}],
	[':w b<CR>', 'a\nz\n', 'E13: File exists (add ! to override)', undefined],
	[':2w! b<CR>', 'a\nz\n', '"b" 1L, 2B written', {others: {'/root/b': 'z\n'}}],
	[':1w >> b<CR>', 'a\nz\n', '"b" 1L, 2B appended', {others: {'/root/b': 'one\ntwo\na\n'}}],
	[':w /no/c<CR>', 'a\nz\n', '"/no/c" E212: Can\'t open file for writing', undefined],
	[':1w<CR>', 'a\nz\n', 'E140: Use ! to write partial buffer', undefined],
	['x:e b<CR>', '\nz\n', 'E37: No write since last change (add ! to override)', undefined],
	[':e b<CR>', 'one\ntwo\n', '"b" 2L, 8B', undefined],
	[':e new<CR>', '', '"new" [New]', undefined],
	['x:w<CR>:e b<CR>dd:w<CR>', 'two\n', '"b" 1L, 4B written', {text: '\nz\n', others: {'/root/b': 'two\n'}}],
	['x:w<CR>:e b<CR>:e #<CR>', '\nz\n', '"f" 2L, 3B', '\nz\n'],
	[':e b<CR>dd:e!<CR>', 'one\ntwo\n', '"b" 2L, 8B', undefined],
	[':e #<CR>', 'a\nz\n', 'E23: No alternate file', undefined],
];

for (const [keys, text, message, left] of fileCases)
	test(`other files: ${keys}`, t => {
		const vi = typeVi(openVi({path: '/root/f', name: 'f', text: 'a\nz\n', disk}), keys);
		t.is(textOf(vi), text);
		t.is(vi.message, message);
		t.deepEqual(leftBy(vi), left);
	});
