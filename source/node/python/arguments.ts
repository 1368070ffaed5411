/** `[PORT] [--bind ADDRESS] [--directory FOLDER]` of http.server. */
export interface ServerArguments {
	readonly port: number;
	readonly bind?: string;
	readonly directory?: string;
}

const portDefault = 8000;
const prefix = (program: string) => `usage: ${program} [-h] [--cgi] [--bind ADDRESS] [--directory DIRECTORY] [port]\n${program}: error: `;

/** What argparse makes of it, or says of it. */
export function serverArguments(words: readonly string[], program = 'server.py'): ServerArguments | {readonly problem: string} {
	const values: {bind?: string; directory?: string} = {};
	let port: number | undefined;
	for (let i = 0; i < words.length; i++) {
		const [name, joined] = /^(--[a-z]+)=(.*)$/s.exec(words[i]!)?.slice(1) ?? [words[i]!];
		const option = name === '-b' || name === '--bind' ? 'bind' : name === '-d' || name === '--directory' ? 'directory' : undefined;
		if (option) {
			const value = joined ?? words[++i];
			if (value === undefined)
				return {problem: `${prefix(program)}argument ${option === 'bind' ? '--bind/-b' : '--directory/-d'}: expected one argument`};
			values[option] = value;
		} else if (name!.startsWith('-') || port !== undefined) return {problem: `${prefix(program)}unrecognized arguments: ${words[i]}`};
		else if (/^\d+$/.test(name!)) port = Number(name);
		else return {problem: `${prefix(program)}argument port: invalid int value: '${name}'`};
	}

	return {port: port ?? portDefault, ...values};
}

export const greetingOf = ({bind = '0.0.0.0', port}: ServerArguments): string =>
	`Serving HTTP on ${bind} port ${port} (http://${bind}:${port}/) ...`;

/** An error that nobody caught; where it was raised is left out. */
export const traceback = (error: string): string => `Traceback (most recent call last):\n  ...\n${error}`;
export const inUse = traceback('OSError: [Errno 98] Address already in use');
