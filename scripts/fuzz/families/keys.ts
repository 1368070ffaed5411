import {editLine, emptyLine} from '../../../source/shell/line/line-editor.js';
import {openVi, textOf} from '../../../source/shell/vi/state.js';
import {pasteVi, resizeVi, typeVi} from '../../../source/shell/vi/vi.js';
import type {Family} from '../family.js';
import {nasty} from '../mutate.js';
import type {Line} from '../../../source/shell/line/line.js';

const lineKeys =
	'left right up down home end backspace delete return tab escape ctrl-a ctrl-b ctrl-c ctrl-d ctrl-e ctrl-f ctrl-g ctrl-h ctrl-k ctrl-l ctrl-n ctrl-p ctrl-r ctrl-s ctrl-t ctrl-u ctrl-v ctrl-w ctrl-y ctrl-_ alt-b alt-f alt-d alt-. alt-y alt-t alt-u alt-l alt-c alt-backspace alt-# alt-* __proto__ constructor'.split(
		' ',
	);
const viKeys =
	'i a o O I A x X d c y p P u . J D C Y s S r R v V w b e W B 0 ^ $ G g f t F T ; , n N * # % { } H M L 3 99 > < = ~ q @ m / ? : dd yy cc gg ZZ ZQ <Esc> <CR> <BS> <Tab> <C-c> <C-d> <C-u> <C-r> <C-v> <C-w> :wq<CR> :%s/a/b/g<CR> :1,$d<CR> :g/x/d<CR> :set<Space>nu<CR> :q!<CR> :9999999<CR> :e<Space>/etc/passwd<CR> :!ls<CR> /a\\(<CR> ci" daw viw'.split(
		' ',
	);

/** Key storms on the prompt and in the editor. */
const family: Family = {
	name: 'keys',
	open: () => ({
		draw(random) {
			const keys = Array.from({length: 1 + random.int(60)}, () => (random.chance(1, 8) ? random.pick(nasty) : undefined));
			return JSON.stringify({
				line: keys.map(text => (text === undefined ? [random.pick(lineKeys)] : ['paste', text])),
				vi: keys.map(text => (text === undefined ? ['keys', random.pick(viKeys)] : ['paste', text])),
			});
		},
		take(input) {
			const {line: typed, vi: pressed} = JSON.parse(input) as {line: Array<[string, string?]>; vi: Array<[string, string]>};
			let line: Line = emptyLine;
			for (const [name, text] of typed) {
				({line} = editLine(line, {name, ...(text !== undefined && {text})}, ['kubectl get pods', 'ls']));
				if (!(line.cursor >= 0 && line.cursor <= line.text.length)) return `the cursor stands at ${line.cursor} of ${line.text.length}`;
			}
			let vi = openVi({path: 'f.yaml', text: 'a: 1\nlist:\n  - "x y"\n  - (b)\n', rows: 20} as Parameters<typeof openVi>[0]);
			for (const [how, text] of pressed) vi = how === 'keys' ? typeVi(vi, text) : pasteVi(vi, text);
			vi = resizeVi(vi, 3);
			return typeof textOf(vi) === 'string' ? undefined : 'the editor lost its text';
		},
	}),
};
export default family;
