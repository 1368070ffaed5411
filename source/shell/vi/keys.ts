const names = ['Esc', 'CR', 'BS', 'Del', 'Left', 'Right', 'Up', 'Down', 'Home', 'End', 'PageUp', 'PageDown', 'Tab', 'Space', 'lt'];
const token = new RegExp(`<(?:${names.join('|')}|C-[a-z[\\]])>|[^]`, 'gu');

/** Splits keys as vim's own notation has them: `ihello<Esc>:wq<CR>`. */
export const splitKeys = (keys: string): string[] => (keys.match(token) ?? []).map(plain);

function plain(key: string): string {
	switch (key) {
		case '\n':
		case '\r':
			return '<CR>';
		case '\u001b':
		case '<C-[>':
			return '<Esc>';
		case '\t':
			return '<Tab>';
		case '\u007f':
		case '\b':
			return '<BS>';
		case '<Space>':
			return ' ';
		case '<lt>':
			return '<';
		default:
			return key;
	}
}
