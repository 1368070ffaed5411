import type {Shell} from '../shell.js';

/** The text of PS1 (or PS2), its backslash sequences and plain variables filled in. */
export function promptText(shell: Shell, name: 'PS1' | 'PS2' = 'PS1'): string {
	const template = shell.variables.text(name) ?? (name === 'PS1' ? '\\s-\\v\\$ ' : '> ');
	return template
		.replaceAll(/\\(\[|\]|[0-7]{3}|x[\da-f]{2}|.)/gi, (_, sequence: string) => fill(shell, sequence))
		.replaceAll(/\$(?:\{(\w+)\}|([A-Za-z_]\w*|\?))/g, (_, braced?: string, plain?: string) =>
			plain === '?' ? String(shell.status) : (shell.variables.text(braced ?? plain ?? '') ?? ''),
		);
}

function fill(shell: Shell, sequence: string): string {
	const {machine} = shell;
	const home = shell.variables.text('HOME') ?? '';
	const tilde =
		home !== '' && home !== '/' && (shell.cwd === home || shell.cwd.startsWith(`${home}/`))
			? `~${shell.cwd.slice(home.length)}`
			: shell.cwd;
	const now = shell.services.time.now();
	switch (sequence) {
		case 'u':
			return machine.user;
		case 'h':
			return machine.hostname.split('.')[0]!;
		case 'H':
			return machine.hostname;
		case 'w':
			return tilde;
		case 'W':
			return tilde === '~' || tilde === '/' ? tilde : tilde.slice(tilde.lastIndexOf('/') + 1);
		case '$':
			return machine.user === 'root' ? '#' : '$';
		case 's':
			return shell.name.replace(/^-|^.*\//g, '');
		case 'v':
			return '5.1';
		case 't':
			return timeOfDay(now);
		case 'A':
			return timeOfDay(now).slice(0, 5);
		case 'j':
			return String(shell.services.jobs.list().length);
		case '!':
			return String(shell.services.history.first + shell.services.history.entries.length);
		case 'n':
			return '\n';
		case 'r':
			return '\r';
		case 'e':
			return '\u001b';
		case 'a':
		case '[':
		case ']':
			return '';
		default:
			return /^[0-7]{3}$/.test(sequence) ? String.fromCharCode(Number.parseInt(sequence, 8)) : sequence;
	}
}

/** hh:mm:ss of a virtual instant, UTC. */
function timeOfDay(ms: number): string {
	const seconds = Math.floor(ms / 1000) % 86_400;
	return [Math.floor(seconds / 3600), Math.floor(seconds / 60) % 60, seconds % 60].map(part => String(part).padStart(2, '0')).join(':');
}
