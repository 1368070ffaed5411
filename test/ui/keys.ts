import test from 'ava';
import {createKeyReader} from '../../source/ui/keys/key-reader.js';
import {createPainter} from '../../source/ui/screen/painter.js';

const names = (...chunks: string[]) => {
	const reader = createKeyReader();
	return [...chunks.flatMap(chunk => reader.read(chunk)), ...reader.flush()].map(({name, text}) => (name === 'paste' ? [text] : name));
};

test('a chunk is cut into keys; Enter is Enter, whatever the terminal makes of it', t => {
	t.deepEqual(names('ls\r'), ['l', 's', 'return']);
	t.deepEqual(names('ls\n\r\n'), ['l', 's', 'return', 'return']);
	t.deepEqual(names('é日😀'), ['é', '日', '😀']);
});

test('control, alt and Escape', t => {
	t.deepEqual(names('\u0001\u001f\u001d\t\u007f\b'), ['ctrl-a', 'ctrl-_', 'ctrl-]', 'tab', 'backspace', 'ctrl-h']);
	t.deepEqual(names('\u001bb\u001b.\u001b1\u001b\u007f\u001b\r'), ['alt-b', 'alt-.', 'alt-1', 'alt-backspace', 'alt-return']);
	t.deepEqual(names('\u001b'), ['escape']);
	t.deepEqual(names('\u001b\u001b'), ['escape', 'escape']);
	t.deepEqual(names('\u001b:wq\r'), ['alt-:', 'w', 'q', 'return']);
});

test('named keys of many terminals, with what is held down', t => {
	t.deepEqual(names('\u001b[A\u001bOB\u001b[1;5C\u001b[1;2D\u001b[1;3A'), ['up', 'down', 'ctrl-right', 'shift-left', 'alt-up']);
	t.deepEqual(names('\u001b[3~\u001b[5~\u001b[6;5~\u001b[H\u001bOF\u001b[Z'), [
		'delete',
		'pageUp',
		'ctrl-pageDown',
		'home',
		'end',
		'shift-tab',
	]);
	t.deepEqual(names('\u001bOP\u001b[15~'), ['f1', 'f5']);
	// What a terminal answers to a question is not typed.
	t.deepEqual(names('\u001b[?1;2ca'), ['a']);
});

test('a sequence may come in pieces', t => {
	t.deepEqual(names('\u001b', '[', '1;', '5D', 'x'), ['ctrl-left', 'x']);
	t.deepEqual(names('\u001b[20', '0~two\r\nlines\u001b[', '201~x'), [['two\nlines'], 'x']);
	const reader = createKeyReader();
	t.deepEqual(reader.read('\u001b'), []);
	t.true(reader.waiting);
	t.deepEqual(reader.flush(), [{name: 'escape', text: ''}]);
	t.false(reader.waiting);
});

test('only rows that changed are drawn', t => {
	const painter = createPainter();
	const frame = {columns: 10, rows: 3, lines: ['one', 'two', 'three'], cursor: {x: 1, y: 2}};
	t.regex(painter.paint(frame), /\[2J.*one.*two.*three/s);
	t.is(painter.paint({...frame}), '');
	const next = painter.paint({...frame, lines: ['one', 'TWO', 'three']});
	t.regex(next, /\[2;1H.*TWO/s);
	t.notRegex(next, /one|three|\[2J/);
	// From the last place before the change where no colour is in force.
	const coloured = (end: string) => ({...frame, lines: [`\u001b[1m中文\u001b[0m ${end}`, 'TWO', 'three']});
	painter.paint(coloured('\u001b[2m9s\u001b[0m'));
	t.regex(painter.paint(coloured('\u001b[2m10s\u001b[0m')), /\[1;5H\u001b\[0m \u001b\[2m10s\u001b\[0m/);
	t.regex(painter.paint(coloured('')), /\[1;5H\u001b\[0m \u001b\[0m\u001b\[K/);
	painter.paint({...frame, lines: ['one', 'TWO', 'three']});
	// A full row must not be followed by an erase: it would take its last character.
	t.notRegex(painter.paint({...frame, lines: ['0123456789', 'TWO', 'three']}), /0123456789.*\[K/);
	t.regex(painter.paint({...frame, rows: 2, lines: ['one', 'two']}), /\[2J/);
});
