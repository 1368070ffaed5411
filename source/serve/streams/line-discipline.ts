export interface LineEvents {
	echo(text: string): void;
	line(text: string): void;
	/** ctrl-c */
	interrupt(): void;
	/** ctrl-d at the start of a line */
	end(): void;
}

/** What a terminal in cooked mode makes of keys: lines, with erasing. Returns who takes what was typed. */
export function createLineDiscipline({echo, line, interrupt, end}: LineEvents): (typed: string) => void {
	let text = '';
	const erase = (count: number) => {
		const gone = Math.min(count, text.length);
		text = text.slice(0, text.length - gone);
		echo('\b \b'.repeat(gone));
	};
	const keys: Readonly<Record<string, () => void>> = {
		'\r'() {
			const whole = text;
			text = '';
			echo('\n');
			line(whole);
		},
		'\u0003'() {
			text = '';
			interrupt();
		},
		'\u0004': () => text === '' && end(),
		'\u007f': () => erase(1),
		'\b': () => erase(1),
		'\u0015': () => erase(text.length),
	};
	return typed => {
		// Arrows and the like: there is no history to go to.
		for (const key of typed.replaceAll(/\u001b(?:\[[\d;]*[A-Za-z~]|.)/g, '').replaceAll('\n', '\r')) {
			const act = keys[key];
			if (act) act();
			else if (key >= ' ' || key === '\t') {
				text += key;
				echo(key);
			}
		}
	};
}
